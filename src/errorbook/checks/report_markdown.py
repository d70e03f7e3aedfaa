"""What a check found as Markdown: the body of one comment on a pull request, all of it inert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errorbook.checks.printing import counted
from errorbook.checks.report import CheckReport
from errorbook.checks.result import Reported
from errorbook.reports.markdown import code, code_block, html_text, prose, with_rows

MARK: Final = "<!-- errorbook check -->"
"""First line, by which the comment is found again to be edited."""
_TABLE: Final = "\n| | Rule | Problem | Where |\n|---|---|---|---|\n"


def markdown_report(report: CheckReport) -> str:
    """Return ``report`` in GitHub's Markdown, the worst first, cut to what a comment may hold."""
    found = sorted(report.found, key=lambda one: one.problem.severity)
    text = f"{MARK}\n\n### Error catalog: {_headline(report)}\n\n{_looked_at(report)}\n"
    left_out = [f"- **not checked**: {prose(reason)}\n" for reason in report.not_checked]
    text = with_rows(text, "\n", left_out)
    text = with_rows(text, _TABLE, map(_row, found), len(found))
    text = with_rows(text, "\n", _commands(report))
    diffs = [_diff(one) for one in found if one.diff]
    text = with_rows(text, "", diffs)
    accepted = [f"- {_told(one)}\n" for one in report.accepted]
    title = f"{counted(len(accepted), 'finding')}: {html_text(report.why)}"
    folded = with_rows(text, f"\n<details><summary>{title}</summary>\n\n", accepted)
    return f"{folded}\n</details>\n" if folded != text else text


def _headline(report: CheckReport) -> str:
    left_out = len(report.not_checked)
    if report.is_invalid:
        return f"not valid, {report.tally}"
    incomplete = f", {counted(left_out, 'part')} not checked" if left_out else ""
    nothing = report.tally if report.parts else "valid, nothing else to check"
    return f"{nothing}{incomplete}"


def _looked_at(report: CheckReport) -> str:
    looked_at = f"; compared: {prose(report.looked_at)}" if report.looked_at else ""
    return f"{prose(report.catalog)}{looked_at}{prose(report.unseen)}".removeprefix("; ")


def _row(found: Reported) -> str:
    problem = found.problem
    hint = f"<br>*{prose(problem.hint)}*" if problem.hint else ""
    told = f"{prose(problem.message)}{hint}"
    return f"| {problem.severity} | {prose(problem.rule)} | {told} | {code(str(problem.place))} |\n"


def _commands(report: CheckReport) -> Iterator[str]:
    """Yield how to see this locally, and how to mend what a command mends."""
    if report.mending:
        yield f"To mend what is generated, run {code(report.mending)} and commit the result.\n"
    if report.not_checked or any(report.found):
        yield f"To see this locally, run {code(report.again)}.\n"


def _diff(found: Reported) -> str:
    title = code(str(found.problem.place), as_html=True)
    return f"\n<details><summary>{title}</summary>\n\n{code_block(found.diff)}\n</details>\n"


def _told(found: Reported) -> str:
    problem = found.problem
    return f"{code(str(problem.place))} {prose(problem.rule)}: {prose(problem.message)}"
