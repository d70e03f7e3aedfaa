"""Markdown in which text of others is inert, as long as a comment on GitHub may be."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from errorbook.checks.printing import one_line

MOST_CHARACTERS: Final = 64_000
"""GitHub refuses comments of more than 65,536."""
_ROOM_FOR_REST: Final = 2_000
_LONGEST: Final = 400
_ACTIVE: Final = re.compile(r"([@#!$%~&^])(?=\w)|(?<=:)(?=//)|(?<=[wW]{3})(?=\.)")
"""Where a mention, a reference or an address begins; a space without width ends it."""
_SIGN: Final = re.compile(r"[\\`*_{}\[\]()<>|~&#]")
_TICKS: Final = re.compile(r"`+")


def prose(text: str) -> str:
    """Return ``text`` so that nothing of it is markup, a mention, a reference or a link."""
    return _SIGN.sub(lambda sign: f"\\{sign[0]}", _without_life(_cut(one_line(text))))


def html_text(text: str) -> str:
    """Return ``text`` for where HTML is read and Markdown is not, such as a summary."""
    return html.escape(_without_life(_cut(one_line(text))))


def code(text: str, *, as_html: bool = False) -> str:
    """Return ``text`` as code, in which nothing acts; a bar would end the cell of a table.

    ``as_html`` makes it an element, for where Markdown is not read.
    """
    line = _cut(one_line(text))
    if not line.strip():
        return ""
    if as_html:
        return f"<code>{html_text(line)}</code>"
    if "|" in line:
        return f"<code>{prose(line)}</code>"
    fence = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"


def code_block(lines: Iterable[str]) -> str:
    """Return the lines of a diff as a block that nothing in it can end."""
    shown = "\n".join(map(one_line, lines))
    fence = "`" * max(3, max(map(len, _TICKS.findall(shown)), default=0) + 1)
    return f"{fence}diff\n{shown}\n{fence}\n"


def with_rows(text: str, opening: str, rows: Iterable[str], number: int | None = None) -> str:
    """Return ``text`` with as many of ``rows`` as there is room for, and how many are left out.

    ``opening`` comes before the first; ``number`` is how many there are. Without any, ``text``.
    """
    known: Sequence[str] | None = None if number is not None else tuple(rows)
    count = number if number is not None else len(known or ())
    if not count:
        return text
    left = f"\n{count:,} more are in the log.\n"
    if len(text) + len(opening) > MOST_CHARACTERS - _ROOM_FOR_REST:
        return text + left
    text += opening
    for index, row in enumerate(rows if known is None else known):
        if len(text) + len(row) > MOST_CHARACTERS - _ROOM_FOR_REST:
            return f"{text}\n{count - index:,} more are in the log.\n"
        text += row
    return text


def _without_life(line: str) -> str:
    return _ACTIVE.sub(lambda found: f"{found[0]}\u200b", line)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
