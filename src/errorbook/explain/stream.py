"""A text of any length, decoded window by window: memory does not grow with it.

A window ends where what follows, read by itself, says what it says within the whole. So no body
and no traceback is lost at a border, and none is counted twice, unless it is longer than
``MARGIN``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from pydantic import JsonValue

from errorbook.decode import Decoding, Incident, Known, decode
from errorbook.decode.fits import Fit
from errorbook.decode.mentions import Mentions

WINDOW: Final = 4 * 1024 * 1024
"""Characters that are decoded at once; a shorter text is decoded whole."""
MARGIN: Final = 512 * 1024
"""Characters at the end of a window that are decoded again with the next one."""
_PIECE: Final = 256 * 1024
_TRIED: Final = 12
"""Borders that are tried for one window."""
_BEGINS = re.compile(
    r"\n(?=[\[(\"]{0,3}(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:)"
    r"|Traceback \(most|HTTP/[0-9]|\$ )"
)
"""Before what probably begins anew: a line with its time, a traceback, a response, a command."""
_LINE = re.compile(r"\n(?=[^\s\]}])")

Progress = Callable[[int], None]
_Key = tuple[tuple[str, ...], bool]


@dataclass
class Count:
    """How often one error stands in a text, and where first and last."""

    fits: Sequence[Fit]
    first: Incident
    last: Incident
    number: int = 0


@dataclass
class Told:
    """What a text is about."""

    decoding: Decoding | None
    """What a short text is, or None for a query; of a long one, its only incident if it is one."""
    counts: list[Count] = field(default_factory=list)
    """Where it is many: each error, the most frequent first."""
    text: str = ""
    """A short text itself."""
    is_long: bool = False
    lines: int = 0

    @property
    def kind(self) -> str:
        """What it is, as the decoder names it."""
        if self.counts:
            return "many"
        return self.decoding.kind if self.decoding else "query"


def read_stream(
    known: Known,
    stream: BinaryIO,
    progress: Progress,
    *,
    window: int = WINDOW,
    margin: int = MARGIN,
) -> Told:
    """Say what a stream is about; ``progress`` hears how many bytes were read."""
    pieces = _texts(stream, progress)
    text = _filled("", pieces, window)
    if len(text) < window:
        decoding = decode(known, text)
        counts = _Counts(text)
        for incident in decoding.incidents if decoding else ():
            counts.add(incident)
        is_many = decoding is not None and decoding.kind == "many"
        return Told(decoding, counts.sorted() if is_many else [], text)
    return _read_long(known, text, pieces, window, margin)


def _read_long(known: Known, text: str, pieces: Iterator[str], window: int, margin: int) -> Told:
    counts, lines, only = _Counts(text), 0, None
    while True:
        is_last = len(text) < window
        decoding = decode(known, text, always=True)
        # What has a number alone may not have it in the whole, where something names an error.
        found = [
            one
            for one in (decoding.incidents if decoding else ())
            if one.by not in ("status", "exit")
        ]
        cut = len(text) if is_last else _border(known, text, found, margin)
        for incident in found:
            if _start(incident) < cut:
                incident.line += lines
                counts.add(incident)
                only = only or incident
        if is_last:
            break
        lines += text.count("\n", 0, cut)
        text = _filled(text[cut:], pieces, window)
    total = sum(one.number for one in counts.sorted())
    if total == 1 and only is not None:
        entry = only.fits[0].entry
        kind = "unknown_code" if entry is None else "retired" if entry.is_retired else "error"
        return Told(Decoding(kind, [only]), is_long=True)  # type: ignore[arg-type]  # one of its words
    if total == 0:
        return Told(Decoding("no_envelope"), is_long=True)
    return Told(None, counts.sorted(), is_long=True)


class _Counts:
    """Counts incidents by what they could be."""

    def __init__(self, begin: str) -> None:
        self._mentions = Mentions(begin)
        self._by_key: dict[_Key, Count] = {}

    def add(self, incident: Incident) -> None:
        """Count an incident. Only its line and what it is are kept."""
        fits = self._mentions.order(incident.fits, incident.by)
        key = (tuple(fit.ref for fit in fits), incident.by in ("code", "message"))
        count = self._by_key.setdefault(key, Count(fits, incident, incident))
        count.last = incident
        count.number += 1

    def sorted(self) -> list[Count]:
        """Return the counts, the most frequent first, with what other lines tell of their APIs."""
        sure = {count.fits[0].api for count in self._by_key.values() if len(count.fits) == 1}
        merged: dict[tuple[str, ...], Count] = {}
        for (_, is_words), count in self._by_key.items():
            likely = [fit for fit in count.fits if fit.api in sure] if is_words else []
            fits = likely or count.fits
            refs = tuple(fit.ref for fit in fits)
            known = merged.get(refs)
            if known is None:
                merged[refs] = Count(fits, count.first, count.last, count.number)
                continue
            known.number += count.number
            known.first = min(known.first, count.first, key=lambda one: one.line)
            known.last = max(known.last, count.last, key=lambda one: one.line)
        by_place = sorted(merged.values(), key=lambda one: one.first.line)
        return sorted(by_place, key=lambda one: -one.number)


def _border(known: Known, text: str, found: Sequence[Incident], margin: int) -> int:
    """Return where the window may end: the rest by itself says what it does within the whole."""
    best, least = 0, -1
    for border in _borders(text, found, margin):
        rest = decode(known, text[border:], always=True)
        alone = [
            _start(one) + border
            for one in (rest.incidents if rest else ())
            if one.by not in ("status", "exit")
        ]
        within = [start for one in found if (start := _start(one)) >= border]
        differences = len(set(alone) ^ set(within))
        if not differences:
            return border
        if least < 0 or differences < least:
            best, least = border, differences
    return best


def _borders(text: str, found: Sequence[Incident], margin: int) -> Iterator[int]:
    """Yield where a window may end, the likeliest first."""
    end = len(text) - margin
    half = max(1, end // 2)
    places = [match.end() for match in _BEGINS.finditer(text, end - margin, end)]
    yield from places[: -_TRIED // 2 : -1]
    behind = [one.end for one in found if half <= one.end < end]
    for place in behind[: -_TRIED // 4 : -1]:
        line = text.find("\n", place) + 1
        if half <= line <= end:
            yield line
    lines = [match.end() for match in _LINE.finditer(text, end - margin, end)]
    yield from lines[: -_TRIED // 4 : -1]
    line = text.rfind("\n", half, end) + 1
    space = text.rfind(" ", half, end) + 1
    yield line or space or end


def _start(incident: Incident) -> int:
    return incident.start


def _filled(text: str, pieces: Iterator[str], size: int) -> str:
    parts, length = [text], len(text)
    while length < size:
        piece = next(pieces, None)
        if piece is None:
            break
        parts.append(piece)
        length += len(piece)
    return "".join(parts)


def _texts(stream: BinaryIO, progress: Progress) -> Iterator[str]:
    """Yield the text of a stream. What is not UTF-8 stands as U+FFFD, which names nothing."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    read = 0
    while piece := stream.read(_PIECE):
        read += len(piece)
        progress(read)
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def fits_of(told: Told) -> list[Fit]:
    """Return the errors that a text may be about, or has."""
    if told.counts:
        return [count.fits[0] for count in told.counts]
    return [fit for one in (told.decoding.incidents if told.decoding else ()) for fit in one.fits]


def counts_of(told: Told) -> list[JsonValue]:
    """Return the counts in the form of the decoder's decisions."""
    return [
        {
            "fits": [fit.ref for fit in count.fits],
            "kind": kind_of(count.fits[0]),
            "count": count.number,
            "first": {"line": count.first.line, "time": count.first.time},
            "last": {"line": count.last.line, "time": count.last.time},
        }
        for count in told.counts
    ]


def kind_of(fit: Fit) -> str:
    """Return what a fit is: an error, a retired code, or a code that is not in the catalog."""
    if fit.entry is None:
        return "unknown_code"
    return "retired" if fit.entry.is_retired else "error"
