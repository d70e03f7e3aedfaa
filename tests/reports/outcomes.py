"""Outcomes that tests show in every format."""

from __future__ import annotations

from errorbook.problems import Place
from errorbook.reports.outcome import Entry, EntryLevel, Outcome, worst_first


def entry(
    level: EntryLevel = "error",
    subject: str = "shop/sold_out",
    *,
    passed: str = "",
    line: int = 12,
    lines: tuple[str, ...] = (),
) -> Entry:
    """Return a finding about ``subject``."""
    return Entry(
        "stale-file",
        level,
        Place("sdk/errors.py", line, 5 if line else 0),
        "is not what the catalog says",
        "run: errorbook generate",
        subject=subject,
        fingerprint=f"F-{sum(map(ord, subject)):08x}",
        lines=lines,
        passed=passed,
        part="generated files",
    )


def outcome(*entries: Entry, not_checked: tuple[str, ...] = ()) -> Outcome:
    """Return the outcome of a check that found ``entries``."""
    return Outcome(
        "check",
        "errors.yaml: 1 API, 1 error",
        "errors.yaml: 1 API, 1 error; 4 generated files: all told",
        entries=worst_first(entries),
        not_checked=not_checked,
        looked_at=(("generated files", "4 generated files"),),
        counts={"errors": 1, "warnings": 0},
    )


def nasty_outcome(text: str) -> Outcome:
    """Return an outcome in which whatever others may write is ``text``."""
    levels: tuple[EntryLevel, ...] = ("error", "warning", "note", "error")
    entries = tuple(
        Entry(
            text,
            level,
            Place(text, 3, 4),
            text,
            text,
            subject=text,
            fingerprint=text,
            lines=(text, text),
            passed=f"let pass: {text}" if number == 3 else "",
            impact=text,
            part=text,
        )
        for number, level in enumerate(levels)
    )
    return Outcome(
        "check",
        text,
        text,
        entries=worst_first(entries),
        notes=(text,),
        not_checked=(text,),
        looked_at=((text, text),),
    )
