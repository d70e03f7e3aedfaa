"""What stands below the title of an error: labelled parts, examples, and what is neither."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from errorbook.importing.docs.blocks import Block, Code, Items, Paragraph, Table, Terms, walk
from errorbook.importing.docs.spans import Line, joined
from errorbook.importing.docs.titles import label_of, title_field


@dataclass
class Parts:
    """Collects the parts of one error.

    A label holds for what stands beside it, or else for the one block below it; under a title of
    its own it holds for all that follows.
    """

    said: dict[str, list[Line]] = field(default_factory=dict)
    """What each field is said to be: a paragraph or an item each."""
    free: list[Line] = field(default_factory=list)
    """Paragraphs without a label."""
    codes: list[Code] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    """Items without a label, and paragraphs below labels that are not known."""
    _field: str | None = None
    _is_filled: bool = False
    _stays: bool = False

    def begin(self, title: Line | None) -> None:
        """Begin what stands under a title of its own within the error."""
        self._field = title_field(title) if title is not None else None
        self._stays, self._is_filled = bool(self._field), False

    def feed(self, blocks: Iterable[Block]) -> None:
        """Take blocks in."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Items):
                self._items(block)
            elif isinstance(block, Terms):
                self._terms(block)
            else:
                if isinstance(block, Code):
                    self.codes.append(block)
                elif isinstance(block, Table):
                    self._table(block)
                self._end()

    def _end(self) -> None:
        if not self._stays:
            self._field, self._is_filled = None, False

    def _put(self, line: Line) -> None:
        if self._field:
            self.said.setdefault(self._field, []).append(line)
            self._is_filled = True
        else:
            self.unknown.append(line)

    def _label(self, name: str, value: Line) -> None:
        self._field, self._is_filled = name, False
        if value.plain.strip():
            self._put(value)

    def _paragraph(self, block: Paragraph) -> None:
        rows: list[Line] = []
        if self._is_filled:
            self._end()
        for line in block.lines:
            label = label_of(line)
            if label is not None:
                self._text(rows)
                rows = []
                self._stays = False
                self._label(label.field, label.value)
            elif self._is_filled and not rows and not self._stays:
                last = self.said[self._field or ""] if self._field else self.unknown
                last[-1] = joined([last[-1], line])
            else:
                rows.append(line)
        self._text(rows)

    def _text(self, rows: list[Line]) -> None:
        if not rows:
            return
        if self._field is None:
            self.free.append(joined(rows))
        else:
            self._put(joined(rows))

    def _items(self, block: Items) -> None:
        lead = self.said[self._field][-1].plain if self._field and self._is_filled else ":"
        if not lead.rstrip().endswith(":"):
            self._end()
        for entry in block.entries:
            self._item(entry)
        self._end()

    def _item(self, entry: tuple[Block, ...]) -> None:
        """Take an item in: with a label of its own, or as one of those that the label is for."""
        self.codes += [one for one in walk(entry) if isinstance(one, Code)]
        texts = [one for one in walk(entry) if isinstance(one, Paragraph)]
        if not texts:
            return
        label = label_of(texts[0].lines[0])
        if label is None or (self._field and not label.field):
            for text in texts:
                self._put(joined(text.lines))
            return
        around = self._field, self._stays, self._is_filled
        self._label(label.field, joined([label.value, *texts[0].lines[1:]]))
        for text in texts[1:]:
            self._put(joined(text.lines))
        self._field, self._stays, self._is_filled = around

    def _terms(self, block: Terms) -> None:
        for term, entry in block.entries:
            self._label(title_field(term), Line((), term.number))
            self.codes += [one for one in walk(entry) if isinstance(one, Code)]
            for text in walk(entry):
                if isinstance(text, Paragraph):
                    self._put(joined(text.lines))
        self._field, self._is_filled = None, False

    def _table(self, block: Table) -> None:
        """Take a table in whose first column holds labels; any other is left to whoever asks."""
        rows = [row for row in (block.header, *block.rows) if row]
        fields = [title_field(row[0]) if len(row) == 2 else "" for row in rows]
        is_upright = sum(map(bool, fields)) * 2 > len(rows) and not all(
            title_field(cell) for cell in block.header or rows[0]
        )
        if not is_upright:
            self.tables.append(block)
            return
        for name, row in zip(fields, rows, strict=True):
            if name and row[1].plain:
                self.said.setdefault(name, []).append(row[1])
