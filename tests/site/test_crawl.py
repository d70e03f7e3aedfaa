"""Nothing in a built site leads nowhere, and the crawler that says so would notice."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from bench import synthetic

from errorbook.site.error_pages import MOST_SEARCHED
from tests.site.crawl import Crawl, crawl
from tests.site.own_sites import OwnSites
from tests.site.project import Built, Project
from tests.site.test_theme import MATERIAL

HOST = "https://example.org"
OFFLINE: dict[str, Any] = {"plugins": ["search", "offline", "errorbook"]}
PLACES: dict[str, dict[str, Any]] = {
    "root": {"site_url": f"{HOST}/"},
    "root, without folders": {"site_url": f"{HOST}/", "use_directory_urls": False},
    "below a path": {"site_url": f"{HOST}/docs/v1/"},
    "below a path, without folders": {
        "site_url": f"{HOST}/docs/v1/",
        "use_directory_urls": False,
    },
    "on a disk": {**OFFLINE, "use_directory_urls": False},
}
OURS = frozenset(
    {
        *("a", "canonical", "error-explorer", "explorer", "img", "json $ref", "json link"),
        *("link alternate", "link describedby", "link stylesheet", "loc", "markdown", "script"),
        *("json catalog", "json markdown", "search"),
    }
)
"""Kinds of addresses that our own site has."""
COUNT = 1_001
"""More than the search of a theme takes in."""
PAGE = """\
# Errors

/// errors | codes
///

/// errors | explorer
///
"""
HOSTILE = (
    *("a/b", "../up", "..", ".", "./", "/", "a%2Fb", "%", "100%", "#", "a#b", "?", "a?b=c", "a b"),
    *("con", "CON", "con.txt", "nul", "com1", "lpt9.x", "aux", "prn", "index", "group", "llms.txt"),
    *("openapi.json", "body.schema.json", "problem-types.json", "Alike", "alike", "ALIKE"),
    *("alike~2", "~", "~2f~", "a~2f~b", "a\\b", "c:d", "a&amp;b", "a&b", "<b>", "<!--", '"', "'"),
    *("\U0001f4a5", "\U0001f4a5\U0001f4a5", "\u00e9", "e\u0301", "\u2126", "x" * 128, "X" * 128),
    *("</title><script>alert(1)</script>", "[x](y)", "`x`", "{code}", "{{ x }}", "-", "a.", "b.."),
)


def followed(built: Built, options: dict[str, Any]) -> Crawl:
    assert built.warnings == []
    return crawl(
        built.folder,
        options.get("site_url"),
        serves_folders=options.get("use_directory_urls", True),
    )


@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_our_own_site_is_dead(own_sites: OwnSites, place: str) -> None:
    options = PLACES[place]
    found = followed(own_sites.built(rules=place == "root", **options), options)
    assert found.dead == []
    absolute = {"canonical", "loc"} if "site_url" not in options else set()
    assert not OURS - absolute - found.seen.keys()


def test_nothing_is_dead_in_a_site_of_more_codes_than_are_searched(project: Project) -> None:
    """The catalog of the benches, without what makes its pages long."""
    catalog = synthetic.catalog(COUNT)
    api = catalog["apis"]["synthetic"]
    api.pop("envelopes")
    kept = ("status", "group", "meaning")
    api["errors"] = {
        code: {key: error[key] for key in kept} for code, error in api["errors"].items()
    }
    project.write("errors.yaml", json.dumps(catalog))
    options: dict[str, Any] = {"plugins": ["search", "errorbook"], "site_url": f"{HOST}/docs/"}
    assert MOST_SEARCHED == COUNT - 1
    found = followed(project.build(PAGE, **options), options)
    assert found.dead == []
    assert found.seen["search"] < COUNT // 10
    assert found.seen["link alternate"] == 2 * COUNT
    assert found.seen["link describedby"] == found.seen["explorer"] == COUNT
    assert found.seen["loc"] >= 2 * COUNT


@pytest.mark.parametrize("place", ["below a path", "on a disk"])
def test_nothing_is_dead_with_hostile_codes(project: Project, place: str) -> None:
    options = {**MATERIAL, **PLACES[place]}
    project.write("errors.yaml", json.dumps(hostile(), ensure_ascii=False))
    found = followed(project.build(PAGE, **options), options)
    assert found.dead == []
    assert found.seen["link alternate"] == 2 * (len(HOSTILE) + 1)


@pytest.mark.parametrize("template", ["errors/{code}.html", "errors/{code}", "{code}/"])
def test_nothing_is_dead_wherever_hostile_codes_are(project: Project, template: str) -> None:
    options: dict[str, Any] = {"plugins": ["search", "errorbook"], "site_url": f"{HOST}/docs/"}
    project.write("errors.yaml", json.dumps(hostile(template), ensure_ascii=False))
    found = followed(project.build(PAGE, **options), options)
    assert found.dead == []
    assert found.seen["link alternate"] == 2 * (len(HOSTILE) + 1)


def hostile(template: str = "{api}/errors/{code}/") -> dict[str, Any]:
    """Return a catalog with codes that no path could hold as they are."""
    errors: dict[str, Any] = {
        code: {
            "status": 400,
            "meaning": "What happened.",
            "group": "g",
            "sdk": {"python": {"exception": "none", "constant": f"CODE_{number}"}},
        }
        for number, code in enumerate(HOSTILE)
    }
    errors["a b"]["renamed_from"] = ["former code"]
    errors["con"]["replaced_by"] = "CON"
    retired = {"former code": {"replaced_by": "a b"}, "re/tired": {"replaced_by": "../up"}}
    rows = [{"symptom": "It fails.", "errors": list(HOSTILE[:4])}]
    shop = {
        "docs": {"error": template},
        "groups": {"g": {"title": "Group"}},
        "errors": errors,
        "retired": retired,
        "troubleshooting": rows,
    }
    return {"apis": {"shop": shop}}


ALIVE = {
    "index.html": """\
<a href="page/#here">x</a> <a href='page/?q=1'>x</a> <a href="/docs/page/">x</a>
<a href="https://example.org/docs/page/#here">x</a> <a href="#top" id="top">x</a>
<a href="https://elsewhere.example/">x</a> <a href="mailto:me@example.org">x</a>
<img src="a%20b.png"> <b data-index="data.json"></b> <!-- <a href="gone/">x</a> -->
<code>&lt;a href="gone/"&gt;</code> <a title="1 > 0" href="page/">x</a>
<a href="#q=sold">x</a> <a href="#error=shop/sold_out">x</a> <error-explorer></error-explorer>
""",
    "page/index.html": """\
<link rel="alternate" href="index.md"><link rel="describedby" href="../llms.txt">
<link rel="canonical" href="https://example.org/docs/page/">
<h1 id="here">x</h1><a name="there"></a><a href="../#top">x</a>
""",
    "page/index.md": "[x](../llms.txt) `[x](gone)` \\[x](gone)\n\n```\n[x](gone)\n```\n",
    "moved/index.html": """\
<link rel="canonical" href="../page/"><meta http-equiv="refresh" content="0; url=../page/">
""",
    "llms.txt": "- [`code`](page/index.md): x\n- <https://example.org/docs/page/>\n",
    "data.json": json.dumps(
        {
            "url": "https://example.org/docs/page/",
            "link": "page/#here",
            "list": [{"markdown": "page/index.md"}],
            "$ref": "#/list",
            "example": {"url": "gone"},
        }
    ),
    "search/search_index.json": json.dumps({"docs": [{"location": "page/#here"}]}),
    "assets/explorer-index.js": "window.errorbook = JSON.parse('"
    + json.dumps({"apis": {"a": {"errors": [["c", [], "", 0, "", "", "page/#here"]]}}})
    + "');\n",
    "sitemap.xml": "<urlset><url><loc>https://example.org/docs/page/</loc></url></urlset>",
    "a b.png": "",
}
"""A site at https://example.org/docs/, all of whose addresses lead somewhere."""
PLANTED = [
    ("index.html", '<a href="gone/">x</a>', "a", "gone/", "no such file"),
    ("index.html", "<a href=gone/ class=x>x</a>", "a", "gone/", "no such file"),
    ("index.html", '<A HREF="gone/">x</A>', "a", "gone/", "no such file"),
    ("index.html", '<a href="Page/">x</a>', "a", "Page/", "no such file"),
    ("index.html", '<a href="page/#Here">x</a>', "a", "page/#Here", "no such place"),
    ("page/index.html", '<a href="#gone">x</a>', "a", "#gone", "no such place"),
    ("page/index.html", '<a href="#q=sold">x</a>', "a", "#q=sold", "no such place"),
    ("index.html", '<a href="../up/">x</a>', "a", "../up/", "outside the site"),
    ("index.html", '<a href="/page/">x</a>', "a", "/page/", "outside the site"),
    ("index.html", '<img src="gone.png">', "img", "gone.png", "no such file"),
    ("index.html", '<b data-index="gone.js"></b>', "b", "gone.js", "no such file"),
    (
        "page/index.html",
        '<link rel="alternate" href="gone.md">',
        "link alternate",
        "gone.md",
        "no such file",
    ),
    (
        "page/index.html",
        '<link rel="describedby" href="llms.txt">',
        "link describedby",
        "llms.txt",
        "no such file",
    ),
    (
        "page/index.html",
        '<link rel="canonical" href="https://example.org/docs/gone/">',
        "canonical",
        "https://example.org/docs/gone/",
        "no such file",
    ),
    (
        "page/index.html",
        '<link rel="canonical" href="https://elsewhere.example/">',
        "canonical",
        "https://elsewhere.example/",
        "of another site",
    ),
    (
        "moved/index.html",
        '<meta http-equiv="refresh" content="0; url=../gone/">',
        "refresh",
        "../gone/",
        "no such file",
    ),
    (
        "sitemap.xml",
        "<loc>https://example.org/docs/gone/</loc>",
        "loc",
        "https://example.org/docs/gone/",
        "no such file",
    ),
    ("sitemap.xml", "<loc>https://e.org/</loc>", "loc", "https://e.org/", "of another site"),
    ("llms.txt", "[x](gone.md)", "markdown", "gone.md", "no such file"),
    (
        "page/index.md",
        "a [`x` y](<../gone/index.md>)",
        "markdown",
        "../gone/index.md",
        "no such file",
    ),
    (
        "page/index.md",
        "<https://example.org/docs/gone>",
        "markdown",
        "https://example.org/docs/gone",
        "no such file",
    ),
]
PLANTED_DATA = [
    ("other.json", {"x": [{"url": "gone/"}]}, "json url", "gone/", "no such file"),
    ("page/other.json", {"link": "page/"}, "json link", "page/", "no such file"),
    ("page/other.json", {"markdown": "other.md"}, "json markdown", "other.md", "no such file"),
    ("other.json", {"$ref": "#/gone"}, "json $ref", "#/gone", "no such place"),
    (
        "other.json",
        {"$ref": "data.json#/list/0"},
        "json $ref",
        "data.json#/list/0",
        "no such place",
    ),
    (
        "other.json",
        {"docs_url": "https://example.org/docs/gone/"},
        "json docs_url",
        "https://example.org/docs/gone/",
        "no such file",
    ),
    ("a/search_index.json", {"docs": [{"location": "gone/"}]}, "search", "gone/", "no such file"),
]


@pytest.fixture
def alive(tmp_path: Path) -> Path:
    for path, text in ALIVE.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def dead(folder: Path) -> list[tuple[str, ...]]:
    found = crawl(folder, f"{HOST}/docs/").dead
    return [(one.file, one.kind, one.address, one.reason) for one in found]


def test_what_is_alive_is_left_alone(alive: Path) -> None:
    assert dead(alive) == []
    assert crawl(alive, f"{HOST}/docs/").seen["search"] == 1


@pytest.mark.parametrize("planted", PLANTED, ids=" ".join)
def test_a_dead_address_is_found(alive: Path, planted: tuple[str, str, str, str, str]) -> None:
    file, text, *found = planted
    with (alive / file).open("a", encoding="utf-8") as stream:
        stream.write(text)
    assert dead(alive) == [(file, *found)]


@pytest.mark.parametrize("planted", PLANTED_DATA)
def test_a_dead_address_in_data_is_found(
    alive: Path, planted: tuple[str, Any, str, str, str]
) -> None:
    file, data, *found = planted
    (alive / file).parent.mkdir(exist_ok=True)
    (alive / file).write_text(json.dumps(data), "utf-8")
    assert dead(alive) == [(file, *found)]


def test_a_dead_address_in_the_index_of_the_explorer_is_found(alive: Path) -> None:
    index = alive / "assets/explorer-index.js"
    index.write_text(index.read_text("utf-8").replace("#here", "#gone"), "utf-8")
    assert dead(alive) == [(f"assets/{index.name}", "explorer", "page/#gone", "no such place")]


def test_a_dead_address_in_a_packed_sitemap_is_found(alive: Path) -> None:
    packed = gzip.compress(f"<loc>{HOST}/docs/gone/</loc>".encode())
    (alive / "sitemap.xml.gz").write_bytes(packed)
    assert dead(alive) == [("sitemap.xml.gz", "loc", f"{HOST}/docs/gone/", "no such file")]


def test_the_address_of_a_folder_shows_nothing_on_a_disk(alive: Path) -> None:
    found = crawl(alive, f"{HOST}/docs/", serves_folders=False).dead
    assert ("index.html", "page/#here") in {(one.file, one.address) for one in found}
