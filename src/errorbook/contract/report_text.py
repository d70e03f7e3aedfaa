"""A report for a terminal: 80 columns, in which nothing of a catalog acts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import click

from errorbook.checks.printing import counted, one_line
from errorbook.contract.changelog import changelog_line
from errorbook.contract.changes import SEVERITIES, Severity
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waivers import subject_of

WIDTH: Final = 80
_COLOURS: Final = {"breaking": "red", "dangerous": "yellow", "safe": "green"}
_WHO: Final = {"wire": "HTTP clients", "python": "Python", "cli": "scripts", "docs": "docs"}


def text_report(report: Report, *, verbose: bool = False) -> list[str]:
    """Return the lines of ``report``, in colour; ``verbose`` lists what is safe, too."""
    return list(_lines(report, verbose=verbose))


def _lines(report: Report, *, verbose: bool) -> Iterator[str]:
    yield from _wrapped(_compared(report), "")
    for note in report.notes:
        yield from _wrapped(f"note: {one_line(note)}", "")
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
        yield _head("WAIVERS TO LOOK AT", len(report.problems), "yellow")
        for problem in report.problems:
            yield from _wrapped(one_line(str(problem)), "  ", "    ")
    yield ""
    colour = "red" if report.has_failed else "green"
    yield from (click.style(line, fg=colour, bold=True) for line in _wrapped(report.verdict, ""))
    if any(report.fails(one.change.severity) for one in report.found):
        yield from _wrapped(
            "A change that has to be gets a waiver in errorbook.yaml, with rule, subject, "
            "fingerprint, reason and the day it expires.",
            "",
        )


def _compared(report: Report) -> str:
    commit = f" ({report.commit[:7]})" if report.commit[:7] not in report.against else ""
    against = f"{one_line(report.catalog)} against {one_line(report.against)}{commit}"
    return f"{against}: {counted(report.codes, 'code')} compared in {report.seconds:.2f} s"


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
        yield from _wrapped(f"breaks: {', '.join(_WHO[one] for one in change.who)}", "    ")
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
        text.replace("##[", "# #["),
        WIDTH - 1,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )
    return [
        line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in lines
    ]


def plain(lines: Iterable[str]) -> str:
    """Return ``lines`` as the text of a file, without colour."""
    return "".join(f"{click.unstyle(line)}\n" for line in lines)
