"""A report as JSON, for programs. Keys are only ever added within one format."""

from __future__ import annotations

from typing import Any, Final

from errorbook.contract.report import Found, Report
from errorbook.problems import Problem
from errorbook.reports.json_document import json_document

FORMAT: Final = 1
"""To be raised when a key changes its meaning or goes away."""


def json_report(report: Report) -> str:
    """Return ``report`` as a JSON document in plain ASCII; equal catalogs give equal documents."""
    data = {
        "format": FORMAT,
        "verb": "diff",
        "catalog": report.catalog,
        "against": {"name": report.against, "commit": report.commit or None},
        "first_version": report.is_first,
        "profile": report.profile,
        "fail_on": report.fail_on,
        "codes": report.codes,
        "counts": dict(report.counts) | {"waived": len(report.waived)},
        "bump": report.bump,
        "versions": list(report.versions),
        "failed": report.has_failed,
        "complete": not report.not_checked,
        "verdict": report.verdict,
        "command": report.command,
        "changes": [_change(one) for one in report.found],
        "waived": [_change(one) for one in report.waived],
        "problems": [_problem(one) for one in report.problems],
        "not_checked": list(report.not_checked),
        "notes": list(report.notes),
    }
    return json_document(data)


def _change(found: Found) -> dict[str, Any]:
    change, waiver = found.change, found.waiver
    data: dict[str, Any] = {
        "rule": change.rule,
        "severity": change.severity,
        "api": change.api,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
        "breaks": list(change.who),
        "message": change.message,
        "hint": change.hint,
        "fingerprint": change.fingerprint,
        "file": found.place.path,
        "line": found.place.line,
        "column": found.place.column,
    }
    if waiver is not None:
        data["waiver"] = {"reason": waiver.reason, "expires": waiver.expires.isoformat()}
    return data


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "file": place.path,
        "line": place.line,
        "column": place.column,
    }
