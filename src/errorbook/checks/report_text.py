"""What a check found, for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator

import click

from errorbook.checks.printing import counted, diff_lines, one_line, problem_line
from errorbook.checks.report import CheckReport
from errorbook.checks.result import Checked
from errorbook.reports.inert import inert


def text_report(report: CheckReport, *, verbose: bool = False) -> list[str]:
    """Return the lines of ``report``, in colour, but for its verdict.

    There is one line for each problem, with its diff below it; where several checks have found
    something, each has a heading. ``verbose`` also lists what is accepted, notes, and the checks
    that found nothing.
    """
    return [inert(line) for line in _lines(report, verbose=verbose)]


def _lines(report: CheckReport, *, verbose: bool) -> Iterator[str]:
    telling = [(name, one) for name, one in report.parts if verbose or one.found]
    has_headings = verbose or len(telling) > 1
    for index, (name, checked) in enumerate(telling):
        if has_headings:
            yield from ["", _heading(name, checked)] if index else [_heading(name, checked)]
        for found in checked.found:
            yield problem_line(found.problem)
            yield from diff_lines(found.diff)
        yield from (f"note: {one_line(note)}" for note in checked.notes if verbose)
    if verbose and report.accepted:
        yield from ["", f"{click.style('accepted', bold=True)}: {one_line(report.why)}"]
        yield from (problem_line(found.problem) for found in report.accepted)
    for reason in report.not_checked:
        yield f"{click.style('not checked', fg='red', bold=True)}: {one_line(reason)}"


def _heading(name: str, checked: Checked) -> str:
    """Return what was looked at and how much was found; of what was not, no more than that."""
    head = click.style(one_line(name), bold=True)
    if not checked.looked_at and not checked.found:
        return f"{head}: nothing compared"
    looked_at = f" ({one_line(checked.looked_at)})" if checked.looked_at else ""
    found = counted(len(checked.found), "finding") if checked.found else "nothing found"
    incomplete = ", not all of it checked" if checked.not_checked else ""
    return f"{head}{looked_at}: {found}{incomplete}"
