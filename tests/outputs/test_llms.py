"""llms.txt, read by the parser of the convention's authors, and by one of CommonMark."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from llms_txt import parse_llms_file  # type: ignore[import-untyped]  # it has no types
from markdown_it import MarkdownIt

from errorbook.catalog import Catalog, load
from errorbook.outputs import OUTPUTS, stamp
from errorbook.outputs.llms import MOST_GROUPS, MOST_LINKS
from tests.outputs.hostile import CODES, hostile_catalog

ROOT = Path(__file__).parents[2]
FEW = {f"code_{number}": {"status": 400, "meaning": f"Number {number}."} for number in range(3)}
FILES = ["error-pages", "catalog", "catalog-schema", "openapi", "body-schema", "problem-types"]


def catalog(**apis: Any) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def rendered(given: Catalog) -> Mapping[str, str]:
    return OUTPUTS["llms"].render(given)


def sections(text: str) -> dict[str, list[dict[str, str]]]:
    """Return the lists of links below each heading, as the convention's own parser reads them."""
    found: dict[str, list[dict[str, str]]] = parse_llms_file(text).sections
    return found


CATALOGS = {
    "own": load(ROOT / "errors.yaml").catalog,
    "full": load(ROOT / "tests/site/full.yaml").catalog,
    "hard": load(ROOT / "tests/outputs/hard.yaml").catalog,
    "hostile": hostile_catalog(),
    "hostile, in files": hostile_catalog(docs={"error": "v~1/{code}.html"}),
    "hostile, at the root": hostile_catalog(docs={"url": "http://x.test", "error": "{code}/"}),
    "hostile, on one page": hostile_catalog(docs={"error": "errors/#{code}"}),
    "hostile, elsewhere": hostile_catalog(docs={"url": "http://x.test", "error": "e#{code}"}),
    "empty": catalog(),
}
every_catalog = pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS)


def test_there_is_one_file_for_the_catalog_and_one_for_each_api() -> None:
    assert list(rendered(load(ROOT / "errors.yaml").catalog)) == [
        "llms.txt",
        "artifacta/errors/llms.txt",
        "artworks/errors/llms.txt",
        "errorbook/errors/llms.txt",
    ]


def test_the_file_at_the_root_leads_to_those_of_the_apis() -> None:
    given = catalog(
        a={"title": "Shop [new]", "version": "v1", "summary": "All *new*.", "errors": FEW},
        b={"docs": {"error": "b/errors.html#{code}"}, "errors": FEW},
        c={"docs": {"url": "https://x.test", "error": "c/#{code}"}},
    )
    text = rendered(given)["llms.txt"]
    assert text.startswith("# Error catalog\n\n> What every error")
    assert "`errorbook explain a/CODE --json --catalog errors.json`" in text
    found = sections(text)
    assert found["APIs"] == [
        {
            "title": "Shop &#91;new&#93; v1",
            "url": "a/errors/llms.txt",
            "desc": "3 errors. All new.",
        },
        {"title": "b", "url": "b/errors.html", "desc": "3 errors, on one page"},
        {"title": "c", "url": "https://x.test/c/", "desc": "0 errors, on one page"},
    ]
    assert [one["url"] for one in found["Machine-readable"]] == [
        "errors.json",
        "errors.json.schema.json",
    ]
    assert [one["url"] for one in found["Files of b"]] == ["b/openapi.json", "errors.json"]


def test_the_file_of_an_api_lists_its_groups_files_and_codes() -> None:
    problem = {"body": {"type": "urn:x:{code}"}, "content_type": "application/problem+json"}
    groups = {"orders": {"title": "Orders", "meaning": "Of `orders`."}, "empty": {}}
    grouped = {"e": {"group": "orders"}, "f": {"group": "orders"}, "g": {"group": "other"}}
    api = {
        "envelopes": [problem],
        "groups": groups,
        "errors": {**FEW, **grouped},
        "retired": {"old": {"meaning": "It was."}},
    }
    text = rendered(catalog(shop=api))["shop/errors/llms.txt"]
    assert "shop has 6 errors and 1 code of the past." in text
    assert "at `CODE/index.md` and in JSON at `CODE/index.json`" in text
    assert "~2f~" not in text
    assert "Groups:\n\n- Orders (2 errors): Of orders.\n- other (1 error)\n\n##" in text
    found = sections(text)
    assert list(found) == ["Files of shop", "Errors of shop", "Optional"]
    assert [one["url"] for one in found["Files of shop"]] == [
        *("openapi.json", "body.schema.json", "problem-types.json", "../../errors.json")
    ]
    assert found["Errors of shop"][0] == {
        "title": "`code_0`",
        "url": "code_0/index.md",
        "desc": "400. Number 0.",
    }
    assert [one["url"] for one in found["Errors of shop"][-3:]] == [
        f"{code}/index.md" for code in "efg"
    ]
    old = {"title": "`old`", "url": "old/index.md", "desc": "Retired. It was."}
    assert found["Optional"] == [old]


def test_a_large_api_gives_the_pattern_of_addresses_in_place_of_links() -> None:
    errors = {f"code_{number}": {"group": f"g{number}"} for number in range(MOST_LINKS + 1)}
    template = {"error": "{api}/{version}/{code}.html"}
    api = {"version": "v 1", "docs": template, "errors": errors, "retired": {"old": {}}}
    text = rendered(catalog(shop=api))["shop/v~20~1/llms.txt"]
    assert list(sections(text)) == ["Files of shop v 1", "Optional"]
    assert "shop v 1 has 51 errors and 1 code of the past." in text
    assert "at `CODE.md` and in JSON at `CODE.json`" in text
    assert "`~2f~` for `/`" in text
    assert "- g50 (1 error)\n" in text
    fewer = dict(list(errors.items())[:MOST_LINKS])
    text = rendered(catalog(shop={**api, "errors": fewer}))["shop/v~20~1/llms.txt"]
    assert len(sections(text)["Errors of shop v 1"]) == MOST_LINKS


def test_its_size_is_bounded_however_large_the_api_is() -> None:
    errors = {f"code_{number}": {"group": f"g{number}"} for number in range(1000)}
    retired: dict[str, Any] = {f"old_{number}": {} for number in range(1000)}
    text = rendered(catalog(shop={"errors": errors, "retired": retired}))["shop/errors/llms.txt"]
    assert f"- g{MOST_GROUPS - 1} (1 error)\n" in text
    assert f"- g{MOST_GROUPS} " not in text
    assert "Further groups stand in errors.json: 800." in text
    assert len(text) < 10_000


def test_where_the_pages_stand_at_the_root_one_file_is_about_both() -> None:
    given = catalog(a={"docs": {"error": "{code}/"}, "errors": FEW}, b={"errors": FEW})
    files = rendered(given)
    assert list(files) == ["llms.txt", "b/errors/llms.txt"]
    found = sections(files["llms.txt"])
    assert list(found) == ["APIs", "Machine-readable", "Files of a", "Errors of a"]
    assert [one["url"] for one in found["APIs"]] == ["llms.txt", "b/errors/llms.txt"]
    assert found["Errors of a"][0]["url"] == "code_0/index.md"
    assert "a has 3 errors." in files["llms.txt"]


@every_catalog
def test_it_has_the_shape_of_the_convention(given: Catalog) -> None:
    for path, text in rendered(given).items():
        tokens = MarkdownIt("commonmark").parse(text)
        blocks = [token for token in tokens if token.level == 0 and token.nesting >= 0]
        kinds = [f"{token.type}:{token.tag}" for token in blocks]
        assert kinds[:3] == ["heading_open:h1", "blockquote_open:blockquote", "html_block:"], path
        first = kinds.index("heading_open:h2")
        assert set(kinds[3:first]) <= {"paragraph_open:p", "bullet_list_open:ul"}
        assert set(kinds[first:]) <= {"heading_open:h2", "bullet_list_open:ul"}
        inline = [child for token in tokens for child in token.children or []]
        assert not any(child.type in ("html_inline", "image") for child in inline)
        assert [token.type for token in tokens].count("html_block") == 1
        links = [child.attrs["href"] for child in inline if child.type == "link_open"]
        items = [item for items in sections(text).values() for item in items]
        assert len(links) == len(items) == text[text.index("\n## ") :].count("\n- ")


@every_catalog
def test_every_link_leads_to_a_file_that_is_published(given: Catalog) -> None:
    files = rendered(given)
    published = {path for output in FILES for path in OUTPUTS[output].render(given)} | set(files)
    for path, text in files.items():
        for target in _targets(text):
            if target.startswith(("http://", "errors/#")) or target == "errors/":
                continue  # on a page that somebody writes
            there = posixpath.join(posixpath.dirname(path), unquote(target))
            assert posixpath.normpath(there) in published


@every_catalog
def test_it_is_stamped_and_the_same_every_time(given: Catalog) -> None:
    files = rendered(given)
    assert files == rendered(given)
    for text in files.values():
        assert stamp.state(text) == "whole"
        assert stamp.state(text.replace("errors.json", "errors.xml", 1)) == "edited"


def test_the_stamp_is_in_its_comment_and_nowhere_else() -> None:
    for text in rendered(hostile_catalog()).values():
        title, summary, comment, *_ = text.split("\n\n")
        assert "text sha256\\:0000000000000000" in f"{title} {summary}"
        assert comment.startswith("<!-- ")
        assert "text sha256:" in comment
        assert "text sha256:0000" not in comment


def test_hostile_codes_are_all_listed() -> None:
    found = sections(rendered(hostile_catalog())["shop/errors/llms.txt"])
    (errors,) = (items for title, items in found.items() if title.startswith("Errors of"))
    assert len(errors) == len(CODES)


def _targets(text: str) -> Iterator[str]:
    for items in sections(text).values():
        yield from (item["url"] for item in items)


def test_what_is_going_or_gone_says_so() -> None:
    api = {
        "docs": {"url": "https://docs.example/"},
        "errors": {
            "new": {"renamed_from": "old"},
            "late": {"deprecated": "v2", "replaced_by": "new", "meaning": "Too late."},
        },
        "retired": {"old": {}, "gone": {"replaced_by": "late"}, "lost": {}},
    }
    text = rendered(catalog(shop=api))["shop/errors/llms.txt"]
    assert "- [`late`](late/index.md): Deprecated. Use `new`. Too late." in text
    assert "- [`old`](old/index.md): Now `new`." in text
    assert "- [`gone`](gone/index.md): Retired. Use `late`." in text
    assert "- [`lost`](lost/index.md): Retired." in text
    assert "`errorbook explain shop/CODE --json --catalog https://docs.example/errors.json`" in text


def test_where_no_address_is_known_the_catalog_is_found_beside_it() -> None:
    text = rendered(catalog(shop={"errors": {"e": {}}}))
    assert "--catalog errors.json`" in text["llms.txt"]
    assert "--catalog ../../errors.json`" in text["shop/errors/llms.txt"]
