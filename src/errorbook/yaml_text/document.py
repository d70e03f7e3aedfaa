"""A YAML file that can be edited: what is not touched stays as it was, to the character."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import ErrorbookError
from errorbook.yaml_text import edit
from errorbook.yaml_text.alter import alter
from errorbook.yaml_text.comments import file_comments
from errorbook.yaml_text.layout import laid_out
from errorbook.yaml_text.order import FREE, Shape, file_shape
from errorbook.yaml_text.plain import Path, change, value_at
from errorbook.yaml_text.scalars import as_read, same
from errorbook.yaml_text.shared import is_tied, tied_entries
from errorbook.yaml_text.tree import Block, Entry, Tree, parse

_MARK: Final = "\ufeff"
_Change = tuple[JsonValue, JsonValue]
"""What stood at a path, and what is to stand there."""


class Document:
    """The text of a catalog or project file, with its values in reach by path."""

    def __init__(self, text: str, name: str) -> None:
        """Read ``text``, called ``name`` in problems. It may be empty, or hold only comments.

        Raises:
            ErrorbookError: if it is no YAML that a catalog may be.
        """
        self._name = name
        self._former: str | None = text
        """The text, as long as nothing is put."""
        self._mark = _MARK if text.startswith(_MARK) else ""
        self._break = "\r\n" if text.count("\n") == text.count("\r\n") > 0 else "\n"
        plain = text.removeprefix(_MARK).replace("\r\n", "\n")
        self._data: JsonValue = json.loads(json.dumps(_read(plain, name)))
        self._tree = parse(plain)
        self._root = self._tree.root or self._new_root(self._tree)
        outline = self._tree.outline
        has_ties = bool(outline.anchors) or outline.has_aliases
        self._tied = list(tied_entries(self._root, self._data)) if has_ties else []
        for tied in self._tied:
            tied.entry.key = str(tied.path[-1]) if tied.block.is_mapping else None

    def put(self, path: Sequence[str | int], value: JsonValue) -> None:
        """Set the value at ``path``; mappings that are missing on the way are made.

        A new key takes its place in canonical order among its neighbours; what stood there before
        is replaced, with the comments above it kept. ``None`` removes the entry, comments too.
        Aliases of what changes are written out, for what they repeat stays as it was.

        Raises:
            NoPlaceError: if the path leads through a single value or past the end of a list, or
                something is nested too deep or called by too long a name. Nothing is changed then.
        """
        as_read({str(step): None for step in path})  # keys, too, have to be what can be written
        value = as_read(value, len(path))
        former = value_at(self._data, path)
        if same(former, value):
            return
        if self._former is not None and not self._former.endswith("\n"):
            self._end_line()
        change(self._data, path, value)
        self._former = None
        if self._tied and self._ties(path):
            self._write_out()
        self._put(self._root, file_shape(), tuple(path), (former, value))

    def text(self) -> str:
        """Return the whole file."""
        if self._former is not None:
            return self._former
        text = "\n".join(self._tree.lines())
        if not _says(text, self._name, self._data):
            # Spaces on a blank line, or a missing line break at the end, count behind a new text.
            text = "\n".join(line if line.strip() else "" for line in text.split("\n"))
            text = text if text.endswith("\n") else f"{text}\n"
            _verify(text, self._name, self._data)
        return self._mark + text.replace("\n", self._break)

    def _new_root(self, tree: Tree) -> Block:
        """Return a root for a file that has none on lines of its own; its comments stay on top."""
        data = self._data if isinstance(self._data, dict) else {}
        if data:
            comments = file_comments(tree)
            tree.above = [*comments, ""] if comments else []
        else:
            tree.above = _closed(tree.above)
        tree.root, tree.below = edit.block_of(data, file_shape()), [""]
        return tree.root

    def _end_line(self) -> None:
        """Write the text anew that the file ends with: a line break behind it would change it."""
        block, shape, value = self._root, file_shape(), self._data
        while block.entries and not block.below:
            entry, step = block.entries[-1], len(block.entries) - 1
            key = entry.key if block.is_mapping else step
            if key is None:
                return
            shape, value = shape.at(key), value_at(value, [key])
            if entry.block is None:
                self._rewrite(block, entry, value, shape)
                return
            block = entry.block

    def _rewrite(self, block: Block, entry: Entry, value: JsonValue, shape: Shape) -> None:
        """Write an entry anew that ends with a text on lines of its own."""
        span = entry.span
        while span.is_block and span.children:
            span = span.children[-1]
        if not span.is_block_scalar or len(entry.lines) > entry.content:
            return
        if is_tied(entry.span):
            self._write_out()
        else:
            edit.replace(block, entry, value, shape)

    def _put(self, block: Block, shape: Shape, path: Path, change: _Change, at: int = 0) -> None:
        """Make ``change`` at ``path``, whose step ``at`` leads to an entry of ``block``."""
        step, is_last = path[at], at == len(path) - 1
        former, value = change if is_last else (None, value_at(self._data, path[: at + 1]))
        entry = edit.find(block, step)
        if entry is None:
            edit.insert(block, step, value, shape)
        elif is_last and value is None:
            edit.remove(block, entry)
        elif is_last:
            alter(block, entry, former, value, shape.at(step))
        elif entry.block is not None:
            self._put(entry.block, shape.at(step), path, change, at + 1)
            if not entry.block.entries:
                edit.replace(block, entry, {} if entry.block.is_mapping else [], FREE)
        else:
            edit.replace(block, entry, value, shape.at(step))

    def _ties(self, path: Path) -> bool:
        """Tell whether a change at ``path`` changes what an alias repeats, or an alias."""
        block: Block | None = self._root
        for index, step in enumerate(path):
            entry = edit.find(block, step) if block is not None else None
            if entry is None:
                return False
            if entry.has_tied_key or entry.span.anchor is not None:
                return True
            if (entry.block is None or index == len(path) - 1) and is_tied(entry.span):
                return True
            block = entry.block
        return False

    def _write_out(self) -> None:
        """Put what they repeat in the place of all aliases, and remove all anchors."""
        for tied in self._tied:
            shape = file_shape()
            for step in tied.path:
                shape = shape.at(step)
            edit.untie(tied, shape)
        self._tied = []


def formatted(text: str, name: str) -> str:
    """Return a catalog in canonical order and layout, comments kept; the same again if repeated.

    Raises:
        ErrorbookError: if ``text`` is not valid YAML.
    """
    plain = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    data = _read(plain, name)
    made = laid_out(plain)
    if made == plain:
        return made
    if not plain.endswith("\n") and not _says(made, name, data):
        # It ends with a text that a line break, or another place, would make a longer one.
        made = laid_out(plain, reorders=False)
        made = made if _says(made, name, data) else made.removesuffix("\n")
    _verify(made, name, data)
    return made


class FormatError(OSError):
    """What was made says something else than what was there, so it cannot be written.

    It is an error of this package, but no crash: nothing was written, and one line says of what.
    """


def _read(text: str, name: str) -> JsonValue:
    """Return the data of ``text``; a file with nothing but comments holds none."""
    data, problems = read_yaml(text.encode(errors="surrogatepass"), name)
    if [problem.rule for problem in problems] == ["empty-file"]:
        return {}
    if problems:
        raise ErrorbookError(problems)
    return data


def _says(text: str, name: str, data: JsonValue) -> bool:
    try:
        return same(_read(text, name), data)
    except ErrorbookError:
        return False


def _verify(text: str, name: str, data: JsonValue) -> None:
    if not _says(text, name, data):
        raise FormatError(f"{name}: what was made says something else; nothing was changed")


def _closed(lines: list[str]) -> list[str]:
    """Return the lines of a file with nothing but comments, one blank line below the last."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return [*lines, ""] if lines else []
