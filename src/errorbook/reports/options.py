"""The option of a verb that says in which formats it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from errorbook.reports.formats import FORMATS, Wanted, wanted
from errorbook.reports.protected import refuse_inputs, refuse_kept

if TYPE_CHECKING:
    from errorbook.project import Workspace

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def report_formats(verb: _Verb) -> _Verb:
    """Give a verb the option ``--format``, as its parameter ``formats``."""
    option = click.option(
        "--format",
        "formats",
        metavar="FORMAT[:FILE]",
        multiple=True,
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}; may be repeated, with a file for each.",
    )
    return option(verb)


def wanted_reports(formats: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Return what the option says.

    Raises:
        click.UsageError: if that means nothing, or a file that must stay what it is.
    """
    try:
        found = wanted(formats)
        refuse_kept(found)
    except ValueError as error:
        raise click.UsageError(f"--format: {error}") from None
    return found


def keep_inputs(reports: Iterable[Wanted], workspace: Workspace | None) -> None:
    """Let no report be written to a file that ``workspace`` was read from.

    Raises:
        click.UsageError: if one would be.
    """
    try:
        refuse_inputs(reports, workspace)
    except ValueError as error:
        raise click.UsageError(f"--format: {error}") from None
