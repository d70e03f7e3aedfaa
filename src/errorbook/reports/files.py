"""Reports written to files: all of them, or none."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

_DEVICES: Final = ("/dev/", "/proc/")
"""Where names stand for what is open already, which must neither be replaced nor cut off."""


def write_all(reports: Mapping[Path, str]) -> None:
    """Write each text to its file, in UTF-8 with LF newlines; nothing, if one cannot be written.

    A file is written beside its place and then moved there. What is a link stays one, and its
    target is what changes; a pipe or a device, such as ``/dev/stderr``, is written to.

    Raises:
        OSError: if one cannot be written.
    """
    contents = {file: text.encode(errors="replace") for file, text in reports.items()}
    streams = {file for file in contents if _is_written_in_place(file)}
    staged: dict[Path, Path] = {}
    try:
        for file, content in contents.items():
            if file in streams:
                _check(file)
            else:
                staged[Path(os.path.realpath(file))] = _staged(file, content)
        for place in list(staged):
            staged.pop(place).replace(place)
    finally:
        for left in staged.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)
    for file in streams:
        with file.open("ab" if _is_open_already(file) else "wb") as opened:
            opened.write(contents[file])


def _staged(file: Path, content: bytes) -> Path:
    """Return the new file beside ``file`` that is to take its place."""
    place = Path(os.path.realpath(file))
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    temporary = place.with_name(f".errorbook-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as opened:
            opened.write(content)
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(place.stat().st_mode))
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error
    return temporary


def _is_written_in_place(file: Path) -> bool:
    """Tell whether ``file`` is there and would not be what it is if another took its place."""
    try:
        found = file.stat()
    except OSError:
        return False
    if stat.S_ISDIR(found.st_mode):
        return False
    is_shared = found.st_nlink > 1 or not os.access(Path(os.path.realpath(file)).parent, os.W_OK)
    return _is_open_already(file) or not stat.S_ISREG(found.st_mode) or is_shared


def _is_open_already(file: Path) -> bool:
    return file.is_absolute() and file.as_posix().startswith(_DEVICES)


def _check(file: Path) -> None:
    """Refuse a file that may not be written, before anything is."""
    if not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
