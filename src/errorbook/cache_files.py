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
    """Return when a source of errorbook last changed: another errorbook may make other things."""
    package = os.path.dirname(errorbook.__file__)  # noqa: PTH120  # ten times as quick
    return str(max(_changes(package)))


def _changes(folder: str) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.stat().st_mtime_ns
            elif entry.name not in _ELSEWHERE:
                yield from _changes(entry.path)
