"""Pages that are cast from a mould are those that MkDocs renders one by one, byte for byte."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from errorbook.site import moulds
from tests.site.project import CATALOG, ROOT, Built, Project

MAY_DIFFER: Final[tuple[tuple[str, str], ...]] = ()
"""What may differ between the two, as a pattern with the reason: nothing."""

SITE = "https://example.org/docs/"
REPOSITORY: dict[str, Any] = {
    "repo_url": "https://git.example/us/docs",
    "edit_uri": "edit/main/docs/",
}
MATERIAL: dict[str, Any] = {
    "theme": {
        "name": "material",
        "font": False,
        "features": [
            *("navigation.instant", "navigation.tabs", "navigation.sections", "navigation.footer"),
            *("navigation.path", "navigation.top", "navigation.indexes", "toc.follow"),
            *("content.action.edit", "content.action.view", "content.code.copy", "search.share"),
        ],
    },
    "markdown_extensions": [
        "admonition",
        "attr_list",
        "md_in_html",
        "abbr",
        {"toc": {"permalink": True}},
        {"pymdownx.highlight": {"anchor_linenums": True}},
        "pymdownx.superfences",
        "pymdownx.inlinehilite",
    ],
    **REPOSITORY,
}
LOOKS: dict[str, dict[str, Any]] = {
    "material": MATERIAL,
    "material, table of contents in the navigation": {
        **MATERIAL,
        "theme": {"name": "material", "font": False, "features": ["toc.integrate"]},
        "site_author": "Somebody",
        "copyright": "Ours",
    },
    "material, below no address": {
        "theme": {"name": "material", "font": False, "language": "de"},
        "use_directory_urls": False,
        "site_url": None,
    },
    "mkdocs": {
        "theme": {"name": "mkdocs", "highlightjs": False},
        "markdown_extensions": [{"toc": {"permalink": "#", "baselevel": 2}}],
        **REPOSITORY,
    },
    "readthedocs": {
        "theme": {"name": "readthedocs", "prev_next_buttons_location": "both"},
        "markdown_extensions": [{"toc": {"permalink": True}}],
        **REPOSITORY,
    },
}
FULL = (ROOT / "tests/site/full.yaml").read_text("utf-8") + (
    r"""      "a/b & <c>": {status: 400, meaning: A & B < "C".}
      'back\u "slash"': {status: 400, meaning: 'A \u "slash".'}
      now: {renamed_from: [before]}
    retired:
      before: {replaced_by: now}
      gone: {removed: v1, meaning: It is *gone*., reason: Nobody met it., replaced_by: closed}
"""
)
CATALOGS = {
    "ours": CATALOG.replace("https://errorbook.example/", SITE),
    "full": FULL,
}
INDEX = "# Home\n\n/// errors | codes\n    api: {api}\n///\n\n*[API]: a door\n"


@dataclass(frozen=True)
class Pair:
    """One site, cast and rendered."""

    cast: Built
    rendered: Built


@pytest.fixture(scope="module", autouse=True)
def date() -> Iterator[None]:
    """Have all sites built at one time, which some themes write into index.html."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        yield


@pytest.fixture(scope="module", params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module", params=CATALOGS)
def pair(
    request: pytest.FixtureRequest, look: str, tmp_path_factory: pytest.TempPathFactory
) -> Pair:
    cast, rendered = (
        built_of(
            Project(tmp_path_factory.mktemp("cast" if is_cast else "rendered")),
            request.param,
            is_cast=is_cast,
            **LOOKS[look],
        )
        for is_cast in (True, False)
    )
    return Pair(cast, rendered)


def built_of(project: Project, catalog: str, *, is_cast: bool, **options: Any) -> Built:
    project.write("errors.yaml", CATALOGS[catalog])
    api = "artworks" if catalog == "ours" else "cafe"
    nav = [{"Home": "index.md"}, {"More": ["more.md", {"Deep": ["deep/est.md"]}]}]
    project.pages({"more.md": "# More\n", "deep/est.md": "# Deepest\n\n## Below\n"})
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    options = {"plugins": plugins, "site_url": SITE, "nav": nav, **options}
    built = project.build(INDEX.format(api=api), **options)
    assert built.warnings == []
    return built


def files_of(built: Built) -> dict[str, bytes]:
    return {
        file.relative_to(built.folder).as_posix(): file.read_bytes()
        for file in built.folder.rglob("*")
        if file.is_file()
    }


def equalled(content: bytes) -> bytes:
    """Return ``content`` without what may differ."""
    for pattern, _ in MAY_DIFFER:
        content = re.sub(pattern.encode(), b"", content)
    return content


def test_the_two_have_the_same_files(pair: Pair) -> None:
    assert files_of(pair.cast).keys() == files_of(pair.rendered).keys()


def test_every_page_is_the_same(pair: Pair) -> None:
    cast, rendered = files_of(pair.cast), files_of(pair.rendered)
    pages = [path for path in cast if path.endswith(".html")]
    assert len(pages) > 8
    for path in pages:
        assert equalled(cast[path]) == equalled(rendered[path]), path


def test_the_search_index_is_the_same_but_for_its_order(pair: Pair) -> None:
    cast, rendered = (
        sorted(
            json.dumps(one, sort_keys=True)
            for one in json.loads(built.text("search/search_index.json"))["docs"]
        )
        for built in (pair.cast, pair.rendered)
    )
    assert cast == rendered
    assert any("/errors/" in one for one in cast)


def test_the_sitemap_lists_the_same(pair: Pair) -> None:
    cast, rendered = (
        sorted(re.findall(r"<url>.*?</url>", built.text("sitemap.xml"), re.DOTALL))
        for built in (pair.cast, pair.rendered)
    )
    assert [" ".join(one.split()) for one in cast] == [" ".join(one.split()) for one in rendered]
    packed = gzip.decompress((pair.cast.folder / "sitemap.xml.gz").read_bytes())
    assert packed.decode() == pair.cast.text("sitemap.xml")


def test_all_else_is_the_same(pair: Pair) -> None:
    other = {"search/search_index.json", "sitemap.xml", "sitemap.xml.gz"}
    cast, rendered = files_of(pair.cast), files_of(pair.rendered)
    for path in cast.keys() - other:
        assert cast[path] == rendered[path], path


WORD = "0123456789abcdef"


def test_no_mark_is_left_anywhere(
    project: Project, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: WORD)
    assert WORD in moulds.Marks().of(moulds.CODE)
    built = built_of(project, "full", is_cast=True, **LOOKS[look])
    for path, content in files_of(built).items():
        plain = gzip.decompress(content) if path.endswith(".gz") else content
        assert WORD.encode() not in plain.lower(), path
        assert WORD not in path


def test_marks_differ_from_build_to_build() -> None:
    assert moulds.Marks().of(moulds.CODE) != moulds.Marks().of(moulds.CODE)


def test_a_catalog_that_says_what_marks_look_like_is_taken_at_its_word(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even somebody who knew the marks of a build could only have text shown as text."""
    monkeypatch.setattr("secrets.token_hex", lambda _: WORD)
    marks = moulds.Marks()
    meaning = " ".join([marks.of(moulds.CODE), marks.of(moulds.NAME), *marks.parts(2)])
    errors = {"e": {"meaning": meaning}, marks.of(moulds.CODE): {"meaning": "x"}}
    project.write("errors.yaml", json.dumps({"apis": {"shop": {"errors": errors}}}))
    built = project.build("# Shop\n", plugins=["search", "errorbook"])
    assert meaning in built.main("shop/errors/e/index.html").text


@pytest.mark.parametrize("is_cast", [True, False])
def test_too_many_pages_are_left_out_of_search_either_way(
    project: Project, is_cast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it is left out at the number that is promised, the crawl of a larger site shows."""
    monkeypatch.setattr("errorbook.site.own_pages.MOST_SEARCHED", 50)
    errors: dict[str, Any] = {f"e{number}": {} for number in range(51)}
    project.write("errors.yaml", json.dumps({"apis": {"shop": {"errors": errors}}}))
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    found = project.build("# Shop\n", plugins=plugins).search()
    assert [address for address in found if "errors" in address] == []


HOOK = """\
def on_page_content(html, page, config, files):
    return html + f"<p class=\\"theirs\\">{page.title}</p>"


def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- {page.url} --></body>")
"""
"""What a plugin of somebody else may do to every page."""


def test_what_others_do_to_pages_is_done_to_these(project: Project) -> None:
    project.write("hook.py", HOOK)
    pages = [
        list(theirs(built_of(project, "full", is_cast=is_cast, hooks=["hook.py"])))
        for is_cast in (True, False)
    ]
    assert pages[0] == pages[1]
    assert ("SOLD_OUT - Bookshop API", "shop/errors/SOLD_OUT/") in pages[0]


def theirs(built: Built) -> Iterator[tuple[str, str]]:
    for file in sorted((built.folder / "shop/errors").glob("*/index.html")):
        page = built.page(file.relative_to(built.folder).as_posix())
        said = page.all("p", of="theirs")
        comments = re.findall(r"<!-- (\S*) -->", Path(file).read_text("utf-8"))
        if said:
            yield said[0].text, comments[-1]
