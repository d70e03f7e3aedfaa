"""Errors with ``visibility: internal`` reach no output, and neither does what names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.catalog import Catalog, load
from errorbook.catalog.audience import public
from errorbook.catalog.rules import check_catalog
from errorbook.outputs.python.module import render
from tests.outputs.modules import catalog_of

ROOT = Path(__file__).parents[2]
TEXT = """
apis:
  shop:
    summary: See [the *other* `one`](error:secret), <error:secret> or [sold out](error:sold_out).
    groups: {stock: {meaning: "**[Hush](error:shop/secret)**, \\\\* and `[code](stays)`."}}
    errors:
      sold_out: {status: 409, replaced_by: secret, meaning: "[Hush](error:secret)."}
      secret: {status: 500, visibility: internal, meaning: Nobody knows.}
      "404": {status: 404, visibility: internal}
    exit_codes:
      1: {name: FAILED, for: [secret, "404", 4xx, sold_out]}
    troubleshooting:
      - {symptom: It fails., errors: [secret, sold_out]}
    retired:
      old: {replaced_by: secret, reason: "It is [another](error:secret) now."}
  bank:
    errors:
      broke: {meaning: "[A shop](error:shop/secret) or [sold out](error:shop/sold_out)."}
"""


@pytest.fixture(name="shown")
def _shown(tmp_path: Path) -> Catalog:
    return public(catalog_of(TEXT, tmp_path))


def test_internal_errors_are_dropped(shown: Catalog) -> None:
    assert list(shown.apis["shop"].errors) == ["sold_out"]


def test_fields_no_longer_name_them(shown: Catalog) -> None:
    shop = shown.apis["shop"]
    assert shop.errors["sold_out"].replaced_by is None
    assert shop.retired["old"].replaced_by is None
    assert shop.troubleshooting[0].errors == ("sold_out",)


def test_a_selector_that_reads_like_a_status_stays(shown: Catalog) -> None:
    assert shown.apis["shop"].exit_codes[1].applies_to == ("404", "4xx", "sold_out")


def test_a_link_to_one_leaves_its_label(shown: Catalog) -> None:
    shop = shown.apis["shop"]
    assert shop.errors["sold_out"].meaning == "Hush."
    assert shop.retired["old"].reason == "It is another now."
    assert shown.apis["bank"].errors["broke"].meaning.startswith("A shop or [sold out](error:")


def test_a_link_without_a_label_does_not_say_the_code(shown: Catalog) -> None:
    assert shown.apis["shop"].summary == (
        "See the *other* `one`, an internal error or [sold out](error:sold_out)."
    )


def test_the_rest_of_a_text_stays_as_it_was(shown: Catalog) -> None:
    assert shown.apis["shop"].groups["stock"].meaning == "**Hush**, \\* and `[code](stays)`."


def test_what_is_left_is_a_valid_catalog(shown: Catalog) -> None:
    text = shown.model_dump_json(by_alias=True)
    assert "secret" not in text
    assert list(check_catalog(Catalog.model_validate_json(text))) == []


def test_they_are_in_no_generated_module(shown: Catalog) -> None:
    (text, *others) = render(shown).values()
    # The module has the word itself, among those in the names of headers that are not kept.
    texts = [one.replace('"secret",', "") for one in (text, *others)]
    assert "secret" not in json.dumps(texts).casefold()


def test_a_catalog_without_them_is_returned_as_it_is() -> None:
    catalog = load(ROOT / "errors.yaml").catalog
    assert public(catalog) is catalog
