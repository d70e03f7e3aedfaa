"""Text as it is copied out of a browser -> what the page was made of.

Of tables the cells are left, with tabs between them or with nothing. Where nothing is between
them, a row is cut where its columns and the case of its letters leave no choice; any other is
left whole, and is told as a row that could not be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from errorbook.importing.docs import markdown
from errorbook.importing.docs.blocks import Block, Code, Heading, Table
from errorbook.importing.docs.spans import Line, plain_line
from errorbook.importing.docs.titles import is_reason_phrase
from errorbook.importing.headers import field_of

_LONGEST_HEADER: Final = 120
_LONGEST_ROW: Final = 2000
_LONGEST_TITLE: Final = 60
_LONGEST_JSON: Final = 200_000
_MOST_LINES: Final = 300
"""Lines of an example, beyond which its end is not looked for."""
_BORDER: Final = re.compile(
    r"(?<=[a-z0-9)\]}.!?%\"'\u201d])(?=[A-Z\u201c])|(?<=[A-Z])(?=[A-Z][a-z])"
)
"""Where one cell may end and the next begin, with nothing between them."""
_FIRST: Final = {
    "code": re.compile(
        r"([A-Za-z][A-Za-z0-9_.-]{0,120}?|[0-9]{4,9})(?=[1-5][0-9]{2}[^0-9]|[A-Z][a-z ])"
    ),
    "status": re.compile(r"([1-5][0-9]{2})(?=[^0-9]|\Z)"),
    "exception": re.compile(r"([A-Z][A-Za-z0-9]{0,100}?(?:Error|Exception))(?=[a-zA-Z0-9])"),
    "exit_code": re.compile(r"([0-9]{1,3})(?=[^0-9])"),
}
"""How a cell of a column looks, and what behind it shows that it ends."""


def parse(text: str) -> list[Block]:
    """Return what ``text`` is made of."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return list(_blocks([line.replace("\u00a0", " ") for line in lines]))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = waiting = 0
    while at < len(lines):
        found = _json(lines, at) or _table(lines, at) or _title(lines, at)
        if found is None:
            at += 1
            continue
        yield from markdown.parse_lines(list(enumerate(lines[waiting:at], waiting + 1)))
        block, at = found
        waiting = at
        yield block
    yield from markdown.parse_lines(list(enumerate(lines[waiting:], waiting + 1)))


def _json(lines: Sequence[str], at: int) -> tuple[Block, int] | None:
    """Read an object that begins a line and ends one."""
    if not lines[at].lstrip().startswith("{"):
        return None
    depth, size = 0, 0
    for end in range(at, min(len(lines), at + _MOST_LINES)):
        depth += lines[end].count("{") - lines[end].count("}")
        size += len(lines[end])
        if depth <= 0 or size > _LONGEST_JSON or not lines[end].strip():
            break
    else:
        return None
    text = "\n".join(lines[at : end + 1])
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return Code("json", text, at + 1), end + 1


def _table(lines: Sequence[str], at: int) -> tuple[Block, int] | None:
    """Read a line of headers and the rows below it, to the first blank line."""
    headers = _headers(lines[at])
    if len(headers) < 2:
        return None
    end = at + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    if end == at + 1:
        return None
    rows = [_row(lines[index], headers, index + 1) for index in range(at + 1, end)]
    while rows and len(rows[-1]) == 1 and not _begins_row(rows[-1][0].plain, headers):
        rows.pop()  # text that follows the table right away
        end -= 1
    if not rows:
        return None
    header = tuple(plain_line(name, at + 1) for name in headers)
    return Table(header, tuple(rows), at + 1), end


def _headers(line: str) -> list[str]:
    """Return the headers that a line is made of; none where it is no such line."""
    text = line.strip()
    if not text or len(text) > _LONGEST_HEADER or text[-1] in ".:;,!?":
        return []
    if "\t" in text:
        cells = [cell.strip() for cell in text.split("\t")]
        return cells if sum(field_of(cell) is not None for cell in cells) * 2 >= len(cells) else []
    cuts = [0, *(border.start() for border in _BORDER.finditer(text)), len(text)]
    best: dict[int, list[str]] = {0: []}
    for index, start in enumerate(cuts):
        if start not in best:
            continue
        for stop in cuts[index + 1 :]:
            name = text[start:stop]
            if field_of(name) is not None and stop not in best:
                best[stop] = [*best[start], name]
    return best.get(len(text), [])


def _row(line: str, headers: Sequence[str], number: int) -> tuple[Line, ...]:
    """Return the cells of a row; the row as its only cell where it cannot be cut."""
    if "\t" in line:
        return tuple(plain_line(cell, number) for cell in line.strip().split("\t"))
    fields = [field_of(header) for header in headers]
    rest, cells = line.strip()[:_LONGEST_ROW], list[str]()
    for field in fields[:-1]:
        cell = _cell(field, rest, is_first=not cells)
        if cell is None:
            break
        cells.append(cell)
        rest = rest[len(cell) :]
    missing = len(fields) - len(cells)
    pieces = _BORDER.split(rest)
    cells += pieces if len(pieces) == missing else [rest] if missing == 1 else []
    if len(cells) != len(fields):
        return (plain_line(line, number),)
    return tuple(plain_line(cell.strip(), number) for cell in cells)


def _begins_row(text: str, headers: Sequence[str]) -> bool:
    """Tell whether a text begins as the rows of a table do, although it could not be cut."""
    first = _FIRST.get(field_of(headers[0]) or "")
    return first is not None and bool(first.match(text))


def _cell(field: str | None, rest: str, *, is_first: bool) -> str | None:
    """Return the cell that ``rest`` begins with; None where it may end at several places."""
    if field == "code" and is_first and (status := _FIRST["status"].match(rest)):
        return status[1]
    if field in _FIRST:
        found = _FIRST[field].match(rest)
        return found[1] if found else None
    pieces = _BORDER.split(rest)
    for count in range(1, min(len(pieces), 6)):
        phrase = "".join(pieces[:count])
        if is_reason_phrase(phrase):
            return phrase
    return None


def _title(lines: Sequence[str], at: int) -> tuple[Block, int] | None:
    """Read a short line that stands alone and is no sentence."""
    text = lines[at].strip()
    is_alone = (
        not "".join(lines[max(0, at - 1) : at]).strip()
        and not "".join(lines[at + 1 : at + 2]).strip()
    )
    is_short = 0 < len(text) <= _LONGEST_TITLE and text[0].isalnum() and text[-1] not in ".:;,!?"
    if not is_alone or not is_short or not (text[0].isupper() or text[0].isdigit()):
        return None
    return Heading(2, plain_line(text, at + 1)), at + 1
