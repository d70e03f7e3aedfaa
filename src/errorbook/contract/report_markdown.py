"""A report as Markdown: the body of one comment on a pull request, in which a catalog is inert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from errorbook.checks.printing import counted, one_line
from errorbook.contract.changelog import changelog_line
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waivers import subject_of

MOST_CHARACTERS: Final = 64_000
"""GitHub refuses comments of more than 65,536."""
MARK: Final = "<!-- errorbook diff -->"
"""First line, by which the comment is found again to be edited."""
_ROOM_FOR_REST: Final = 2_000
_LONGEST: Final = 400
_WHO: Final = {"wire": "HTTP", "python": "Python", "cli": "scripts", "docs": "docs"}
_ACTIVE: Final = re.compile(r"([@#!$%~&^])(?=\w)|(?<=:)(?=//)|(?<=[wW]{3})(?=\.)")
"""Where a mention, a reference or an address begins; a space without width ends it."""
_SIGN: Final = re.compile(r"[\\`*_{}\[\]()<>|~&#]")
_TICKS: Final = re.compile(r"`+")
_TABLE: Final = "| Impact | Code | Change | Who breaks | Where |\n|---|---|---|---|---|\n"


def markdown_report(report: Report) -> str:
    """Return ``report`` in GitHub's Markdown, the worst first, cut to what a comment may hold."""
    head = [MARK, "", f"### {_headline(report)}", "", _compared(report), ""]
    head += [f"> {_prose(note)}  " for note in report.notes]
    text = "\n".join(head) + "\n"
    text += "".join(f"- **{one.severity}** {_prose(str(one))}\n" for one in report.problems[:20])
    bad = [one for one in report.found if one.change.severity != "safe"]
    text = _with(text, _TABLE, map(_row, bad), len(bad))
    if report.waived:
        waived = map(_waived, report.waived)
        text = _with(text, f"\n**Waived** {len(report.waived):,}\n\n", waived, len(report.waived))
    safe = report.of("safe")
    if safe:
        title = f"{counted(len(safe), 'safe change')}, as lines for a changelog"
        opened = f"\n<details><summary>{title}</summary>\n\n"
        text = _with(text, opened, map(_safe, safe), len(safe)) + "\n</details>\n"
    return text + f"\n{report.verdict}\n"


def _headline(report: Report) -> str:
    return f"Error catalog: {report.tally}; {report.needed}"


def _compared(report: Report) -> str:
    names = f"{_code(report.catalog)} against {_code(report.against)}"
    return f"{names}, {counted(report.codes, 'code')} compared"


def _with(text: str, opening: str, rows: Iterable[str], number: int) -> str:
    """Return ``text`` with as many of ``rows`` as there is room for, and how many are left out."""
    if not number or len(text) + len(opening) > MOST_CHARACTERS - _ROOM_FOR_REST:
        return text + (f"\n{number:,} more are in the log.\n" if number else "")
    text += opening
    for index, row in enumerate(rows):
        if len(text) + len(row) > MOST_CHARACTERS - _ROOM_FOR_REST:
            return f"{text}\n{number - index:,} more are in the log.\n"
        text += row
    return text


def _row(found: Found) -> str:
    change = found.change
    told = [_code(transition(change)), _prose(change.message), _code(change.fingerprint)]
    if change.hint:
        told.insert(2, f"*{_prose(change.hint)}*")
    cells = (
        f"{change.severity}",
        _code(subject_of(change)),
        "<br>".join([f"**{_prose(change.rule)}**", *filter(None, told)]),
        ", ".join(_WHO[one] for one in change.who),
        _code(f"{found.place.path}:{found.place.line}"),
    )
    return f"| {' | '.join(cells)} |\n"


def _safe(found: Found) -> str:
    return f"- {changelog_line(found.change, _code, _prose)}\n"


def _waived(found: Found) -> str:
    change, waiver = found.change, found.waiver
    why = f", until {waiver.expires}: {_prose(waiver.reason)}" if waiver else ""
    return f"- {_code(change.fingerprint)} {_code(subject_of(change))} {_prose(change.rule)}{why}\n"


def _prose(text: str) -> str:
    """Return ``text`` so that nothing of it is markup, a mention, a reference or a link."""
    line = _cut(one_line(text))
    inert = _ACTIVE.sub(lambda found: f"{found[0]}\u200b", line)
    return _SIGN.sub(lambda sign: f"\\{sign[0]}", inert)


def _code(text: str) -> str:
    """Return ``text`` as code, in which nothing acts; a bar would end the cell of a table."""
    line = _cut(one_line(text))
    if not line.strip():
        return ""
    if "|" in line:
        return f"<code>{_prose(line)}</code>"
    fence = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def changelog(report: Report) -> Iterator[str]:
    """Yield a line of Markdown for each change that counts, the worst first."""
    return (_safe(found).rstrip("\n") for found in report.found)
