"""What a cell says, and what it only seems to."""

from __future__ import annotations

from time import perf_counter

import pytest

from errorbook.importing import cells


def test_a_cell_that_is_too_long_for_a_list_holds_no_codes() -> None:
    assert cells.codes("a_b, c_d, " * 40) == ["a_b", "c_d"]
    assert cells.codes("a_b, c_d, " * 4000) == []


def test_a_cell_of_spaces_takes_no_time() -> None:
    began = perf_counter()
    assert cells.codes("a" + " " * 3900 + "b") == []
    assert perf_counter() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        "Log in to the dashboard and enable the API",
        "Sign in details are wrong",
        "Contact the recipient and ask for another card",
        "Contact details are missing: add them",
        "Stop words are not allowed: remove them",
        "Wait times are long",
    ],
)
def test_prose_that_only_begins_like_an_action_is_none(text: str) -> None:
    assert cells.action(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Log in again", "authenticate"),
        ("Sign in and retry", "authenticate"),
        ("Contact your account team", "escalate"),
        ("Reach out to us", "escalate"),
        ("Stop the upload", "abort"),
        ("Stop.", "abort"),
        ("Wait until it is done", "wait"),
    ],
)
def test_prose_that_begins_with_an_action_is_it(text: str, word: str) -> None:
    assert cells.action(text) == {"do": word, "how": text}
