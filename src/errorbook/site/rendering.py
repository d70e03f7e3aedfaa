"""What a view is made of: HTML, and headings that Markdown sets."""

from __future__ import annotations

from dataclasses import dataclass

_MARKS = ("\x02", "\x03")
"""What Python-Markdown marks its own places with; in a text, they could call up others."""


@dataclass(frozen=True)
class Html:
    """A piece of HTML that is set into the page as it is.

    A ``large`` one is of no use to a search; where it can, it is set in after search has read
    the page, which takes longer than anything else about it.
    """

    text: str
    large: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading that Markdown sets, with a code or a text; ``level`` None follows the page.

    What is below one that is not ``searched`` is found by other words on the page as well.
    """

    text: str
    anchor: str | None
    level: int | None
    below: int = 0
    """Levels below that, where there is no ``level``."""
    is_code: bool = True
    searched: bool = True


Piece = Html | Heading


def without_marks(text: str) -> str:
    """Return HTML without what Markdown would take for places of its own."""
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, "\N{REPLACEMENT CHARACTER}")
    return text
