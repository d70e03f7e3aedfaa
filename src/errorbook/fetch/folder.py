"""The folder that fetched files belong in, and what to call them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.checks.disk import link_on_the_way, why_not
from errorbook.problems import quoted
from errorbook.project_file import CATALOG_FILE, LOCK_FILE, PROJECT_FILE

_MARKS = (PROJECT_FILE, LOCK_FILE, CATALOG_FILE)


_SUFFIX: Final = ".json"


def why_not_fetched(name: str) -> str | None:
    """Say why no fetched file may be called ``name``, by its wording alone; None if it may.

    A lock is a file as any other of a repository: it must not lead `fetch` to what runs something.
    """
    path = PurePosixPath(name)
    reason = why_not(name)
    if reason is not None:
        return reason
    if any(part.startswith(".") for part in path.parts):
        return "is hidden, where no fetched file belongs"
    return None if path.suffix == _SUFFIX else f"does not end in {_SUFFIX}, as fetched files do"


class OutsideError(ValueError):
    """A file that must not be written."""


@dataclass(frozen=True)
class Folder:
    """The folder ``root`` of errorbook.yaml and errorbook.lock, as seen from ``start``."""

    root: Path
    start: Path

    def shown(self, name: str) -> str:
        """Return what to call a file of the folder when speaking to its user."""
        try:
            return Path(os.path.relpath(self.root / name, self.start)).as_posix()
        except ValueError:  # another drive of Windows
            return (self.root / name).as_posix()

    def name_of(self, word: str) -> str:
        """Return the path below the folder of the file that its user calls ``word``.

        Raises:
            OutsideError: if it lies outside, behind a link, or where nothing may be written.
        """
        path = Path(os.path.normpath(self.start / word))
        try:
            name = path.relative_to(self.root).as_posix()
        except ValueError:
            raise OutsideError(f"{quoted(word)} lies outside {quoted(str(self.root))}") from None
        self.check(name)
        return name

    def check(self, name: str) -> None:
        """Refuse a path below the folder that nothing may be written to.

        Raises:
            OutsideError: with the reason.
            OSError: if a folder on the way cannot be looked at.
        """
        reason = why_not_fetched(name)
        if reason is None and (self.root / name).is_dir():
            reason = "is a folder"
        if reason:
            raise OutsideError(f"the path {quoted(name)} {reason}")
        link = link_on_the_way(self.root, name)
        if link:
            raise OutsideError(f"{quoted(link)} is a symbolic link, which is never followed")


def folder_of(project: Path | None, start: Path) -> Folder:
    """Return the folder of ``project``, or the nearest one with errorbook.yaml, .lock or a catalog.

    The search ends at the root of a git repository; where nothing is found, it is ``start``.
    """
    if project is not None:
        named = start / project
        return Folder(Path(os.path.normpath(named if named.is_dir() else named.parent)), start)
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in _MARKS):
            return Folder(folder, start)
        if (folder / ".git").exists():
            break
    return Folder(start, start)
