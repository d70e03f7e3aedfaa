"""The verb: what is compared with what, by which rules, and how that is told.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

if TYPE_CHECKING:
    from errorbook.baseline import Former
    from errorbook.catalog.audience import Audience
    from errorbook.catalog.models import Catalog
    from errorbook.contract.changes import Change, Severity
    from errorbook.contract.report import FailOn, Report
    from errorbook.contract.waivers import Waiver
    from errorbook.problems import Place
    from errorbook.project import Workspace

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""

CLEAN: Final = 0
FINDINGS: Final = 1
EPILOG: Final = """\
\b
Examples:
  errorbook diff                            a branch with where it began, else the last release
  errorbook diff --against v1.2.0           a commit, branch or tag
  errorbook diff --against old/errors.json  a file
  errorbook diff --against merge-base --branch develop
  errorbook diff --format github --format markdown:comment.md --format json:diff.json

\b
Exit codes:
  0  nothing that fails (a catalog that is new is one, too)
  1  there are changes as bad as --fail-on says, or a waiver has expired
  2  wrong usage, no such commit, or a catalog that is not valid
  3  it could not be compared: no git, a shallow clone, no codes"""


@dataclass(frozen=True)
class Policy:
    """What a project lets pass, and how bad it finds each kind of change."""

    waivers: tuple[Waiver, ...] = ()
    levels: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The options of the verb but for those that say which catalog."""

    against: str | None = None
    branch: str | None = None
    profile: Literal["default", "strict"] = "default"
    fail_on: FailOn = "breaking"
    today: date | None = None
    audience: Audience = "public"
    is_strict: bool = False
    """Whether a waiver that matches nothing fails."""


def diff_command(opener: Opener, policy_of: Callable[[Workspace], Policy]) -> click.Command:
    """Return the command ``diff``, for projects that ``opener`` opens."""

    @click.command("diff", epilog=EPILOG)
    @click.option(
        "--against",
        metavar="REF|FILE|latest-tag|merge-base",
        help="What to compare with. If left out: merge-base in a branch, else latest-tag.",
    )
    @click.option("--branch", metavar="NAME", help="The branch this one is for, for merge-base.")
    @click.option(
        "--profile",
        type=click.Choice(["default", "strict"]),
        default="default",
        show_default=True,
        help="How severe to be.",
    )
    @click.option(
        "--fail-on",
        type=click.Choice(["breaking", "dangerous"]),
        default="breaking",
        show_default=True,
        help="The least that fails.",
    )
    @click.option("--today", metavar="DATE", help="The day to go by, such as 2027-01-31.")
    @click.option("--strict-waivers", is_flag=True, help="Fail on waivers that match nothing.")
    @click.option(
        "--format",
        "formats",
        metavar="FORMAT[:FILE]",
        multiple=True,
        help="text, json, markdown or github; may be repeated, with a file for each.",
    )
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
        profile: Literal["default", "strict"],
        fail_on: FailOn,
        today: str | None,
        strict_waivers: bool,
        formats: tuple[str, ...],
        verbose: bool,
        audience: Audience,
        catalog: Path | None,
        project: Path | None,
    ) -> int:
        """Compare the catalog with what it said before: what breaks, for whom, since when.

        Changes are breaking, dangerous or safe. Nothing is written but the reports.
        """
        from errorbook.contract.formats import wanted

        try:
            reports = wanted(formats)
        except ValueError as error:
            raise click.UsageError(f"--format: {error}") from None
        branch = branch or None  # a variable of a CI that is set in pull requests only
        _check_branch(against, branch)
        asked = Asked(
            against, branch, profile, fail_on, _day(today), audience, is_strict=strict_waivers
        )
        workspace = opener(project, catalog, audience)
        report = compared(workspace, asked, policy_of(workspace))
        written = {}
        for one in reports:
            if one.file is None:
                _print(report, one.format, verbose=verbose)
            else:
                written[one.file] = _text(report, one.format, verbose=verbose)
        _write(written)
        if not any(one.file is None and one.format == "text" for one in reports):
            from errorbook.checks.printing import one_line

            click.echo(one_line(report.verdict), err=True)
        return FINDINGS if report.has_failed else CLEAN

    return diff


def compared(workspace: Workspace, asked: Asked, policy: Policy) -> Report:
    """Compare the catalog of ``workspace`` with the former one that ``asked`` means.

    Raises:
        click.UsageError: if there is nothing of the name that was asked for.
        OSError: if the former catalog could not be had, or there are no codes to compare.
    """
    from errorbook.baseline import UnknownBaselineError, former
    from errorbook.contract.report import Report

    begin = time.perf_counter()
    source = workspace.catalog.sources[0]
    try:
        known = former(source.path, asked.against, asked.branch)
    except UnknownBaselineError as error:
        raise click.UsageError(str(error)) from None
    if known.catalog is None:
        return Report(
            source.name,
            known.name,
            codes=0,
            notes=known.notes,
            commit=known.commit,
            fail_on=asked.fail_on,
            profile=asked.profile,
            is_first=True,
        )
    return _compared(workspace, asked, policy, known, known.catalog, begin)


def _compared(  # noqa: PLR0913, PLR0917  # what it takes to compare
    workspace: Workspace,
    asked: Asked,
    policy: Policy,
    known: Former,
    before: Catalog,
    begin: float,
) -> Report:
    from errorbook.contract.compare import compare
    from errorbook.contract.report import Found, Report, in_order
    from errorbook.contract.views import seen_both
    from errorbook.contract.waivers import sort_out

    name = workspace.catalog.sources[0].name
    today = asked.today or date.today()
    former, present = seen_both(before, workspace.catalog.catalog, asked.audience)
    codes = _codes(former) | _codes(present)
    if not codes:
        hidden = "" if asked.audience == "internal" else " that is public (add --audience internal)"
        raise OSError(f"nothing was compared: neither {name} nor {known.name} has a code{hidden}")
    _check_levels(policy.levels)
    changes = compare(former, present, profile=asked.profile, levels=policy.levels, today=today)
    result = sort_out(changes, policy.waivers, today, strict=asked.is_strict)
    place = _finder(workspace)
    return Report(
        name,
        known.name,
        codes=len(codes),
        found=in_order(Found(change, place) for change in result.counted),
        waived=in_order(Found(one.change, place, one.waiver) for one in result.waived),
        problems=tuple(workspace.project.place(result.findings)),
        notes=known.notes,
        commit=known.commit,
        seconds=time.perf_counter() - begin,
        fail_on=asked.fail_on,
        profile=asked.profile,
    )


def _finder(workspace: Workspace) -> Callable[[Change], Place]:
    """Return what finds the line of the new catalog that a change is about."""
    from errorbook.problems import Finding

    def find(change: Change) -> Place:
        finding = Finding(change.rule, change.path, change.message, at_key=True)
        return workspace.catalog.place([finding])[0].place

    return find


def _codes(catalog: Catalog) -> set[tuple[str, str]]:
    return {(name, code) for name, api in catalog.apis.items() for code in api.errors}


def _check_branch(against: str | None, branch: str | None) -> None:
    from errorbook.baseline import MERGE_BASE

    if branch is not None and against not in (None, MERGE_BASE):
        raise click.UsageError(f"--branch goes with --against {MERGE_BASE}, or with none.")


def _check_levels(levels: Mapping[str, object]) -> None:
    from errorbook.contract.kinds import KINDS
    from errorbook.problems import quoted, suggest

    for rule in levels:
        if rule not in KINDS:
            message = f"there is no kind of change {quoted(rule)} ({suggest(rule, KINDS)})"
            raise click.UsageError(f"levels in errorbook.yaml: {message}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError("--today: expected a day such as 2027-01-31.") from None


def _text(report: Report, name: str, *, verbose: bool) -> str:
    from errorbook.contract.formats import TEXT, WRITERS
    from errorbook.contract.report_text import plain, text_report

    return plain(text_report(report, verbose=verbose)) if name == TEXT else WRITERS[name](report)


def _print(report: Report, name: str, *, verbose: bool) -> None:
    """Print ``report``, as text in colour where a person sees it and wants it."""
    from errorbook.contract.formats import TEXT
    from errorbook.contract.report_text import text_report

    if name != TEXT:
        click.echo(_text(report, name, verbose=verbose), nl=False)
        return
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in text_report(report, verbose=verbose):
        click.echo(line, color=wanted)


def _write(texts: Mapping[Path, str]) -> None:
    from errorbook.contract.formats import write

    write(texts)
