"""What follows from a catalog without being written in it."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.catalog.facts import (
    Example,
    example_message,
    example_response,
    exit_code,
    exit_codes_by_selector,
    retryable,
    status_meaning,
)
from errorbook.catalog.models import Error, Retry
from errorbook.catalog.statuses import REASON_PHRASES, family, reason_phrase
from tests.catalog.catalogs import Folder, api, text

EXITS = """
exit_codes:
  1: {name: CLIENT, for: [4xx]}
  2: {name: SERVER, for: [5xx]}
  3: {name: GONE, for: [410]}
  4: {name: NAMED, for: [named, "404"]}
  5: {name: SLOW, for: [timeout]}
  9: {name: OWN}
errors:
  by_family: {status: 400}
  by_status: {status: 410}
  named: {status: 410}
  own: {status: 410, exit_code: 9}
  several: {status: [500, 410]}
  families: {status: [500, 400]}
  none: {}
  elsewhere: {status: 302}
  timeout: {status: 504}
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("by_family", 1),
        ("by_status", 3),
        ("named", 4),
        ("own", 9),
        ("several", 3),
        ("families", 2),
        ("none", None),
        ("elsewhere", None),
        ("timeout", 2),  # the word means that no answer came, and not the code
    ],
)
def test_an_exit_code_is_the_errors_own_or_comes_from_code_status_and_family(
    folder: Folder, code: str, expected: int | None
) -> None:
    assert exit_code(folder.api(api(EXITS)), code) == expected


def test_selectors_lead_to_exit_codes(folder: Folder) -> None:
    selectors = exit_codes_by_selector(folder.api(api(EXITS)))
    assert selectors == {"4xx": 1, "5xx": 2, "410": 3, "named": 4, "404": 4, "timeout": 5}


@pytest.mark.parametrize(
    ("when", "expected"),
    [("as_is", True), ("never", False), ("after_change", False), ("unknown", None)],
)
def test_only_what_succeeds_unchanged_is_retryable(when: str, expected: bool | None) -> None:
    retry = Retry.model_validate({"when": when})
    assert retryable(Error(retry=retry)) is expected


def test_nobody_knows_of_an_error_that_says_nothing() -> None:
    assert retryable(Error()) is None


def test_a_status_means_what_the_api_says_or_its_reason_phrase(folder: Folder) -> None:
    demo = folder.api(api("statuses: {409: {meaning: Twice.}, 404: {causes: [x]}}\n"))
    assert [status_meaning(demo, status) for status in (409, 404, 599)] == [
        "Twice.",
        "Not Found",
        "",
    ]


def test_reason_phrases_are_those_of_the_standard() -> None:
    assert (reason_phrase(422), reason_phrase(299)) == ("Unprocessable Content", "")
    assert all(100 <= status <= 599 for status in REASON_PHRASES)
    assert list(REASON_PHRASES) == sorted(REASON_PHRASES)


@pytest.mark.parametrize(("status", "expected"), [(100, "1xx"), (404, "4xx"), (599, "5xx")])
def test_a_status_belongs_to_a_family(status: int, expected: str) -> None:
    assert family(status) == expected


RESPONSES = """
envelopes:
  - body:
      error:
        {code: "{code}", text?: "{message}", status: "{status}", id: "{id}", "*": "{details}"}
    headers: {X-Code: "{code}"}
    fields: {id: {example: req_1}}
errors:
  slow:
    status: [429, 503]
    message: "{who}, wait {seconds} s, {unknown} times."
    placeholders: {who: {example: Ada}, unknown: {}}
    retry: {when: as_is, after: [seconds, "header:Retry-After", "header:X-Reset"]}
    details:
      seconds: {type: integer, unit: seconds, example: 7}
      limit: {type: number, required: true}
      flags: {type: array, required: true}
      note: {type: string}
  bare: {}
"""


def test_an_example_response_is_the_first_envelope_filled(folder: Folder) -> None:
    demo = folder.api(api(RESPONSES))
    error: JsonValue = {
        "code": "slow",
        "text": "Ada, wait 7 s, unknown times.",
        "status": 429,
        "id": "req_1",
        "seconds": 7,
        "limit": 1.5,
        "flags": [],
    }
    headers = {"X-Code": "slow", "Retry-After": "7"}
    assert example_response(demo, "slow") == Example(429, headers, {"error": error})


def test_an_example_of_an_error_that_says_nothing_leaves_out_what_is_optional(
    folder: Folder,
) -> None:
    demo = folder.api(api(RESPONSES))
    error: JsonValue = {"code": "bare", "status": "status", "id": "req_1"}
    assert example_response(demo, "bare") == Example(None, {"X-Code": "bare"}, {"error": error})


def test_without_an_envelope_there_is_no_example(folder: Folder) -> None:
    assert example_response(folder.api(api("errors: {a: {}}\n")), "a") is None


@pytest.mark.parametrize(
    ("detail", "seconds"),
    [
        ("{type: integer, unit: seconds, example: 30}", "30"),
        ("{type: integer, example: 30}", "30"),
        ("{type: integer, unit: milliseconds, example: 30000}", "1"),
        ("{type: integer, unit: seconds}", "1"),
        ("{type: string, example: soon}", "1"),
    ],
)
def test_retry_after_is_in_seconds(folder: Folder, detail: str, seconds: str) -> None:
    demo = folder.api(
        api(
            text(
                """
                envelopes: [{body: {code: "{code}", "*": "{details}"}}]
                errors:
                  slow:
                    retry: {after: [wait, "header:retry-after"]}
                    details: {wait: DETAIL}
                """
            ).replace("DETAIL", detail)
        )
    )
    example = example_response(demo, "slow")
    assert example is not None
    assert example.headers == {"retry-after": seconds}


def test_a_numeric_code_is_a_number_in_the_example(folder: Folder) -> None:
    content = api("envelopes: [{body: {code: '{code:integer}'}}]\nerrors: {20003: {}}\n")
    example = example_response(folder.api(content), "20003")
    assert example is not None
    assert example.body == {"code": 20003}


@pytest.mark.parametrize(
    ("example", "expected"), [("x", "No x."), (0, "No 0."), (None, "No thing.")]
)
def test_a_message_is_filled_with_examples(example: JsonValue, expected: str) -> None:
    error = Error.model_validate(
        {"message": "No {thing}.", "placeholders": {"thing": {"example": example}}}
    )
    assert example_message(error) == expected
