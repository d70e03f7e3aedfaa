"""The frames of tracebacks, whose source code may name any error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from errorbook.decode.brackets import Span
from errorbook.decode.lines import lines_of

TRACEBACK: Final = "Traceback (most"
_MARGIN = re.compile(r"[ \t|+>]*")


def frames_of(text: str) -> list[tuple[int, int]]:
    """Return where the frames' lines stand: further in than the head of their traceback."""
    frames = []
    margin: float = float("inf")
    for start, line in lines_of(text) if TRACEBACK in text else ():
        if not line:
            continue
        match = _MARGIN.match(line)
        before = match.end() if match else 0
        if before > margin:
            frames.append((start, start + len(line)))
        else:
            margin = before if TRACEBACK in line else float("inf")
    return frames


def outside(spans: Iterable[Span], frames: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield what does not lie within one of the frames. Both must be in order."""
    following = 0
    for span in spans:
        while following < len(frames) and frames[following][1] <= span.start:
            following += 1
        if following == len(frames):
            yield span
            continue
        start, end = frames[following]
        if span.start < start or span.end > end:
            yield span
