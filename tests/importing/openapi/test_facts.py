"""What a document leaves open of its codes and statuses is told, with its place."""

from __future__ import annotations

import pytest

from tests.importing.openapi.imported import Fields, answer, api_of, document, read, untold

CODES: Fields = {"properties": {"code": {"enum": ["sku_taken", "gone", "busy"]}}}
SHOWN = answer(example={"code": "gone"})


@pytest.mark.parametrize(
    ("key", "name"), [("5XX", "5XX"), ("4xx", "4XX"), ("default", "any other status")]
)
@pytest.mark.parametrize(
    "response", [{"description": "We failed."}, answer({"properties": {"title": {}}})]
)
def test_answers_without_codes_or_status_are_told(key: str, name: str, response: Fields) -> None:
    gathered = read(document({"404": SHOWN, "418": {"description": "I am."}, key: response}))

    assert f"which codes come with 418, {name} is not told" in untold(gathered)


def test_a_list_of_codes_for_any_status_is_told() -> None:
    gathered = read(document({"4XX": answer(CODES), "5XX": answer(CODES)}))

    assert (
        "which status comes with sku_taken, gone, busy is not told: the document says 4XX and 5XX ("
        in untold(gathered)
    )


@pytest.mark.parametrize(("key", "name"), [("5XX", "5XX"), ("default", "any other status")])
def test_a_code_without_a_status_is_told_with_its_place(key: str, name: str) -> None:
    gathered = read(document({key: SHOWN}))
    (problem,) = gathered.untold

    assert api_of(gathered).errors["gone"].status == ()
    assert f"which status comes with gone is not told: the document says {name} (" in str(problem)
    assert problem.place.line


def test_a_code_that_is_shown_at_a_status_too_has_it() -> None:
    gathered = read(document({"404": SHOWN, "default": SHOWN}))

    assert api_of(gathered).errors["gone"].status == (404,)
    assert untold(gathered) == ""


def test_what_is_said_where_one_of_many_codes_is_shown_is_offered() -> None:
    taken = answer(CODES, description="This SKU exists.", example={"code": "sku_taken"})
    busy = answer(CODES, description="Server error", example={"code": "busy"})
    gathered = read(document({"409": taken, "404": answer(CODES), "503": busy}))
    api = api_of(gathered)

    assert api.errors["sku_taken"].meaning == ""
    assert "not taken for its meaning: sku_taken (This SKU exists.) (" in untold(gathered)


def test_what_is_said_is_not_offered_where_the_meaning_is_known() -> None:
    example = {"one": {"summary": "It is taken.", "value": {"code": "sku_taken"}}}
    taken = answer(CODES, description="This SKU exists.", examples=example)
    gathered = read(document({"409": taken, "404": answer(CODES)}))

    assert api_of(gathered).errors["sku_taken"].meaning == "It is taken."
    assert "not taken for its meaning" not in untold(gathered)
