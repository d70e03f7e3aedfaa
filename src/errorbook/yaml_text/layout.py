"""Canonical order and layout of a file: what stands on its lines stays, but for spaces."""

from __future__ import annotations

from collections.abc import Iterable

from errorbook.yaml_text.emit import STEP
from errorbook.yaml_text.flow import tidied
from errorbook.yaml_text.lines import indent_of, is_blank, text_indent
from errorbook.yaml_text.order import Shape, file_shape
from errorbook.yaml_text.ordering import put_in_order
from errorbook.yaml_text.tree import Block, Entry, Tree, parse


def laid_out(text: str, *, reorders: bool = True) -> str:
    """Return ``text``, which is valid and has LF newlines, in canonical order and layout.

    Without ``reorders``, keys stay where they are.
    """
    tree = parse(text)
    if tree.root is not None:
        return _file(_Layout(text, tree, reorders=reorders).lines())
    if tree.outline.root is not None:
        return text if text.endswith("\n") else f"{text}\n"
    lines = _comments(tree.above, 0)
    _drop_blank(lines)
    return _file(_without_blank_end(lines))


def _file(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


class _Layout:
    """Lays out the blocks of a file, each in the column where it belongs."""

    def __init__(self, text: str, tree: Tree, *, reorders: bool) -> None:
        self._text = text
        self._tree = tree
        self._may_reorder = reorders and all(count == 1 for count in tree.outline.anchors.values())

    def lines(self) -> list[str]:
        """Return the lines of the file."""
        tree = self._tree
        if tree.root is not None:
            self._block(tree.root, file_shape(), 0)
            if not tree.above and tree.root.entries:
                _drop_blank(tree.root.entries[0].above)
            tree.root.below = _without_blank_end(tree.root.below)
        tree.above = _comments(tree.above, 0)
        _drop_blank(tree.above)
        tree.below = _without_blank_end([line.rstrip() for line in tree.below])
        return tree.lines()

    def _block(self, block: Block, shape: Shape, column: int) -> None:
        if block.is_mapping and shape.has_order and self._may_reorder:
            put_in_order(block, shape)
        for index, entry in enumerate(block.entries):
            inner = shape.at(entry.key if entry.key is not None else index)
            entry.above = _comments(entry.above, column)
            if entry.block is None:
                self._value(entry, inner, column - block.column, column)
                continue
            if entry.lines:
                entry.lines = [_key_line(entry.lines[0], entry.head, column)]
            if not entry.lines or entry.lines[0].lstrip(" ") == "-":
                entry.lines, entry.prefix = [], " " * column + "- "
            self._block(entry.block, inner, column + STEP)
            _lift(entry)
        block.below = _comments(block.below, column)
        block.column = column

    def _value(self, entry: Entry, shape: Shape, shift: int, column: int) -> None:
        """Lay out an entry that is no block."""
        if len(entry.lines) == 1 and not entry.is_flow:
            entry.lines = [_key_line(entry.lines[0], entry.head, column)]
            return
        lines = self._ordered(entry, shape)
        whole, tail = lines[: entry.content], lines[entry.content :]
        first = _key_line(whole[0], entry.head, column)
        rest = _continued(entry, whole[1:], shift, column)
        deeper = 1 if entry.span.is_block_scalar else STEP
        entry.lines = [first, *rest, *_comments(tail, column + deeper)]

    def _ordered(self, entry: Entry, shape: Shape) -> list[str]:
        """Return the lines of an entry, with what is in brackets tidied."""
        if not entry.is_flow or not self._may_reorder:
            return entry.lines
        span = entry.span
        made = tidied(self._text, span, shape)
        if made == self._text[span.start : span.end]:
            return entry.lines
        text = "\n".join(entry.lines)
        begin, end = span.start - entry.offset, span.end - entry.offset
        return (text[:begin] + made + text[end:]).split("\n")


def _key_line(line: str, head: int, column: int) -> str:
    """Return the line of a key or item in its ``column``, one space before its value."""
    mark = line[:head].strip(" ")
    if mark.endswith(":"):
        mark = mark[:-1].rstrip(" \t") + (" :" if mark.startswith("*") else ":")
    rest = line[head:].rstrip()
    value = rest.lstrip(" \t")
    gap = rest[: len(rest) - len(value)] if value.startswith("#") else " " if value else ""
    return f"{' ' * column}{mark}{gap}{value}"


def _continued(entry: Entry, lines: list[str], shift: int, column: int) -> list[str]:
    """Return the further lines of a value, moved with its key."""
    if entry.span.is_block_scalar:
        return _text_lines(entry, lines, shift, column)
    if entry.span.is_block:
        return [_moved(one, shift) for one in lines]
    least = column + STEP
    closing = column if entry.is_flow else least
    moved = []
    for line in lines:
        indent = indent_of(line) + shift
        floor = closing if line.strip() in ("}", "]") else least
        moved.append(" " * max(indent, floor) + line.lstrip(" ") if line.strip() else "")
    return moved


def _text_lines(entry: Entry, lines: list[str], shift: int, column: int) -> list[str]:
    """Return the lines of a block scalar, in the column behind that of its key."""
    header = entry.lines[0][max(entry.span.start - entry.offset, 0) :]
    least = text_indent(header, lines)
    if least:
        shift = column + STEP - least
    return ["" if is_blank(one, least) else _moved(one, shift) for one in lines]


def _moved(line: str, shift: int) -> str:
    """Return ``line`` so much further right; further left only as far as there are spaces."""
    if shift >= 0:
        return " " * shift + line if line else line
    return line[min(-shift, indent_of(line)) :]


def _comments(lines: Iterable[str], column: int) -> list[str]:
    """Return comments in ``column``, no two blank lines on end."""
    made: list[str] = []
    for line in lines:
        text = line.strip()
        if text:
            made.append(" " * column + text if text.startswith("#") else line.rstrip())
        elif not made or made[-1]:
            made.append("")
    return made


def _lift(entry: Entry) -> None:
    """Put the comments above the first key of an item above its dash, where they are read again."""
    if entry.lines or entry.block is None or not entry.block.entries:
        return
    first = entry.block.entries[0]
    lifted = [line for line in first.above if line]
    entry.above += _comments(lifted, indent_of(entry.prefix))
    first.above = []


def _drop_blank(lines: list[str]) -> None:
    while lines and not lines[0]:
        del lines[0]


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines
