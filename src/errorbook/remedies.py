"""What to do when a file cannot be read or written, and where no project is found."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from errorbook.writing import NotWrittenError

_ROOM: Final = "make room on that disk, then run this again"
_READ: Final = {
    errno.ENOENT: "check the name; `errorbook init` writes a first one",
    errno.EACCES: "ask its owner for the permission to read it",
    errno.EPERM: "ask its owner for the permission to read it",
    errno.EISDIR: "this is a folder: move it away, or name the file in it",
    errno.ENOTDIR: "one of its folders is a file: check the name",
}
_WRITE: Final = {
    errno.ENOENT: "check the name, and that its folder is there",
    errno.EACCES: "you may not write there: get the permission, or work in a copy",
    errno.EPERM: "you may not write there: get the permission, or work in a copy",
    errno.EROFS: "nothing can be written to that disk: work in a copy elsewhere",
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EISDIR: "a folder is where a file belongs: move it away",
    errno.EEXIST: "a file is where a folder belongs: move it away",
    errno.ENOTDIR: "a file is where a folder belongs: move it away",
}
_SLIPS: Final = {
    "errors.yml": "errors.yml is not read: rename it to errors.yaml",
    "errorbook.yml": "errorbook.yml is not read: rename it to errorbook.yaml",
    "errors.json": "a published catalog is named by --catalog errors.json",
}
"""What stands in a folder that has no project, and what its user is to do with it."""


def to_read(error: Exception) -> str:
    """Return what to do about a file that cannot be read; nothing where that is not known."""
    return _READ.get(_number(error), "")


def to_write(error: Exception) -> str:
    """Return what to do about a file that cannot be written; nothing where that is not known."""
    return _WRITE.get(_number(error), "")


def no_project(folder: Path) -> str:
    """Return what to say where neither ``folder`` nor those above it have a project."""
    slips = (said for name, said in _SLIPS.items() if (folder / name).is_file())
    begin = (
        "`errorbook init` lays them out, `errorbook import` writes errors.yaml from what exists, "
        "--project or --catalog names those of another folder"
    )
    return f"There is no errorbook.yaml or errors.yaml here or above: {next(slips, begin)}."


def _number(error: BaseException | None) -> int:
    """Return the number of what the system said, 0 for an error of another kind."""
    if isinstance(error, NotWrittenError):
        error = error.__cause__
    return error.errno or 0 if isinstance(error, OSError) else 0
