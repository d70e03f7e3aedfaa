"""A report as Markdown: the body of one comment on a pull request, in which a catalog is inert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errorbook.checks.printing import counted
from errorbook.contract.changelog import changelog_line
from errorbook.contract.parties import titles
from errorbook.contract.report import Found, Report, transition
from errorbook.contract.waivers import subject_of
from errorbook.reports.markdown import code, prose, with_rows

MARK: Final = "<!-- errorbook diff -->"
"""First line, by which the comment is found again to be edited."""
_WHO: Final = {"wire": "HTTP", "cli": "scripts", "docs": "docs"}
_TABLE: Final = "| Impact | Code | Change | Who breaks | Where |\n|---|---|---|---|---|\n"


def markdown_report(report: Report) -> str:
    """Return ``report`` in GitHub's Markdown, the worst first, cut to what a comment may hold."""
    head = [MARK, "", f"### {_headline(report)}", "", _compared(report), ""]
    text = "\n".join(head)
    text = with_rows(text, "", [f"> {prose(note)}  \n" for note in report.notes])
    left_out = [f"- **not checked**: {prose(reason)}\n" for reason in report.not_checked]
    text = with_rows(text, "\n", left_out)
    problems = [f"- **{one.severity}** {prose(str(one))}\n" for one in report.problems]
    text = with_rows(text, "\n", problems) + "\n"
    bad = [one for one in report.found if one.change.severity != "safe"]
    text = with_rows(text, _TABLE, map(_row, bad), len(bad))
    if report.waived:
        waived = map(_waived, report.waived)
        text = with_rows(
            text, f"\n**Waived** {len(report.waived):,}\n\n", waived, len(report.waived)
        )
    safe = report.of("safe")
    if safe:
        title = f"{counted(len(safe), 'safe change')}, as lines for a changelog"
        opened = f"\n<details><summary>{title}</summary>\n\n"
        text = with_rows(text, opened, map(_safe, safe), len(safe)) + "\n</details>\n"
    return f"{text}\n{_again(report)}{prose(report.verdict)}\n"


def _headline(report: Report) -> str:
    needed = "" if report.not_checked else f"; {report.needed}"
    return f"Error catalog: {prose(report.tally + needed)}"


def _again(report: Report) -> str:
    """Return how to see this locally; nothing where there is no more to see."""
    is_seen = not (report.found or report.waived or report.problems or report.not_checked)
    return "" if is_seen else f"To see this locally, run {code(report.command)}.\n\n"


def _compared(report: Report) -> str:
    names = f"{code(report.catalog)} against {code(report.against)}"
    return f"{names}, {counted(report.codes, 'code')} compared"


def _row(found: Found) -> str:
    change = found.change
    told = [code(transition(change)), prose(change.message), code(change.fingerprint)]
    if change.hint:
        told.insert(2, f"*{prose(change.hint)}*")
    cells = (
        f"{change.severity}",
        code(subject_of(change)),
        "<br>".join([f"**{prose(change.rule)}**", *filter(None, told)]),
        titles(change.who, _WHO),
        code(f"{found.place.path}:{found.place.line}"),
    )
    return f"| {' | '.join(cells)} |\n"


def _safe(found: Found) -> str:
    return f"- {changelog_line(found.change, code, prose)}\n"


def _waived(found: Found) -> str:
    change, waiver = found.change, found.waiver
    why = f", until {waiver.expires}: {prose(waiver.reason)}" if waiver else ""
    return f"- {code(change.fingerprint)} {code(subject_of(change))} {prose(change.rule)}{why}\n"


def changelog(report: Report) -> Iterator[str]:
    """Yield a line of Markdown for each change that counts, the worst first."""
    return (_safe(found).rstrip("\n") for found in report.found)
