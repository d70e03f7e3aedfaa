"""A report as annotations of GitHub Actions: at most as many as GitHub shows, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from errorbook.checks.printing import one_line
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waivers import subject_of
from errorbook.problems import Place, Problem

MOST: Final = 10
"""Errors, and warnings, that GitHub shows of one step; it drops the others without a word."""
_Level = Literal["error", "warning", "notice"]


def github_report(report: Report) -> str:
    """Return a command a line: errors for what fails, warnings for the rest that is not safe."""
    said = [*_problems(report), *_changes(report)]
    lines = []
    for level in ("error", "warning"):
        some = [line for one, line in said if one == level]
        lines += some[:MOST]
    left = sum(level != "notice" for level, _ in said) - len(lines)
    more = f"; {left:,} more are not shown here" if left else ""
    title = f"errorbook: {report.catalog} against {report.against}"
    return "".join(f"{line}\n" for line in (*lines, _notice(title, f"{report.verdict}{more}")))


def _changes(report: Report) -> Iterator[tuple[_Level, str]]:
    for found in report.found:
        if found.change.severity == "safe":
            return
        level: _Level = "error" if report.fails(found.change.severity) else "warning"
        yield level, _command(level, found.place, _title(found), _message(found))


def _problems(report: Report) -> Iterator[tuple[_Level, str]]:
    for problem in report.problems:
        level: _Level = "error" if problem.severity == "error" else "warning"
        yield level, _command(level, problem.place, problem.rule, _told(problem))


def _title(found: Found) -> str:
    return f"{found.change.severity}: {found.change.rule} {subject_of(found.change)}"


def _message(found: Found) -> str:
    change = found.change
    said = (transition(change), change.message, change.hint, change.fingerprint)
    return "\n".join(one_line(line) for line in said if line)


def _told(problem: Problem) -> str:
    return "\n".join(one_line(line) for line in (problem.message, problem.hint) if line)


def _command(level: _Level, place: Place, title: str, message: str) -> str:
    numbers = {"file": place.path, "line": place.line, "col": place.column}
    where = [f"{name}={_property(str(value))}" for name, value in numbers.items() if value]
    return f"::{level} {','.join([*where, f'title={_property(title)}'])}::{_data(message)}"


def _notice(title: str, message: str) -> str:
    return f"::notice title={_property(title)}::{_data(one_line(message))}"


def _data(text: str) -> str:
    """Return the text of a command as GitHub wants it escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
