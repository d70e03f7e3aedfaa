"""Details of codes: fields beside them, and those that say how long to wait."""

from __future__ import annotations

import pytest

from errorbook.catalog.facts import example_response
from tests.importing.openapi.imported import Fields, answer, api_of, document, read, untold

SCHEMAS = {
    "Error": {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    }
}
BASE = {"$ref": "#/components/schemas/Error"}


def with_field(codes: list[str], **fields: Fields) -> Fields:
    return {"allOf": [BASE, {"properties": {"code": {"enum": codes}, **fields}}]}


def test_a_field_beside_some_codes_is_a_detail_of_each() -> None:
    some = with_field(["sold_out", "reserved"], left={"type": "integer", "description": "Left."})
    responses = {"409": answer(some), "404": answer(BASE, example={"code": "lost"})}
    api = api_of(read(document(responses, {"schemas": SCHEMAS})))

    for code in ("sold_out", "reserved"):
        left = api.errors[code].details["left"]
        assert (left.type, left.meaning, left.required) == ("integer", "Left.", False)
    assert not api.errors["lost"].details
    assert "left?" not in str(api.envelopes[0].body)


def test_a_field_of_every_code_stays_in_the_envelope() -> None:
    every = with_field(["sold_out", "reserved"], trace={"type": "string"})
    api = api_of(read(document({"409": answer(every)}, {"schemas": SCHEMAS})))

    assert not api.errors["sold_out"].details
    assert api.envelopes[0].body["trace?"] == "{trace}"  # type: ignore[index, call-overload]  # a mapping


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("retry_after", None),
        ("retryAfterSeconds", "seconds"),
        ("retry_after_ms", "milliseconds"),
        ("retry_in", None),
    ],
)
def test_a_detail_that_says_when_to_send_again_is_where_the_time_stands(
    name: str, unit: str | None
) -> None:
    shown = answer(BASE, example={"code": "slow_down", name: 7})
    shown["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    api = api_of(read(document({"429": shown}, {"schemas": SCHEMAS})))
    error = api.errors["slow_down"]

    assert error.retry.after == ("header:Retry-After", name)
    assert error.details[name].unit == unit
    example = example_response(api, "slow_down")
    assert example is not None
    assert example.headers["Retry-After"] == ("7" if unit != "milliseconds" else "1")


def test_a_text_that_is_called_so_is_no_time() -> None:
    shown = answer(BASE, example={"code": "slow_down", "retry_after": "later"})
    api = api_of(read(document({"429": shown}, {"schemas": SCHEMAS})))

    assert api.errors["slow_down"].retry.after == ()


def test_values_of_details_become_holes_of_the_message() -> None:
    body = {"code": "too_large", "message": "It has 4096 bytes.", "size_bytes": 4096}
    sold = {"code": "sold_out", "message": "3 of 3 are gone.", "total": 3}
    examples = {"a": {"value": body}, "b": {"value": sold}}
    gathered = read(document({"413": answer(BASE, examples=examples)}, {"schemas": SCHEMAS}))
    api = api_of(gathered)

    assert api.errors["too_large"].message == "It has {size_bytes} bytes."
    assert api.errors["too_large"].details["size_bytes"].unit == "bytes"
    assert api.errors["sold_out"].message == "3 of 3 are gone."
    doubt = "may say values of its details: sold_out (total) (write such a value"
    assert doubt in untold(gathered)
