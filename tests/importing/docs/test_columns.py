"""Columns of a page's tables: what is a list of errors, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.importing.docs.reading import gathered, said, untold

_LOOK_LIKE_PHRASES = {
    "bad_request": 400,
    "unauthorized": 401,
    "not_found": 404,
    "rate_limited": 429,
    "sold_out": 409,
}


def _errors(page: str, name: str = "a.md") -> dict[str, object]:
    found = said(name, page)
    return {path.split(".")[1]: value for path, value in found.items() if path.count(".") == 1}


@pytest.mark.parametrize("mark", ["", "`"])
def test_codes_that_resemble_reason_phrases_are_codes(mark: str) -> None:
    rows = "".join(f"| {mark}{code}{mark} | {n} | x |\n" for code, n in _LOOK_LIKE_PHRASES.items())
    found = said("a.md", f"| Code | HTTP | Meaning |\n|--|--|--|\n{rows}")
    assert {code: found[f"errors.{code}.status"] for code in _LOOK_LIKE_PHRASES} == (
        _LOOK_LIKE_PHRASES
    )


def test_a_column_in_which_most_are_reason_phrases_is_told() -> None:
    rows = "| 404 | Not Found | a |\n| 409 | Conflict | b |\n| 429 | Slow down | c |\n"
    page = f"| HTTP | Error | Description |\n|--|--|--|\n{rows}"
    assert said("a.md", page) == {
        "statuses.404.meaning": "a",
        "statuses.409.meaning": "b",
        "statuses.429.meaning": "c",
    }
    assert untold("a.md", page) == ["1: the column 'Error' was not read"]


@pytest.mark.parametrize(
    "table",
    [
        "| Name | Description |\n|--|--|\n| X-Request-Id | x |\n",
        "| Name | Status | Description |\n|--|--|--|\n| eu-west | 200 | x |\n",
        "| ID | Category | Notes |\n|--|--|--|\n| gold | a | x |\n",
    ],
)
def test_a_table_of_other_names_is_told_once_and_read_on_request(table: str) -> None:
    page = f"# Errors\n\n## Other things\n\n{table}"
    header = table.split("|")[1].strip()
    assert said("errors.md", page) == {}
    (problem,) = gathered("errors.md", page).untold
    assert problem.message.startswith("a table was left out")
    assert problem.hint == f"if they are codes: --column code={header}"
    assert gathered("errors.md", page, **{header: "code"}).facts


@pytest.mark.parametrize("first", ["Field", "Name"])
def test_a_table_of_fields_is_none_of_errors(first: str) -> None:
    table = f"| {first} | Type | Description |\n|--|--|--|\n| `page_size` | string | x |\n"
    assert said("errors.md", f"# Errors\n\n{table}") == {}
    (told,) = untold("errors.md", f"# Errors\n\n{table}")
    assert f"{first} | Type | Description (3)" in told


@pytest.mark.parametrize(
    "page",
    [
        "## Plans\n\n| Name | HTTP | Meaning |\n|--|--|--|\n| sold | 409 | x |\n",
        "## Error codes\n\n| Name | Meaning |\n|--|--|\n| sold | x |\n",
        "| Key | Message |\n|--|--|\n| sold | It is sold. |\n",
    ],
)
def test_a_name_is_a_code_beside_what_errors_have_or_below_their_title(page: str) -> None:
    assert "sold" in _errors(page) or "errors.sold" in said("a.md", page)


def test_remarks_behind_codes_are_told() -> None:
    page = "| Code | Status |\n|--|--|\n| `old_one` (deprecated) | 400 |\n| `a_b` | 404 |\n"
    assert said("a.md", page)["errors.old_one.status"] == 400
    assert untold("a.md", page) == ["3: remarks behind codes were left out: old_one (deprecated)"]
