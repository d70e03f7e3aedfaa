"""What the command line asks of an import: which columns, which catalog, and what sources say."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from errorbook.catalog.values import identifier_like
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.importing.headers import FIELDS
from errorbook.importing.outcome import Heard
from errorbook.importing.readers import NAMES, UnreadableError, Wish, reader
from errorbook.importing.sources import NotASourceError, Source, opened
from errorbook.problems import ErrorbookError, Place, Problem, quoted, suggest
from errorbook.project import find
from errorbook.project_file import CATALOG_FILE

UNREADABLE: Final = "import-unreadable"
"""Rule: a source is not what its reader expects."""
_API: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")


def wish_of(columns: Iterable[str], entries: str | None) -> Wish:
    """Return what was said of the sources.

    Raises:
        click.UsageError: if a column is not named as it has to be.
    """
    found: dict[str, str] = {}
    for column in columns:
        field, equals, header = column.partition("=")
        if not equals or not header.strip():
            raise click.UsageError(f"--column {column}: write FIELD=HEADER, as in status=HTTP.")
        if field not in FIELDS:
            hint = suggest(field, FIELDS, most=len(FIELDS))
            raise click.UsageError(f"--column {column}: there is no field {quoted(field)}; {hint}")
        found[header.strip()] = field
    return Wish(found, entries)


def check_api(api: str | None) -> None:
    """Refuse what cannot be the id of an API.

    Raises:
        click.UsageError: with what was most likely meant.
    """
    if api is None or _API.match(api):
        return
    likely = identifier_like(api)
    hint = f"; did you mean {likely}?" if likely else ", such as shop."
    raise click.UsageError(f"--api is an id of small letters, digits, _ and -{hint}")


def target_of(to: Path | None) -> tuple[Path, str]:
    """Return the catalog to write to, and what to call it.

    Raises:
        ErrorbookError: if the project that names it is not valid.
    """
    start = Path.cwd()
    if to is not None:
        return start / to, to.as_posix()
    found = find(start)
    path = start / CATALOG_FILE
    if found is not None:
        path = found if found.name == CATALOG_FILE else found.parent / _catalog_of(found)
    return path, Path(os.path.relpath(path, start)).as_posix()


def _catalog_of(project: Path) -> str:
    """Return where an errorbook.yaml says that its catalog is.

    Raises:
        ErrorbookError: if it cannot be read.
    """
    data, problems = read_yaml(project.read_bytes(), project.name, first_key="catalog")
    if problems and problems[0].rule != "empty-file":
        raise ErrorbookError(problems)
    named = (data or {}).get("catalog")
    return named if isinstance(named, str) and named else CATALOG_FILE


def heard_of(
    words: Iterable[str], named: str | None, wish: Wish
) -> tuple[list[Heard], list[Problem]]:
    """Return what the sources say, and why some of them cannot be used."""
    heard: list[Heard] = []
    problems: list[Problem] = []
    for word in words:
        try:
            source = opened(word, sys.stdin.buffer)
        except NotASourceError as error:
            raise click.UsageError(f"{error}.") from None
        name = named or _guessed(source)
        try:
            gathered = reader(name).read(source, wish)
        except UnreadableError as error:
            hint = "" if named else f"read as {name}; --from says what it is"
            message = str(error).removeprefix(f"{source.name} ")
            place = Place(source.name, *error.mark)
            problems.append(Problem(UNREADABLE, place, message, hint))
            continue
        heard.append(Heard(source.name, name, gathered))
    if not problems and not any(one.tells for one in heard):
        problems = [problem for one in heard for problem in _nothing(one)]
    return heard, problems


def _nothing(heard: Heard) -> list[Problem]:
    """Return that a source says nothing of errors, and what in it was not understood."""
    message = f"nothing in it was understood as an error; it was read as {heard.reader}"
    hint = "--from says what it is"
    return [Problem(UNREADABLE, Place(heard.name), message, hint), *heard.gathered.untold]


def _guessed(source: Source) -> str:
    """Return which reader takes ``source`` for its own.

    Raises:
        click.UsageError: if none does.
    """
    if source.path is not None and source.path.is_dir():
        if reader("python").is_one(source):
            return "python"
        raise click.UsageError(
            f"{source.name} is a folder without Python in it: name a file, or a package."
        )
    name = next((one for one in NAMES if reader(one).is_one(source)), None)
    if name is None:
        names = ", ".join(NAMES)
        raise click.UsageError(
            f"{source.name} is nothing that can be told by its looks: say what it is with --from"
            f" ({names})."
        )
    return name
