"""The words of a line: what may be a code, a class, or a word of a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

WORD = re.compile(r"[\w$][\w$.:/-]*")
"""A word, or several that a sign joins."""

_SIGNS: Final = ":/."
"""Those that part most come first."""


def pieces_of(found: str) -> Iterator[tuple[str, int]]:
    """Yield a word, and the parts of it that may be a code or a class by themselves.

    Each comes before its own parts.
    """
    whole = without_end(found)
    yield whole, 0
    yield from _parts(whole, 0, 0)


def _parts(word: str, start: int, level: int) -> Iterator[tuple[str, int]]:
    while level < len(_SIGNS) and _SIGNS[level] not in word:
        level += 1
    if level == len(_SIGNS):
        return
    for piece in word.split(_SIGNS[level]):
        if piece:
            yield piece, start
            yield from _parts(piece, start, level + 1)
        start += len(piece) + 1


def without_end(word: str) -> str:
    """Return a word without the signs at its end."""
    return word.rstrip(".:/-")
