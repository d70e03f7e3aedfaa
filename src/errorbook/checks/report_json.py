"""What a check found as JSON, for programs. Keys are only ever added within one format."""

from __future__ import annotations

from typing import Any, Final

from errorbook.checks.report import CheckReport
from errorbook.checks.result import Reported
from errorbook.reports.json_document import json_document

FORMAT: Final = 1
"""To be raised when a key changes its meaning or goes away."""


def json_report(report: CheckReport) -> str:
    """Return ``report`` as a JSON document in plain ASCII; equal findings give equal documents."""
    data = {
        "format": FORMAT,
        "verb": report.verb,
        "catalog": report.catalog,
        "verdict": report.verdict,
        "valid": not report.is_invalid,
        "failed": report.has_failed,
        "complete": not report.not_checked,
        "command": report.mending or None,
        "counts": {
            "error": sum(one.problem.severity == "error" for one in report.found),
            "warning": sum(one.problem.severity == "warning" for one in report.found),
            "accepted": len(report.accepted),
        },
        "checks": [
            {
                "name": name,
                "looked_at": checked.looked_at,
                "findings": [_finding(one) for one in checked.found],
                "not_checked": list(checked.not_checked),
                "notes": list(checked.notes),
            }
            for name, checked in report.parts
        ],
        "accepted": [_finding(one) for one in report.accepted],
        "not_checked": list(report.not_checked),
    }
    return json_document(data)


def _finding(found: Reported) -> dict[str, Any]:
    problem = found.problem
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "subject": found.subject,
        "value": found.value,
        "fingerprint": found.fingerprint,
        "file": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "diff": list(found.diff),
    }
