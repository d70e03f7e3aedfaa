"""Options that several verbs of the command line have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


class Port(click.IntRange):
    """A port to listen at; what is none is told in those words."""

    def __init__(self) -> None:
        super().__init__(0, 65_535)

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number of a port.

        Raises:
            click.BadParameter: if it is none.
        """
        try:
            return super().convert(int(value), param, ctx)
        except (ValueError, click.BadParameter):
            self.fail(f"'{value}' is not a port, {self.min} to {self.max}", param, ctx)


def about(verb: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the options that say which project and which catalog it is about."""
    catalog = click.option(
        "--catalog",
        type=click.Path(path_type=Path),
        help="A catalog to read instead of the project's own.",
    )
    project = click.option(
        "-p",
        "--project",
        type=click.Path(path_type=Path, exists=True),
        help="errorbook.yaml or its folder. If left out: the nearest one here or above.",
    )
    return project(catalog(verb))


def for_audience(what: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a verb the option that says who may read what it makes; ``what`` it says of that."""
    return click.option(
        "--audience",
        type=click.Choice(["public", "internal"]),
        default="public",
        show_default=True,
        help=what,
    )
