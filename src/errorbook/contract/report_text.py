"""A report for a terminal: 80 columns, in which nothing of a catalog acts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import click

from errorbook.checks.printing import counted, one_line
from errorbook.contract.changelog import changelog_line
from errorbook.contract.changes import SEVERITIES, Change, Severity
from errorbook.contract.parties import titles
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waiver_text import waiver_lines
from errorbook.contract.waivers import subject_of
from errorbook.reports.inert import inert
from errorbook.reports.telling import plain

WIDTH: Final = 80
_MOST_WAIVERS: Final = 10
_WAIVED_FOR: Final = timedelta(days=90)
_COLOURS: Final = {"breaking": "red", "dangerous": "yellow", "safe": "green"}
_WHO: Final = {"wire": "HTTP clients", "cli": "scripts", "docs": "docs"}


def text_report(report: Report, *, verbose: bool = False) -> list[str]:
    """Return the lines of ``report``, in colour.

    ``verbose`` also lists what is safe, and the waivers that would let pass what fails.
    """
    return list(_lines(report, verbose=verbose))


def plain_report(report: Report, *, verbose: bool = False) -> str:
    """Return the lines of ``report`` as the text of a file, without colour."""
    return plain(text_report(report, verbose=verbose))


def _lines(report: Report, *, verbose: bool) -> Iterator[str]:
    yield from _compared(report)
    for note in report.notes:
        yield from _wrapped(f"note: {one_line(note)}", "")
    for reason in report.not_checked:
        yield from _wrapped(f"not checked: {one_line(reason)}", "")
    for severity in SEVERITIES:
        found = report.of(severity)
        if found:
            yield ""
            yield from _section(severity, found, is_listed=verbose or severity != "safe")
    if report.waived:
        yield ""
        yield _head("WAIVED", len(report.waived), "cyan")
        for one in report.waived:
            yield from _waived(one)
    if report.problems:
        yield ""
        title = "PROBLEMS" if report.not_checked else "WAIVERS TO LOOK AT"
        yield _head(title, len(report.problems), "yellow")
        for problem in report.problems:
            yield from _wrapped(one_line(str(problem)), "  ", "    ")
    yield ""
    verdict = _wrapped(one_line(report.verdict), "")
    yield from (click.style(line, fg=_colour(report), bold=True) for line in verdict)
    failing = [one.change for one in report.found if report.fails(one.change.severity)]
    if failing:
        yield from _waivers(report, failing, is_listed=verbose)


def _waivers(report: Report, failing: list[Change], *, is_listed: bool) -> Iterator[str]:
    """Say how a change is let pass; ``is_listed`` also shows the lines that would do it."""
    said = (
        "A change that has to be gets a waiver in errorbook.yaml, with rule, subject, "
        "fingerprint, reason and the day it expires"
    )
    if not is_listed or report.today is None:
        yield from _wrapped(f"{said}: --verbose shows it." if report.today else f"{said}.", "")
        return
    yield from _wrapped(f"{said}:", "")
    yield "waivers:"
    for change in failing[:_MOST_WAIVERS]:
        yield from map(inert, waiver_lines(change, report.today + _WAIVED_FOR))


def _colour(report: Report) -> str | None:
    """Return the colour of the verdict: green only where something was compared and is fine."""
    if report.has_failed or report.not_checked:
        return "red"
    return None if report.is_first else "green"


def _compared(report: Report) -> list[str]:
    """Return what was compared, with the time that it took where there is room for that."""
    commit = f" ({report.commit[:7]})" if report.commit[:7] not in report.against else ""
    against = f"{one_line(report.catalog)} against {one_line(report.against)}{commit}"
    lines = _wrapped(f"{against}: {counted(report.codes, 'code')} compared", "")
    time = f" in {report.seconds:.2f} s"
    if len(lines[-1]) + len(time) < WIDTH:
        lines[-1] += time
    return lines


def _section(severity: Severity, found: tuple[Found, ...], *, is_listed: bool) -> Iterator[str]:
    head = _head(severity.upper(), len(found), _COLOURS[severity])
    if not is_listed:
        yield f"{head}  --verbose lists them"
        yield from _wrapped(_by_rule(found), "  ")
        return
    yield head
    for one in found:
        yield from _safe(one) if severity == "safe" else _change(one)


def _by_rule(found: tuple[Found, ...]) -> str:
    """Return how many changes there are of each rule, the most first."""
    rules = Counter(one.change.rule for one in found)
    most = sorted(rules, key=lambda rule: (-rules[rule], rule))
    return ", ".join(f"{rules[rule]:,} {rule}" for rule in most)


def _change(found: Found) -> Iterator[str]:
    change = found.change
    place = f"{found.place.path}:{found.place.line}"
    head = f"{one_line(place)}  {one_line(subject_of(change))}  {one_line(change.rule)}"
    yield from (click.style(line, bold=True) for line in _wrapped(head, "  ", "    "))
    yield from _wrapped(transition(change), "    ")
    yield from _wrapped(one_line(change.message), "    ")
    if change.who:
        yield from _wrapped(f"breaks: {titles(change.who, _WHO)}", "    ")
    if change.hint:
        yield from _wrapped(f"fix: {one_line(change.hint)}", "    ", "         ")
    yield f"    {change.fingerprint}"


def _safe(found: Found) -> Iterator[str]:
    yield from _wrapped(f"- {changelog_line(found.change, one_line, one_line)}", "  ", "    ")


def _waived(found: Found) -> Iterator[str]:
    change, waiver = found.change, found.waiver
    until = f", until {waiver.expires}: {one_line(waiver.reason)}" if waiver else ""
    name = f"{change.fingerprint}  {one_line(change.rule)}  {one_line(subject_of(change))}"
    yield from _wrapped(f"{name}{until}", "  ", "    ")


def _head(title: str, number: int, colour: str) -> str:
    return f"{click.style(title, fg=colour, bold=True)} {number:,}"


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    """Return ``text`` in lines, without what a CI takes for its own: ``::error``, ``##[group]``."""
    lines = textwrap.wrap(
        text,
        WIDTH - 1,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )
    return [inert(line) for line in lines]
