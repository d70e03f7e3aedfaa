"""Large pieces of HTML, set into a page after everybody else has read it.

A search reads every tag of a page, and a table of 10,000 codes takes it longer than all the rest
of a build, only to be left out of its index.
"""

from __future__ import annotations

import re
from typing import Final

_PLACE: Final = '<template data-errorbook-late="{}"></template>'
_PLACES = re.compile(re.escape(_PLACE).replace(r"\{\}", "([0-9]+)"))


class LatePieces:
    """The large pieces of one build, by number."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, html: str) -> str:
        """Keep a piece for later, and return what holds its place."""
        self._pieces.append(html)
        return _PLACE.format(len(self._pieces) - 1)

    def set_in(self, output: str) -> str:
        """Return a whole page with the pieces in their places."""
        return _PLACES.sub(self._piece, output) if self._pieces else output

    def _piece(self, place: re.Match[str]) -> str:
        number = int(place[1])
        return self._pieces[number] if number < len(self._pieces) else place[0]
