"""The links of the pages of errors hold wherever the pages are."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import pytest
from markdown_it.token import Token

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import folder, places
from errorbook.outputs.error_facts import ErrorIndex
from tests.outputs.error_catalogs import MARKDOWN, catalog, every_catalog, rendered
from tests.outputs.hostile import hostile_catalog


@every_catalog
def test_every_link_leads_to_a_file_that_is_published(given: Catalog) -> None:
    files = rendered(given)
    others = {"errors.json", *(folder(name, api) + "llms.txt" for name, api in given.apis.items())}
    for path, text in files.items():
        if path.endswith(".md"):
            targets = [str(token.attrs["href"]) for token in _links(MARKDOWN.parse(text))]
            assert len(targets) >= 2  # in the last line
        else:
            found = json.loads(text)
            successor = found.get("replaced_by", {}).get("json")
            targets = [found["markdown"], found["catalog"], *([successor] if successor else [])]
        for target in targets:
            if target.startswith("http") or target.partition("#")[0].endswith("guide/limits.md"):
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
            assert there in files or there in others, (path, target)


def test_codes_are_shown_as_they_are_and_lead_to_each_other() -> None:
    given = hostile_catalog()
    api = given.apis["shop"]
    tokens = MARKDOWN.parse(rendered(given)[f"{places('shop', api)['404'].stem}.md"])
    links = [one.attrs["href"] for one in _links(tokens)]
    for code in ErrorIndex("shop", api).near("404").same_status:
        stem = str(places("shop", api)[code].stem)
        assert posixpath.relpath(f"{stem}.md", posixpath.dirname("shop/errors/404/x")) in links


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ({}, {}, "../../../b/errors/x/index.md"),
        ({"url": "https://a.test"}, {"url": "https://a.test"}, "../../../b/errors/x/index.md"),
        ({"url": "https://a.test"}, {"url": "https://b.test"}, "https://b.test/b/errors/x/"),
        ({}, {"url": "https://b.test"}, "https://b.test/b/errors/x/"),
        ({"url": "https://a.test"}, {}, None),
        ({"error": "{code}.html"}, {"error": "deep/{code}.html"}, "deep/x.md"),
        ({}, {"error": "b/errors/#{code}"}, "../../../b/errors/#x"),
        ({}, {"url": "https://b.test", "error": "e/#{code}"}, "https://b.test/e/#x"),
    ],
)
def test_links_to_another_api_hold_wherever_both_are_published(
    here: dict[str, str], there: dict[str, str], address: str | None
) -> None:
    given = catalog(
        a={"docs": here, "errors": {"e": {"meaning": "See <error:b/x>."}}},
        b={"docs": there, "errors": {"x": {}}},
    )
    text = rendered(given)[f"{places('a', given.apis['a'])['e'].stem}.md"]
    assert (f"See [`b/x`]({address})." if address else "See `b/x`.") in text


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("guide/limits.md", "../../../guide/limits.md"),
        ("guide/", "../../../guide/"),
        ("a/errors/x.png", "../x.png"),
        ("./a/../b.md?c=d#e", "../../../b.md?c=d#e"),
        ("/rooted.md", "/rooted.md"),
        ("#here", "#here"),
        ("https://x.test/y", "https://x.test/y"),
        ("mailto:a@x.test", "mailto:a@x.test"),
    ],
)
def test_links_in_prose_begin_at_the_root_of_the_site(target: str, address: str) -> None:
    given = catalog(a={"errors": {"e": {"meaning": f"[x]({target})"}}})
    assert f"[x]({address})" in rendered(given)["a/errors/e/index.md"]


def test_a_reference_may_be_written_with_percent_signs() -> None:
    given = catalog(a={"errors": {"e": {"meaning": "[x](error:a%20b)"}, "a b": {}}})
    assert "[x](../a~20~b/index.md)" in rendered(given)["a/errors/e/index.md"]


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or []


def _links(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in _all(tokens) if token.type == "link_open")
