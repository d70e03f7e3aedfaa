"""The verb `check`: what is compared, and how that is told.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errorbook import help_texts
from errorbook.cli_options import about, for_audience
from errorbook.exits import CLEAN, FINDINGS, INCOMPLETE, INVALID
from errorbook.reports.options import keep_inputs, report_formats, wanted_reports

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience
    from errorbook.checks.report import CheckReport
    from errorbook.checks.result import Context
    from errorbook.problems import ErrorbookError
    from errorbook.project import Workspace
    from errorbook.reports.telling import Telling

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""


def check_command(opener: Opener, described: Callable[[Workspace], str]) -> click.Command:
    """Return the command ``check``, for projects that ``opener`` opens."""

    @click.command("check", epilog=help_texts.CHECK)
    @report_formats
    @click.option("-v", "--verbose", is_flag=True, help="List what is accepted or fine, too.")
    @click.option(
        "--write-baseline",
        "accepts",
        is_flag=True,
        help="Accept what is found today; if that was done before, take out what was mended.",
    )
    @click.option(
        "--html",
        multiple=True,
        type=click.Path(),
        metavar="FOLDER",
        help="A built site to compare, too, whatever built it.",
    )
    @for_audience("Whose files to compare: those for everybody, or those with audience: internal.")
    @about
    def check(  # noqa: PLR0913  # its options
        *,
        formats: tuple[str, ...],
        verbose: bool,
        accepts: bool,
        html: tuple[str, ...],
        audience: Audience,
        project: Path | None,
        catalog: Path | None,
    ) -> int:
        """Compare all that errorbook.yaml names with the catalog.

        Nothing is written but the reports, and what --write-baseline asks for.
        """
        from errorbook.checks.result import Context
        from errorbook.problems import ErrorbookError
        from errorbook.reports.telling import tell

        if accepts and catalog:
            raise click.UsageError("--write-baseline is about the project's own catalog.")
        reports = wanted_reports(formats)
        command = _command("generate", project, catalog, audience)
        try:
            workspace = opener(project, catalog, audience)
            keep_inputs(reports, workspace)
            if audience == "internal" and not (html or _has_internal(workspace)):
                click.echo(help_texts.NOTHING_INTERNAL, err=True)
                return INVALID
            context = Context(workspace, audience, command, Path.cwd(), html=html)
            report = checked(context, described(workspace), accepts=accepts)
        except ErrorbookError as error:
            if not formats:
                raise
            report = refused(error, command)
        again = _command("check", project, catalog, audience, html)
        report = replace(report, again=again)
        tell(telling(report, verbose=verbose), reports)
        return exit_code(report)

    return check


def _has_internal(workspace: Workspace) -> bool:
    """Tell whether a project has anything to check for those who read internal errors."""
    asked = workspace.project.project.check
    audiences = [*(one.audience for one in asked.html), *(one.audience for one in asked.sdk)]
    asks_for_more = asked.quality is not None or "internal" in audiences
    return asks_for_more or bool(workspace.project.targets("internal"))


def checked(context: Context, described: str, *, accepts: bool = False) -> CheckReport:
    """Return what all checks say that the project asks for; ``accepts`` lets it pass from now on.

    Raises:
        click.UsageError: if there is nothing that could be accepted.
        ErrorbookError: if the project or the catalog turns out not to be valid.
    """
    from errorbook.checks import accepted
    from errorbook.checks.check import check as run
    from errorbook.checks.levels import levelled
    from errorbook.checks.printing import counted, one_line
    from errorbook.checks.report import CheckReport

    internal = len(context.project.targets("internal"))
    left = counted(internal, "internal target") if internal else ""
    is_left = left and context.audience == "public"
    unseen = f"; {left} not looked at: add --audience internal" if is_left else ""
    levels = context.project.project.levels
    known = accepted.read(context)
    context = replace(context, accepted=known.content)
    parts = tuple((one.name, levelled(found, levels)) for one, found in run(context))
    if accepts and not parts:
        raise click.UsageError("--write-baseline: errorbook.yaml asks for nothing to be checked.")
    if accepts:
        written = accepted.write(context, known, parts)
        known = written.known
        click.echo(one_line(written.said), err=True)
    result = accepted.sort_out(parts, known)
    source = context.project.source or context.workspace.catalog.sources[0]
    return CheckReport(
        described,
        context.command,
        result.parts,
        unseen,
        accepted=result.passed,
        file=source.name,
    )


def refused(error: ErrorbookError, command: str) -> CheckReport:
    """Return the report of a run that the catalog or the project gave nothing to compare with."""
    from errorbook.checks.report import CheckReport
    from errorbook.checks.result import Checked, Reported

    found = tuple(Reported(problem) for problem in error.problems)
    left = ("everything that errorbook.yaml names, as long as this is not valid",)
    return CheckReport("", command, (("catalog", Checked("", found, left)),), is_invalid=True)


def validated(described: str, error: ErrorbookError | None) -> CheckReport:
    """Return the report of `validate`: what is wrong with catalog and project, if anything is."""
    from errorbook.checks.report import CheckReport
    from errorbook.checks.result import Checked, Reported

    found = tuple(Reported(problem) for problem in error.problems) if error else ()
    parts = (("catalog", Checked(described, found)),)
    command = "errorbook validate"
    return CheckReport(
        described, command, parts, is_invalid=error is not None, verb="validate", again=command
    )


def exit_code(report: CheckReport) -> int:
    """Return what the command ends with: what could not be looked at weighs more than findings."""
    if report.is_invalid:
        return INVALID
    if report.not_checked:
        return INCOMPLETE
    return FINDINGS if report.has_failed else CLEAN


def telling(report: CheckReport, *, verbose: bool = False) -> Telling:
    """Return how ``report`` is told in every format."""
    from errorbook.reports.telling import Telling

    def text() -> list[str]:
        from errorbook.checks.report_text import text_report

        return text_report(report, verbose=verbose)

    def json() -> str:
        from errorbook.checks.report_json import json_report

        return json_report(report)

    def markdown() -> str:
        from errorbook.checks.report_markdown import markdown_report

        return markdown_report(report)

    from errorbook.checks.report import outcome

    return Telling(lambda: outcome(report), text, json, markdown, report.verdict)


def _command(
    verb: str,
    project: Path | None,
    catalog: Path | None,
    audience: Audience,
    html: tuple[str, ...] = (),
) -> str:
    """Return a command with the options that `check` was run with, but for how it reports."""
    options = [("-p", project), ("--catalog", catalog)]
    words = [word for option, path in options if path for word in (option, path.as_posix())]
    words += ["--audience", audience] if audience == "internal" else []
    words += [word for folder in html for word in ("--html", folder)]
    return shlex.join(["errorbook", verb, *words])
