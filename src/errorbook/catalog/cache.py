"""Keep parsed YAML by the hash of its content: parsing is nearly all the time of a cold build.

Only the step from YAML to JSON is kept. Validation runs every time, so a cache can save time
but never let anything through.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

MAX_KEPT: Final = 256 * 1024 * 1024
"""Bytes that are kept in all; what was kept first goes first."""

_FORMAT: Final = b"errorbook 3"
"""To be changed whenever the reader gives other data, or refuses more, for the same content."""
_DIGEST_SIZE: Final = 32
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
        return _checked(key, _file(folder, key).read_bytes())
    except (OSError, ValueError):
        return None


def keep(content: bytes, parsed: bytes) -> None:
    """Keep what ``content`` was parsed into. A folder that cannot be written is the same as none.

    ``ERRORBOOK_CACHE`` names another folder than the user's own; empty turns the cache off.
    """
    folder = _folder_for(content)
    if folder is None:
        return
    key = _key(content)
    with suppress(OSError, ValueError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(_file(folder, key), _digest(key, parsed) + b"\n" + parsed)
        _forget_oldest(folder)


def cache_folder() -> Path | None:
    """Return the folder that parsed catalogs are kept in; None where there is to be no cache."""
    chosen = os.environ.get("ERRORBOOK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    with suppress(RuntimeError):  # the user has no home
        return _user_folder() / "errorbook"
    return None


def _user_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _folder_for(content: bytes) -> Path | None:
    return cache_folder() if len(content) >= _SMALLEST else None


def _key(content: bytes) -> str:
    return hashlib.blake2b(_FORMAT + content, digest_size=_DIGEST_SIZE).hexdigest()


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.json"


def _digest(key: str, parsed: bytes) -> bytes:
    """Return what only this content, parsed into just this, has."""
    hashed = hashlib.blake2b(key.encode() + parsed, digest_size=_DIGEST_SIZE)
    return hashed.hexdigest().encode()


def _checked(key: str, stored: bytes) -> bytes | None:
    """Return the content of a cache file, if it is whole and belongs to ``key``."""
    digest, _, parsed = stored.partition(b"\n")
    return parsed if digest == _digest(key, parsed) else None


def _write(file: Path, stored: bytes) -> None:
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
