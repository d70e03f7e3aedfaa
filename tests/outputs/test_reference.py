"""The reference page of errors.yaml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from errorbook.catalog import ACTION_WORDS, Catalog
from errorbook.outputs.reference import render
from errorbook.outputs.schema import catalog_schema

ROOT = Path(__file__).parents[2]
PAGE = render(Catalog(apis={}))["reference.md"]


def _section(title: str) -> str:
    match = re.search(rf"^## {title} .*?(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert match, title
    return match[0]


def test_the_committed_page_is_what_the_models_give() -> None:
    assert (ROOT / "docs/reference.md").read_text(encoding="utf-8") == PAGE


def test_every_key_of_every_mapping_has_a_row() -> None:
    models = [one for one in catalog_schema()["$defs"].values() if "properties" in one]
    for model in models:
        description = " ".join(model["description"].split("\n\n")[0].split()).replace("``", "`")
        section = next(part for part in PAGE.split("\n## ") if description in part)
        for key in model["properties"]:
            assert f"\n| `{key}` | " in section


def test_every_link_leads_to_a_heading_of_the_page() -> None:
    targets = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    anchors = re.findall(r"^## .* \{#([^}]+)\}$", PAGE, re.MULTILINE)
    assert len(anchors) == len(set(anchors))
    assert targets <= set(anchors)


def test_every_word_of_do_is_explained() -> None:
    section = _section("Words of `do`")
    for word, meaning in ACTION_WORDS.items():
        assert f"| `{word}` | {meaning} |" in section


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("API", "| `errors` | [error](#error) for each code |"),
        ("API", "| `version` | text |"),
        ("Error", "| `actions` | list of [actions](#action) |"),
        ("Error", "| `status` | whole number from 100 to 599, or a list of them |"),
        ("Error", "| `visibility` | `public` or `internal` |"),
        ("Envelope", "| `body` | anything |"),
        ("Action", "| `do` | [a word of the list](#words-of-do) | **Required.** "),
        ("Detail", "| `required` | `true` or `false` |"),
    ],
)
def test_a_row_says_in_words_what_a_value_may_be(title: str, row: str) -> None:
    assert row in _section(title)


def test_a_row_says_what_is_meant_if_the_key_is_left_out() -> None:
    assert re.search(
        r"^\| `visibility` .* Default: `public`\. \|$", _section("Error"), re.MULTILINE
    )


def test_a_section_says_where_its_mapping_stands() -> None:
    assert "Stands at `apis.<id>.errors.<code>.actions[]`." in _section("Action")
    assert "Stands at `apis.<id>.errors.<code>.details.<name>`." in _section("Detail")
