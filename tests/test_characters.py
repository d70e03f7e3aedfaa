"""Which characters are hidden, and which are shown: with every version of Python the same ones."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache

import pytest

from errorbook.characters import escaped, has_hidden, without_hidden

EVERY_CHARACTER = "".join(map(chr, range(0x110000)))


@cache
def every_escaped() -> list[str]:
    """Return every character as it is shown, each by itself."""
    return list(map(escaped, EVERY_CHARACTER))


def test_what_is_escaped_is_the_same_with_every_version_of_python() -> None:
    """The hash is of all characters: where it differs, so do the files of two people."""
    shown = "".join(every_escaped()).encode()
    assert hashlib.sha256(shown).hexdigest() == (
        "7b83ec8c896e6a2d7cd44ef1f8b48f8ead0178a4dbd1c68fb9dd8f1f07740d66"
    )


def test_whatever_is_not_escaped_can_be_seen() -> None:
    pairs = zip(EVERY_CHARACTER, every_escaped(), strict=True)
    seen = [char for char, shown in pairs if shown == char]
    assert "".join(seen).isprintable()
    assert len(seen) > 90_000


@pytest.mark.parametrize("first", [*range(0, 0x300, 0x100), 0x2000, 0x4DB5, 0xD7F0, 0x1F5F0])
def test_a_character_is_escaped_in_a_text_as_by_itself(first: int) -> None:
    part = slice(first, first + 0x100)
    assert escaped(EVERY_CHARACTER[part]) == "".join(every_escaped()[part])


def test_what_is_hidden_is_what_is_assigned_and_cannot_be_seen() -> None:
    unseen = [char for char in EVERY_CHARACTER if has_hidden(char)]
    assert not any(char.isprintable() for char in unseen)
    rest = without_hidden(EVERY_CHARACTER)
    assert len(rest) + len(unseen) == len(EVERY_CHARACTER)
    assert {unicodedata.category(char) for char in rest if not char.isprintable()} <= {"Cn"}
