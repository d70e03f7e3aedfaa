"""How often an error was answered already, where a client wants it a few times and then success."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Final

MOST: Final = 4096
"""Countdowns that are kept; the one that was asked for longest ago is forgotten first."""


class Countdowns:
    """Counts per error, method and path. Any number of threads may ask."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._failed: OrderedDict[bytes, int] = OrderedDict()

    def fails(self, times: int, *what: str) -> bool:
        """Tell whether this request for ``what`` is among the first ``times`` of a round.

        The request after them ends the round, so that the next one begins another.
        """
        key = _key(what)
        with self._lock:
            failed = self._failed.pop(key, 0)
            if failed >= times:
                return False
            self._failed[key] = failed + 1
            if len(self._failed) > self._most:
                self._failed.popitem(last=False)
            return True

    def __len__(self) -> int:
        """Return how many countdowns are under way."""
        return len(self._failed)


def _key(what: tuple[str, ...]) -> bytes:
    """Return a key that is short, however long a path is."""
    text = "\0".join(what).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()
