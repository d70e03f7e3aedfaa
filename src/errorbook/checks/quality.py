"""The texts of the catalog: what is missing in them, and how complete they are.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from errorbook.checks.printing import counted
from errorbook.checks.quality_settings import Quality
from errorbook.checks.result import Checked, Context, Reported
from errorbook.problems import ErrorbookError, Finding, Severity, quoted, shortened, suggest

if TYPE_CHECKING:
    from errorbook.catalog.models import Api, Error
    from errorbook.checks.completeness import Completeness
    from errorbook.checks.quality_rules import Slip

_FELL: Final = "completeness-fell"
_LOW: Final = "completeness-low"
_LEAK: Final = "sensitive-in-message"
_MOST_SHOWN: Final = 3


@dataclass(frozen=True)
class _Found:
    """What was found, before anybody looks up where it stands."""

    finding: Finding
    subject: str
    value: str = ""
    may_wait: bool = True


def is_wanted(context: Context) -> bool:
    """Tell whether the project asks for its texts to be looked at."""
    return context.project.project.check.quality is not None


def check(context: Context) -> Checked:
    """Look at the texts that the audience may read.

    Raises:
        ErrorbookError: if the project names an API that the catalog lacks.
    """
    from errorbook.checks.completeness import completeness

    quality = context.project.project.check.quality or Quality()
    apis = _apis(context, quality)
    found = [one for name, api in apis.items() for one in _slips(name, api)]
    figures = {name: completeness(api) for name, api in apis.items()}
    for name, figure in figures.items():
        found += _too_low(context, quality, name, figure)
    return Checked(
        _looked_at(apis, figures),
        _placed(context, found),
        notes=tuple(_to_record(context, figures)),
        completeness={name: figure.percent for name, figure in figures.items()},
    )


def _apis(context: Context, quality: Quality) -> dict[str, Api]:
    """Return the APIs to look at, as the audience sees them."""
    from errorbook.catalog.audience import seen_by

    apis = seen_by(context.catalog, context.audience).apis
    if quality.apis is None:
        return apis
    findings = [
        Finding(
            "unknown-api",
            ("check", "quality", "apis", index),
            f"the catalog has no API {quoted(name)}",
            suggest(name, context.catalog.apis),
        )
        for index, name in enumerate(quality.apis)
        if name not in context.catalog.apis
    ]
    if findings:
        raise ErrorbookError(context.project.place(findings))
    return {name: api for name, api in apis.items() if name in quality.apis}


def _slips(name: str, api: Api) -> Iterator[_Found]:
    from errorbook.checks.quality_rules import slips

    for code, error in api.errors.items():
        for slip in slips(api, code):
            about = f"{name}/{code}"
            path = ("apis", name, "errors", code, *slip.path)
            message = f"{shortened(about)}: {slip.message}"
            severity = _severity(slip, error)
            finding = Finding(slip.rule, path, message, slip.hint, severity, at_key=True)
            subject = f"{about}/{slip.about}" if slip.about else about
            yield _Found(finding, subject, slip.value)


def _severity(slip: Slip, error: Error) -> Severity:
    """Return how bad ``slip`` is: of what is on trial or on its way out, nothing is demanded."""
    from errorbook.checks.completeness import is_settled
    from errorbook.checks.quality_rules import LEVELS

    return LEVELS[slip.rule] if slip.rule == _LEAK or is_settled(error) else "warning"


def _too_low(
    context: Context, quality: Quality, name: str, figure: Completeness
) -> Iterator[_Found]:
    """Yield that the figure is lower than it was, or else than it has to be."""
    percent, recorded = figure.percent, context.accepted.completeness.get(name, 0.0)
    least = quality.completeness or 0.0
    if percent >= max(recorded, least):
        return
    has_fallen = percent < recorded
    rest = f"down from {recorded} %" if has_fallen else f"and {least} % is the least"
    what = f"{name}: its texts are complete to {percent} %, {rest}"
    known = {entry.subject for entry in context.accepted.entries}
    gaps = figure.gaps({code for code in figure.missing if f"{name}/{code}" in known})
    message = f"{what}; missing: {gaps}" if gaps else what
    hint = "fill in what is missing"
    rule = _FELL if has_fallen else _LOW
    finding = Finding(rule, ("apis", name), message, hint, at_key=True)
    yield _Found(finding, name, may_wait=False)


def _placed(context: Context, found: Sequence[_Found]) -> tuple[Reported, ...]:
    """Return what is reported of ``found``, in the same order.

    To look up everything takes long: sources are told what will be asked for. They are copies,
    since other checks ask for more.
    """
    from errorbook.catalog.load import place

    sources = [replace(source) for source in context.workspace.catalog.sources]
    paths = [one.finding.path for one in found]
    for source in sources:
        source.expect(paths)
    return tuple(
        Reported(
            place(sources, [one.finding])[0], one.subject, may_wait=one.may_wait, value=one.value
        )
        for one in found
    )


def _to_record(context: Context, figures: Mapping[str, Completeness]) -> Iterator[str]:
    """Yield which figures the file of accepted findings, if there is one, has yet to record."""
    if not context.accepted.source:
        return
    recorded = context.accepted.completeness
    for name, figure in figures.items():
        before = recorded.get(name)
        if before is None or figure.percent > before:
            risen = "" if before is None else f", up from {before} %"
            yield (
                f"the texts of {name} are complete to {figure.percent} %{risen}; "
                f"to record it, run: {context.command_to_accept}"
            )


def _looked_at(apis: Mapping[str, Api], figures: Mapping[str, Completeness]) -> str:
    """Return what was looked at, with the figure of each API, or the lowest of many."""
    errors = counted(sum(len(api.errors) for api in apis.values()), "error")
    lowest = sorted(figures.items(), key=lambda one: (one[1].percent, one[0]))
    has_many = len(figures) > _MOST_SHOWN
    named = lowest[:_MOST_SHOWN] if has_many else figures.items()
    shown = ", ".join(f"{figure.percent} % in {name}" for name, figure in named)
    how = "the lowest complete to" if has_many else "complete to"
    return f"texts of {errors}, {how} {shown}" if shown else f"texts of {errors}"
