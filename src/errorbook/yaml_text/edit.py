"""Entries of a tree replaced, added and taken apart, each in the layout of its neighbours."""

from __future__ import annotations

from typing import Final

from pydantic import JsonValue

from errorbook.yaml_text.comments import split_comments
from errorbook.yaml_text.emit import Lines, entry_lines, item_lines, stand_apart
from errorbook.yaml_text.lines import is_comment
from errorbook.yaml_text.order import Shape
from errorbook.yaml_text.ordering import close_up, ends_open
from errorbook.yaml_text.plain import NoPlaceError
from errorbook.yaml_text.scalars import key_text
from errorbook.yaml_text.shared import Tied, without_anchor
from errorbook.yaml_text.tree import Block, Entry, parse, write

_LOOKED_AT: Final = 20
"""Neighbours that say how a new entry is set apart."""


def find(block: Block, step: str | int) -> Entry | None:
    """Return the entry of ``block`` called ``step``."""
    if isinstance(step, int):
        return block.entries[step] if step < len(block.entries) else None
    if block.by_key is None:
        block.by_key = {one.key: one for one in block.entries if one.key is not None}
    return block.by_key.get(step)


def block_of(data: dict[str, JsonValue], shape: Shape) -> Block:
    """Return a mapping of a new file."""
    block = Block(is_mapping=True, column=0)
    for key, value in data.items():
        insert(block, key, value, shape)
    return block


def insert(
    block: Block, step: str | int, value: JsonValue, shape: Shape, at: int | None = None
) -> None:
    """Add an entry: at ``at``, or where the order of keys has a place for it, else at the end."""
    entry = _made(block, step, value, shape.at(step), brackets=_usual(block, shape))
    at = _place(block, entry, shape) if at is None else at
    if block.entries:
        _set_apart(block, entry, at, shape)
    if at > 0 and ends_open(block.entries[at - 1]):
        close_up(entry)
    block.entries.insert(at, entry)
    _know(block, entry)


def remove(block: Block, entry: Entry) -> None:
    """Take an entry away, with the comments above it that are its own."""
    at = next(at for at, one in enumerate(block.entries) if one is entry)
    heading = entry.above[: _heading(entry.above)]
    has_comment = any(map(is_comment, heading))
    following = block.entries[at + 1] if at + 1 < len(block.entries) else None
    if following is not None and (has_comment or at == 0):
        following.above = heading + following.above[_leading_blanks(following) :]
    elif has_comment:
        block.below = heading + block.below
    del block.entries[at]
    block.by_key = None
    if following is not None and at > 0 and ends_open(block.entries[at - 1]):
        close_up(following)


def replace(block: Block, entry: Entry, value: JsonValue, shape: Shape) -> None:
    """Give ``entry`` another value. The comments above it stay, and the one beside it.

    Those inside what is replaced come to stand above it, for nobody knows what they are about now.
    """
    step = entry.key if entry.key is not None else 0
    brackets = None
    if entry.is_collection and entry.span.children:
        brackets = entry.is_flow and entry.content == 1
    new = _made(block, step, value, shape, brackets=brackets)
    if entry.lines and new.lines and block.is_mapping:
        _set_head(new, entry.lines[0][: entry.head])
    _keep_comments(block, entry, new)
    _exchange(block, entry, new)


def _set_head(entry: Entry, head: str) -> None:
    """Write the key of an entry as it was written before."""
    entry.lines[0] = head + entry.lines[0][entry.head :]
    entry.offset += entry.head - len(head)
    entry.head = len(head)


def _keep_comments(block: Block, entry: Entry, new: Entry) -> None:
    """Give the comments of ``entry`` to what takes its place."""
    beside, inside = split_comments(entry)
    if beside and new.lines:
        new.lines[0] += f"  {beside}"
    elif beside:
        inside.insert(0, beside)
    new.above = [*entry.above, *(" " * block.column + one for one in inside)]
    _keep_tail(new, entry.lines[entry.content :], block.column)


def _keep_tail(entry: Entry, comments: Lines, column: int) -> None:
    """Keep comments below a new value: deeper than its key, and no part of its text."""
    if entry.block is not None:
        below = " " * entry.block.column
        entry.block.below += [below + line.strip() if line.strip() else "" for line in comments]
    elif entry.span.is_block_scalar:
        entry.lines += [" " * (column + 1) + line.strip() for line in comments]
    else:
        entry.lines += comments


def untie(tied: Tied, shape: Shape) -> None:
    """Write an entry out that has an anchor or an alias."""
    entry, block = tied.entry, tied.block
    step = tied.path[-1]
    if entry.block is None:
        entry.key = str(step) if block.is_mapping else None
        new = _made(block, step, tied.data, shape)
        _keep_comments(block, entry, new)
        _exchange(block, entry, new)
    elif entry.lines:
        line = entry.lines[0]
        mark = f"{key_text(str(step))}:" if block.is_mapping else "-"
        head = " " * block.column + mark
        entry.lines[0] = head + without_anchor(line[entry.head :])
        entry.head, entry.has_tied_key = len(head), False
        entry.span.anchor = None


def _usual(block: Block, shape: Shape) -> bool | None:
    """Return whether entries of one kind stand in brackets; None if some do, or it is too early."""
    if shape.each is None:
        return None
    found = {
        one.is_flow
        for one in block.entries[-_LOOKED_AT:]
        if one.span.kind in ("mapping", "sequence")
    }
    return found.pop() if len(found) == 1 else None


def _made(
    block: Block, step: str | int, value: JsonValue, shape: Shape, *, brackets: bool | None = None
) -> Entry:
    """Return an entry of ``block``."""
    column = block.column
    if block.is_mapping:
        return entry_of(entry_lines(str(step), value, shape, column, brackets=brackets))
    return entry_of(item_lines(value, shape, column, brackets=brackets))


def entry_of(lines: Lines) -> Entry:
    """Return the one entry that ``lines`` are."""
    root = parse("\n".join(lines)).root
    if root is None:
        raise NoPlaceError(f"this cannot be written on lines: {lines[0].strip()}")
    return root.entries[0]


def _exchange(block: Block, entry: Entry, new: Entry) -> None:
    at = next(at for at, one in enumerate(block.entries) if one is entry)
    block.entries[at] = new
    _know(block, new)


def _know(block: Block, entry: Entry) -> None:
    if block.by_key is not None and entry.key is not None:
        block.by_key[entry.key] = entry


def _leading_blanks(entry: Entry) -> int:
    return next((at for at, line in enumerate(entry.above) if line.strip()), len(entry.above))


def _place(block: Block, entry: Entry, shape: Shape) -> int:
    if entry.key is None or not shape.has_order:
        return len(block.entries)
    rank = shape.rank(entry.key)
    before = [at for at, one in enumerate(block.entries) if shape.rank(one.key or "") <= rank]
    return before[-1] + 1 if before else 0


def _set_apart(block: Block, entry: Entry, at: int, shape: Shape) -> None:
    """Put a blank line above a new entry, or below it, where its neighbours have them."""
    others = block.entries
    spaced = [_has_blank(one) for one in others[1:][-_LOOKED_AT:]]
    height = _height(entry)
    if spaced:
        is_apart = all(spaced) or (2 * sum(spaced) > len(spaced) and height > 1)
    else:
        is_apart = stand_apart([_height(others[0]), height], 1, shape)
    if at > 0:
        entry.above = [""] if is_apart else []
        return
    first = others[0]
    heading = _heading(first.above)
    entry.above, first.above = first.above[:heading], first.above[heading:]
    if is_apart:
        first.above.insert(0, "")


def _has_blank(entry: Entry) -> bool:
    return any(not line.strip() for line in entry.above)


def _heading(above: list[str]) -> int:
    """Return how many of the lines above an entry come before the comment that is its own."""
    blank = [at for at, line in enumerate(above) if not line.strip()]
    return blank[-1] + 1 if blank else 0


def _height(entry: Entry) -> int:
    made = list(entry.lines)
    if entry.block is not None:
        write(entry.block, made)
    return len(made)
