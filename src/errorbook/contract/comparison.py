"""One run of `errorbook diff`: which two catalogs are compared, by which policy, with what result.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

if TYPE_CHECKING:
    from errorbook.baseline import Former
    from errorbook.catalog.audience import Audience
    from errorbook.catalog.models import Catalog, Stability
    from errorbook.contract.changes import Change, Level
    from errorbook.contract.report import FailOn, Report
    from errorbook.contract.settings import DiffSettings
    from errorbook.contract.waivers import Sorted, Waived, Waiver
    from errorbook.problems import Place
    from errorbook.project import LoadedProject, Workspace

_JUDGED_BY_DAY: Final = frozenset(
    {
        "code-removed-after-sunset",
        "code-removed-before-sunset",
        "deprecated",
        "sunset-added",
        "sunset-too-soon",
    }
)
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Policy:
    """What a project lets pass, how bad it finds each kind of change, and what it compares with."""

    waivers: tuple[Waiver, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    settings: DiffSettings | None = None


@dataclass(frozen=True)
class Asked:
    """The options of the verb but for those that say which catalog; None leaves it to the policy.

    Without ``today`` the day is that of the run.
    """

    against: str | None = None
    branch: str | None = None
    tag_prefix: str | None = None
    profile: Literal["default", "strict"] | None = None
    fail_on: FailOn | None = None
    today: date | None = None
    audience: Audience = "public"
    is_strict: bool | None = None
    """Whether a waiver that matches nothing fails."""


@dataclass(frozen=True)
class _Terms:
    """What was asked for, completed by what the project says."""

    against: str | None
    branch: str | None
    tag_prefix: str
    profile: Literal["default", "strict"]
    fail_on: FailOn
    today: date
    audience: Audience
    is_strict: bool
    windows: Mapping[Stability, int]
    is_dated: bool
    """Whether somebody said which day it is."""


AGAINST: Final = "ERRORBOOK_AGAINST"
BRANCH: Final = "ERRORBOOK_BRANCH"
"""Variables by which a CI says what to compare with, where the project does not."""


def compared(workspace: Workspace, asked: Asked, policy: Policy) -> Report:
    """Compare the catalog of ``workspace`` with the former one that ``asked`` means.

    Raises:
        click.UsageError: if there is nothing of the name that was asked for.
        OSError: if the former catalog could not be had, or there are no codes to compare.
    """
    from errorbook.baseline import UnknownBaselineError, former
    from errorbook.contract.report import Report

    begin = time.perf_counter()
    terms = _terms(workspace, asked, policy)
    source = workspace.catalog.sources[0]
    try:
        known = former(source.path, terms.against, terms.branch, tag_prefix=terms.tag_prefix)
    except UnknownBaselineError as error:
        raise click.UsageError(str(error)) from None
    if known.catalog is None:
        return Report(
            source.name,
            known.name,
            codes=0,
            notes=known.notes,
            commit=known.commit,
            fail_on=terms.fail_on,
            profile=terms.profile,
            is_first=True,
        )
    return _compared(workspace, terms, policy, (known, known.catalog), begin)


def _terms(workspace: Workspace, asked: Asked, policy: Policy) -> _Terms:
    from errorbook.baseline import MERGE_BASE
    from errorbook.contract.settings import DiffSettings

    settings = policy.settings or DiffSettings()
    against, branch = asked.against, asked.branch
    if against is None and branch is None:
        against = _named(workspace.project, settings.against)
        if against is None and settings.branch is None:
            against = os.environ.get(AGAINST) or None
    if branch is None and against in (None, MERGE_BASE):
        branch = settings.branch or os.environ.get(BRANCH) or None
    prefix = settings.tag_prefix if asked.tag_prefix is None else asked.tag_prefix
    return _Terms(
        against,
        branch,
        prefix or "",
        asked.profile or settings.profile,
        asked.fail_on or settings.fail_on,
        asked.today or date.today(),
        asked.audience,
        settings.strict_waivers if asked.is_strict is None else asked.is_strict,
        settings.windows.by_stability(),
        is_dated=asked.today is not None,
    )


def _named(project: LoadedProject, word: str | None) -> str | None:
    """Return what errorbook.yaml compares with; a file of it, as seen from the current folder.

    Raises:
        click.UsageError: if it leads outside of the project.
    """
    if word is None:
        return None
    file = project.root / word
    is_inside = file.resolve().is_relative_to(project.root.resolve())
    if is_inside and file.is_file():
        return project.shown(word)
    if file.is_file() or Path(word).is_file():
        raise click.UsageError("diff.against in errorbook.yaml leads outside of the project.")
    return word


def _compared(
    workspace: Workspace,
    terms: _Terms,
    policy: Policy,
    before: tuple[Former, Catalog],
    begin: float,
) -> Report:
    from errorbook.contract.compare import compare
    from errorbook.contract.report import Found, Report, in_order
    from errorbook.contract.versions import needed_versions
    from errorbook.contract.views import seen_both

    name = workspace.catalog.sources[0].name
    known = before[0]
    former, present = seen_both(before[1], workspace.catalog.catalog, terms.audience)
    codes = _codes(former) | _codes(present)
    if not codes:
        hidden = "" if terms.audience == "internal" else " that is public (add --audience internal)"
        raise OSError(f"nothing was compared: neither {name} nor {known.name} has a code{hidden}")
    _check_levels(policy.levels)
    changes = compare(
        former,
        present,
        profile=terms.profile,
        levels=policy.levels,
        today=terms.today,
        windows=terms.windows,
        audience=terms.audience,
    )
    result = _sorted_out(former, present, changes, terms, policy)
    find = _Finder(workspace, [*result.counted, *(one.change for one in result.waived)])
    notes = (*known.notes, *_dated(terms, policy, changes))
    return Report(
        name,
        known.name,
        codes=len(codes),
        found=in_order(Found(change, find) for change in result.counted),
        waived=in_order(Found(one.change, find, one.waiver) for one in result.waived),
        problems=tuple(workspace.project.place(result.findings)),
        notes=(*notes, *_new_waivers(workspace.project, known.commit, result.waived)),
        commit=known.commit,
        seconds=time.perf_counter() - begin,
        fail_on=terms.fail_on,
        profile=terms.profile,
        versions=needed_versions(former, present, result.counted),
    )


def _sorted_out(
    former: Catalog, present: Catalog, changes: Sequence[Change], terms: _Terms, policy: Policy
) -> Sorted:
    """Return what counts of ``changes``, and of the versions that should have risen for them."""
    from errorbook.contract.versions import version_changes
    from errorbook.contract.waivers import sort_out

    levels, profile = policy.levels, terms.profile
    result = sort_out(changes, policy.waivers, terms.today, strict=terms.is_strict)
    gate = list(version_changes(former, present, result.counted, profile=profile, levels=levels))
    if not gate:
        return result
    every = [*changes, *gate]
    return sort_out(every, policy.waivers, terms.today, strict=terms.is_strict)


class _Finder:
    """Finds the lines of the new catalog that changes are about, of all of them at once."""

    def __init__(self, workspace: Workspace, changes: Iterable[Change]) -> None:
        self._workspace = workspace
        self._paths = [change.path for change in changes]

    def __call__(self, change: Change) -> Place:
        from errorbook.problems import Finding

        for source in self._workspace.catalog.sources:
            source.expect(self._paths)
        finding = Finding(change.rule, change.path, change.message, at_key=True)
        return self._workspace.catalog.place([finding])[0].place


def _dated(terms: _Terms, policy: Policy, changes: Iterable[Change]) -> Iterable[str]:
    """Return the day that was gone by, where nobody said which and it made a difference."""
    makes_one = policy.waivers or any(change.rule in _JUDGED_BY_DAY for change in changes)
    if not terms.is_dated and makes_one:
        yield f"sunsets and waivers are judged by today, {terms.today} (--today)"


def _new_waivers(project: LoadedProject, commit: str, waived: Sequence[Waived]) -> Iterable[str]:
    """Return which of the waivers that are used were not there at ``commit``."""
    from errorbook.contract.former_waivers import former_waivers
    from errorbook.contract.waivers import subject_of

    if not waived or not commit or project.source is None:
        return
    known = former_waivers(project.source.path, commit)
    new = [] if known is None else [one for one in waived if one.waiver.key not in known]
    for one in new[:_MOST_NAMED]:
        change = one.change
        what = f"{change.fingerprint} {change.rule} of {subject_of(change)}"
        yield f"waived in this change: {what}"
    if len(new) > _MOST_NAMED:
        yield f"waived in this change: {len(new) - _MOST_NAMED:,} more"


def _codes(catalog: Catalog) -> set[tuple[str, str]]:
    return {(name, code) for name, api in catalog.apis.items() for code in api.errors}


def _check_levels(levels: Mapping[str, object]) -> None:
    from errorbook.contract.kinds import KINDS
    from errorbook.problems import quoted, suggest

    for rule in levels:
        if rule not in KINDS:
            message = f"there is no kind of change {quoted(rule)} ({suggest(rule, KINDS)})"
            raise click.UsageError(f"levels in errorbook.yaml: {message}")
