"""Values of examples that stand in the message beside them."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.importing.values import holed, unit_of


@pytest.mark.parametrize(
    ("message", "details", "expected", "doubtful"),
    [
        ("Wait 5 seconds.", {"n": 5}, "Wait {n} seconds.", []),
        ("No art_1 here.", {"id": "art_1"}, "No {id} here.", []),
        ("The shop 'north' is shut", {"shop": "north"}, "The shop '{shop}' is shut", []),
        ("The Big Book is sold", {"title": "Big Book"}, "The {title} is sold", []),
        ("5 of 5", {"n": 5}, "5 of 5", ["n"]),
        ("5 left", {"a": 5, "b": 5}, "5 left", ["a", "b"]),
        ("15 or 1.5 or a-5", {"n": 5}, "15 or 1.5 or a-5", []),
        ("The book is sold", {"kind": "book"}, "The book is sold", []),
        ("1,5 left", {"n": 5}, "1,5 left", []),
        ("1 2 3", {"a": "1 2", "b": 2}, "{a} 3", []),
        ("It is True", {"n": True, "m": None, "o": [5]}, "It is True", []),
        ("Wait {n}, 5", {"m": 5}, "Wait {n}, 5", []),
        ("Wait 5", {"a b": 5}, "Wait 5", ["a b"]),
        ("", {"n": 5, "e": ""}, "", []),
    ],
)
def test_holes(
    message: str, details: dict[str, JsonValue], expected: str, doubtful: list[str]
) -> None:
    assert holed(message, details) == (expected, doubtful)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("retry_after_seconds", "seconds"),
        ("wait_ms", "milliseconds"),
        ("max_bytes", "bytes"),
        ("seconds", None),
        ("items", None),
    ],
)
def test_units(name: str, unit: str | None) -> None:
    assert unit_of(name) == unit
