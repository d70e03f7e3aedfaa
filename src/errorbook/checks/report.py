"""Everything that a check found, before anybody decides how to show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from errorbook.checks.printing import counted, one_line, summary
from errorbook.checks.result import Checked, Reported
from errorbook.reports.outcome import Entry, Outcome, entry_of, worst_first

_MOST_REASONS = 3
_GENERATED = "generated files"
"""The check of which, where it is the only one, `up to date` says more than `no problems`."""


@dataclass(frozen=True)
class CheckReport:
    """What was checked, in order: the name of each check and what it said.

    ``catalog`` describes the catalog, such as `errors.yaml: 2 APIs, 29 errors`; ``command`` mends
    generated files, ``again`` is the one that was run; ``unseen`` says what this run leaves to
    another one. ``accepted`` is wrong but does not count, for ``why``. ``is_invalid`` says that
    what was found is wrong with the catalog or the project itself, so that nothing was checked.
    With the verb ``validate``, nothing else was asked for.
    """

    catalog: str
    command: str
    parts: tuple[tuple[str, Checked], ...]
    unseen: str = ""
    accepted: tuple[Reported, ...] = ()
    why: str = "accepted for now"
    is_invalid: bool = False
    verb: Literal["check", "validate"] = "check"
    file: str = "errorbook.yaml"
    """What says what to check."""
    again: str = "errorbook check"

    @property
    def found(self) -> Iterator[Reported]:
        """Yield what is wrong, in the order of the checks, but for what is accepted."""
        for _, checked in self.parts:
            yield from checked.found

    @property
    def not_checked(self) -> tuple[str, ...]:
        """What could not be looked at, and why."""
        return tuple(reason for _, checked in self.parts for reason in checked.not_checked)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth a line but nothing wrong."""
        return tuple(note for _, checked in self.parts for note in checked.notes)

    @property
    def has_failed(self) -> bool:
        """Whether something is found that must not be."""
        return any(one.problem.severity == "error" for one in self.found)

    @property
    def looked_at(self) -> str:
        """How much each check compared."""
        return ", ".join(checked.looked_at for _, checked in self.parts if checked.looked_at)

    @property
    def mending(self) -> str:
        """The command that mends something of what was found; empty if none does.

        Where something stands in its way, it would refuse to do anything.
        """
        is_blocked = any(checked.is_blocked for _, checked in self.parts)
        is_mended = any(one.is_mended for one in self.found)
        return self.command if is_mended and not is_blocked else ""

    @property
    def tally(self) -> str:
        """How much is wrong, in words."""
        errors = sum(one.problem.severity == "error" for one in self.found)
        warnings = sum(one.problem.severity == "warning" for one in self.found)
        numbers = [counted(errors, "problem")] if errors else []
        numbers += [counted(warnings, "warning")] if warnings else []
        said = ", ".join(numbers) or "no problems"
        return f"{said} ({len(self.accepted):,} accepted)" if self.accepted else said

    @property
    def verdict(self) -> str:
        """The whole result in one line."""
        if self.is_invalid:
            return one_line(f"{summary(one.problem for one in self.found)}{self._left_out}")
        mending = f"; to mend: {self.mending}" if self.mending else ""
        return one_line(f"{self._result}{self._left_out}{mending}{self.unseen}")

    @property
    def _result(self) -> str:
        if self.verb == "validate":
            return f"{self.catalog}, {self.tally}"
        only = [name for name, _ in self.parts] == [_GENERATED]
        if only and not self.not_checked and self.tally == "no problems":
            return f"{self.catalog}, {self.looked_at} up to date"
        if not self.parts:
            more = "nothing compared" if self.unseen else "nothing else is named to be checked"
            return f"{self.catalog}, valid; {more}"
        if not self.looked_at and not any(self.found):
            return f"{self.catalog}; nothing compared"
        return f"{self.catalog}; {self.looked_at or 'nothing compared whole'}: {self.tally}"

    @property
    def _left_out(self) -> str:
        """What was not checked, shortened: the report itself has all of it."""
        reasons = self.not_checked
        if not reasons:
            return ""
        more = len(reasons) - _MOST_REASONS
        said = "; ".join(reasons[:_MOST_REASONS]) + (f" and {more:,} more" if more > 0 else "")
        return f", not checked: {said}"


def outcome(report: CheckReport) -> Outcome:
    """Return ``report`` as the formats need it that any verb can write."""
    found = [_entry(one, name) for name, checked in report.parts for one in checked.found]
    found += [replace(_entry(one, "accepted"), passed=report.why) for one in report.accepted]
    counts = {
        "errors": sum(one.problem.severity == "error" for one in report.found),
        "warnings": sum(one.problem.severity == "warning" for one in report.found),
        "accepted": len(report.accepted),
        "not-checked": len(report.not_checked),
    }
    return Outcome(
        report.verb,
        report.catalog or "errorbook",
        report.verdict,
        entries=worst_first(found),
        notes=report.notes,
        not_checked=report.not_checked,
        looked_at=tuple((name, checked.looked_at) for name, checked in report.parts),
        counts=counts,
        file=report.file,
    )


def _entry(found: Reported, part: str) -> Entry:
    entry = entry_of(found.problem, part)
    return replace(entry, subject=found.subject, fingerprint=found.fingerprint, lines=found.diff)
