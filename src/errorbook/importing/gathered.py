"""What a reader found in a source: facts, each with its place, and what it could not tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from errorbook.problems import Place, Problem

UNTOLD: Final = "import-untold"
"""Rule: something of the source was not understood, or has no place in a catalog."""


@dataclass(frozen=True)
class Fact:
    """One value of an API, as errors.yaml would say it, and where it was read.

    ``path`` leads from the API to it: ``("errors", "rate_limited", "status")``. A list is one
    value, with one exception: of ``causes`` and the like, what several facts say is joined by
    whoever merges. An error of which nothing but its code is known is the path
    ``("errors", code)`` with ``{}``.
    """

    path: tuple[str, ...]
    value: JsonValue
    place: Place


@dataclass
class Gathered:
    """What one source says, in its order."""

    facts: list[Fact] = field(default_factory=list)
    untold: list[Problem] = field(default_factory=list)

    def add(self, path: Iterable[str], value: JsonValue, place: Place) -> None:
        """Remember a fact."""
        self.facts.append(Fact(tuple(path), value, place))

    def wonder(self, place: Place, message: str, hint: str = "") -> None:
        """Remember what could not be told: a warning with its place and what to do about it."""
        self.untold.append(Problem(UNTOLD, place, message, hint, "warning"))
