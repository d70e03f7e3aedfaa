"""What Errorbook says when something is wrong: one line each, that acts on no terminal."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook.problems import (
    ErrorbookError,
    Finding,
    Place,
    Problem,
    found,
    nearest,
    printable,
    quoted,
    shortened,
    suggest,
)

BOUNDED = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml"), "a.yaml"),
    ],
)
def test_a_place_is_what_editors_open(place: Place, expected: str) -> None:
    assert str(place) == expected


def test_a_problem_is_one_line() -> None:
    place = Place("a.yaml", 3, 7)
    assert str(Problem("some-rule", place, "it is wrong")) == (
        "a.yaml:3:7: error[some-rule]: it is wrong"
    )
    assert str(Problem("some-rule", place, "it is wrong", "mend it", "warning")) == (
        "a.yaml:3:7: warning[some-rule]: it is wrong (mend it)"
    )


def test_places_are_in_the_order_of_reading() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1), Place("a")]
    assert sorted(places) == places[::-1]


def test_an_error_says_every_problem() -> None:
    problems = [Problem("r", Place("a", line), f"p{line}") for line in (1, 2)]
    error = ErrorbookError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "a:1: error[r]: p1\na:2: error[r]: p2"


@pytest.mark.parametrize(
    "frozen", [Place("a"), Problem("r", Place("a"), "m"), Finding("r", (), "m")]
)
def test_nothing_can_be_changed_once_it_is_said(frozen: object) -> None:
    with pytest.raises(AttributeError):
        frozen.rule = "other"  # type: ignore[attr-defined]  # what the test is about


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ü 漢 🎉", "plain ü 漢 🎉"),
        ("two\nlines", "two\nlines"),
        ("a\u00a0b\u2003c", "a\u00a0b\u2003c"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\tb\rc\x7f\x9b", "a\\x09b\\x0dc\\x7f\\x9b"),
        ("\u202eright to left", "\\u202eright to left"),
        ("\u2028\u200b\ufeff", "\\u2028\\u200b\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_no_character_acts_on_a_terminal(text: str, expected: str) -> None:
    assert printable(text) == expected


@BOUNDED
@given(st.text(), st.text(), st.text())
def test_a_problem_is_one_printable_line_whatever_it_says(
    path: str, message: str, hint: str
) -> None:
    line = str(Problem("rule", Place(path, 1, 1), message, hint))
    assert printable(line) == line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word", "'word'"),
        ("it's", '"it\'s"'),
        ("a\nb", "'a\\nb'"),
        ("\x1b", "'\\x1b'"),
        ("ü\u202e", "'\\xfc\\u202e'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 59}…'"),
    ],
)
def test_a_text_is_quoted_on_one_line_and_cut(text: str, expected: str) -> None:
    assert quoted(text) == expected


@BOUNDED
@given(st.text())
def test_what_is_quoted_is_printable(text: str) -> None:
    assert quoted(text).isprintable()
    assert len(shortened(text)) <= 60


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "nothing"),
        (True, "true"),
        (False, "false"),
        (404, "the number 404"),
        (1.5, "the number 1.5"),
        ("404", "'404'"),
        ([1], "a list"),
        ({"a": 1}, "a mapping"),
        ("x" * 100_000, f"'{'x' * 59}…'"),
    ],
)
def test_a_value_is_shown_as_it_stands_in_the_file(value: object, expected: str) -> None:
    assert found(value) == expected


WORDS = ["status", "meaning", "message", "retry", "details"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("satus", "status"),
        ("STATUS", "status"),
        ("mesage", "message"),
        ("detail", "details"),
        ("xyz", None),
        ("", None),
        ("status" * 100, None),
    ],
)
def test_the_nearest_word_is_found(word: str, expected: str | None) -> None:
    assert nearest(word, WORDS) == expected


def test_a_suggestion_names_the_nearest_word_or_all() -> None:
    assert suggest("satus", WORDS) == "did you mean 'status'?"
    assert suggest("xyz", WORDS) == "one of: details, meaning, message, retry, status"
    assert suggest("xyz", WORDS, most=2) == "one of: details, meaning, …"
    assert suggest("xyz", []) == ""


MANY = [f"code_number_{n}" for n in range(10_000)]


@pytest.mark.parametrize(
    "slip",
    [
        "code_number_1234",
        "code_numbr_1234",
        "code_nummber_1234",
        "code_numder_1234",
        "code_nubmer_1234",
        "cide_number_1234",
        "Code_number_1234",
    ],
)
def test_the_nearest_of_many_words_is_found(slip: str) -> None:
    assert nearest(slip, MANY) == "code_number_1234"


def test_the_nearest_of_many_words_is_found_quickly() -> None:
    start = time.process_time()
    for number in range(500):
        nearest(f"cod_numbr_{number}_x", MANY)
    assert time.process_time() - start < 3


@BOUNDED
@given(st.text(max_size=10), st.lists(st.text(max_size=10), max_size=200))
def test_the_nearest_word_is_one_of_the_words(word: str, words: list[str]) -> None:
    close = nearest(word, words)
    assert close is None or close in words
    assert word not in words or close == word or (close or "").casefold() == word.casefold()
