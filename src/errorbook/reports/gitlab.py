"""Findings as a report of GitLab's Code Quality, which shows them in a merge request."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final, Literal

from errorbook.checks.printing import one_line
from errorbook.reports.occurrences import numbered
from errorbook.reports.outcome import Entry, Outcome

_SEVERITIES: Final = {"error": "major", "warning": "minor"}
_LEFT_OUT: Final = "blocker"
"""What could not be checked may hide anything."""


def report(outcome: Outcome) -> str:
    """Return a JSON array: an object for each finding that counts and is no mere note.

    The widget shows whatever it gets as something that has become worse.
    """
    found = [_left_out(outcome, reason) for reason in outcome.not_checked]
    found += [_finding(entry, entry.level) for entry in outcome.counted if entry.level != "note"]
    names = numbered(str(one["fingerprint"]) for one in found)
    for one, (name, number) in zip(found, names, strict=True):
        one["fingerprint"] = hashlib.sha256(f"{name}\0{number}".encode()).hexdigest()
    return json.dumps(found, indent=1) + "\n"


def _finding(entry: Entry, level: Literal["error", "warning"]) -> dict[str, Any]:
    name = entry.fingerprint or f"{entry.place.path}\0{entry.message}"
    change = f" ({entry.lines[0]})" if len(entry.lines) == 1 else ""
    hint = f"; {entry.hint}" if entry.hint else ""
    return _object(
        f"{entry.title}: {entry.message}{change}{hint}",
        entry.rule,
        f"{entry.rule}\0{name}",
        _SEVERITIES[level],
        (entry.place.path, entry.place.line),
    )


def _left_out(outcome: Outcome, reason: str) -> dict[str, Any]:
    name = "not-checked"
    return _object(
        f"not checked: {reason}", name, f"{name}\0{reason}", _LEFT_OUT, (outcome.file, 0)
    )


def _object(
    description: str, rule: str, fingerprint: str, severity: str, place: tuple[str, int]
) -> dict[str, Any]:
    path, line = place
    return {
        "description": one_line(description),
        "check_name": one_line(rule),
        "fingerprint": one_line(fingerprint),
        "severity": severity,
        "location": {"path": one_line(path), "lines": {"begin": max(line, 1)}},
    }
