"""The verb `diff`: its options, its reports and its exit code.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from errorbook.characters import without_hidden
from errorbook.checks.printing import one_line
from errorbook.contract.comparison import Asked, Policy, compared
from errorbook.exits import CLEAN, FINDINGS, INCOMPLETE, INVALID
from errorbook.problems import ErrorbookError
from errorbook.reports.options import keep_inputs, report_formats, wanted_reports

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience
    from errorbook.contract.report import FailOn, Report
    from errorbook.project import Workspace
    from errorbook.reports.outcome import Outcome
    from errorbook.reports.telling import Telling

__all__ = ["Asked", "Policy", "diff_command"]

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""

CATALOG_FILE: Final = "errors.yaml"
EPILOG: Final = """\
\b
Examples:
  errorbook diff                            with where the branch began, else
                                            with the last release
  errorbook diff --against v1.2.0           a commit, branch or tag
  errorbook diff --against old/errors.json  a file
  errorbook diff --against https://docs.example.com/errors.json
  errorbook diff --against merge-base --branch develop
  errorbook diff --format github --format markdown:comment.md

\b
Exit codes:
  0  nothing that fails (a catalog that is new is one, too)
  1  there are changes as bad as --fail-on says, or a waiver has expired
  2  wrong usage, no such commit, or a catalog that is not valid
  3  it could not be compared: no git, a shallow clone, no codes"""


def diff_command(opener: Opener, policy_of: Callable[[Workspace], Policy]) -> click.Command:
    """Return the command ``diff``, for projects that ``opener`` opens."""

    @click.command("diff", epilog=EPILOG, context_settings={"allow_extra_args": True})
    @click.option(
        "--against",
        metavar="REF|FILE|ADDRESS|latest-tag|merge-base",
        help="What to compare with; addresses are https://… or git+https://…@REF#PATH. "
        "If left out: merge-base in a branch, else latest-tag.",
    )
    @click.option("--branch", metavar="NAME", help="The branch this one is for, for merge-base.")
    @click.option(
        "--profile",
        type=click.Choice(["default", "strict"]),
        help="How severe to be. If left out: default.",
    )
    @click.option(
        "--fail-on",
        type=click.Choice(["breaking", "dangerous"]),
        help="The least that fails. If left out: breaking.",
    )
    @click.option(
        "--tag-prefix",
        metavar="TEXT",
        help="What tags of releases begin with, before the version: api- for api-v1.2.0.",
    )
    @click.option(
        "--today",
        metavar="DATE",
        help="The day to go by, such as 2027-01-31. If left out: that of this run.",
    )
    @click.option(
        "--strict-waivers/--no-strict-waivers",
        default=None,
        help="Whether waivers that match nothing fail.",
    )
    @report_formats
    @click.option("-v", "--verbose", is_flag=True, help="List safe changes, too.")
    @click.option(
        "--audience",
        type=click.Choice(["public", "internal"]),
        default="public",
        show_default=True,
        help="Whose contract: that with everybody, or with those who read internal errors.",
    )
    @click.option(
        "--catalog",
        type=click.Path(path_type=Path),
        help="A catalog to read instead of the project's own.",
    )
    @click.option(
        "-p",
        "--project",
        type=click.Path(path_type=Path, exists=True),
        help="errorbook.yaml or its folder. If left out: the nearest one here or above.",
    )
    def diff(  # noqa: PLR0913  # its options
        *,
        against: str | None,
        branch: str | None,
        tag_prefix: str | None,
        profile: Literal["default", "strict"] | None,
        fail_on: FailOn | None,
        today: str | None,
        strict_waivers: bool | None,
        formats: tuple[str, ...],
        verbose: bool,
        audience: Audience,
        catalog: Path | None,
        project: Path | None,
    ) -> int:
        """Compare the catalog with what it said before: what breaks, for whom, since when.

        Changes are breaking, dangerous or safe. Nothing is written but the reports. What is left
        out is as `diff` in errorbook.yaml says, if it does.
        """
        from errorbook.reports.telling import tell

        _refuse_words(click.get_current_context().args)
        reports = wanted_reports(formats)
        branch = branch or None  # a variable of a CI that is set in pull requests only
        _check_branch(against, branch)
        asked = Asked(
            against=against,
            branch=branch,
            tag_prefix=tag_prefix,
            profile=profile,
            fail_on=fail_on,
            today=_day(today),
            audience=audience,
            is_strict=strict_waivers,
        )
        workspace: Workspace | None = None
        try:
            workspace = opener(project, catalog, audience)
            report = compared(workspace, asked, policy_of(workspace))
            code = FINDINGS if report.has_failed else CLEAN
        except (ErrorbookError, OSError, click.UsageError) as error:
            if not formats:
                raise
            report, code = _not_compared(error, str(catalog or CATALOG_FILE), against)
        keep_inputs(reports, workspace)
        command = _again(click.get_current_context())
        report = replace(report, command=command, today=asked.today or date.today())
        tell(_telling(report, verbose=verbose), reports)
        return code

    return diff


def _refuse_words(words: Sequence[str]) -> None:
    """Refuse words that are no options: git takes a commit so, and here it has to be named."""
    if words:
        named = shlex.quote(without_hidden(words[0]))
        raise click.UsageError(f"{named} is no option; to compare with it: --against {named}")


def _check_branch(against: str | None, branch: str | None) -> None:
    from errorbook.baseline import MERGE_BASE

    if branch is not None and against not in (None, MERGE_BASE):
        raise click.UsageError(f"--branch goes with --against {MERGE_BASE}, or with none.")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError("--today: expected a day such as 2027-01-31.") from None


def _not_compared(
    error: ErrorbookError | OSError | click.UsageError, catalog: str, against: str | None
) -> tuple[Report, int]:
    """Return the report of a run that could not compare anything, and its exit code."""
    from errorbook.checks.printing import reason
    from errorbook.contract.report import Report

    name = against or "what it said before"
    if isinstance(error, OSError):
        return Report(catalog, name, codes=0, not_checked=(reason(error),)), INCOMPLETE
    if isinstance(error, click.UsageError):
        return Report(catalog, name, codes=0, not_checked=(error.format_message(),)), INVALID
    why = "the catalog or errorbook.yaml is not valid"
    report = Report(catalog, name, codes=0, problems=error.problems, not_checked=(why,))
    return report, INVALID


def _again(context: click.Context) -> str:
    """Return the command as it was given, but for its reports."""
    words = ["errorbook", "diff"]
    for option in context.command.params:
        value = context.params.get(str(option.name))
        is_said = option.name not in ("formats", "verbose") and value not in (
            None,
            "",
            option.default,
        )
        if is_said and isinstance(value, bool):
            words.append(option.opts[0] if value else option.secondary_opts[0])
        elif is_said:
            words += [option.opts[-1], str(value)]
    return shlex.join(words)


def _telling(report: Report, *, verbose: bool) -> Telling:
    from errorbook.reports.telling import Telling

    def text() -> list[str]:
        from errorbook.contract.report_text import text_report

        return text_report(report, verbose=verbose)

    def json() -> str:
        from errorbook.contract.report_json import json_report

        return json_report(report)

    def markdown() -> str:
        from errorbook.contract.report_markdown import markdown_report

        return markdown_report(report)

    def outcome() -> Outcome:
        from errorbook.contract.report_outcome import outcome as outcome_of

        return outcome_of(report)

    return Telling(outcome, text, json, markdown, one_line(report.verdict), has_verdict=True)
