"""Findings told apart where their fingerprints do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator


def numbered(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each name, and how often it has come by now: 1 for the first time."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name, seen[name]
