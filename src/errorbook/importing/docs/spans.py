"""A line of text with its markup, whichever language it was in -> our prose, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final

from errorbook.catalog.prose import Text, is_safe_target, parse_prose
from errorbook.characters import without_hidden

_SPACE: Final = re.compile(r"[^\S\n]+")
_BREAK: Final = re.compile(r" *\n\s*")
_SPECIAL: Final = re.compile(r"([\\`*\[\]<])")
_TARGET: Final = re.compile(r"https?://[^()\s<>\[\]*`\\]+\Z", re.I)
_ANCHORS: Final = "¶#§\U0001f517 "
"""What themes set behind a heading, as a link to it."""


@dataclass(frozen=True)
class Span:
    """A piece of a line, all of it set alike. ``target`` is where it links to."""

    text: str
    is_code: bool = False
    is_strong: bool = False
    is_emphasis: bool = False
    target: str = ""


@dataclass(frozen=True)
class Line:
    """A text with its markup, and the number of the line of the file it begins at."""

    spans: tuple[Span, ...]
    number: int

    @cached_property
    def plain(self) -> str:
        """It without markup; a line break where the author set one."""
        return "".join(span.text for span in self.spans)

    @cached_property
    def prose(self) -> str:
        """It as the prose of a catalog: inline code, emphasis, links to the web, nothing else."""
        return "".join(map(_written, self.spans)).strip()

    @property
    def codes(self) -> tuple[str, ...]:
        """What is set as code in it."""
        return tuple(span.text.strip() for span in self.spans if span.is_code and span.text.strip())

    @property
    def title(self) -> str:
        """It as the title of a section, without the link that themes set behind one."""
        return " ".join(self.plain.split()).rstrip(_ANCHORS)


def line(spans: Iterable[Span], number: int) -> Line:
    """Return a line of ``spans``: spaces and hidden characters tidied, equal neighbours joined."""
    pieces: list[tuple[Span, str]] = []
    for span in spans:
        text = _tidied(span.text)
        last = pieces[-1][1][-1] if pieces else "\n"
        if last.isspace():
            text = text.lstrip() if last == "\n" else text.lstrip(" ")
        if text.startswith("\n") and last == " ":
            before, trailing = pieces.pop()
            if trailing.rstrip(" "):
                pieces.append((before, trailing.rstrip(" ")))
        if text:
            pieces.append((span, text))
    while pieces and not pieces[-1][1].rstrip():
        pieces.pop()
    if pieces:
        pieces[-1] = (pieces[-1][0], pieces[-1][1].rstrip())
    alike = groupby(pieces, key=lambda piece: _manner(piece[0]))
    found = (Span("".join(text for _, text in group), *manner) for manner, group in alike)
    return Line(tuple(found), number)


def _manner(span: Span) -> tuple[bool, bool, bool, str]:
    return span.is_code, span.is_strong, span.is_emphasis, span.target


def plain_line(text: str, number: int) -> Line:
    """Return a line without markup."""
    return line([Span(text)], number)


def after(whole: Line, length: int) -> Line:
    """Return what is left of a line behind its first ``length`` characters, as ``plain`` has it."""
    return Line(tuple(_behind(whole.spans, length)), whole.number)


def joined(lines: Iterable[Line]) -> Line:
    """Return several lines as one."""
    every = list(lines)
    spans = [span for one in every for span in (*one.spans, Span(" "))]
    return line(spans, every[0].number if every else 0)


def split(whole: Line, last: int) -> tuple[Line, ...]:
    """Return the lines that ``whole`` is broken into; none has a higher number than ``last``."""
    rows: list[list[Span]] = [[]]
    for span in whole.spans:
        first, *others = span.text.split("\n")
        rows[-1].append(replace(span, text=first))
        rows += [[replace(span, text=text)] for text in others]
    numbers = range(whole.number, whole.number + len(rows))
    found = (line(row, min(number, last)) for number, row in zip(numbers, rows, strict=True))
    return tuple(one for one in found if one.spans)


def _behind(spans: Iterable[Span], length: int) -> Iterator[Span]:
    for span in spans:
        if length < len(span.text):
            yield replace(span, text=span.text[length:])
        length = max(0, length - len(span.text))


def _tidied(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    lines = (without_hidden(_SPACE.sub(" ", one)) for one in text.split("\n"))
    return _BREAK.sub("\n", "\n".join(lines))


def _written(span: Span) -> str:
    """Return a span as prose; markup that prose cannot hold is left away, the text never."""
    text = span.text.strip()
    if not text:
        return span.text
    before = span.text[: len(span.text) - len(span.text.lstrip())]
    behind = span.text[len(span.text.rstrip()) :]
    if span.is_code and "`" not in text:
        inner = f"`{text}`"
    else:
        inner = _escaped(text)
        if span.is_strong and "*" not in inner and not span.target:
            inner = f"**{inner}**"
        elif span.is_emphasis and "*" not in inner and not span.target:
            inner = f"*{inner}*"
    if _TARGET.match(span.target) and is_safe_target(span.target) and not {*"[]"} & {*inner}:
        inner = f"[{inner}]({span.target})"
    return f"{before}{inner}{behind}"


def _escaped(text: str) -> str:
    """Return ``text`` so that prose takes it for text."""
    if parse_prose(text) in ((Text(text),), ()):
        return text
    return _SPECIAL.sub(r"\\\1", text)
