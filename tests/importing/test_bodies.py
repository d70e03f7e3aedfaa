"""Error bodies: which field is the code, and which envelope several of them have in common."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.catalog.envelope import check_envelope, match_envelope
from errorbook.catalog.models import Envelope
from errorbook.importing.bodies import detail_of, is_code, is_http_status, parts_of
from errorbook.importing.envelopes import envelope_of, envelopes_of

_PROBLEM = "https://shop.example/problems/"


@pytest.mark.parametrize(
    ("body", "code", "message", "status", "rest"),
    [
        ({"error": {"code": "a_b", "message": "M", "n": 5}}, "a_b", "M", None, {"n": 5}),
        ({"error": "denied", "error_description": "No"}, "denied", "No", None, {}),
        ({"code": 20404, "message": "M", "status": 404}, "20404", "M", 404, {}),
        ({"error": {"code": 404, "message": "M", "status": "NO_SHOE"}}, "NO_SHOE", "M", 404, {}),
        ({"type": f"{_PROBLEM}no-credit", "detail": "D", "x": 1}, "no-credit", "D", None, {"x": 1}),
        ({"errors": [{"code": "x1", "status": "422", "detail": "D"}]}, "x1", "D", 422, {}),
        ({"errors": [{"message": "M", "extensions": {"code": "X"}}]}, "X", "M", None, {}),
        ({"type": "error", "error": {"type": "a_b", "message": "M"}}, "a_b", "M", None, {}),
        ({"code": "a", "message": "M", "details": {"id": "7"}}, "a", "M", None, {"id": "7"}),
        ({"code": "string", "message": "string"}, None, "string", None, {}),
    ],
)
def test_parts(
    body: JsonValue, code: str | None, message: str, status: int | None, rest: dict[str, JsonValue]
) -> None:
    parts = parts_of(body)
    assert parts is not None
    assert (parts.code, parts.message, parts.status, parts.rest) == (code, message, status, rest)
    pattern = Envelope(body=envelope_of([body]))
    assert list(check_envelope(pattern)) == []
    found = match_envelope(pattern, {}, body)
    assert found is not None
    assert code is None or str(found["code"]) == code


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {"code": 404, "message": "M"},
        {"statusCode": 404, "error": "Not Found", "message": "M"},
        {"status": "error", "message": "M"},
        {"id": "1", "type": "invoice", "name": "x"},
        {"type": "about:blank", "title": "T"},
        {"error": {"error": {"error": {"error": {"error": {"error": {"code": "a"}}}}}}},
    ],
)
def test_bodies_without_a_code(body: JsonValue) -> None:
    assert parts_of(body) is None
    assert envelope_of([body]) is None


def test_whether_a_body_says_that_it_is_an_error() -> None:
    shoe, error = parts_of({"code": "EU", "name": "x"}), parts_of({"code": "EU", "message": "x"})
    assert shoe is not None
    assert not shoe.is_error
    assert error is not None
    assert error.is_error


def test_keys_that_are_not_everywhere_are_optional() -> None:
    bodies: list[JsonValue] = [
        {"ok": False, "error": {"code": "a", "message": "M"}, "request_id": "r"},
        {"ok": False, "error": {"code": "b", "limit": 5}},
        {"code": 7, "*": "M", "{x}": 1},
    ]
    assert envelopes_of(bodies) == [
        {
            "ok": False,
            "error": {"code": "{code}", "message?": "{message}", "*": "{details}"},
            "request_id?": "{request_id}",
        },
        {"code": "{code:integer}", "*": "{details}"},
    ]


def test_details_in_an_object_of_their_own() -> None:
    body: JsonValue = {"code": "a", "message": "M", "params": {"id": 1}, "hint": "H", "a b": 1}
    assert envelope_of([body]) == {
        "code": "{code}",
        "message": "{message}",
        "params": "{details}",
        "hint": "{hint}",
    }


def test_types_of_details() -> None:
    values: list[JsonValue] = ["x", 1, 1.5, True, [], {}]
    types = [(detail_of(value) or {})["type"] for value in values]
    assert types == ["string", "integer", "number", "boolean", "array", "object"]
    assert detail_of(None) is None


def test_what_may_be_a_code() -> None:
    assert is_code("a.b-c_1")
    assert not any(map(is_code, ("", "a b", "--", "a\u202e", "x" * 129)))
    assert is_http_status("404")
    assert not any(map(is_http_status, ("4040", "213", 213, True, None)))


def test_names_are_those_of_the_shared_vocabulary() -> None:
    said = parts_of({"error": {"errorType": "other", "type": "a_b", "text": "It is gone."}})
    assert said is not None
    assert (said.code, said.message) == ("a_b", "It is gone.")
    inside = parts_of({"errorDetails": {"code": "a_b", "message": "It is gone."}})
    assert inside is not None
    assert inside.code == "a_b"
