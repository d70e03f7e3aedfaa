"""What a file of accepted findings says, as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from errorbook.catalog.published import JsonPositions
from errorbook.problems import CatalogPath

Key = tuple[str, str, str, str]
"""Rule, file, subject and value of a finding."""


@dataclass(frozen=True, order=True)
class Entry:
    """A finding that is accepted, the check that finds it, and how often.

    ``value`` is what was found: of another one, nobody knows whether it would be accepted.
    """

    check: str
    rule: str
    file: str
    subject: str
    value: str = ""
    count: int = field(default=1, compare=False)

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return (self.rule, self.file, self.subject, self.value)


@dataclass(frozen=True)
class Content:
    """What a file of accepted findings says."""

    entries: tuple[Entry, ...] = ()
    completeness: Mapping[str, float] = field(default_factory=dict)
    """How complete the texts of each API once were, in percent."""
    source: bytes = b""
    """The file itself, in which an entry is looked up when something is said of it."""

    @cached_property
    def _positions(self) -> JsonPositions:
        return JsonPositions(self.source)

    def line(self, index: int) -> int:
        """Return the line of an entry, counted from 1."""
        return line_of(self._positions, ("accepted", index))


def line_of(positions: JsonPositions, path: CatalogPath) -> int:
    """Return the line, counted from 1, of what ``path`` leads to."""
    _, position = positions.find(path)
    return position.value.line if position else 1
