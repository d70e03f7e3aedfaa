"""CSV and TSV -> a table. The delimiter is told by the header it gives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from errorbook.importing.cells import is_empty
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import field_of
from errorbook.importing.readers import UnreadableError
from errorbook.importing.sources import Source
from errorbook.importing.table.table import Row, Table
from errorbook.problems import Place

_DELIMITERS: Final = (",", ";", "\t", "|")
_SEPARATOR: Final = re.compile(r"sep=[,;|\t]\r?\n", re.I)
"""What Excel writes above a table to say how it is separated."""
_MOST_SKIPPED: Final = 20
"""Rows above the header: a title, a date."""
_LEAST: Final = 2
_SAMPLE: Final = 20_000

_Lined = tuple[int, list[str]]


def delimited(source: Source, wished: Mapping[str, str], into: Gathered) -> Table:
    """Return the table in ``source``.

    Raises:
        UnreadableError: if it is none.
    """
    text = source.text()
    delimiter = _delimiter(text, wished)
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        raise UnreadableError(f"this is not CSV: {error}") from None
    if not rows:
        raise UnreadableError("the file is empty")
    at = _header(rows, wished)
    line, headers = rows[at]
    width = len(headers)
    found = []
    for number, cells in rows[at + 1 :]:
        if any(not is_empty(cell) for cell in cells[width:]):
            into.wonder(Place(source.name, number), "a row has more cells than there are headers")
        found.append(Row((*cells[:width], *[""] * (width - len(cells))), (number, 0)))
    return Table(source.name, tuple(headers), tuple(found), (line, 0))


def looks_delimited(text: str) -> bool:
    """Tell whether ``text`` begins with a header that names codes and something else."""
    sample = text[:_SAMPLE]
    try:
        first = next(_rows(sample, _delimiter(sample, {})), (0, []))[1]
    except csv.Error:
        return False
    fields = {field_of(cell) for cell in first} - {None}
    return len(fields) >= _LEAST and bool(fields & {"code", "status"})


def _delimiter(text: str, wished: Mapping[str, str]) -> str:
    sample = text[:_SAMPLE]
    return max(_DELIMITERS, key=lambda one: _fit(sample, one, wished))


def _fit(text: str, delimiter: str, wished: Mapping[str, str]) -> tuple[int, int]:
    """Return how many headers a delimiter gives that are known, and how many columns at all."""
    try:
        rows = list(islice(_rows(text, delimiter), _MOST_SKIPPED))
    except csv.Error:
        return 0, 0
    best = [(_known(cells, wished), len(cells)) for _, cells in rows]
    return max(best, default=(0, 0))


def _header(rows: list[_Lined], wished: Mapping[str, str]) -> int:
    """Return which row names the columns: the first that names two we know, else the first."""
    for at, (_, cells) in enumerate(rows[:_MOST_SKIPPED]):
        if _known(cells, wished) >= min(_LEAST, len(cells)):
            return at
    return 0


def _known(cells: list[str], wished: Mapping[str, str]) -> int:
    folded = {header.casefold() for header in wished}
    return sum(field_of(cell) is not None or cell.strip().casefold() in folded for cell in cells)


def _rows(text: str, delimiter: str) -> Iterator[_Lined]:
    """Yield the rows that hold anything, each with the line it begins on."""
    separator = _SEPARATOR.match(text)
    skipped = 1 if separator else 0
    body = text[separator.end() :] if separator else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    line = 1 + skipped
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1 + skipped
