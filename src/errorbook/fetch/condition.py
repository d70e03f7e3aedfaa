"""Whether fetched files are what they were when they were pinned. Nothing is asked for them."""

from __future__ import annotations

import shlex
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from errorbook.checks.result import Reported
from errorbook.fetch.lock import Lock, Pin, digest
from errorbook.problems import Place, Problem
from errorbook.project_file import LOCK_FILE
from errorbook.published import MAX_BYTES

Condition = Literal["whole", "missing", "edited"]


def condition(file: Path, pin: Pin) -> Condition:
    """Tell how ``file`` compares with its pin.

    Raises:
        OSError: if it is there but cannot be read.
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return "edited"
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    return "whole" if digest(content) == pin.sha256 else "edited"


def not_as_pinned(
    lock: Lock, root: Path, shown: Callable[[str], str], command: str
) -> tuple[Reported, ...]:
    """Return what is wrong with the files of ``lock``, which mends ``command`` with their names.

    ``shown`` is what to call a file of the folder ``root``.

    Raises:
        OSError: if a file is there but cannot be read.
    """
    found = ((name, condition(root / name, lock.files[name])) for name in sorted(lock.files))
    return tuple(
        Reported(_problem(shown(name), state, command), subject=name)
        for name, state in found
        if state != "whole"
    )


def _problem(shown: str, state: Condition, command: str) -> Problem:
    mending = f"{command} {shlex.quote(shown)}"
    if state == "missing":
        message = f"was fetched, as {LOCK_FILE} has it, and is not there"
        hint = f"run: {mending}; or take its entry out of {LOCK_FILE}"
        return Problem("missing-fetched-file", Place(shown), message, hint)
    message = "is not what was fetched: it was edited, or merged"
    hint = f"change it where it comes from; run: {mending}; it keeps the edited text beside"
    return Problem("edited-fetched-file", Place(shown), message, hint)
