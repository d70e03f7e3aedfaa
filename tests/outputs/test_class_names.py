"""What every language with classes says of names, of the same catalog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs import typescript
from errorbook.outputs.languages import LANGUAGES

RENAMED: Final = {"sold_out": {"renamed_from": ["unknown_shop", "gone"]}}


def _catalog(language: str, sdk: Mapping[str, Any], errors: Mapping[str, Any]) -> Catalog:
    """Return a catalog that says the same of names, for ``language``."""
    return Catalog.model_validate({"apis": {"shop": {"sdk": {language: sdk}, "errors": errors}}})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sdk", "errors", "rule", "at"),
    [
        ({"base": "GoneError"}, RENAMED, "class-name-taken-over", "base"),
        ({"parents": {"4xx": "GoneError"}}, RENAMED, "class-name-taken-over", "4xx"),
        ({}, {**RENAMED, "gone": {}}, "class-name-taken-over", "gone"),
        ({"parents": {"0404": "LostError"}}, {}, "unknown-parent", "0404"),
        ({"parents": {"4\u06604": "LostError"}}, {}, "unknown-parent", "4\u06604"),
        ({"parents": {"604": "LostError"}}, {}, "unknown-parent", "604"),
        ({"base": "acme:1x"}, {}, "bad-base-class", "base"),
    ],
)
def test_the_same_names_are_refused_in_all(
    language: str, sdk: Mapping[str, Any], errors: Mapping[str, Any], rule: str, at: str
) -> None:
    catalog = _catalog(language, sdk, errors)
    (found,) = LANGUAGES[language].problems(catalog)
    assert (found.rule, found.path[-1]) == (rule, at)
    taken_over = "GoneError was the class of 'sold_out' while it was 'gone': "
    wanted = f"{taken_over}code that catches it would catch another"
    assert rule != "class-name-taken-over" or found.message == wanted


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("python", "say 'sdk: {python: {exception: none}}' to raise it by its status, "),
        ("typescript", "say 'sdk: {typescript: {exception: none}}' to make it by its status, "),
    ],
)
def test_a_hint_speaks_of_its_language(language: str, hint: str) -> None:
    catalog = _catalog(language, {"parents": {"4xx": "LostError"}}, {"a": {"status": [404, 500]}})
    (found,) = LANGUAGES[language].problems(catalog)
    assert (found.rule, found.hint) == (
        "parent-of-some-statuses",
        f"{hint}or keep statuses of one kind",
    )


def test_a_former_class_gives_way_to_a_type_of_the_module() -> None:
    catalog = _catalog("typescript", {}, RENAMED)
    assert typescript.aliases("shop", catalog.apis["shop"]) == {"GoneError": "SoldOutError"}
    assert LANGUAGES["python"].aliases("shop", catalog.apis["shop"]) == {
        "GoneError": "SoldOutError",
        "UnknownShopError": "SoldOutError",
    }


def test_a_class_of_the_sdk_is_called_as_no_type_of_the_module() -> None:
    catalog = _catalog("typescript", {"base": "acme:ShopErrors"}, {})
    (found,) = typescript.problems(catalog)
    assert found.rule == "class-name-clash"
    assert "the type of all errors would both be the class ShopErrors" in found.message
