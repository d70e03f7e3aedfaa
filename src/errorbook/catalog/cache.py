"""Keep parsed YAML by the hash of its content: parsing is nearly all the time of a cold build.

Only the step from YAML to JSON is kept. Validation runs every time, so a cache can save time
but never let anything through.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from errorbook.cache_files import cache_folder, file_of, key_of, sealed, unsealed

__all__ = ["MAX_KEPT", "cache_folder", "keep", "recall", "write"]

MAX_KEPT: Final = 256 * 1024 * 1024
"""Bytes that are kept in all, or a little more; what was kept first goes first."""
CLEANING: Final = "0"
"""First digits of the keys with which the folder is cleaned: to look at it takes long."""

_FORMAT: Final = b"errorbook 3"
"""To be changed whenever the reader gives other data, or refuses more, for the same content."""
_OURS: Final = re.compile(r"[0-9a-f]{64}")
_SMALLEST: Final = 64 * 1024
"""Bytes below which parsing is quicker than asking the disk."""


def recall(content: bytes) -> bytes | None:
    """Return what was kept for ``content``, if anything was."""
    folder = _folder_for(content)
    if folder is None:
        return None
    key = _key(content)
    try:
        return unsealed(key, file_of(folder, key).read_bytes())
    except (OSError, ValueError):
        return None


def keep(content: bytes, parsed: bytes) -> None:
    """Keep what ``content`` was parsed into. A folder that cannot be written is the same as none.

    ``ERRORBOOK_CACHE`` names another folder than the user's own; empty turns the cache off.
    """
    folder = _folder_for(content)
    if folder is None:
        return
    write(folder, _key(content), parsed)


def write(folder: Path, key: str, parsed: bytes) -> None:
    """Keep ``parsed`` in a file of ``folder``; what cannot be written is not kept."""
    with suppress(OSError, ValueError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_whole(file_of(folder, key), sealed(key, parsed))
        if key[0] in CLEANING:
            _forget_oldest(folder)


def _folder_for(content: bytes) -> Path | None:
    return cache_folder() if len(content) >= _SMALLEST else None


def _key(content: bytes) -> str:
    return key_of(_FORMAT, content)


def _write_whole(file: Path, stored: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(stored)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _forget_oldest(folder: Path) -> None:
    """Remove the oldest files while all take more room than they may; none but our own."""
    ours = [file for file in folder.iterdir() if _OURS.match(file.name)]
    statuses = sorted(((file.stat(), file) for file in ours), key=lambda one: one[0].st_mtime)
    size = sum(status.st_size for status, _ in statuses)
    for status, file in statuses:
        if size <= MAX_KEPT:
            return
        file.unlink(missing_ok=True)
        size -= status.st_size
