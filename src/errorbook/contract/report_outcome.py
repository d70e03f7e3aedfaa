"""What a comparison found, as the formats need it that any verb can write."""

from __future__ import annotations

from typing import Final

from errorbook.checks.printing import counted
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waivers import subject_of
from errorbook.reports.outcome import Entry, EntryLevel, Outcome, entry_of, worst_first

_CONTRACT: Final = "contract"
_WAIVERS: Final = "waivers"
_CATALOG: Final = "catalog"


def outcome(report: Report) -> Outcome:
    """Return ``report`` with all that it found: what is safe, and what is waived, too."""
    part = _CATALOG if report.not_checked else _WAIVERS
    entries = [entry_of(problem, part) for problem in report.problems]
    entries += [_entry(report, one) for one in (*report.found, *report.waived)]
    codes = counted(report.codes, "code") if report.codes else ""
    return Outcome(
        "diff",
        f"{report.catalog} against {report.against}",
        report.verdict,
        entries=worst_first(entries),
        notes=report.notes,
        not_checked=report.not_checked,
        looked_at=((_CONTRACT, codes),),
        counts={
            **{str(severity): number for severity, number in report.counts.items()},
            "waived": len(report.waived),
            "not-checked": len(report.not_checked),
            "bump": report.bump,
        },
        file=report.catalog,
    )


def _entry(report: Report, found: Found) -> Entry:
    change, waiver = found.change, found.waiver
    changed = transition(change)
    return Entry(
        change.rule,
        _level(report, found),
        found.place,
        change.message,
        "" if change.severity == "safe" else change.hint,
        subject=subject_of(change),
        fingerprint=change.fingerprint,
        lines=(changed,) if changed else (),
        passed=f"waived until {waiver.expires}: {waiver.reason}" if waiver else "",
        impact=change.severity,
        part=_CONTRACT,
    )


def _level(report: Report, found: Found) -> EntryLevel:
    severity = found.change.severity
    if report.fails(severity):
        return "error"
    return "note" if severity == "safe" else "warning"
