"""Options that several verbs of the command line have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


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
