"""The numbers of lines of a text, counted once however many places are asked for."""

from __future__ import annotations


class Lines:
    """Tells the line of each offset in ``text``, asked for in order; ``first`` is the first one."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text = text
        self._line = first
        self._seen = 0

    def at(self, offset: int) -> int:
        """Return the line of ``offset``, which is not before the last that was asked for."""
        self._line += self._text.count("\n", self._seen, offset)
        self._seen = offset
        return self._line
