"""How problems are printed: one a line, nothing of them acting on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Final

import click

from errorbook.problems import Problem, printable

_COLOURS: Final = {"error": "red", "warning": "yellow", "-": "red", "+": "green", "@": "cyan"}


def print_lines(lines: Iterable[str]) -> None:
    """Print ``lines``, in colour where a person sees it and wants it."""
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in lines:
        click.echo(line, color=wanted)


def problem_line(problem: Problem) -> str:
    """Return ``problem`` on one line, with its rule in colour."""
    text = one_line(str(problem))
    rule = f"{problem.severity}[{problem.rule}]"
    before, found, after = text.partition(f": {rule}: ")
    if not found:
        return text
    return f"{before}: {click.style(rule, fg=_COLOURS[problem.severity], bold=True)}: {after}"


def diff_lines(diff: Iterable[str]) -> list[str]:
    """Return the lines of a diff in colour, indented, so that they are not taken for problems."""
    return [f"    {click.style(one_line(line), fg=_COLOURS.get(line[:1]))}" for line in diff]


def one_line(text: str) -> str:
    """Return ``text`` with line breaks and whatever else is not printable spelt out."""
    return printable(text).replace("\n", "\\n")


def summary(problems: Iterable[Problem]) -> str:
    """Return how many problems there are, and in which files."""
    found = list(problems)
    files = list(dict.fromkeys(problem.place.path for problem in found))
    where = " and ".join(files) if len(files) <= len(("one", "other")) else f"{len(files)} files"
    return one_line(f"{counted(len(found), 'problem')} in {where}")


def reason(error: OSError) -> str:
    """Return what ``error`` says, and of which file."""
    place = f"{error.filename}: " if error.filename else ""
    return one_line(f"{place}{error.strerror or error}")


def counted(number: int, noun: str) -> str:
    """Return ``number`` and ``noun``, in the plural unless there is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
