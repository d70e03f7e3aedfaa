"""What a client must see, as written down by hand here for one catalog."""

from __future__ import annotations

from typing import Any

import pytest

from errorbook.catalog import Api
from errorbook.outputs.expectations import Response, expectation

API = Api.model_validate_json(
    """{
  "envelopes": [
    {"body": {"code": "{code}", "message?": "{message}", "id?": "{request_id}",
              "status?": "{status}", "*": "{details}"}},
    {"headers": {"X-Code": "{code}", "X-Card": "{card}"}}
  ],
  "docs": {"url": "https://docs.example.com"},
  "errors": {
    "busy": {
      "status": [503, 429],
      "actions": [{"do": "wait"}, {"do": "escalate", "when": "if it lasts"}],
      "retry": {"when": "as_is", "after": ["pause", "until", "header:X-Reset"]},
      "details": {"pause": {"type": "integer", "unit": "ms"}, "until": {"type": "string"}}
    },
    "declined": {
      "status": 402,
      "retry": {"when": "never"},
      "exit_code": 9,
      "details": {
        "card": {"type": "string", "sensitive": true},
        "pin": {"type": "integer", "sensitive": true},
        "bank": {"type": "string"}
      }
    },
    "listed": {"details": {"card": {"type": "string"}}},
    "quiet": {"status": 404, "sdk": {"python": {"exception": "none"}}}
  },
  "exit_codes": {
    "1": {"name": "CLIENT", "for": ["4xx"]},
    "4": {"name": "ABSENT", "for": ["404"]},
    "70": {"name": "UNKNOWN", "for": ["unknown"]}
  },
  "sdk": {"python": {"base": "ShopError", "parents": {"4xx": "ClientError", "404": "AbsentError"}}}
}"""
)
DATE = ("Date", "Wed, 01 Jul 2026 12:00:00 GMT")


def seen(
    body: Any, status: int | None = 500, headers: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    return {**expectation("shop", API, Response(status, headers, body))}


def test_everything_that_is_known_of_a_code() -> None:
    body = {"code": "busy", "message": "Later.", "id": "r-1", "pause": 1500, "more": [1]}
    assert seen(body, 429) == {
        "class": {"python": "BusyError"},
        "code": "busy",
        "status": 429,
        "message": "Later.",
        "request_id": "r-1",
        "retryable": True,
        "retry_after": 1.5,
        "exit_code": 1,
        "action": "wait",
        "docs_url": "https://docs.example.com/shop/errors/busy/",
        "details": {"pause": 1500, "more": [1]},
        "attributes": {"python": {"pause": 1500, "until": None}},
    }


def test_nothing_is_known_without_a_code() -> None:
    assert seen({"other": 1}, 404) == {
        "class": {"python": "AbsentError"},
        "code": None,
        "status": 404,
        "message": "",
        "request_id": None,
        "retryable": None,
        "retry_after": None,
        "exit_code": 4,
        "action": None,
        "docs_url": None,
        "details": {},
        "attributes": {"python": {}},
    }


@pytest.mark.parametrize(
    ("status", "cls", "exit_code"),
    [
        (404, "AbsentError", 4),
        (418, "ClientError", 1),
        (500, "ShopError", 70),
        (None, "ShopError", 70),
    ],
)
def test_an_unknown_code_is_classed_by_its_status(
    status: int | None, cls: str, exit_code: int
) -> None:
    found = seen({"code": "new", "x": 1}, status)
    assert (found["code"], found["class"], found["exit_code"]) == (
        "new",
        {"python": cls},
        exit_code,
    )
    assert found["details"] == {"x": 1}


def test_a_code_without_a_class_is_raised_as_that_of_the_status_it_comes_with() -> None:
    found = seen({"code": "quiet"}, 404)
    assert (found["class"], found["exit_code"]) == ({"python": "AbsentError"}, 4)
    assert seen({"code": "quiet"}, 302)["class"] == {"python": "ShopError"}


@pytest.mark.parametrize(("code", "kept"), [(7, "7"), ("", ""), (True, None), (1.5, None)])
def test_a_code_is_a_text_or_a_whole_number(code: Any, kept: str | None) -> None:
    assert seen({"code": code})["code"] == kept


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [(500, 429, 500), (None, 429, 429), (None, "429", 503), (None, True, 503), (None, 99, 503)],
)
def test_the_status_is_that_of_the_response_else_of_the_body(
    status: int | None, told: Any, expected: int
) -> None:
    assert seen({"code": "busy", "status": told}, status)["status"] == expected


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ({"pause": 1500, "until": "9"}, (), 1.5),
        ({"pause": "1500"}, (), 1.5),
        ({"pause": "soon", "until": "9"}, (), 9),
        ({"pause": True, "until": -1}, (("X-Reset", "8"),), 8),
        ({"until": "2026-07-01T12:00:45Z"}, (DATE,), 45),
        ({"until": "2026-07-01T11:00:45Z"}, (DATE,), 0),
        ({}, (("x-RESET", "1782907230"), DATE), 30),
        ({}, (("X-Reset", "1782907230500"), DATE), 30.5),
        ({}, (("X-Reset", "soon"), ("Retry-After", "7")), 7),
        ({}, (("retry-after", "Wed, 01 Jul 2026 12:01:00 GMT"), DATE), 60),
        ({}, (("Retry-After", "-7"),), None),
        ({}, (), None),
    ],
)
def test_the_waiting_time_is_the_first_that_is_given(
    body: dict[str, Any], headers: tuple[tuple[str, str], ...], seconds: float | None
) -> None:
    assert seen({"code": "busy", **body}, 503, headers)["retry_after"] == seconds


def test_retry_after_counts_without_a_code() -> None:
    assert seen(None, 503, (("Retry-After", "7"),))["retry_after"] == 7


def test_the_request_is_named_by_the_body_else_by_a_header() -> None:
    headers = (("X-REQUEST-ID", "h-1"),)
    assert seen({"code": "busy", "id": "b-1"}, headers=headers)["request_id"] == "b-1"
    assert seen({"code": "busy", "id": 12}, headers=headers)["request_id"] == "12"
    assert seen({"code": "busy", "id": ""}, headers=headers)["request_id"] == "h-1"
    assert seen([], headers=headers)["request_id"] == "h-1"


def test_sensitive_details_are_left_out_and_redacted() -> None:
    body = {"code": "declined", "card": "4111", "pin": 91, "bank": "First (4111)", "b": {"pin": 1}}
    found = seen({**body, "message": "Card 4111 with 91, not 9191, and true."})
    assert found["message"] == "Card [redacted] with [redacted], not 9191, and true."
    assert found["details"] == {"bank": "First ([redacted])", "b": {}}
    assert found["attributes"]["python"] == {"bank": "First ([redacted])"}


def test_a_secret_of_one_error_is_one_of_codes_that_are_not_known() -> None:
    assert seen({"code": "new", "card": "4111", "message": "No 4111."})["details"] == {}
    assert seen({"code": "quiet", "card": "4111", "a": 1})["details"] == {"a": 1}
    assert (
        seen({"code": "new", "card": "4111", "message": "No 4111."})["message"] == "No [redacted]."
    )


def test_a_secret_of_one_error_may_be_none_of_another() -> None:
    assert seen({"code": "listed", "card": "4111"})["attributes"]["python"] == {"card": "4111"}


def test_a_code_in_a_header_comes_with_what_stands_beside_it() -> None:
    headers = (("x-code", "listed"), ("X-CARD", "visible"))
    assert seen(None, headers=headers)["details"] == {"card": "visible"}


def test_details_of_other_types_are_no_attributes() -> None:
    found = seen({"code": "busy", "pause": True, "until": 1})
    assert found["attributes"]["python"] == {"pause": None, "until": None}
    assert found["details"] == {"pause": True, "until": 1}
