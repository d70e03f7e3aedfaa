"""The lines of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 4096
"""Characters that are searched at once: a longer line is taken for several."""

SPACES: Final = (
    "\t\n\x0b\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript takes for space; Python takes some others."""


@dataclass(frozen=True)
class Place:
    """The number of a line, from 1, and where it begins."""

    number: int
    start: int


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line of ``text`` begins, and the line without what ends it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        while stop - start > LONGEST:
            # Not within a word, unless it is as long as that.
            space = text.rfind(" ", start, start + LONGEST)
            following = space + 1 if space > start else start + LONGEST
            yield start, text[start:following]
            start = following
        bare = stop - 1 if stop and text[stop - 1] == "\r" else stop
        yield start, text[start:bare]
        start = stop + 1


def places_of(text: str, offsets: Sequence[int]) -> list[Place]:
    """Return the lines that hold some offsets, which must be in order."""
    places = []
    number, start, following = 1, 0, text.find("\n")
    for offset in offsets:
        while 0 <= following < offset:
            number += 1
            start = following + 1
            following = text.find("\n", start)
        places.append(Place(number, start))
    return places
