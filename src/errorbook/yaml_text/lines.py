"""What a single line of YAML is: a comment, blank, or part of a text on several lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_DIGITS: Final = frozenset("123456789")


def indent_of(line: str) -> int:
    """Return in which column the first character of ``line`` stands."""
    return len(line) - len(line.lstrip(" "))


def text_indent(header: str, lines: Iterable[str]) -> int:
    """Return in which column a block scalar begins; 0 where that is not for its lines to say."""
    if has_indicator(header):
        return 0
    return next((indent_of(line) for line in lines if line.strip(" ")), 0)


def has_indicator(header: str) -> bool:
    """Tell whether the ``|`` or ``>`` of a block scalar says in digits how far it is indented."""
    return not _DIGITS.isdisjoint(header.partition("#")[0])


def is_blank(line: str, least: int) -> bool:
    """Tell whether a line of a block scalar is empty: spaces beyond its indentation are text."""
    return len(line) <= least and not line.strip(" ")


def is_comment(line: str) -> bool:
    """Tell whether nothing but a comment is on ``line``."""
    return line.lstrip(" \t").startswith("#")
