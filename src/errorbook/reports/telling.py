"""A result told in every format that somebody wants, where they want it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from errorbook.checks.printing import print_lines
from errorbook.reports.files import write_all
from errorbook.reports.formats import TEXT, Wanted
from errorbook.reports.inert import inert
from errorbook.reports.outcome import Outcome
from errorbook.reports.rooted import rooted


@dataclass(frozen=True)
class Telling:
    """How one verb tells its result: what is its own, and the outcome that all else is made of.

    ``text`` returns lines that may be coloured; where they go to standard output, the last line
    of all, ``verdict``, goes to standard error, unless it is among them: ``has_verdict``.
    """

    outcome: Callable[[], Outcome]
    text: Callable[[], list[str]]
    json: Callable[[], str]
    markdown: Callable[[], str]
    verdict: str
    has_verdict: bool = False


def tell(telling: Telling, reports: Iterable[Wanted]) -> None:
    """Write the reports that go to files, then print the others; the verdict is always said.

    Raises:
        OSError: if a file cannot be written. Nothing is, then.
    """
    known = tuple(reports)
    texts = {one.file: _written(telling, one.format) for one in known if one.file is not None}
    shown = [one.format for one in known if one.file is None]
    printed = [_lines(telling, name) for name in shown]
    write_all(texts)
    for lines in printed:
        print_lines(lines)
    if any(one.format == "github" for one in known):
        _count(telling.outcome())
    if TEXT not in shown or not telling.has_verdict:
        sys.stdout.flush()
        click.echo(inert(telling.verdict), err=True)


def plain(lines: Iterable[str]) -> str:
    """Return ``lines`` as the text of a file, without colour."""
    return "".join(f"{click.unstyle(line)}\n" for line in lines)


def _written(telling: Telling, name: str) -> str:
    if name == TEXT:
        last = [] if telling.has_verdict else [inert(telling.verdict)]
        return plain([*telling.text(), *last])
    return _document(telling, name)


def _lines(telling: Telling, name: str) -> list[str]:
    if name == TEXT:
        return telling.text()
    text = _document(telling, name)
    return text.removesuffix("\n").split("\n") if text else []


def _document(telling: Telling, name: str) -> str:
    own: Mapping[str, Callable[[], str]] = {"json": telling.json, "markdown": telling.markdown}
    if name in own:
        return own[name]()
    writer = cast("Callable[[Outcome], str]", import_module(f"errorbook.reports.{name}").report)
    return writer(rooted(telling.outcome(), Path.cwd()))


def _count(outcome: Outcome) -> None:
    """Give the numbers to the steps that follow in a job of GitHub Actions.

    Raises:
        OSError: if the file that the runner names cannot be written.
    """
    file = os.environ.get("GITHUB_OUTPUT")
    if not file:
        return
    lines = "".join(f"{name}={value}\n" for name, value in outcome.counts.items())
    with Path(file).open("a", encoding="utf-8", newline="\n") as opened:
        opened.write(lines)
