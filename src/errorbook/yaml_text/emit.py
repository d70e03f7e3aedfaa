"""Plain data as YAML that a person would have written: canonical order, short things on one line.

Reading it gives the same data again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.yaml_text.order import Shape
from errorbook.yaml_text.scalars import double_quoted, is_readable, key_text, scalar

WIDTH: Final = 100
"""Columns that a line should not pass; a word, a code or a quoted text may."""
STEP: Final = 2
"""Columns by which what belongs to a key stands further right."""
TALL: Final = 4
"""Lines from which on entries are set apart by blank lines."""

_LONGEST_SHORT: Final = 48
_MOST_WORDS: Final = 4
_FOLD: Final = re.compile(r"(?<=\S) (?=\S)")

Lines = list[str]


def entry_lines(
    key: str, value: JsonValue, shape: Shape, column: int, *, brackets: bool | None = None
) -> Lines:
    """Return the lines of a key with its value, both of them in ``column``.

    ``brackets`` tells whether a mapping or list is to stand in them, as far as it fits on a line.
    """
    head = f"{' ' * column}{key_text(key)}:"
    if isinstance(value, dict | list):
        text = _on_one_line(value, shape, len(head), brackets)
        return [f"{head} {text}"] if text else [head, *_block(value, shape, column + STEP)]
    return _single(head, value, column + STEP)


def item_lines(
    value: JsonValue, shape: Shape, column: int, *, brackets: bool | None = None
) -> Lines:
    """Return the lines of an item of a list, whose dash is in ``column``."""
    dash = f"{' ' * column}-"
    if isinstance(value, dict | list):
        text = _on_one_line(value, shape, len(dash), brackets)
        if text:
            return [f"{dash} {text}"]
        lines = _block(value, shape, column + STEP)
        return [f"{dash} {lines[0].lstrip(' ')}", *lines[1:]]
    return _single(dash, value, column + STEP)


def stand_apart(heights: Sequence[int], index: int, shape: Shape) -> bool:
    """Tell whether a blank line stands above an entry, where entries have so many lines.

    Entries of one kind all have one, or none has.
    """
    if shape.each is not None:
        return shape.each.is_deep and max(heights) >= TALL
    return shape.holds_many and max(heights[index - 1 : index + 1]) >= TALL


def _single(head: str, value: str | float | bool | None, column: int) -> Lines:
    """Return ``head`` and a single value behind it, or below it in ``column``."""
    if isinstance(value, str):
        return _text(head, value, column)
    return [f"{head} {scalar(value)}"]


def _block(value: JsonValue, shape: Shape, column: int) -> Lines:
    """Return the lines of a mapping or list, in order, with blank lines between tall entries."""
    if isinstance(value, dict):
        keys = sorted(value, key=shape.rank) if shape.has_order else value
        parts = [entry_lines(key, value[key], shape.at(key), column) for key in keys]
    else:
        items = value if isinstance(value, list) else []
        parts = [item_lines(one, shape.at(index), column) for index, one in enumerate(items)]
    return list(_spaced(parts, shape))


def _spaced(parts: Sequence[Lines], shape: Shape) -> Iterator[str]:
    heights = [len(part) for part in parts]
    for index, part in enumerate(parts):
        if index and stand_apart(heights, index, shape):
            yield ""
        yield from part


def _on_one_line(
    value: dict[str, JsonValue] | list[JsonValue],
    shape: Shape,
    before: int,
    brackets: bool | None,
) -> str | None:
    """Return a mapping or list in brackets, where it is short; None where it needs lines."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if brackets is False:
        return None
    if brackets:
        text = _bracketed(value, shape)
    elif isinstance(value, dict):
        text = _short_mapping(value, shape)
    else:
        text = _short_list(value, shape)
    return text if text is not None and before + 1 + len(text) <= WIDTH else None


def _bracketed(value: JsonValue, shape: Shape) -> str | None:
    """Return anything in brackets, if that can be read."""
    if isinstance(value, dict):
        keys = sorted(value, key=shape.rank) if shape.has_order else value
        parts = [(key, _bracketed(value[key], shape.at(key))) for key in keys]
        if any(text is None for _, text in parts):
            return None
        return (
            "{" + ", ".join(f"{key_text(key, in_flow=True)}: {text}" for key, text in parts) + "}"
        )
    if isinstance(value, list):
        texts = [_bracketed(one, shape.at(index)) for index, one in enumerate(value)]
        return _joined(texts)
    if isinstance(value, str) and not is_readable(value):
        return None
    return scalar(value, in_flow=True)


def _short_mapping(value: Mapping[str, JsonValue], shape: Shape) -> str | None:
    if not shape.has_order or shape.is_deep:
        return None
    parts = {key: _short(value[key], shape.at(key)) for key in sorted(value, key=shape.rank)}
    return None if None in parts.values() else _braced(parts)


def _braced(parts: Mapping[str, str | None]) -> str:
    """Return a mapping in brackets."""
    pairs = (f"{key_text(key, in_flow=True)}: {text}" for key, text in parts.items())
    return "{" + ", ".join(pairs) + "}"


def _short(value: JsonValue, shape: Shape) -> str | None:
    if isinstance(value, list):
        return _short_list(value, shape)
    if isinstance(value, dict):
        return None if value else "{}"
    if isinstance(value, str) and not _is_short(value):
        return None
    return scalar(value, in_flow=True)


def _short_list(value: Sequence[JsonValue], shape: Shape) -> str | None:
    if shape.each is not None and shape.each.is_prose:
        return None
    if any(isinstance(one, dict | list) for one in value):
        return None
    return _joined([_short(one, shape.at(index)) for index, one in enumerate(value)])


def _joined(texts: Sequence[str | None]) -> str | None:
    """Return a list in brackets; None if one of its items is."""
    found = [one for one in texts if one is not None]
    return "[" + ", ".join(found) + "]" if len(found) == len(texts) else None


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_SHORT and text.count(" ") < _MOST_WORDS and is_readable(text)


def _text(head: str, text: str, column: int) -> Lines:
    """Return a text behind ``head``, or on lines of its own where it is long or has several."""
    if "\n" in text:
        lines = _literal(head, text, column)
        return lines or [f"{head} {double_quoted(text)}"]
    line = f"{head} {scalar(text)}"
    if len(line) <= WIDTH or not is_readable(text) or text != text.strip():
        return [line]
    folded = list(_folded(text, WIDTH - column))
    if len(folded) == 1 and not line.endswith('"'):
        return [line]
    return [f"{head} >-", *(" " * column + one for one in folded)]


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield ``text`` in lines, broken at single spaces: others would not come back."""
    line = ""
    for part in _FOLD.split(text):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _literal(head: str, text: str, column: int) -> Lines:
    """Return a text of several lines as they are; nothing where those would not come back."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body or lines[0] != lines[0].lstrip() or not lines[0] or not lines[-1].strip():
        return []
    if any(one != one.rstrip() or not is_readable(one) for one in lines):
        return []
    mark = "|" if text.endswith("\n") else "|-"
    return [f"{head} {mark}", *(" " * column + one if one else "" for one in lines)]
