"""Files as somebody meets them who may not do everything: root among those who run tests may."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_VERSION: Final = 0x20080522
_PASS_OVER_MODES: Final = 0b110
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux: no mode of a file holds who has them."""


@contextmanager
def unprivileged() -> Iterator[None]:
    """Let modes of files hold for root, too, where the system has a way to do that."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    former = _capabilities()
    _set_capabilities([former[0] & ~_PASS_OVER_MODES, *former[1:]])
    try:
        yield
    finally:
        _set_capabilities(former)


def can_write(folder: Path) -> bool:
    """Tell whether a file can be written to a folder, whatever its mode says."""
    probe = folder / "probe"
    try:
        probe.touch()
    except PermissionError:
        return False
    probe.unlink()
    return True


def can_read(file: Path) -> bool:
    """Tell whether a file can be read, whatever its mode says."""
    try:
        file.read_bytes()
    except PermissionError:
        return False
    return True


def _capabilities() -> list[int]:
    """Return what this thread may do: effective, permitted and inheritable, each in two words."""
    data = (ctypes.c_uint32 * 6)()
    _call("capget", data)
    return list(data)


def _set_capabilities(words: list[int]) -> None:
    _call("capset", (ctypes.c_uint32 * 6)(*words))


def _call(name: str, data: ctypes.Array[ctypes.c_uint32]) -> None:
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    if getattr(ctypes.CDLL(None, use_errno=True), name)(header, data):
        raise OSError(ctypes.get_errno(), name)
