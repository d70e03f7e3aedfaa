"""Which characters are hidden, and which are shown: with every version of Python the same ones."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache

import pytest

from errorbook.characters import escaped, has_hidden, without_hidden

EVERY_CHARACTER = "".join(map(chr, range(0x110000)))


@cache
def all_escaped() -> str:
    """Return all characters as they are shown."""
    return escaped(EVERY_CHARACTER)


def test_what_is_escaped_is_the_same_with_every_version_of_python() -> None:
    """The hash is of all characters: where it differs, so do the files of two people."""
    assert hashlib.sha256(all_escaped().encode()).hexdigest() == (
        "7b83ec8c896e6a2d7cd44ef1f8b48f8ead0178a4dbd1c68fb9dd8f1f07740d66"
    )


def test_whatever_is_not_escaped_can_be_seen() -> None:
    assert all_escaped().isprintable()
    seen = [char for char in all_escaped() if not char.isascii()]
    assert len(seen) == len(set(seen)) > 90_000


@pytest.mark.parametrize("first", [*range(0, 0x300, 0x100), 0x2000, 0x4DB5, 0xD7F0, 0x1F5F0])
def test_a_character_is_escaped_by_itself_as_in_a_text(first: int) -> None:
    chars = EVERY_CHARACTER[first : first + 0x100]
    assert "".join(map(escaped, chars)) == escaped(chars)


def test_what_is_hidden_is_what_is_assigned_and_cannot_be_seen() -> None:
    unseen = [char for char in EVERY_CHARACTER if has_hidden(char)]
    assert not any(char.isprintable() for char in unseen)
    rest = without_hidden(EVERY_CHARACTER)
    assert len(rest) + len(unseen) == len(EVERY_CHARACTER)
    assert {unicodedata.category(char) for char in rest if not char.isprintable()} <= {"Cn"}
