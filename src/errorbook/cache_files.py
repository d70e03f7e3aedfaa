"""The files in which what was worked out is kept for the next time."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

import errorbook

_DIGEST_SIZE: Final = 32
_ELSEWHERE: Final = ("__pycache__", "mock", "site", "testing")
"""Parts of errorbook that have no say in anything that is kept."""
_EARLIEST: Final = 946_684_800_000_000_000
"""The beginning of 2000, in nanoseconds; no source of errorbook is older by itself."""


def cache_folder() -> Path | None:
    """Return the folder that parsed catalogs are kept in; None where there is to be no cache."""
    chosen = os.environ.get("ERRORBOOK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    with suppress(RuntimeError):  # the user has no home
        return _user_folder() / "errorbook"
    return None


def made_folder() -> Path | None:
    """Return the folder for what this errorbook made of catalogs; None where none can be kept.

    None is, where nothing says that it is this errorbook: Nix, Bazel and others give every file
    the same date, and then one that was changed since looks like the one before.
    """
    return cache_folder() if built() else None


def _user_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def key_of(*parts: bytes) -> str:
    """Return the key of what is worked out from ``parts``."""
    hashed = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        hashed.update(part)
    return hashed.hexdigest()


def file_of(folder: Path, key: str) -> Path:
    """Return the file that holds what is kept under ``key``."""
    return folder / f"{key}.json"


def sealed(key: str, kept: bytes) -> bytes:
    """Return what a file holds for ``kept``: first what only this, under just this key, has."""
    return key_of(key.encode(), kept).encode() + b"\n" + kept


def unsealed(key: str, stored: bytes) -> bytes | None:
    """Return what a file holds, if it is whole and belongs to ``key``."""
    digest, _, kept = stored.partition(b"\n")
    return kept if digest == key_of(key.encode(), kept).encode() else None


@cache
def built() -> str:
    """Return what tells this errorbook from any other, which may make other things.

    It is the version of Python, and name, size and date of every source: to read them would take
    longer than to look up what is kept saves. Empty, where their dates say nothing.
    """
    package = os.path.dirname(errorbook.__file__)  # noqa: PTH120  # ten times as quick
    try:
        sources = sorted(_sources(package))
    except OSError:  # a package within a zip
        return ""
    if max(changed for _, _, changed in sources) < _EARLIEST:
        return ""
    return key_of(sys.version.encode(), repr(sources).encode())


def _sources(folder: str, below: str = "") -> Iterator[tuple[str, int, int]]:
    """Yield name, size and date of every file in a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{below}{entry.name}"
            if not entry.is_dir():
                status = entry.stat()
                yield name, status.st_size, status.st_mtime_ns
            elif entry.name not in _ELSEWHERE:
                yield from _sources(entry.path, f"{name}/")
