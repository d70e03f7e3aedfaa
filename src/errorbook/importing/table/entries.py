"""Plain data -> a table: a list of records, or a mapping of codes to records, texts or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from errorbook.importing.cells import STATUS_CELL
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import field_of
from errorbook.importing.readers import UnreadableError
from errorbook.importing.table.structured import Structured
from errorbook.importing.table.table import KEY, VALUE, Row, Table
from errorbook.problems import CatalogPath, Place, shortened, suggest

_CODE: Final = re.compile(r"\d|[A-Za-z][_.-][A-Za-z]|\A[A-Z]+\Z")
_USUAL: Final = ("errors", "error_codes", "errorCodes", "codes", "errorcodes", "error-codes")
"""Keys below which lists of errors usually stand."""
_MOST_NAMED: Final = 6
_DEEPEST: Final = 2
"""Levels of a record: `http: {status: 404}` is the column `http.status`."""

Data = dict[str, Any]
_Record = tuple[CatalogPath, dict[str, str]]


def rows_of_data(found: Structured, entries: str | None, into: Gathered) -> Table:
    """Return the rows in ``found``, below ``entries`` if that says where they are.

    Raises:
        UnreadableError: if nothing in it is a list of errors, or several things are.
    """
    path: CatalogPath = ()
    data = found.data
    if entries:
        path, data = _below(data, entries)
    elif isinstance(data, dict) and not _is_table(data):
        path, data = _only(data)
    if isinstance(data, list):
        return _of_list(found, path, data, into)
    if isinstance(data, dict) and data:
        return _of_mapping(found, path, data, into)
    raise UnreadableError("it holds no list of errors")


def _below(data: Any, entries: str) -> tuple[CatalogPath, Any]:
    """Return what stands below the keys of ``entries``."""
    path: list[str | int] = []
    for key in entries.split("."):
        is_index = isinstance(data, list) and key.isdecimal() and int(key) < len(data)
        if is_index:
            path.append(int(key))
            data = data[int(key)]
        elif isinstance(data, dict) and key in data:
            path.append(key)
            data = data[key]
        else:
            known = data if isinstance(data, dict) else ()
            hint = suggest(key, map(str, known))
            reason = f"there is no {shortened(key)!r} in it"
            raise UnreadableError(f"--entries {entries}: {reason}{f' ({hint})' if hint else ''}")
    return tuple(path), data


def _only(data: Data) -> tuple[CatalogPath, Any]:
    """Return the one list of errors in ``data``."""
    if "apis" in data:
        raise UnreadableError("this is a catalog already: 'include' it, or name it with --catalog")
    below = {key: value for key, value in data.items() if _is_table(value)}
    usual = [key for key in _USUAL if key in below]
    chosen = usual[0] if usual else next(iter(below)) if len(below) == 1 else None
    if chosen is not None:
        return (chosen,), below[chosen]
    deeper = [f"{key}.{inner}" for key, value in data.items() for inner in _tables(value)]
    names = [*below, *deeper]
    if len(names) == 1:
        return _below(data, names[0])
    if not names:
        raise UnreadableError("it holds no list of errors; --entries KEY.KEY says where one is")
    shown = " or ".join(map(shortened, names[:_MOST_NAMED]))
    raise UnreadableError(f"it holds several lists: say which with --entries {shown}")


def _tables(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key, inner in value.items() if _is_table(inner) and "." not in key)


def _is_table(value: Any) -> bool:
    """Tell whether something is a list of errors by its shape."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, dict | str | int) for one in value)
    if not isinstance(value, dict) or not value:
        return False
    inner = list(value.values())
    records = [one for one in inner if isinstance(one, dict)]
    are_told = not records or any(field_of(key) for one in records for key in one)
    if len(records) == len(inner) or not are_told:
        return are_told
    if not all(isinstance(one, dict | str | int) and not isinstance(one, bool) for one in inner):
        return False
    if records:
        return all(map(_looks_like_code, value))
    return not all(map(field_of, value)) and not any(map(_names_code, value))


def _looks_like_code(key: str) -> bool:
    """Tell whether a key is more likely a code than the name of something else in a file."""
    return _CODE.search(key) is not None and field_of(key) is None and key not in _USUAL


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _of_list(found: Structured, path: CatalogPath, data: list[Any], into: Gathered) -> Table:
    records: list[_Record] = []
    for index, one in enumerate(data):
        here = (*path, index)
        if isinstance(one, dict):
            records.append((here, dict(_cells(one))))
        elif _is_plain(one) and one is not None:
            records.append((here, {"code": _cell(one)}))
        else:
            place = Place(found.name, *found.find(here))
            into.wonder(place, "this entry is no record", "it was left out")
    return _table(found, path, records, {})


def _of_mapping(found: Structured, path: CatalogPath, data: Data, into: Gathered) -> Table:
    records: list[_Record] = []
    plain = {code: one for code, one in data.items() if _is_plain(one)}
    given = _pairs(plain) if plain and len(plain) == len(data) else {}
    for code, one in data.items():
        here = (*path, code)
        if isinstance(one, dict):
            cells = dict(_cells(one))
            key = KEY if KEY not in cells else f"({KEY})"
            records.append((here, {key: code, **cells}))
        elif isinstance(one, list):
            place = Place(found.name, *found.find(here))
            into.wonder(place, "this entry is no record", "it was left out")
        else:
            records.append((here, {KEY: code, VALUE: _cell(one)}))
    if plain and not given:
        given = _merge_values(plain, records)
    return _table(found, path, records, given or _keyed(records))


def _merge_values(plain: Data, records: list[_Record]) -> dict[str, str]:
    """Give single values among records the header that the records have for what they say."""
    field = _pairs(plain).get(VALUE, "message")
    field = field if field == "status" else "message"
    headers = (header for _, cells in records for header in cells if field_of(header) == field)
    header = next(headers, VALUE)
    for _, cells in records:
        if VALUE in cells and set(cells) == {KEY, VALUE}:
            cells[header] = cells.pop(VALUE)
    return {KEY: "code", header: field}


def _pairs(data: Data) -> dict[str, str]:
    """Return what keys and values are where a mapping has nothing but texts or numbers."""
    values = [_cell(value) for value in data.values()]
    if all(map(STATUS_CELL.match, values)):
        return {KEY: "code", VALUE: "status"}
    is_number = all(isinstance(value, int) for value in data.values())
    is_alike = all(_folded(key) == _folded(cell) for key, cell in zip(data, values, strict=True))
    if is_number or is_alike:
        return {VALUE: "code"}
    return {KEY: "code", VALUE: "message"}


def _folded(text: str) -> str:
    return text.casefold().replace("-", "_")


def _keyed(records: list[_Record]) -> dict[str, str]:
    """Return that keys are codes, unless the records say plainly what their codes are."""
    headers = {header for _, cells in records for header in cells}
    named = {header for header in headers if _names_code(header)}
    statuses = named and all(
        STATUS_CELL.match(cells[header])
        for _, cells in records
        for header in named
        if cells.get(header)
    )
    if named and not statuses:
        return {}
    return {KEY: "code", f"({KEY})": "code", **dict.fromkeys(named, "status")}


def _names_code(header: str) -> bool:
    return field_of(header) == "code" and "code" in header.casefold()


def _table(
    found: Structured,
    path: CatalogPath,
    records: list[_Record],
    given: Mapping[str, str],
) -> Table:
    headers = tuple(dict.fromkeys(header for _, cells in records for header in cells))
    rows = tuple(
        Row(tuple(cells.get(header, "") for header in headers), found.find(here))
        for here, cells in records
    )
    return Table(found.name, headers, rows, found.find(path) if path else (0, 0), given)


def _cells(record: Data, before: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _cells(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", _cell(value)


def _cell(value: Any) -> str:
    """Return a value as a cell would show it; a list has one entry a line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(_cell(one) for one in value if not isinstance(one, dict | list))
    return "" if isinstance(value, dict) else str(value)
