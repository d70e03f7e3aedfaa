"""What the columns of a table mean, and what their cells say."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.importing import cells
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import FIELDS, columns_of, field_of
from errorbook.importing.rows import facts_of
from errorbook.problems import Place

PLACE = Place("list.csv", 2)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Code", "code"),
        ("**Error code**", "code"),
        ("`error_code`", "code"),
        ("errorCode", "code"),
        ("HTTP", "status"),
        ("HTTP status (code)", "status"),
        ("statusCode", "status"),
        ("http.status", "status"),
        ("What it means", "meaning"),
        ("Possible causes", "causes"),
        ("How to fix:", "fix"),
        ("Retryable?", "retry"),
        ("Is Retryable", "retry"),
        ("Python exception", "exception"),
        ("Exit code", "exit_code"),
        ("Retry-After", None),
        ("Wibble", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_header_says_which_field_its_column_holds(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_the_name_of_every_field_is_a_header_of_it() -> None:
    readable = [field for field in FIELDS if field not in {"typescript"}]
    assert {field: field_of(field) for field in readable} == {field: field for field in readable}


@pytest.mark.parametrize(
    ("headers", "rows", "fields"),
    [
        (["Code", "Meaning"], [["E1", "x"]], ["code", "meaning"]),
        (["Code", "Error"], [["400", "bad"], ["404 Not Found", "gone"]], ["status", "code"]),
        (["Code", "Meaning"], [["404", "x"], ["4xx", "y"]], ["status", "meaning"]),
        (["Code", "HTTP"], [["404", "400"]], ["code", "status"]),
        (["Code", "Status"], [["400", "Bad Request"], ["200", "OK"]], ["status", None]),
        (["Code", "Status"], [["400", "INVALID_ARGUMENT"]], ["status", "code"]),
        (["Error", "Code", "Status"], [["Sealed", "409", "Conflict"]], ["code", "status", None]),
        (["Name", "Code"], [["Disk full", "E1"]], [None, "code"]),
        (["Description", "Meaning"], [["a", "b"]], [None, "meaning"]),
        (["Code"], [], ["code"]),
    ],
)
def test_no_two_columns_hold_one_field(
    headers: list[str], rows: list[list[str]], fields: list[str | None]
) -> None:
    assert columns_of(headers, rows) == fields


def test_a_column_that_is_named_holds_what_it_is_said_to() -> None:
    given = {"Wibble": "status", "name": "code"}
    assert columns_of(["Code", "Name", "Wibble"], [["1", "a", "400"]], given) == [
        None,
        "code",
        "status",
    ]


@pytest.mark.parametrize(
    ("cell", "statuses"),
    [
        ("404", 404),
        ("`404`", 404),
        ("HTTP 404 Not Found", 404),
        ("400, 422", [400, 422]),
        ("400 or 422", [400, 422]),
        ("404 / 404", 404),
        ("4xx", None),
        ("400-499", None),
        ("400 \u2013 499", None),
        ("400 to 499", None),
        ("1001", None),
        ("99", None),
        ("none of them", None),
        ("4" * 1000, None),
    ],
)
def test_statuses_are_told_or_not_at_all(cell: str, statuses: object) -> None:
    assert cells.statuses(cell) == statuses


@pytest.mark.parametrize(
    ("cell", "policy"),
    [
        ("Yes", {"when": "as_is"}),
        ("true", {"when": "as_is"}),
        ("\u2713", {"when": "as_is"}),
        ("no.", {"when": "never"}),
        ("`after_change`", {"when": "after_change"}),
        ("Yes, with exponential backoff", {"when": "as_is", "backoff": "exponential"}),
        ("after 5 seconds", None),
        ("maybe", None),
    ],
)
def test_a_retry_policy_is_told_by_clear_words_alone(cell: str, policy: object) -> None:
    assert cells.retry(cell) == policy


@pytest.mark.parametrize(
    ("cell", "action"),
    [
        ("abort", {"do": "abort"}),
        ("`fix_request`", {"do": "fix_request"}),
        ("Retry after a minute.", {"do": "retry", "how": "Retry after a minute."}),
        ("Retry the upload.", None),
        ("Retry with a shorter name.", None),
        ("Contact support", {"do": "escalate", "how": "Contact support"}),
        ("Correct the payload", {"do": "fix_request", "how": "Correct the payload"}),
        ("**Abort**", {"do": "abort"}),
        ("**Abort now.** No more.", {"do": "abort", "how": "**Abort now.** No more."}),
        ("_Wait_ for `n` s.", {"do": "wait", "how": "_Wait_ for `n` s."}),
        ("Waiting is no use", None),
        ("Check your plan", None),
    ],
)
def test_an_action_begins_with_what_only_one_word_can_mean(cell: str, action: object) -> None:
    assert cells.action(cell) == action


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("`E1001`", ["E1001"]),
        ("E1, E2", ["E1", "E2"]),
        ("`a` / `b`", ["a", "b"]),
        ("urn:shop/sealed", ["urn:shop/sealed"]),
        ("0401", ["0401"]),
        ("Disk is full", []),
        ("x" * 129, []),
        ("a\u200bb", []),
        ("a\0b", []),
        ("a_b, c\u202e_d", []),
    ],
)
def test_codes_are_single_words(cell: str, codes: list[str]) -> None:
    assert cells.codes(cell) == codes


@pytest.mark.parametrize(
    ("headers", "rows", "code"),
    [
        (["id", "error"], [["1", "not_found"], ["2", "gone"]], 1),
        (["Number", "Name"], [["0", "not_found"], ["1", "gone"]], 1),
        (["id", "error"], [["7", "not_found"], ["9", "gone"]], 0),
        (["id", "error"], [["1", "Not found"], ["2", "Is gone"]], 0),
        (["id", "meaning"], [["1", "gone"], ["2", "lost"]], 0),
        (["code", "name"], [["1", "gone"], ["2", "lost"]], 0),
    ],
)
def test_numbers_of_rows_are_no_codes(headers: list[str], rows: list[list[str]], code: int) -> None:
    assert columns_of(headers, rows).index("code") == code


def _row(**row: str) -> tuple[dict[str, JsonValue], list[str]]:
    into = Gathered()
    facts_of(row, PLACE, into)
    facts = {".".join(fact.path): fact.value for fact in into.facts}
    return facts, [problem.message for problem in into.untold]


def test_a_row_says_everything_that_its_cells_do() -> None:
    facts, untold = _row(
        code="E1",
        status="404",
        meaning="Gone  for\ngood.",
        message="No {name}",
        causes="- one; two\n- three",
        retry="no",
        exception="acme.errors.GoneError",
        group="Stored Things",
        since="1.10",
        deprecated="no",
        exit_code="3",
    )
    assert facts == {
        "errors.E1": {},
        "errors.E1.status": 404,
        "errors.E1.meaning": "Gone for good.",
        "errors.E1.message": "No {name}",
        "errors.E1.causes": ["one", "two", "three"],
        "errors.E1.retry.when": "never",
        "errors.E1.sdk.python.exception": "GoneError",
        "groups.stored_things": {},
        "groups.stored_things.title": "Stored Things",
        "errors.E1.group": "stored_things",
        "errors.E1.since": "1.10",
        "errors.E1.exit_code": 3,
    }
    assert untold == []


def test_several_codes_of_a_row_share_what_it_says() -> None:
    facts, _ = _row(code="a, b", status="400")
    assert facts == {
        "errors.a": {},
        "errors.a.status": 400,
        "errors.b": {},
        "errors.b.status": 400,
    }


def test_a_text_that_is_no_action_is_the_fix_unless_there_is_one() -> None:
    assert _row(code="a", action="Check your plan")[0]["errors.a.fix"] == "Check your plan"
    facts, untold = _row(code="a", action="Check your plan", fix="Upgrade.")
    assert facts["errors.a.fix"] == "Upgrade."
    assert untold == ["the action 'Check your plan' of a begins with none of the words"]


def test_several_bare_words_are_several_actions() -> None:
    assert _row(code="a", action="wait; escalate")[0]["errors.a.actions"] == [
        {"do": "wait"},
        {"do": "escalate"},
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"code": "", "status": "400"}, "a row without a code"),
        ({"code": "not a code"}, "'not a code' is no code: it is not one word"),
        ({"code": "a\0b"}, "'a\\x00b' is no code: it has hidden characters"),
        ({"status": "4xx", "meaning": "x"}, "a row without a code or a status"),
        ({"code": "a", "status": "4xx"}, "the status '4xx' of a was not told"),
        ({"code": "a", "exit_code": "many"}, "the exit code 'many' of a was not told"),
        ({"code": "a", "deprecated": "yes"}, "the deprecated 'yes' of a was not told"),
        ({"code": "a", "group": "!!!"}, "the group '!!!' of a makes no id"),
    ],
)
def test_what_cannot_be_told_is_listed(row: dict[str, str], message: str) -> None:
    assert _row(**row)[1] == [message]


def test_a_row_of_a_table_without_codes_is_about_its_status() -> None:
    facts, untold = _row(status="404, 410", meaning="It is gone.", causes="a; b")
    assert facts == {
        "statuses.404.meaning": "It is gone.",
        "statuses.404.causes": ["a", "b"],
        "statuses.410.meaning": "It is gone.",
        "statuses.410.causes": ["a", "b"],
    }
    assert untold == []


def test_a_reason_phrase_says_nothing_of_an_api() -> None:
    assert _row(status="404", meaning="Not found.") == ({}, [])


def test_an_empty_row_says_nothing() -> None:
    assert _row(code=" ", meaning="-", status="n/a") == ({}, [])
