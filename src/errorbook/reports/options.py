"""The option of a verb that says in which formats it reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from errorbook.reports.formats import FORMATS, Wanted, wanted

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
        click.UsageError: if that means nothing.
    """
    try:
        return wanted(formats)
    except ValueError as error:
        raise click.UsageError(f"--format: {error}") from None
