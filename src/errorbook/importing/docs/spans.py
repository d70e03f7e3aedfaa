"""A line of text with its markup, whichever language it was in -> our prose, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from errorbook.catalog.prose import Text, is_safe_target, parse_prose
from errorbook.characters import without_hidden

_SPACE: Final = re.compile(r"[^\S\n]+")
_BREAK: Final = re.compile(r" *\n\s*")
_SPECIAL: Final = re.compile(r"([\\`*\[\]<])")
_TARGET: Final = re.compile(r"https?://[^()\s<>\[\]*`\\]+\Z", re.I)
_ANCHORS: Final = "¶#§\U0001f517 "
"""What themes set behind a heading, as a link to it."""


class Span(NamedTuple):
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
    mended: frozenset[str] = frozenset()
    """Words that hidden characters were taken out of: what they look like is not what they are."""

    def is_mended(self, code: str) -> bool:
        """Tell whether ``code`` is in it only because hidden characters were taken out."""
        return any(code in word for word in self.mended)

    @cached_property
    def plain(self) -> str:
        """It without markup; a line break where the author set one."""
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])

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
    spans = list(spans)
    mended = frozenset(_mended("".join([span.text for span in spans])))
    if len(spans) == 1:
        text = _tidied(spans[0].text).strip()
        return Line((spans[0]._replace(text=text),) if text else (), number, mended)
    return Line(_merged(_tidy(spans)), number, mended)


def _mended(text: str) -> Iterator[str]:
    """Yield the words of ``text`` that have hidden characters within, without them."""
    if text.isascii() and text.isprintable():
        return
    for word in text.split():
        bare = without_hidden(word)
        if bare != word and bare and bare not in word:
            yield bare


def _tidy(spans: Iterable[Span]) -> list[tuple[Span, str]]:
    """Return spans with the texts they have in a line: no space at its ends, none doubled."""
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
    return pieces


def _merged(pieces: Iterable[tuple[Span, str]]) -> tuple[Span, ...]:
    """Return spans with these texts, neighbours that are set alike as one."""
    found: list[Span] = []
    for span, text in pieces:
        last = found[-1] if found else None
        if last is not None and last[1:] == span[1:]:
            found[-1] = span._replace(text=last.text + text)
        else:
            found.append(span if text == span.text else span._replace(text=text))
    return tuple(found)


def plain_line(text: str, number: int) -> Line:
    """Return a line without markup."""
    return line([Span(text)], number)


def after(whole: Line, length: int) -> Line:
    """Return what is left of a line behind its first ``length`` characters, as ``plain`` has it."""
    return Line(tuple(_behind(whole.spans, length)), whole.number, whole.mended)


def joined(lines: Iterable[Line]) -> Line:
    """Return several lines as one."""
    every = list(lines)
    spans = [span for one in every for span in (*one.spans, Span(" "))]
    whole = line(spans, every[0].number if every else 0)
    return replace(whole, mended=whole.mended.union(*(one.mended for one in every)))


def split(whole: Line, last: int) -> tuple[Line, ...]:
    """Return the lines that ``whole`` is broken into; none has a higher number than ``last``."""
    rows: list[list[Span]] = [[]]
    for span in whole.spans:
        first, *others = span.text.split("\n")
        rows[-1].append(span._replace(text=first))
        rows += [[span._replace(text=text)] for text in others]
    numbers = range(whole.number, whole.number + len(rows))
    found = (line(row, min(number, last)) for number, row in zip(numbers, rows, strict=True))
    return tuple(replace(one, mended=whole.mended) for one in found if one.spans)


def _behind(spans: Iterable[Span], length: int) -> Iterator[Span]:
    for span in spans:
        if length < len(span.text):
            yield span._replace(text=span.text[length:])
        length = max(0, length - len(span.text))


def _tidied(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    lines = (without_hidden(_SPACE.sub(" ", one)) for one in text.split("\n"))
    return _BREAK.sub("\n", "\n".join(lines))


def _written(span: Span) -> str:
    """Return a span as prose; markup that prose cannot hold is left away, the text never."""
    if not any(span[1:]):
        return _written_plainly(span.text)
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


def _written_plainly(whole: str) -> str:
    """Return a text without markup as prose; what is around it stays as it is."""
    text = whole.strip()
    if not text or not _SPECIAL.search(text):
        return whole
    at = whole.index(text)
    return f"{whole[:at]}{_escaped(text)}{whole[at + len(text) :]}"


def _escaped(text: str) -> str:
    """Return ``text`` so that prose takes it for text."""
    if not _SPECIAL.search(text) or parse_prose(text) in ((Text(text),), ()):
        return text
    return _SPECIAL.sub(r"\\\1", text)
