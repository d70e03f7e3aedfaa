"""Which operations answer with a code, and what is told where that is not known."""

from __future__ import annotations

import pytest

from tests.importing.openapi.imported import Fields, answer, api_of, document, read, untold

ERROR: Fields = {"type": "object", "properties": {"code": {"type": "string"}}}


def two(shops: Fields, pets: Fields | None = None) -> Fields:
    """Return a document whose one operation shows ``pet_gone``, and another with ``shops``."""
    content = document(pets or {"404": answer(ERROR, example={"code": "pet_gone"})})
    content["paths"]["/shops"] = {"get": {"operationId": "shops", "responses": shops}}
    return content


@pytest.mark.parametrize(
    "shops",
    [
        {"default": answer(ERROR, example={"code": "shop_shut"})},
        {"4XX": answer(ERROR, example={"code": "shop_shut"})},
        {"5XX": answer(ERROR)},
        {"404": answer({"properties": {"code": {"const": "no"}}}), "default": answer(ERROR)},
    ],
)
def test_an_answer_that_is_about_others_takes_no_operation_away(shops: Fields) -> None:
    api = api_of(read(two(shops)))

    assert api.errors["pet_gone"].operations == ("getPet",)


@pytest.mark.parametrize("key", ["404", "4XX", "default"])
def test_an_answer_that_may_have_any_code_is_told(key: str) -> None:
    gathered = read(two({key: answer(ERROR)}))

    assert api_of(gathered).errors["pet_gone"].operations == ()
    assert "which operations answer with pet_gone is not told: others may" in untold(gathered)


def test_a_code_of_every_operation_is_told() -> None:
    gathered = read(two({"404": answer(ERROR, example={"code": "pet_gone"})}))

    assert not api_of(gathered).operations
    assert "every operation answers with pet_gone, so none was listed" in untold(gathered)
