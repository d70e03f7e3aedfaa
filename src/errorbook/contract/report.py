"""What a comparison of two catalogs found, before anybody decides how to show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from errorbook.checks.printing import counted, one_line
from errorbook.contract.changes import SEVERITIES, Change, Severity
from errorbook.contract.versions import Bump, needed_bump
from errorbook.contract.waivers import Waiver
from errorbook.problems import Place, Problem

FailOn = Literal["breaking", "dangerous"]


@dataclass(frozen=True)
class Found:
    """A change, its place in the new catalog and, where it does not count, its waiver.

    Its place is found when somebody asks: in a large catalog that takes longer than to compare.
    """

    change: Change
    find: Callable[[Change], Place]
    waiver: Waiver | None = None

    @cached_property
    def place(self) -> Place:
        """Where it stands in the new catalog."""
        return self.find(self.change)


@dataclass(frozen=True)
class Report:
    """Everything a presenter needs; ``found`` and ``waived`` are in order, the worst first.

    ``seconds`` is what the comparison took. ``is_first`` says that there was no catalog before,
    ``not_checked`` why nothing was compared, where that is so. ``command`` is what was run.
    """

    catalog: str
    against: str
    codes: int
    found: tuple[Found, ...] = ()
    waived: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with the waivers; with the catalog, where nothing was compared for that."""
    notes: tuple[str, ...] = ()
    commit: str = ""
    seconds: float = 0.0
    fail_on: FailOn = "breaking"
    profile: str = "default"
    is_first: bool = False
    versions: tuple[str, ...] = ()
    """The next versions of APIs, such as `artifacta v2`, where one is needed and can be told."""
    not_checked: tuple[str, ...] = ()
    command: str = "errorbook diff"
    today: date | None = None
    """The day that waivers are judged by, where new ones are to be shown."""

    def of(self, severity: Severity) -> tuple[Found, ...]:
        """Return what counts and is as bad as ``severity``."""
        return tuple(one for one in self.found if one.change.severity == severity)

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many changes count, by severity."""
        numbers = Counter(one.change.severity for one in self.found)
        return {severity: numbers[severity] for severity in SEVERITIES}

    @property
    def bump(self) -> Bump:
        """The part of the version that has to rise. What is waived does not count."""
        return needed_bump(one.change for one in self.found)

    @property
    def has_failed(self) -> bool:
        """Whether something is found that must not be."""
        is_too_bad = any(self.fails(one.change.severity) for one in self.found)
        return is_too_bad or any(problem.severity == "error" for problem in self.problems)

    def fails(self, severity: Severity) -> bool:
        """Tell whether a change as bad as ``severity`` is one too many."""
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)

    @property
    def tally(self) -> str:
        """How many changes there are, in words."""
        if self.not_checked:
            return "nothing was compared"
        if self.is_first:
            return "first version, nothing to compare with"
        numbers = [f"{number:,} {severity}" for severity, number in self.counts.items() if number]
        numbers += [f"{len(self.waived):,} waived"] if self.waived else []
        return ", ".join(numbers) or "no changes"

    @property
    def needed(self) -> str:
        """Which version the changes need, in words."""
        if self.is_first or self.bump == "none":
            return "no new version is needed"
        named = f": {', '.join(self.versions)}" if self.versions else ""
        return f"needs a new {self.bump} version{named}"

    @property
    def verdict(self) -> str:
        """The whole result in one line."""
        if self.not_checked:
            return f"NOT COMPARED: {'; '.join(self.not_checked)}"
        bad = counted(sum(one.severity == "error" for one in self.problems), "bad waiver")
        waivers = f", {bad}" if any(one.severity == "error" for one in self.problems) else ""
        told = f"{self.tally}{waivers}; {self.needed}"
        if self.is_first and not self.has_failed:
            return told
        return f"{'FAIL' if self.has_failed else 'OK'}: {told}"


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return ``found``, the worst first: as it stands in the catalog, what is safe by its rule."""
    return tuple(sorted(found, key=_order))


def _order(found: Found) -> tuple[int, Place, str, str, str, str]:
    change = found.change
    place = Place("") if change.severity == "safe" and found.waiver is None else found.place
    names = (change.rule, change.api, change.subject, change.fingerprint)
    return SEVERITIES.index(change.severity), place, *names


def transition(change: Change) -> str:
    """Return what was before and what is now, on one line; empty where neither is said."""
    before, after = one_line(change.before), one_line(change.after)
    if not before and not after:
        return ""
    return f"{before or '(none)'} -> {after or '(none)'}"
