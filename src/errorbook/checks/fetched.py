"""Fetched files: whether they are what was fetched, as errorbook.lock has it. Nobody is asked."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context
from errorbook.project_file import LOCK_FILE

if TYPE_CHECKING:
    from errorbook.fetch.lock import Lock


def is_wanted(context: Context) -> bool:
    """Tell whether the project has a lock."""
    file = context.project.root / LOCK_FILE
    return file.exists() or file.is_symlink()


def check(context: Context) -> Checked:
    """Compare every file of the lock with its hash.

    Raises:
        ErrorbookError: if the lock is not valid.
        OSError: if it or a file is there but cannot be read.
    """
    from errorbook.fetch.condition import (  # noqa: PLC0415  # most projects have none
        not_as_pinned,
    )
    from errorbook.fetch.lock import read_lock  # noqa: PLC0415  # as above

    project = context.project
    lock = read_lock(project.root, project.shown(LOCK_FILE))
    found = not_as_pinned(lock, project.root, project.shown, _command(context))
    return Checked(counted(len(lock.files), "fetched file"), found, notes=_notes(lock))


def _command(context: Context) -> str:
    """Return the command that fetches files of this project, run where this check is."""
    from errorbook.fetch.folder import folder_of  # noqa: PLC0415  # as above

    root = Path(os.path.normpath(context.start / context.project.root))
    if folder_of(None, context.start).root == root:
        return "errorbook fetch"
    return shlex.join(["errorbook", "fetch", "-p", context.project.folder])


def _notes(lock: Lock) -> tuple[str, ...]:
    """Return what is to be said of files in formats that are newer than those understood."""
    from errorbook.published import KNOWN, Edition  # noqa: PLC0415  # as above

    editions = {
        name: Edition(*map(int, pin.format.split("."))) for name, pin in sorted(lock.files.items())
    }
    return tuple(
        f"{name} has format {said}, and this errorbook understands {KNOWN}: what is newer is "
        "ignored; upgrade errorbook to have it"
        for name, said in editions.items()
        if said > KNOWN
    )
