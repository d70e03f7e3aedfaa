"""Tables of HTML, with cells that span columns or rows written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from errorbook.html_tree import Element
from errorbook.importing.docs.blocks import Table
from errorbook.importing.docs.html_inline import inline
from errorbook.importing.docs.spans import Line

_MOST_COLUMNS: Final = 64
_MOST_ROWS: Final = 1000
"""Rows that one cell may span."""

_Row = tuple[int, list[Element]]
"""The index of the part of the table that it stands in, and its cells."""


def holds_data(element: Element) -> bool:
    """Tell whether a table is one, rather than a way to set other tables or numbered code."""
    if element.attributes.get("role") in ("presentation", "none"):
        return False
    return not any(one.tag == "table" or _is_of_lines(one) for one in element.walk())


def _is_of_lines(element: Element) -> bool:
    """Tell whether a cell holds the numbers of lines of code."""
    return "class" in element.attributes and "linenos" in element.classes


def cells(element: Element) -> Iterator[Element]:
    """Yield the cells of a table that is none, but for numbers of lines."""
    waiting = element.elements[::-1]
    while waiting:
        one = waiting.pop()
        if one.tag in ("td", "th") and not _is_of_lines(one):
            yield one
        elif one.tag != "table":
            waiting += one.elements[::-1]


def table(element: Element) -> Table:
    """Return a table. Its header is the row of its head, or a first row of nothing but headings."""
    rows = list(_rows(element))
    filled = _spread(rows)
    lines = [tuple(inline(cell.children, cell.line) for cell in row) for row in filled]
    has_header = bool(rows) and _is_header(element, rows[0][1])
    header: Sequence[Line] = lines[0] if has_header else ()
    return Table(tuple(header), tuple(lines[1:] if has_header else lines), element.line)


def _rows(element: Element) -> Iterator[_Row]:
    """Yield the rows that have cells."""
    part = 0
    for one in element.walk():
        if one.tag in ("thead", "tbody", "tfoot"):
            part += 1
        elif one.tag == "tr":
            inside = [cell for cell in one.elements if cell.tag in ("td", "th")]
            if inside:
                yield part, inside


def _is_header(element: Element, row: Sequence[Element]) -> bool:
    if all(cell.tag == "th" for cell in row):
        return True
    head = element.first("thead")
    return head is not None and any(cell is row[0] for cell in head.walk())


def _spread(rows: Sequence[_Row]) -> list[list[Element]]:
    """Return the cells of each row, those among them that span several columns or rows."""
    spread: list[list[Element]] = []
    hanging: dict[int, tuple[Element, int]] = {}
    last_part = 0
    for part, inside in rows:
        if part != last_part:
            hanging, last_part = {}, part
        row: list[Element] = []
        waiting = list(reversed(inside))
        while len(row) < _MOST_COLUMNS and (waiting or len(row) in hanging):
            at = len(row)
            if at in hanging:
                cell, left = hanging.pop(at)
                row.append(cell)
                if left > 1:
                    hanging[at] = (cell, left - 1)
                continue
            cell = waiting.pop()
            down = _number(cell, "rowspan", _MOST_ROWS)
            for _ in range(min(_number(cell, "colspan", _MOST_COLUMNS), _MOST_COLUMNS - at)):
                if down > 1:
                    hanging[len(row)] = (cell, down - 1)
                row.append(cell)
        spread.append(row)
    return spread


def _number(cell: Element, name: str, most: int) -> int:
    text = cell.attributes.get(name, "")
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 6 else 1
