"""Which field each column of a page's table holds: by its header and by what stands in it.

A page has tables about all sorts of things. A header such as `Name` or `Type` means codes only
where something else says so: nobody said that this table is a list of errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from errorbook.importing import cells
from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.docs.blocks import Table
from errorbook.importing.docs.spans import Line
from errorbook.importing.docs.titles import is_class, is_reason_phrase, looks_like_code
from errorbook.importing.headers import columns_of, field_of, is_weak

NUMBER: Final = re.compile(r"[0-9]{1,3}\Z")
_CODE_FIRST: Final = re.compile(r"(\S{1,128})\s*(?:\(.*\)|[:\u2013\u2014-]\s.*)\Z", re.DOTALL)
_ERROR_STATUS: Final = re.compile(r"(?:HTTP[ /]?)?[45](?:[0-9]{2}|xx)\b", re.I)
_TYPES: Final = re.compile(
    r"(?:string|str|integer|int|number|float|bool(?:ean)?|array|object|list|date(?:time)?|uuid|any"
    r"|null)\b",
    re.I,
)
_FITTING: Final[Mapping[str, Callable[[str], object]]] = {
    "status": _ERROR_STATUS.match,
    "retry": cells.retry,
    **dict.fromkeys(("message", "causes", "fix", "action"), bool),
    **dict.fromkeys(("exception", "typescript"), cells.class_name),
}
"""What stands beside codes, and how its cells look."""

Fields = list[str | None]
Texts = list[list[str]]


class Columns:
    """Tells the columns of the tables of one page. ``given`` are fields by header."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._numbered: set[str] = set()
        self._found: dict[tuple[int, int], Fields] = {}

    def of(self, table: Table) -> Fields:
        """Return the field of each column; it is worked out once, as a table may be long."""
        key = (id(table), len(self._numbered))
        if key not in self._found:
            found = self._fields(table)
            self._found[id(table), len(self._numbered)] = found
        return list(self._found[id(table), len(self._numbered)])

    def _fields(self, table: Table) -> Fields:
        headers = [cell.plain for cell in table.header]
        columns = [column_of(table, at) for at in range(len(headers))]
        idle = {at for at in idle_columns(table, columns) if headers[at] not in self._given}
        telling = ["" if at in idle else header for at, header in enumerate(headers)]
        rows = [[cell.plain for cell in row] for row in table.rows]
        fields = columns_of(telling, rows, self._given)
        for at, field in enumerate(fields):
            filled = [cell.plain for cell in columns[at]]
            if headers[at] in self._given or not filled or field not in ("code", "status"):
                continue
            if field == "status" and self._counts_in_numbers(headers[at], filled):
                fields = [
                    "code" if one == at else _unless_code(old) for one, old in enumerate(fields)
                ]
            elif field == "code" and _holds_classes(headers[at], filled):
                fields[at] = None if "exception" in fields else "exception"
            elif field == "code" and not any(map(codes_of, columns[at])):
                fields[at] = None
        return fields if "code" in fields else _with_code(table, fields)

    def _counts_in_numbers(self, header: str, filled: Sequence[str]) -> bool:
        """Tell whether codes are numbers that only look like statuses, as their neighbours show."""
        if field_of(header) != "code":
            return False
        numbers = [text.strip("`") for text in filled]
        if any(NUMBER.match(text) and not is_http_status(text) for text in numbers):
            self._numbered.add(header)
        return header in self._numbered

    def doubt(self, table: Table, *, is_announced: bool) -> str | None:
        """Return the header of a column that may hold codes or anything else; None without doubt.

        It is empty where the table is plainly one of fields, with a type each.
        """
        fields = self.of(table)
        headers = [cell.plain for cell in table.header]
        if "code" not in fields or "exit_code" in fields:
            return None
        at = fields.index("code")
        if headers[at] in self._given or not is_weak(headers[at]):
            return None
        columns = [column_of(table, one) for one in range(len(headers))]
        if any(_all(column, _TYPES.match) for column in columns):
            return ""
        beside = ((field, columns[one]) for one, field in enumerate(fields) if field in _FITTING)
        if any(_all(column, _FITTING[field or ""]) for field, column in beside):
            return None
        return None if is_announced and _all_codes(columns[at]) else headers[at]


def codes_of(cell: Line) -> list[str]:
    """Return the codes in a cell: those set as code, or what stands before a remark."""
    return [code for code in _codes_of(cell) if not cell.is_mended(code)]


def _codes_of(cell: Line) -> list[str]:
    set_as_code = [code for code in cell.codes if is_code(code)]
    if set_as_code and cell.plain.lstrip("[(").startswith(set_as_code[0]):
        bare = cell.plain
        for code in set_as_code:
            bare = bare.replace(code, "", 1)
        is_list = not bare.replace("or", "").replace("and", "").strip(" ,;/|\n")
        return list(dict.fromkeys(set_as_code if is_list else set_as_code[:1]))
    found = cells.codes(cell.plain)
    if found:
        return found if all(map(is_code, found)) else []
    remark = _CODE_FIRST.match(cell.plain)
    if remark and is_code(remark[1]) and (looks_like_code(remark[1]) or remark[1].isdigit()):
        return [remark[1]]
    return []


def says_phrases(column: Sequence[Line]) -> bool:
    """Tell whether a column says nothing but the reason phrases of statuses."""
    return _all(column, is_reason_phrase) and not any(map(_is_written_as_code, column))


def idle_columns(table: Table, columns: Sequence[Sequence[Line]] | None = None) -> set[int]:
    """Return the columns that say no more than the statuses beside them.

    Where most cells are reason phrases and some are not, the column is no list of codes, and it
    is a meaning only where no other column says one.
    """
    if columns is None:
        columns = [column_of(table, at) for at in range(len(table.header))]
    if not any(_holds_statuses(table, at) for at in range(len(table.header))):
        return set()
    meant = [field_of(cell.plain) for cell in table.header]
    found: set[int] = set()
    for at, column in enumerate(columns):
        is_spare = meant[at] == "code" or meant.count(meant[at]) > 1
        if says_phrases(column) or (is_spare and _says_mostly_phrases(column)):
            found.add(at)
    return found


def _says_mostly_phrases(column: Sequence[Line]) -> bool:
    if any(map(_is_written_as_code, column)):
        return False
    return sum(is_reason_phrase(cell.plain) for cell in column) * 2 > len(column)


def _is_written_as_code(cell: Line) -> bool:
    """Tell whether a cell is one word, written as codes are and reason phrases are not."""
    text = cell.plain.strip("`")
    if len(text.split()) != 1:
        return False
    return bool({*"_-"} & {*text} or cell.codes or text.islower() or "`" in cell.plain)


def column_of(table: Table, at: int) -> list[Line]:
    """Return the cells of a column that say something."""
    column = (row[at] for row in table.rows if at < len(row))
    return [cell for cell in column if not cells.is_empty(cell.plain)]


def _all(column: Sequence[Line], fits: Callable[[str], object]) -> bool:
    return bool(column) and all(fits(cell.plain.strip("`")) for cell in column)


def _all_codes(column: Sequence[Line]) -> bool:
    return bool(column) and all(map(codes_of, column))


def _unless_code(field: str | None) -> str | None:
    return None if field == "code" else field


def _holds_statuses(table: Table, at: int) -> bool:
    texts = (row[at].plain.strip("`") for row in table.rows if at < len(row))
    return bool(table.rows) and all(map(cells.STATUS_CELL.match, texts))


def _holds_classes(header: str, column: Sequence[str]) -> bool:
    """Tell whether a column holds classes of exceptions, which is not called after codes."""
    return "code" not in header.casefold() and all(is_class(text.strip("`")) for text in column)


def _with_code(table: Table, fields: Fields) -> Fields:
    """Return the fields with a code among them, where one column can hold nothing else."""
    if "exit_code" in fields or "symptom" in fields:
        return fields
    for at, field in enumerate(fields):
        column = [row[at] for row in table.rows if at < len(row) and row[at].plain]
        texts = [cell.plain for cell in column]
        is_example = "example" in table.header[at].plain.casefold()
        if is_example or field not in (None, "message", "meaning") or len({*texts}) != len(texts):
            continue
        if texts and all(looks_like_code(text) and not is_http_status(text) for text in texts):
            is_set = all(cell.codes for cell in column)
            if is_set or "status" in fields:
                return [*fields[:at], "code", *fields[at + 1 :]]
    return fields
