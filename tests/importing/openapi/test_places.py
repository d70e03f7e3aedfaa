"""Which field is the code, and which of its values are codes."""

from __future__ import annotations

import pytest

from errorbook.importing.openapi import views
from tests.importing.openapi.imported import Fields, answer, api_of, document, read, untold, values


def coded(**code: object) -> Fields:
    return {"type": "object", "properties": {"code": {"type": "string", **code}}}


@pytest.mark.parametrize("sample", ["out_of_credit", "string", "error", "code", "some_code"])
def test_a_list_of_codes_may_hold_what_stands_for_a_code_elsewhere(sample: str) -> None:
    gathered = read(document({"402": answer(coded(enum=[sample, "gone_x"]))}))
    api = api_of(gathered)

    assert list(api.errors) == [sample, "gone_x"]
    assert untold(gathered) == ""


def test_values_of_a_list_that_are_no_codes_are_told_and_what_is_left_is_not_certain() -> None:
    response = answer(coded(enum=["out of credit", "404", "gone_x"]), description="Pay first.")
    gathered = read(document({"402": response, "404": response}))
    api = api_of(gathered)

    assert list(api.errors) == ["gone_x"]
    assert api.errors["gone_x"].status == ()
    assert "left out of a list of codes: out of credit, 404 (" in untold(gathered)


def test_a_problem_without_a_type_leaves_the_list_closed() -> None:
    types = ["about:blank", "https://pets.example/problems/gone"]
    gathered = read(document({"410": answer({"properties": {"type": {"enum": types}}})}))

    assert api_of(gathered).errors["gone"].status == (410,)
    assert untold(gathered) == ""


@pytest.mark.parametrize("example", ["some_code", "string", "xxx"])
def test_an_example_that_stands_for_any_code_is_none(example: str) -> None:
    assert "errors" not in values(read(document({"402": answer(coded(example=example))})))


@pytest.mark.parametrize("around", ["detail", "extensions", "error_details"])
def test_the_code_of_an_example_may_stand_within(around: str) -> None:
    example = {around: {"code": "gone_x", "message": "It left."}}
    api = api_of(read(document({"404": answer(example=example)})))

    assert api.errors["gone_x"].message == "It left."
    assert api.envelopes[0].body == {
        around: {"code": "{code}", "message?": "{message}", "*": "{details}"}
    }


def test_what_only_may_be_a_code_is_none_within_a_detail() -> None:
    example = {"detail": [{"loc": ["body"], "msg": "field required", "type": "value_missing"}]}

    assert "errors" not in values(read(document({"422": answer(example=example)})))


def test_every_alternative_is_looked_at() -> None:
    codes = [f"code_{number}" for number in range(100)]
    schema = {"oneOf": [coded(const=code) for code in codes]}

    assert list(api_of(read(document({"409": answer(schema)}))).errors) == codes
    assert len(codes) < views.MOST_VIEWS
