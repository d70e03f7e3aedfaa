"""Which part of a YAML text each value stands in: a tree of offsets, and nothing of the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from errorbook.catalog.yaml_events import MAX_DEPTH, NextEvent, open_events, too_deep

Kind = Literal["scalar", "alias", "mapping", "sequence"]

BLOCK_STYLES: Final = ("|", ">")


@dataclass(slots=True)
class Span:
    """Where one value stands. A mapping's children are keys and values, in turn.

    The end of a block collection is where its last child ends, not where the next token begins.
    """

    kind: Kind
    start: int
    end: int
    style: str = ""
    """``|`` and ``>`` of block scalars, quotes, ``flow`` of collections in brackets."""
    text: str = ""
    """What a scalar says, or which anchor an alias repeats."""
    anchor: str | None = None
    children: list[Span] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is a collection written on lines of its own."""
        return self.kind in ("mapping", "sequence") and self.style != "flow"

    @property
    def is_block_scalar(self) -> bool:
        """Whether it is a text that began with ``|`` or ``>``."""
        return self.kind == "scalar" and self.style in BLOCK_STYLES

    def pairs(self) -> Iterator[tuple[Span, Span]]:
        """Yield the keys of a mapping, each with its value."""
        following = iter(self.children)
        return zip(following, following, strict=True)


@dataclass(frozen=True, slots=True)
class Outline:
    """The one value of a file, and where it may stand: behind ``---``, and before ``...``."""

    root: Span | None
    begin: int
    end: int | None
    anchors: dict[str, int]
    """How often each anchor is set."""
    has_aliases: bool


def outline(text: str) -> Outline:
    """Return where the values of ``text`` stand.

    Raises:
        UnreadableError: if it is no YAML.
    """
    return _Outliner(open_events(text)).outline()


class _Outliner:
    """Turns events into spans."""

    def __init__(self, following: NextEvent) -> None:
        self._next = following
        self._anchors: dict[str, int] = {}
        self._has_aliases = False

    def outline(self) -> Outline:
        """Return the outline of the first document."""
        self._next()
        event = self._next()
        if isinstance(event, StreamEndEvent) or not isinstance(event, DocumentStartEvent):
            return Outline(None, 0, None, {}, has_aliases=False)
        begin = _end(event) if event.explicit else 0
        root = self._span(self._next(), 0)
        last = self._next()
        ends = isinstance(last, DocumentEndEvent) and last.explicit
        end = _start(last) if ends else None
        return Outline(root, begin, end, self._anchors, self._has_aliases)

    def _span(self, event: Event, depth: int) -> Span:
        anchor = event.anchor if isinstance(event, NodeEvent) else None
        if isinstance(event, AliasEvent):
            self._has_aliases = True
            return Span("alias", _start(event), _end(event), text=event.anchor or "")
        if anchor is not None:
            self._anchors[anchor] = self._anchors.get(anchor, 0) + 1
        if isinstance(event, ScalarEvent):
            style = event.style or ""
            return Span("scalar", _start(event), _end(event), style, event.value, anchor)
        if not isinstance(event, CollectionStartEvent) or depth >= MAX_DEPTH:
            raise too_deep(event)
        return self._collection(event, depth, anchor)

    def _collection(self, event: CollectionStartEvent, depth: int, anchor: str | None) -> Span:
        kind: Kind = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
        style = "flow" if event.flow_style else ""
        span = Span(kind, _start(event), _end(event), style, anchor=anchor)
        following, children = self._next, span.children
        while not isinstance(event_ := following(), CollectionEndEvent):
            children.append(self._span(event_, depth + 1))
        if style:
            span.end = _end(event_)
        elif children:
            span.end = children[-1].end
        return span


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: Event) -> int:
    return event.end_mark.index if event.end_mark else 0
