"""An entry given another value by few changes, so that comments in what stays the same stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from pydantic import JsonValue

from errorbook.yaml_text import edit
from errorbook.yaml_text.order import Shape
from errorbook.yaml_text.scalars import same
from errorbook.yaml_text.tree import Block, Entry


def alter(block: Block, entry: Entry, former: JsonValue, value: JsonValue, shape: Shape) -> None:
    """Make ``entry`` of ``block``, which says ``former``, say ``value``."""
    if entry.block is not None and value and isinstance(former, dict) and isinstance(value, dict):
        _alter_mapping(entry.block, former, value, shape)
    elif entry.block is not None and value and isinstance(former, list) and isinstance(value, list):
        _alter_list(entry.block, former, value, shape)
    else:
        edit.replace(block, entry, value, shape)


def _alter_mapping(
    block: Block, former: dict[str, JsonValue], value: dict[str, JsonValue], shape: Shape
) -> None:
    for key, new in value.items():
        entry = edit.find(block, key)
        if entry is None:
            edit.insert(block, key, new, shape)
        elif not same(former[key], new):
            alter(block, entry, former[key], new, shape.at(key))
    for key in former:
        entry = edit.find(block, key)
        if key not in value and entry is not None:
            edit.remove(block, entry)


def _alter_list(
    block: Block, former: list[JsonValue], value: list[JsonValue], shape: Shape
) -> None:
    """Change items from the last to the first, so that those before keep their place."""
    for begin, end, first, last in reversed(list(_differences(former, value))):
        both = min(end - begin, last - first)
        for step in range(both):
            entry = block.entries[begin + step]
            here = shape.at(begin + step)
            alter(block, entry, former[begin + step], value[first + step], here)
        for step in range(both, last - first):
            edit.insert(block, begin + step, value[first + step], shape, at=begin + step)
        for entry in block.entries[begin + both : end] if end - begin > both else ():
            edit.remove(block, entry)


def _differences(
    former: list[JsonValue], value: list[JsonValue]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield which items of one list are which of another, where they are not the same."""
    one, other = ([json.dumps(item, sort_keys=True) for item in items] for items in (former, value))
    for what, begin, end, first, last in SequenceMatcher(None, one, other, False).get_opcodes():
        if what != "equal":
            yield begin, end, first, last
