"""What was found on a page and what was not understood, one line for all of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.models import message_holes
from errorbook.importing.gathered import Gathered
from errorbook.problems import Place

_MOST_NAMED: Final = 8
_WORDED: Final = frozenset({"meaning", "message", "fix"})


class Notes:
    """Facts of a page with their places, and what there is to wonder about."""

    def __init__(self, name: str, into: Gathered) -> None:
        self._name = name
        self.into = into
        self._lost: list[int] = []
        self._worded: dict[tuple[str, ...], JsonValue] = {}
        self._kinds: dict[tuple[str, str], list[tuple[int, str]]] = {}

    @property
    def amount(self) -> int:
        """How much was found or wondered about so far; it grows with each of them."""
        kinds = sum(map(len, self._kinds.values()))
        return len(self.into.facts) + len(self.into.untold) + len(self._lost) + kinds

    def place(self, number: int) -> Place:
        """Return the place of a line."""
        return Place(self._name, number)

    def add(self, path: Iterable[str], value: JsonValue, number: int) -> None:
        """Remember a fact. A text that a page words in several ways is taken as it is first."""
        path = tuple(path)
        if path[-1] in _WORDED and path[0] == "errors":
            if path in self._worded:
                if self._worded[path] != value:
                    kind = f"the {path[-1]} is worded in several ways, and the first was taken"
                    self.among(kind, "compare them", number, path[1])
                return
            self._worded[path] = value
        self.into.add(path, value, self.place(number))

    def take(self, inner: Gathered) -> None:
        """Remember what was gathered elsewhere."""
        for fact in inner.facts:
            self.add(fact.path, fact.value, fact.place.line)
        self.into.untold += inner.untold

    def wonder(self, number: int, message: str, hint: str = "") -> None:
        """Remember what could not be told."""
        self.into.wonder(self.place(number), message, hint)

    def lost_rows(self, numbers: Sequence[int]) -> None:
        """Remember the lines of rows that have no code."""
        self._lost += numbers

    def among(self, kind: str, hint: str, number: int, name: str) -> None:
        """Remember one of a kind: all of it is told at once, at the place of the first."""
        self._kinds.setdefault((kind, hint), []).append((number, name))

    def message_holes(self, code: str, message: str, number: int) -> None:
        """Declare what stands in braces in a message, which the server fills in."""
        for hole in message_holes(message):
            self.add(("errors", code, "placeholders", hole), {}, number)

    def tell(self) -> None:
        """Tell what was remembered of each kind."""
        if self._lost:
            lines = _listed([str(number) for number in self._lost])
            word = "row has" if len(self._lost) == 1 else "rows have"
            message = f"{len(self._lost)} {word} no code that can be told, at line {lines}"
            self.wonder(self._lost[0], message, "the rows were left out")
        for (kind, hint), found in self._kinds.items():
            names = _listed(list(dict.fromkeys(name for _, name in found if name)))
            self.wonder(found[0][0], f"{kind}: {names}" if names else kind, hint)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown
