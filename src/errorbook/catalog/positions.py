"""Where the values of one file stand. Looked up only when a problem has to be placed."""

from __future__ import annotations

from dataclasses import dataclass

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from errorbook.catalog.yaml_events import (
    MAX_DEPTH,
    UnreadableError,
    begin,
    decode,
    open_events,
    too_deep,
)
from errorbook.catalog.yaml_slips import Mark
from errorbook.problems import CatalogPath


@dataclass(frozen=True)
class Position:
    """Where a key and its value stand; that of a list's entry, or of a whole file, is one place."""

    key: Mark
    value: Mark


_Spot = tuple[int, int, int, int, "_Inner | None"]
"""Line and column of a key and of its value, and what stands in that value.

A tuple of numbers, as the garbage collector does not look at those again and again: in a large
file it would take most of the time.
"""
_Inner = dict[str | int, _Spot]


class Positions:
    """The positions of the values of one file."""

    def __init__(self, content: bytes) -> None:
        try:
            self._root = _Reader(decode(content)).root()
        except UnreadableError:
            self._root = None

    def find(self, path: CatalogPath) -> tuple[int, Position | None]:
        """Return how many steps of ``path`` exist in this file, and the position of the last."""
        spot, steps = self._root, 0
        if spot is None:
            return 0, None
        for step in path:
            inner = spot[-1] or {}
            following = inner.get(step) or inner.get(str(step))
            if following is None:
                break
            spot = following
            steps += 1
        return steps, Position(Mark(*spot[:2]), Mark(*spot[2:4]))


class _Reader:
    """Reads the events of a file once more, for nothing but their places."""

    def __init__(self, text: str) -> None:
        self._next = open_events(text)
        self._anchors: dict[str, _Inner | None] = {}

    def root(self) -> _Spot | None:
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            return None
        event = self._next()
        return self._spot(event, event, 0)

    def _spot(self, key: Event, event: Event, depth: int) -> _Spot:
        return *begin(key), *begin(event), self._content(event, depth)

    def _content(self, event: Event, depth: int) -> _Inner | None:
        if isinstance(event, AliasEvent):
            return self._anchors.get(event.anchor or "")
        inner = None if isinstance(event, ScalarEvent) else self._inner(event, depth + 1)
        if isinstance(event, NodeEvent) and event.anchor:
            self._anchors[event.anchor] = inner
        return inner

    def _inner(self, event: Event, depth: int) -> _Inner:
        if depth > MAX_DEPTH:
            raise too_deep(event)
        inner: _Inner = {}
        add = self._entry if isinstance(event, MappingStartEvent) else self._item
        while not isinstance(following := self._next(), CollectionEndEvent):
            add(inner, following, depth)
        return inner

    def _item(self, inner: _Inner, event: Event, depth: int) -> None:
        inner[len(inner)] = self._spot(event, event, depth)

    def _entry(self, inner: _Inner, key: Event, depth: int) -> None:
        """Add an entry; of equal keys the first counts, as it does in the data."""
        if not isinstance(key, ScalarEvent):
            self._content(key, depth)
        spot = self._spot(key, self._next(), depth)
        if isinstance(key, ScalarEvent):
            inner.setdefault(key.value, spot)
