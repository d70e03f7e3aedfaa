"""What anchors and aliases tie together in a file, to be written out before part of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.yaml_text.spans import Span
from errorbook.yaml_text.tree import Block, Entry

_ANCHOR: Final = re.compile(r"&[^\s,\[\]{}]+[ ]?")


@dataclass(frozen=True, slots=True)
class Tied:
    """An entry with an anchor or an alias: the block it is in, the path to it, what it says."""

    entry: Entry
    block: Block
    path: tuple[str | int, ...]
    data: JsonValue


def is_tied(span: Span) -> bool:
    """Tell whether something in ``span`` has an anchor or is an alias."""
    if span.anchor is not None or span.kind == "alias":
        return True
    return any(map(is_tied, span.children))


def tied_entries(block: Block, data: JsonValue, path: tuple[str | int, ...] = ()) -> Iterator[Tied]:
    """Yield what is tied in ``block``, which says ``data``; of a block only if its key line is."""
    steps: list[tuple[str | int, JsonValue]] = []
    steps += data.items() if isinstance(data, dict) else ()
    steps += enumerate(data) if isinstance(data, list) else ()
    for entry, (step, value) in zip(block.entries, steps, strict=True):
        here = (*path, step)
        is_own = entry.has_tied_key or entry.span.anchor is not None
        if is_own or (entry.block is None and is_tied(entry.span)):
            yield Tied(entry, block, here, value)
        if entry.block is not None:
            yield from tied_entries(entry.block, value, here)


def without_anchor(text: str) -> str:
    """Return what stands between the key of a block and the end of its line, without an anchor."""
    return _ANCHOR.sub("", text).rstrip()


def keeps_ties(entries: Sequence[tuple[Span | None, Span]], order: Sequence[int]) -> bool:
    """Tell whether each alias still follows its anchor where ``entries`` come in this ``order``."""
    if list(order) == sorted(order) or not any(_has_anchor(one) for one in entries):
        return True
    anchors: dict[str, int] = {}
    aliases: list[tuple[str, int]] = []
    for at, pair in enumerate(entries):
        for span in _inside(pair):
            if span.anchor is not None:
                if span.anchor in anchors:
                    return False
                anchors[span.anchor] = at
            elif span.kind == "alias":
                aliases.append((span.text, at))
    place = {at: new for new, at in enumerate(order)}
    return all(
        name not in anchors or anchors[name] == at or place[anchors[name]] < place[at]
        for name, at in aliases
    )


def _has_anchor(pair: Iterable[Span | None]) -> bool:
    return any(span.anchor is not None for span in _inside(pair))


def _inside(spans: Iterable[Span | None]) -> Iterator[Span]:
    """Yield ``spans`` and everything in them."""
    for span in spans:
        if span is not None:
            yield span
            yield from _inside(span.children)
