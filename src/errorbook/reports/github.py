"""Findings as annotations of GitHub Actions: at most as many as it shows, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from errorbook.checks.printing import one_line
from errorbook.problems import Place
from errorbook.reports.outcome import Entry, Outcome

MOST: Final = 10
"""Errors, and warnings, that GitHub shows of one step; it drops the others without a word."""
_MOST_LINES: Final = 12
_Level = Literal["error", "warning"]
_Command = tuple[_Level, str]


def report(outcome: Outcome) -> str:
    """Return a command a line: errors for what fails, warnings for what is less bad than that.

    What somebody lets pass, and what is only worth knowing, is not among them.
    """
    said = [*_left_out(outcome), *_findings(outcome)]
    lines: list[str] = []
    for level in ("error", "warning"):
        lines += [line for one, line in said if one == level][:MOST]
    left = len(said) - len(lines)
    more = f"; {left:,} more are not shown here" if left else ""
    title = f"errorbook {outcome.verb}: {outcome.title}"
    notice = f"::notice title={_property(title)}::{_data(one_line(outcome.verdict + more))}"
    return "".join(f"{line}\n" for line in (*lines, notice))


def _left_out(outcome: Outcome) -> Iterator[_Command]:
    for reason in outcome.not_checked:
        yield "error", _command("error", Place(""), "not checked", one_line(reason))


def _findings(outcome: Outcome) -> Iterator[_Command]:
    for entry in outcome.counted:
        if entry.level != "note":
            yield entry.level, _command(entry.level, entry.place, entry.title, _message(entry))


def _message(entry: Entry) -> str:
    """Return what changed if that is one line, what is wrong, how to mend it, and a diff."""
    is_short = len(entry.lines) == 1
    before, after = (entry.lines, ()) if is_short else ((), entry.lines[:_MOST_LINES])
    said = (*before, entry.message, entry.hint, entry.fingerprint, *after)
    return "\n".join(one_line(line) for line in said if line)


def _command(level: _Level, place: Place, title: str, message: str) -> str:
    numbers = {"file": place.path, "line": place.line, "col": place.column}
    where = [f"{name}={_property(str(value))}" for name, value in numbers.items() if value]
    return f"::{level} {','.join([*where, f'title={_property(title)}'])}::{_data(message)}"


def _data(text: str) -> str:
    """Return the text of a command as GitHub wants it escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
