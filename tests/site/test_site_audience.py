"""What is internal reaches no byte of a public site, and all of it an internal one.

Every text of an internal error, and of what only such errors use, holds a word that nothing else
does. Sites are searched for it as a whole: every file and its name, packed ones unpacked.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from tests.site.crawl import crawl
from tests.site.project import Built, Project
from tests.site.test_theme import MATERIAL

WORD = re.compile(rb"zzq[0-9a-z]*", re.IGNORECASE)
SITE = "https://example.org/docs/"
MANY = 320
PAGE = """\
# Errors

/// errors | explorer
///

/// errors | contract
    api: shop
///

/// errors | statuses
    api: shop
///

/// errors | codes
    api: shop
    columns: [code, status, meaning, action, retry, exception, exit_code, group, operations, since]
///

/// errors | sections
    api: shop
///

/// errors | exceptions
    api: shop
///

/// errors | exit-codes
    api: shop
///

/// errors | troubleshooting
    api: shop
///
"""


class Words:
    """Words that are told apart by what they stand for."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self._numbers = itertools.count(1)

    def __call__(self, kind: str) -> str:
        word = f"zzq{next(self._numbers)}{kind}"
        self.given.append(word)
        return word


def catalog(words: Words, public: int) -> dict[str, Any]:
    """Return a catalog with ``public`` errors that everybody may read about, and internal ones."""
    code, other, former, gone = (words(kind) for kind in ("code", "other", "former", "gone"))
    group, operation = words("group"), words("operation")
    secret = {
        "status": [418, 599],
        "visibility": "internal",
        "meaning": f"It {words('meaning')}.",
        "message": f"{words('message')} {{name}} {{detail}}",
        "placeholders": {"name": {"example": words("placeholder"), "meaning": words("hole")}},
        "causes": [words("cause"), words("cause")],
        "fix": words("fix"),
        "actions": [
            {"do": "clean_up", "how": words("how"), "when": words("when")},
            {"do": "escalate", "how": words("how")},
        ],
        "retry": {"when": "as_is", "after": [f"header:X-{words('header')}", "detail"]},
        "details": {
            "detail": {
                "type": "string",
                "required": True,
                **{key: words(key) for key in ("format", "example", "meaning", "unit")},
            },
            words("detail"): {"type": "integer", "meaning": words("meaning")},
        },
        "operations": [operation],
        "group": group,
        "exit_code": 77,
        "stability": "evolving",
        **{key: words(key) for key in ("since", "deprecated", "sunset")},
        "replaced_by": other,
        "renamed_from": [former],
        "sdk": {"python": {"exception": f"{words('class').capitalize()}Error"}},
    }
    plain: dict[str, Any] = {
        f"e{number}": {"status": 400, "group": f"g{number % 2}", "meaning": "Known to all."}
        for number in range(public)
    }
    plain["e0"] |= {
        "meaning": f"See [another](error:{code}) or <error:{code}>.",
        "replaced_by": code,
        "causes": [f"After [it](error:shop/{other})."],
    }
    shop = {
        "title": "Shop",
        "docs": {"url": SITE},
        "summary": f"As <error:{other}> says.",
        "contract": {"codes": "permanent"},
        "envelopes": [{"body": {"error": {"code": "{code}", "*": "{details}"}}}],
        "operations": {
            operation: {"title": words("title"), "method": "POST", "path": f"/{words('path')}"},
            "read": {"title": "Read"},
        },
        "statuses": {
            400: {"meaning": "Wrong."},
            599: {"meaning": words("status"), "causes": [words("cause")]},
        },
        "groups": {
            "g0": {"title": "Even"},
            "g1": {"title": "Odd"},
            group: {"title": words("title"), "meaning": words("meaning")},
        },
        "errors": {**plain, code: secret, other: {"visibility": "internal", "status": 418}},
        "exit_codes": {
            1: {"name": "FAILED", "for": ["4xx", other]},
            77: {"name": words("name").upper(), "meaning": words("meaning"), "for": [code]},
        },
        "troubleshooting": [
            {"symptom": "It fails.", "errors": ["e1", code]},
            {
                **{key: words(key) for key in ("symptom", "cause", "solution")},
                "errors": [code, other],
            },
        ],
        "retired": {
            former: {"replaced_by": code, "reason": words("reason"), "meaning": words("meaning")},
            "old": {"replaced_by": other, "reason": f"It is <error:{code}> now."},
        },
    }
    hidden = {
        "title": words("title"),
        "docs": {"url": SITE},
        "errors": {gone: {"visibility": "internal", "meaning": words("meaning")}},
    }
    return {"apis": {"shop": shop, words("api"): hidden}}


def build(project: Project, words: Words, audience: str, public: int, **options: Any) -> Built:
    """Build a site of a catalog, part of which stands in a file of its own."""
    whole = catalog(words, public)
    (name, hidden) = list(whole["apis"].items())[1]
    part = words("file")
    project.write(f"{part}.yaml", json.dumps({"apis": {name: hidden}}))
    first = {"include": [f"{part}.yaml"], "apis": {"shop": whole["apis"]["shop"]}}
    project.write("errors.yaml", json.dumps(first))
    is_cast = options.pop("is_cast", True)
    plugin = {"errorbook": {"audience": audience, "cast_pages": is_cast}}
    edited = {"repo_url": "https://git.example/us", "edit_uri": "edit/main/docs/"}
    options = {"site_url": SITE, **edited, **options, "plugins": ["search", plugin]}
    built = project.build(PAGE, **options)
    assert built.warnings == []
    return built


def words_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each word in each file below ``folder``, or in its path."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        content = file.read_bytes() if file.is_file() else b""
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        for word in WORD.findall(path.encode() + b"\n" + plain):
            yield path, word.decode().lower()


EDITED = {
    **MATERIAL,
    "theme": {"name": "material", "font": False, "features": ["content.action.edit"]},
}
"""A theme that shows where pages are edited."""
SITES: dict[str, dict[str, Any]] = {
    "cast": {"public": 4, **EDITED},
    "rendered": {"public": 4, "is_cast": False, **EDITED},
    "without folders": {"public": 4, "use_directory_urls": False},
    "by group": {"public": MANY},
}


@pytest.mark.parametrize("site", SITES)
def test_nothing_internal_is_in_any_file_of_a_public_site(project: Project, site: str) -> None:
    built = build(project, Words(), "public", **SITES[site])
    assert list(words_in(built.folder)) == []
    assert crawl(built.folder, SITE).dead == []
    if SITES[site]["public"] == MANY:
        assert (built.folder / "shop/errors/group/g0/index.html").exists()
        assert (built.folder / "assets/errorbook/explorer-more-0.js").exists()


@pytest.mark.parametrize("site", SITES)
def test_an_internal_site_shows_all_of_it(project: Project, site: str) -> None:
    words = Words()
    built = build(project, words, "internal", **SITES[site])
    found = {word.removesuffix("error") for _, word in words_in(built.folder)}
    kept = {word for word in words.given if "theme" in SITES[site] or not word.endswith("file")}
    assert kept - found == set()
    (page,) = (built.folder / "shop/errors").glob("zzq*code/index.html")
    shown = page.read_text("utf-8")
    for kind in ("meaning", "cause", "fix", "how", "when", "since", "symptom", "solution"):
        assert re.search(rf"zzq\d+{kind}", shown), kind
    assert crawl(built.folder, SITE).dead == []


def test_everybody_sees_the_public_site_unless_it_says_otherwise(project: Project) -> None:
    words = Words()
    project.write("errors.yaml", json.dumps(catalog(words, 2)))
    built = project.build(PAGE, plugins=["search", "errorbook"], site_url=SITE)
    assert list(words_in(built.folder)) == []


def test_an_audience_that_nobody_knows_is_refused(project: Project) -> None:
    with pytest.raises(Abort):
        project.build("# x\n", plugins=[{"errorbook": {"audience": "everybody"}}])
