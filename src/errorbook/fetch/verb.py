"""The verb `fetch`: which files are fetched, from where, and what is said of it.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errorbook.exits import CLEAN, FINDINGS, INCOMPLETE, INVALID

if TYPE_CHECKING:
    from errorbook.checks.result import Reported
    from errorbook.fetch.fetch import Updates
    from errorbook.fetch.folder import Folder
    from errorbook.fetch.lock import Lock
    from errorbook.fetch.update import Update
    from errorbook.problems import Problem

EPILOG: Final = """\
\b
Sources:
  ../api/errors.json                          a file, or an errors.yaml
  https://docs.example.com/errors.json        an address
  v1.2.0:errors.json                          a commit of this repository
  ../api@latest-tag:errors.yaml               a commit of one beside it
  git+https://example.com/api.git@v1#errors.json    ... of one elsewhere

\b
Examples:
  errorbook fetch SOURCE --to artifacta.errors.json
  errorbook fetch            every file of errorbook.lock again
  errorbook fetch --check    compare them with their sources, write nothing

\b
Exit codes:
  0  done; with --check, every file is what its source has
  1  a file is behind, missing or edited, or one in the way was not fetched
  2  wrong usage, an unreadable lock, or a source that is no valid catalog
  3  a source could not be reached, or needs a newer errorbook"""


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    folder: Folder
    lock: Lock
    names: tuple[str, ...]
    """Files of the lock."""
    source: str | None
    """A source, as the lock keeps it, that no file of the lock has."""
    to: str | None
    command: str
    """The `errorbook fetch` that was run, without what it names."""


def fetch_command() -> click.Command:
    """Return the command ``fetch``."""

    @click.command("fetch", epilog=EPILOG)
    @click.argument("words", metavar="[SOURCE | FILE...]", nargs=-1)
    @click.option(
        "--to",
        metavar="FILE",
        help="Where to write it. If left out: API.errors.json, or errors.json for several APIs.",
    )
    @click.option("--check", "is_check", is_flag=True, help="Compare, and write nothing.")
    @click.option(
        "-p",
        "--project",
        type=click.Path(path_type=Path, exists=True),
        help="errorbook.yaml or its folder. If left out: the nearest one here or above.",
    )
    def fetch(
        words: tuple[str, ...], *, to: str | None, is_check: bool, project: Path | None
    ) -> int:
        """Bring in the published catalog of another repository, and pin it in errorbook.lock.

        Without SOURCE, the files of errorbook.lock are fetched again, or those that are named.
        Only this verb asks anybody: generate, check and sites read what it has brought.
        """
        asked = _asked(words, to, project)
        if is_check and asked.source is not None:
            raise click.UsageError("--check compares files that were fetched: name one of those.")
        found = _found(asked)
        for update in found.updates:
            if update.notice:
                _say(f"notice: {asked.folder.shown(update.name)}: {update.notice}")
        if is_check:
            return _checked(asked, found)
        return _unfinished(found) or _written(asked, found)

    return fetch


def _asked(words: tuple[str, ...], to: str | None, project: Path | None) -> _Asked:
    """Return what ``words`` mean.

    Raises:
        click.UsageError: if they mean nothing.
        ErrorbookError: if the lock is not valid.
    """
    from errorbook.fetch.folder import OutsideError, folder_of
    from errorbook.fetch.lock import read_lock
    from errorbook.fetch.source import NoSourceError, kept_source
    from errorbook.project_file import LOCK_FILE

    folder = folder_of(project, Path.cwd())
    lock = read_lock(folder.root, folder.shown(LOCK_FILE))
    options = ["-p", project.as_posix()] if project else []
    command = shlex.join(["errorbook", "fetch", *options])
    try:
        name = folder.name_of(to) if to is not None else None
        pinned = {word: _pinned(folder, lock, word) for word in words}
        if to is None and all(pinned.values()):
            names = tuple(one for one in pinned.values() if one) or tuple(sorted(lock.files))
            if not names:
                raise click.UsageError("Nothing was fetched yet: name a source.")
            return _Asked(folder, lock, names, None, None, command)
        if len(words) != 1:
            raise click.UsageError(_several(pinned, to))
        source = kept_source(words[0], folder.start, folder.root)
    except (OutsideError, NoSourceError) as error:
        raise click.UsageError(f"{error}.") from None
    known = tuple(one for one in sorted(lock.files) if lock.files[one].source == source)
    if known and name in (None, *known):
        return _Asked(folder, lock, (name,) if name else known, None, None, command)
    return _Asked(folder, lock, (), source, name, command)


def _pinned(folder: Folder, lock: Lock, word: str) -> str | None:
    """Return the file of the lock that ``word`` names, if it names one."""
    path = os.path.normpath(folder.start / word)
    names = (one for one in lock.files if os.path.normpath(folder.root / one) == path)
    return next(names, None)


def _several(pinned: dict[str, str | None], to: str | None) -> str:
    from errorbook.problems import quoted

    other = next((word for word, name in pinned.items() if name is None), None)
    if other is None:
        return "--to goes with one source."
    if to is not None:
        return "--to goes with one source: fetch the others one by one."
    return f"{quoted(other)} is no file of errorbook.lock: name one source, or such files."


def _found(asked: _Asked) -> Updates:
    """Return what fetching would change."""
    from errorbook.fetch.fetch import Updates, update_from, updates_of
    from errorbook.fetch.folder import OutsideError
    from errorbook.problems import ErrorbookError

    if asked.source is None:
        return updates_of(asked.folder, asked.lock, asked.names)
    try:
        return Updates([update_from(asked.folder, asked.lock, asked.source, asked.to)])
    except OutsideError as error:
        raise click.UsageError(f"{error}.") from None
    except ErrorbookError as error:
        return Updates(problems=list(error.problems))


def _unfinished(found: Updates) -> int:
    """Say what could not be had, and return the exit code for that; 0 if there is nothing."""
    from errorbook.checks.printing import one_line, print_lines, problem_line

    print_lines(map(problem_line, found.problems))
    for failure in found.failures:
        _say(f"errorbook: could not complete: {one_line(failure)}")
    if found.failures:
        return INCOMPLETE
    return INVALID if found.problems else CLEAN


def _checked(asked: _Asked, found: Updates) -> int:
    """Say which files are not what their sources have, and return the exit code."""
    from errorbook.checks.printing import counted, print_lines, problem_line
    from errorbook.fetch.condition import not_as_pinned

    named = asked.lock.model_copy(
        update={"files": {name: asked.lock.files[name] for name in asked.names}}
    )
    changed = not_as_pinned(named, asked.folder.root, asked.folder.shown, asked.command)
    behind = [update for update in found.updates if update.is_behind]
    print_lines(_lines_of(changed))
    for update in behind:
        print_lines([problem_line(_behind(asked, update)), *_changes(update)])
    files = counted(len(asked.names), "fetched file")
    code = _unfinished(found)
    unlike = {one.subject for one in changed} | {update.name for update in behind}
    if unlike:
        all_of_them = f"; to fetch all: {asked.command}" if len(unlike) > 1 else ""
        _say(f"{len(unlike):,} of {files} not up to date{all_of_them}")
    elif not code:
        _say(f"{files} up to date")
    return code or (FINDINGS if unlike else CLEAN)


def _behind(asked: _Asked, update: Update) -> Problem:
    from errorbook.problems import Place, Problem

    shown = asked.folder.shown(update.name)
    message = f"its source has moved on: {update.transition}"
    hint = f"run: {asked.command} {shlex.quote(shown)}"
    return Problem("behind-source", Place(shown), message, hint)


def _written(asked: _Asked, found: Updates) -> int:
    """Write what was fetched, say what that changes, and return the exit code."""
    from errorbook.checks.printing import counted, one_line, print_lines, problem_line
    from errorbook.fetch.fetch import ForeignFileError, write

    try:
        done = write(asked.folder, asked.lock, found.updates)
    except ForeignFileError as error:
        print_lines(map(problem_line, error.problems))
        return FINDINGS
    for update in found.updates:
        shown = asked.folder.shown(update.name)
        if shown in done.written:
            origin = f"{update.after.source}{_at(update)}"
            print_lines([one_line(f"wrote {shown}: {update.transition}, from {origin}")])
            print_lines(_changes(update))
    print_lines(one_line(f"kept your edits in {name}") for name in done.kept)
    left = len(found.updates) - len(done.written)
    _say(f"{counted(len(done.written), 'file')} written, {left:,} unchanged")
    return CLEAN


def _at(update: Update) -> str:
    return f" at {update.after.commit[:7]}" if update.after.commit else ""


def _changes(update: Update) -> Iterator[str]:
    """Yield the lines of a changelog, without what a CI takes for its own: ``##[group]``."""
    from errorbook.checks.printing import one_line

    for line in update.changes:
        yield f"    - {one_line(line).replace('##[', '# #[')}"


def _lines_of(changed: Iterable[Reported]) -> Iterator[str]:
    from errorbook.checks.printing import problem_line

    return (problem_line(one.problem) for one in changed)


def _say(text: str) -> None:
    from errorbook.checks.printing import one_line

    click.echo(one_line(text), err=True)
