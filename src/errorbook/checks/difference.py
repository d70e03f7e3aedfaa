"""What differs between a file on disk and what the catalog makes of it, in few lines."""

from __future__ import annotations

import difflib
import re
from typing import Final

MOST_LINES: Final = 40
"""Lines of a diff that are shown."""
_MOST_COMPARED: Final = 1000
"""Differing lines that are compared: more would take long, and nobody would see them."""
_CONTEXT: Final = 3
_LONGEST_LINE: Final = 200
_STAMP: Final = re.compile(r"content sha256:[0-9a-f]{16}, text sha256:[0-9a-f]{16}")
_HEADER: Final = re.compile(r"^@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@$")


def difference(path: str, old: str, new: str) -> tuple[int, tuple[str, ...]]:
    """Return the number of the first line that differs, and a diff of bounded length.

    Stamps always differ: they are shown only where nothing else does.
    """
    if _STAMP.sub("", old, count=1) != _STAMP.sub("", new, count=1):
        old, new = (_STAMP.sub("sha256:…", text, count=1) for text in (old, new))
    before, after = old.split("\n"), new.split("\n")
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    lines, hidden = _unified(before, after, first, last)
    hidden += max(0, len(lines) - MOST_LINES)
    shown = [f"--- {path} (on disk)", f"+++ {path} (from the catalog)", *lines[:MOST_LINES]]
    return first + 1, (*shown, f"… {hidden:,} more lines") if hidden else tuple(shown)


def _common(before: list[str], after: list[str]) -> int:
    """Return how many lines two texts begin with in common."""
    pairs = zip(before, after, strict=False)
    shorter = min(len(before), len(after))
    return next((number for number, (one, other) in enumerate(pairs) if one != other), shorter)


def _unified(before: list[str], after: list[str], first: int, last: int) -> tuple[list[str], int]:
    """Return the hunks between the lines in common, and how many lines were not compared."""
    top = max(0, first - _CONTEXT)
    windows = [lines[top : len(lines) - last + _CONTEXT] for lines in (before, after)]
    hidden = sum(max(0, len(window) - _MOST_COMPARED) for window in windows)
    old, new = (window[:_MOST_COMPARED] for window in windows)
    hunks = list(difflib.unified_diff(old, new, n=_CONTEXT, lineterm=""))[2:]
    return [_renumbered(line, top)[:_LONGEST_LINE] for line in hunks], hidden


def _renumbered(line: str, top: int) -> str:
    """Return ``line``; the numbers of a hunk's header count from the beginning of the file."""
    return _HEADER.sub(
        lambda at: f"@@ -{int(at[1]) + top}{at[2] or ''} +{int(at[3]) + top}{at[4] or ''} @@", line
    )
