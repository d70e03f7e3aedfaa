"""Where the values of one file stand. Looked up only when a problem has to be placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
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
_Wanted = dict[str, "_Wanted"]
"""What is looked for in a value, by key or index, and within that."""

_NOTHING: Final[_Wanted] = {}


class _AliasOnTheWayError(Exception):
    """A path leads on within something that stands elsewhere."""


class Positions:
    """The positions of the values of one file.

    Where ``paths`` are known to be all that will be asked for, nothing else is looked at, which
    saves a third of the time in a large file. Another path is still found, by reading once more.
    """

    def __init__(self, content: bytes, paths: Iterable[CatalogPath] | None = None) -> None:
        self._content = content
        self._expected = None if paths is None else frozenset(paths)
        try:
            wanted = None if self._expected is None else _wanted(self._expected)
            self._root = self._read(wanted)
        except _AliasOnTheWayError:
            self._read_whole()

    def find(self, path: CatalogPath) -> tuple[int, Position | None]:
        """Return how many steps of ``path`` exist in this file, and the position of the last."""
        if self._expected is not None and path not in self._expected:
            self._read_whole()
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

    def _read_whole(self) -> None:
        self._expected = None
        self._root = self._read(None)

    def _read(self, wanted: _Wanted | None) -> _Spot | None:
        try:
            return _Reader(decode(self._content)).root(wanted)
        except UnreadableError:
            return None


def _wanted(paths: Iterable[CatalogPath]) -> _Wanted:
    root: _Wanted = {}
    for path in paths:
        within = root
        for step in path:
            within = within.setdefault(str(step), {})
    return root


class _Reader:
    """Reads the events of a file once more, for nothing but their places."""

    def __init__(self, text: str) -> None:
        self._next = open_events(text)
        self._anchors: dict[str, _Inner | None] = {}

    def root(self, wanted: _Wanted | None) -> _Spot | None:
        """Return where everything stands, or only what is ``wanted``."""
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            return None
        event = self._next()
        return self._spot(event, event, 0, wanted)

    def _spot(self, key: Event, event: Event, depth: int, wanted: _Wanted | None) -> _Spot:
        return *begin(key), *begin(event), self._content(event, depth, wanted)

    def _content(self, event: Event, depth: int, wanted: _Wanted | None) -> _Inner | None:
        if isinstance(event, AliasEvent):
            if wanted:
                raise _AliasOnTheWayError
            return self._anchors.get(event.anchor or "")
        inner = None
        if wanted is not None and not wanted:
            self._skip(event, depth)
        elif not isinstance(event, ScalarEvent):
            inner = self._inner(event, depth + 1, wanted)
        if isinstance(event, NodeEvent) and event.anchor:
            self._anchors[event.anchor] = inner
        return inner

    def _skip(self, event: Event, depth: int) -> None:
        """Read on to the end of what ``event`` begins."""
        if not isinstance(event, CollectionStartEvent):
            return
        following, opened = self._next, 1
        while opened:
            if depth + opened > MAX_DEPTH:
                raise too_deep(event)
            event = following()
            if isinstance(event, CollectionStartEvent):
                opened += 1
            elif isinstance(event, CollectionEndEvent):
                opened -= 1

    def _inner(self, event: Event, depth: int, wanted: _Wanted | None) -> _Inner:
        if depth > MAX_DEPTH:
            raise too_deep(event)
        inner: _Inner = {}
        if isinstance(event, MappingStartEvent):
            while not isinstance(following := self._next(), CollectionEndEvent):
                self._entry(inner, following, depth, wanted)
        else:
            self._items(inner, depth, wanted)
        return inner

    def _items(self, inner: _Inner, depth: int, wanted: _Wanted | None) -> None:
        index = 0
        while not isinstance(event := self._next(), CollectionEndEvent):
            within = None if wanted is None else wanted.get(str(index))
            if wanted is None or within is not None:
                inner[index] = self._spot(event, event, depth, within)
            else:
                self._content(event, depth, _NOTHING)
            index += 1

    def _entry(self, inner: _Inner, key: Event, depth: int, wanted: _Wanted | None) -> None:
        """Add an entry; of equal keys the first counts, as it does in the data."""
        name = key.value if isinstance(key, ScalarEvent) else None
        if name is None:
            self._content(key, depth, None if wanted is None else _NOTHING)
        within = None if wanted is None or name is None else wanted.get(name)
        if wanted is None or (within is not None and name not in inner):
            spot = self._spot(key, self._next(), depth, within)
            if name is not None:
                inner.setdefault(name, spot)
        else:
            self._content(self._next(), depth, _NOTHING)
