"""The verb `format`: which files are put in canonical form, and how that is told.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

import click

from errorbook import help_texts
from errorbook.exits import CLEAN, FINDINGS
from errorbook.problems import ErrorbookError, Problem

_PIPED: Final = "-"
_NO_BREAK: Final = "\\ No newline at end of file"
_COLOURS: Final = {"-": "red", "+": "green", "@": "cyan"}


@dataclass(frozen=True)
class _Text:
    """A file, or what was piped in: what problems call it, what it says, what it should say."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether it is not yet as it should be."""
        return self.before != self.after


def format_command() -> click.Command:
    """Return the command ``format``."""

    @click.command("format", epilog=help_texts.FORMAT)
    @click.argument("files", metavar="[FILES]... | -", nargs=-1)
    @click.option("--check", "checks", is_flag=True, help="Name what would change; write nothing.")
    @click.option("--diff", "shows", is_flag=True, help="Show what would change; write nothing.")
    @click.option(
        "-p",
        "--project",
        type=click.Path(path_type=Path, exists=True),
        help="errorbook.yaml or its folder. If left out: the nearest one here or above.",
    )
    def format_(files: tuple[str, ...], *, checks: bool, shows: bool, project: Path | None) -> int:
        """Put errors.yaml in order: keys, indentation, blank lines. Comments are kept.

        Without FILES: the catalog of the project with all it includes, and errorbook.yaml. With -
        as the only one, what is piped in is printed in order.
        """
        if files and project:
            raise click.UsageError("FILES and --project exclude each other: leave one of them out.")
        if _PIPED in files and len(files) > 1:
            raise click.UsageError("- stands for what is piped in: name no file beside it.")
        if files == (_PIPED,):
            return _piped(checks=checks, shows=shows)
        paths = [Path(name) for name in files] or _project_files(project)
        return _format(paths, checks=checks, shows=shows)

    return format_


def _project_files(project: Path | None) -> Sequence[Path]:
    """Return the files of the project that an option names, or of the one from here."""
    from errorbook.project import find, find_in
    from errorbook.remedies import no_project
    from errorbook.yaml_text.files import project_files

    file = project or find(Path.cwd())
    if project and project.is_dir():
        file = find_in(project)
        if file is None:
            raise click.UsageError(f"There is no errorbook.yaml or errors.yaml in {project}.")
    if file is None:
        raise click.UsageError(no_project(Path.cwd()))
    return project_files(file, _name(file))


def _format(paths: Sequence[Path], *, checks: bool, shows: bool) -> int:
    from errorbook.checks.printing import counted, print_lines
    from errorbook.writing import write_all

    real = {path.resolve(): path for path in paths}
    texts = dict(zip(real, _texts(real.values()), strict=True))
    changed = {path: text for path, text in texts.items() if text.is_changed}
    if shows:
        _show(changed.values())
    elif checks:
        print_lines(f"would format {_shown(text.name)}" for text in changed.values())
    else:
        contents = {path: text.after.encode() for path, text in changed.items()}
        write_all(contents, lambda path: texts[path].name)
        print_lines(f"formatted {_shown(text.name)}" for text in changed.values())
    told = ("not in order", "in order") if checks or shows else ("formatted", "unchanged")
    others = len(texts) - len(changed)
    click.echo(f"{counted(len(changed), 'file')} {told[0]}, {others:,} {told[1]}", err=True)
    return FINDINGS if changed and (checks or shows) else CLEAN


def _piped(*, checks: bool, shows: bool) -> int:
    """Print what is piped in, in order; or whether it is."""
    from errorbook.catalog.yaml_events import MAX_BYTES

    text = _text(_PIPED, sys.stdin.buffer.read(MAX_BYTES + 1))
    if shows:
        _show([text] if text.is_changed else [])
    elif not checks:
        click.echo(text.after.encode(), nl=False)
    return FINDINGS if text.is_changed and (checks or shows) else CLEAN


def _texts(paths: Iterable[Path]) -> list[_Text]:
    """Return all files as they are and should be.

    Raises:
        ErrorbookError: with everything that is wrong in any of them.
    """
    from errorbook.catalog.yaml_events import MAX_BYTES

    texts: list[_Text] = []
    problems: list[Problem] = []
    for path in paths:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        try:
            texts.append(_text(_name(path), content))
        except ErrorbookError as error:
            problems += error.problems
    if problems:
        raise ErrorbookError(problems)
    return texts


def _text(name: str, content: bytes) -> _Text:
    from errorbook.catalog.yaml_reader import read_yaml
    from errorbook.published import is_published
    from errorbook.yaml_text.document import formatted

    if is_published(content):
        raise click.UsageError(
            f"{_shown(name)} is a published errors.json, which errorbook writes: "
            "format the errors.yaml it came from."
        )
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ErrorbookError(read_yaml(content, name)[1]) from None
    return _Text(name, text, formatted(text, name))


def _show(texts: Iterable[_Text]) -> None:
    from errorbook.checks.printing import print_lines

    for text in texts:
        print_lines(_diff(text))


def _diff(text: _Text) -> Iterator[str]:
    name = _shown(text.name)
    before, after = _lines(text.before), _lines(text.after)
    for line in unified_diff(before, after, name, name, lineterm=""):
        shown = map(_shown, line.split("\n"))
        yield click.style("\n".join(shown), fg=_COLOURS.get(line[:1]))


def _lines(text: str) -> list[str]:
    """Return the lines of a file, the last marked where no line break ends it, as in any diff."""
    lines = text.split("\n")
    last = lines.pop()
    return [*lines, f"{last}\n{_NO_BREAK}"] if last else lines


def _shown(text: str) -> str:
    from errorbook.checks.printing import one_line

    return one_line(text)


def _name(path: Path) -> str:
    """Return what to call a file: its path from here, as far as one leads there."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()
