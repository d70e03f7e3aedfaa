"""A YAML text as entries, each with its own lines and the comments that belong to it.

Every line of the file is in exactly one place of the tree, as it was written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from errorbook.yaml_text.lines import indent_of, is_blank, is_comment, text_indent
from errorbook.yaml_text.spans import BLOCK_STYLES, Outline, Span, outline


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list."""

    key: str | None
    """What the key says; nothing for an item, or for a key that is an alias."""
    above: list[str]
    """Blank lines and comments between the entry before it and this one."""
    lines: list[str]
    """The line of its key, and of its value all lines, unless that is a block.

    None for an item whose block begins beside its dash.
    """
    span: Span
    """Its value, in the text it came from."""
    offset: int = 0
    """Where in that text its lines begin."""
    head: int = 0
    """How much of its first line comes before its value: key and colon, or the dash."""
    content: int = 0
    """How many of its lines are key and value; comments that stand deeper follow."""
    block: Block | None = None
    """Its value, if that is a collection on lines of its own."""
    has_tied_key: bool = False
    """Whether its key has an anchor, or is an alias."""
    prefix: str = ""
    """Of an item without lines: what comes before its block, up to the dash and its spaces."""

    @property
    def is_collection(self) -> bool:
        """Whether its value is a mapping or a list."""
        return self.span.kind in ("mapping", "sequence")

    @property
    def is_flow(self) -> bool:
        """Whether its value is in brackets."""
        return self.span.style == "flow"


@dataclass(slots=True)
class Block:
    """A mapping or a list on lines of its own, whose entries begin in one column."""

    is_mapping: bool
    column: int
    entries: list[Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    """Comments behind its last entry."""
    by_key: dict[str, Entry] | None = None
    """Its entries by their keys, once somebody looks for one."""


@dataclass(slots=True)
class Tree:
    """A file: what its only value is, and what stands before and behind it."""

    above: list[str]
    """What comes up to a line with ``---``."""
    root: Block | None
    """None where it is no mapping or list on lines of its own; everything is ``above`` then."""
    below: list[str]
    """What comes from a line with ``...`` on."""
    outline: Outline

    def lines(self) -> list[str]:
        """Return the lines of the whole file."""
        made = list(self.above)
        if self.root is not None:
            write(self.root, made)
        return made + self.below


class _NotOnLinesError(Exception):
    """A block cannot be taken apart into lines: two entries share one, or a key needs several."""


def write(block: Block, made: list[str]) -> None:
    """Append the lines of ``block`` to ``made``."""
    for entry in block.entries:
        made += entry.above
        made += entry.lines
        if entry.block is not None:
            if entry.lines:
                write(entry.block, made)
            else:
                _write_item(entry, entry.block, made)
    made += block.below


def _write_item(item: Entry, block: Block, made: list[str]) -> None:
    """Append an item whose block begins beside its dash; comments at its head go above that.

    They stand in the column of the dash: deeper, the text of an item before could take them.
    """
    heads = list(_beside(block))
    lines = [line.strip() for one in heads for line in one.above]
    made += [" " * indent_of(item.prefix) + line if line else "" for line in lines]
    at = len(made)
    above = [one.above for one in heads]
    for one in heads:
        one.above = []
    write(block, made)
    for one, former in zip(heads, above, strict=True):
        one.above = former
    made[at] = item.prefix + made[at][len(item.prefix) :]


def _beside(block: Block | None) -> Iterator[Entry]:
    """Yield the entries that begin on the line on which ``block`` does."""
    while block is not None:
        first = block.entries[0]
        yield first
        block = None if first.lines else first.block


def parse(text: str) -> Tree:
    """Take ``text`` apart: LF newlines only, and valid.

    Raises:
        UnreadableError: if it is no YAML.
    """
    found = outline(text)
    lines = text.split("\n")
    return _Builder(text, lines).tree(found)


class _Builder:
    """Gives every line of a text its place."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self._text = text
        self._lines = lines
        self._starts = [0]
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def tree(self, found: Outline) -> Tree:
        """Return the whole of it."""
        lines, root = self._lines, found.root
        begin = self._line(found.begin) + 1 if found.begin else 0
        stop = len(lines) if found.end is None else self._line(found.end)
        block = None
        if root is not None and root.is_block and root.children:
            try:
                block = self._block(root, begin, stop, -1)
            except _NotOnLinesError:
                block = None
        if block is None:
            return Tree(lines, None, [], found)
        return Tree(lines[:begin], block, lines[stop:], found)

    def _line(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def _block(self, span: Span, begin: int, stop: int, outer: int) -> Block:
        """Return the block of ``span``, which has the lines from ``begin`` up to ``stop``.

        Its first entry may begin beside a dash in column ``outer`` of the line ``begin``.
        """
        is_mapping = span.kind == "mapping"
        values = [one[1] for one in span.pairs()] if is_mapping else span.children
        heads = self._key_heads(span) if is_mapping else self._dashes(span, begin)
        column = heads[0] - self._starts[self._line(heads[0])]
        at = [self._line(head) for head in heads]
        if column <= outer or any(one >= other for one, other in pairwise(at)):
            raise _NotOnLinesError
        block = Block(is_mapping, column)
        above = begin
        for index, value in enumerate(values):
            following = at[index + 1] if index + 1 < len(at) else stop
            own = self._stop(self._last(value) + 1, following, column)
            key = span.children[2 * index] if is_mapping else None
            entry = self._entry(key, value, (heads[index], at[index], own))
            entry.above = self._lines[above : at[index]]
            block.entries.append(entry)
            above = own
        block.below = self._lines[above:stop]
        return block

    def _key_heads(self, span: Span) -> list[int]:
        return [key.start for key, _ in span.pairs()]

    def _dashes(self, span: Span, begin: int) -> list[int]:
        """Return where the dashes of a list are, which no event tells."""
        first = span.start if span.anchor is None else self._first_dash(begin)
        column = first - self._starts[self._line(first)]
        found = [first]
        for value in span.children[1:]:
            line, last = self._line(value.start), self._line(found[-1])
            while line > last and self._lines[line][: column + 1].lstrip(" ") != "-":
                line -= 1
            found.append(self._starts[line] + column)
        return found

    def _first_dash(self, begin: int) -> int:
        for line in range(begin, len(self._lines)):
            if self._lines[line].lstrip(" ").startswith("-"):
                return self._starts[line] + indent_of(self._lines[line])
        raise _NotOnLinesError

    def _entry(self, key: Span | None, value: Span, place: tuple[int, int, int]) -> Entry:
        """Return an entry that begins at an offset and has the lines from one up to another."""
        start, line, stop = place
        offset = self._starts[line]
        before = self._text[offset:start]
        if before.strip(" ") and before.strip(" -"):
            raise _NotOnLinesError
        head = self._text.index(":", key.end) + 1 if key else start + 1
        name = key.text if key and key.kind == "scalar" else None
        entry = Entry(name, [], [], value, offset, head - offset)
        entry.has_tied_key = key is not None and (key.anchor is not None or key.kind == "alias")
        if value.is_block and value.children:
            try:
                self._take_block(entry, value, line, stop)
            except _NotOnLinesError:
                entry.block = None
        if entry.block is None:
            entry.lines = self._lines[line:stop]
            entry.content = self._last(value) + 1 - line
        if before.strip(" ") and entry.lines:
            entry.lines[0] = " " * len(before) + entry.lines[0][len(before) :]
        return entry

    def _take_block(self, entry: Entry, value: Span, line: int, stop: int) -> None:
        lines = self._lines
        column = entry.head - 1
        first = value.children[0].start
        if lines[line][column] == "-" and self._line(first) == line and value.anchor is None:
            entry.block = self._block(value, line, stop, column)
            entry.prefix = " " * column + lines[line][column : entry.block.column]
            return
        outer = column if lines[line][column] == "-" else indent_of(lines[line]) - 1
        entry.block = self._block(value, line + 1, stop, outer)
        entry.lines, entry.content = [lines[line]], 1

    def _last(self, span: Span) -> int:
        """Return the last line of a value; blank lines behind it belong to it only if kept."""
        if not span.children and span.style not in BLOCK_STYLES:
            return self._line(span.end)
        while span.is_block and span.children:
            span = self._last_child(span)
        if not span.is_block_scalar:
            return self._line(span.end)
        first, last = self._line(span.start), self._line(span.end)
        if last > first and self._starts[last] == span.end:
            last -= 1
        header = self._text[span.start : self._starts[first] + len(self._lines[first])]
        if "+" in header.partition("#")[0]:
            return last
        least = text_indent(header, self._lines[first + 1 : last + 1])
        while last > first and is_blank(self._lines[last], least):
            last -= 1
        return last

    def _last_child(self, span: Span) -> Span:
        """Return what ends a block: a value that is absent without a colon stands nowhere."""
        value = span.children[-1]
        is_absent = value.start == value.end and self._text[value.start - 1] not in ":-"
        return span.children[-2] if is_absent and span.kind == "mapping" else value

    def _stop(self, begin: int, end: int, column: int) -> int:
        """Return where the comments end that stand deeper than ``column``, from ``begin`` on."""
        last = begin
        for line in range(begin, end):
            text = self._lines[line]
            if not is_comment(text):
                continue
            if indent_of(text) <= column:
                break
            last = line + 1
        return last
