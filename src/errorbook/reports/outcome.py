"""What a verb found, as the formats that any verb can write need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from errorbook.problems import Place, Problem

EntryLevel = Literal["error", "warning", "note"]
"""Whether a finding fails, may fail elsewhere, or is only worth knowing."""

LEVELS: Final[tuple[EntryLevel, ...]] = ("error", "warning", "note")
"""The worst first."""


@dataclass(frozen=True)
class Entry:
    """One finding.

    ``part`` is what was looked at when it was found: the check, or the API of a change.
    ``passed`` says why it does not count, where somebody lets it pass.
    """

    rule: str
    level: EntryLevel
    place: Place
    message: str
    hint: str = ""
    subject: str = ""
    fingerprint: str = ""
    lines: tuple[str, ...] = ()
    """What changed: a diff, or `before -> after`."""
    passed: str = ""
    impact: str = ""
    """How bad it is in the verb's own words, where it has them: `breaking`."""
    part: str = ""

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        impact = f"{self.impact}: " if self.impact else ""
        return f"{impact}{self.rule}{f' {self.subject}' if self.subject else ''}"


@dataclass(frozen=True)
class Outcome:
    """Everything that a verb has to say; ``entries`` are in order, the worst first.

    ``title`` says what was looked at, ``verdict`` is the whole result in one line, ``looked_at``
    what each part of it was: its name, and how much there was of it. ``not_checked`` is what could
    not be looked at, and why; ``file`` is the one that asks for it. ``counts`` are what a later
    step of a CI may want to know, by name.
    """

    verb: str
    title: str
    verdict: str
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    looked_at: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, int | str] = field(default_factory=dict)
    file: str = "errorbook.yaml"

    @property
    def counted(self) -> tuple[Entry, ...]:
        """The findings that nobody lets pass."""
        return tuple(one for one in self.entries if not one.passed)

    @property
    def is_complete(self) -> bool:
        """Whether everything was looked at that was asked for."""
        return not self.not_checked


def worst_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return ``entries`` by their levels, and otherwise in the order they are in."""
    return tuple(sorted(entries, key=lambda one: LEVELS.index(one.level)))


def entry_of(problem: Problem, part: str = "") -> Entry:
    """Return a problem as an entry."""
    level: EntryLevel = "error" if problem.severity == "error" else "warning"
    return Entry(problem.rule, level, problem.place, problem.message, problem.hint, part=part)
