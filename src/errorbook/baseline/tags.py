"""Which of many tags is the latest release: by version, not by date or alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_VERSION: Final = re.compile(
    r"(?P<prefix>(?:.*[-_/@])?)v?(?P<numbers>[0-9]{1,9}(?:\.[0-9]{1,9})*)"
    r"(?P<pre>[-.]?(?:[a-zA-Z][0-9A-Za-z.-]*)?)(?:\+[0-9A-Za-z.-]+)?"
)
_PIECE: Final = re.compile(r"[0-9]{1,9}|[a-zA-Z]+")
_Rank = tuple[bool, tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


def by_version(tags: Iterable[str], prefix: str = "") -> list[str]:
    """Return those of ``tags`` that are versions, the latest first.

    A tag such as ``sdk-v1.2`` comes behind all that are versions from their first letter; a
    pre-release comes behind its release. With a ``prefix`` such as ``sdk-`` there are no others
    than versions behind it: a repository of several packages has releases of each.
    """
    if prefix:
        tags = (tag for tag in tags if tag.startswith(prefix))
    ranked = [(rank, tag) for tag in tags if (rank := _rank(tag.removeprefix(prefix))) is not None]
    return [tag for rank, tag in sorted(ranked, reverse=True) if rank[0] or not prefix]


def is_version(word: str) -> bool:
    """Tell whether ``word`` reads like the tag of a release."""
    rank = _rank(word)
    return rank is not None and rank[0] and ("." in word or word.startswith("v"))


def _rank(tag: str) -> _Rank | None:
    match = _VERSION.fullmatch(tag)
    if match is None:
        return None
    numbers = [int(number) for number in match["numbers"].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:  # 1.0 is 1
        numbers.pop()
    pieces = tuple(
        (not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece)
        for piece in _PIECE.findall(match["pre"])
    )
    return not match["prefix"], tuple(numbers), not pieces, pieces
