"""Tables of a page -> facts: of errors, statuses, exceptions, exit codes, or symptoms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.importing import cells
from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.docs.blocks import Table
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.spans import Line
from errorbook.importing.docs.titles import is_class, is_reason_phrase, looks_like_code
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import columns_of, facts_of, field_of, tell_unknown

_PROSE: Final = frozenset({"meaning", "causes", "fix", "action"})
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9_]{1,60}\Z")
_CONSTANT_FIRST: Final = re.compile(
    r"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b[\s:(\u2013\u2014-]*(.*)", re.DOTALL
)
_CODE_FIRST: Final = re.compile(r"(\S{1,128})\s*(?:\(.*\)|[:\u2013\u2014-]\s.*)\Z", re.DOTALL)
_FAMILY: Final = re.compile(r"(?:>=\s*)?([45])(?:xx|\*\*|00\s*\+)\Z|>=\s*([45])00\Z", re.I)
_NUMBER: Final = re.compile(r"[0-9]{1,3}\Z")
_LANGUAGE: Final = "python"

Row = Mapping[str, Line]


@dataclass(frozen=True)
class Around:
    """What the section of a table is about, where it is about something."""

    status: int | None = None
    is_about_exits: bool = False


class TableReader:
    """Reads the tables of one page."""

    def __init__(self, notes: Notes, columns: Mapping[str, str]) -> None:
        self._notes = notes
        self._given = columns
        self._headers: set[tuple[str, ...]] = set()
        self._numbered: set[str] = set()

    def codes_in(self, table: Table) -> set[str]:
        """Return the codes that a table lists, so that titles may be recognised by them."""
        fields, rows = self._fields(table), table.rows
        if "code" not in fields or "exit_code" in fields[:1]:
            return set()
        at = fields.index("code")
        return {code for row in rows if at < len(row) for code in codes_of(row[at])}

    def read(self, table: Table, around: Around) -> bool:
        """Add the facts of a table; return False where it is about nothing that is known."""
        fields = self._fields(table)
        if around.is_about_exits and "exit_code" not in fields:
            fields = _exits_first(table, fields)
        rows = [_row(fields, row) for row in table.rows]
        known = {field for field in fields if field}
        if fields[:1] == ["exit_code"] and not _holds_codes(rows):
            self._exit_codes(table, rows)
        elif "code" in known:
            self._errors(rows, around)
        elif {"exception", "status"} <= known:
            self._parents(rows)
        elif "status" in known and known & {"meaning", "causes"}:
            self._statuses(rows)
        elif known & {"fix", "action"} and {*fields[:1]} & {"symptom", "meaning", "message"}:
            self._symptoms(rows, fields[0] or "")
        else:
            return False
        self._tell_columns(table, fields, known)
        return True

    def _tell_columns(self, table: Table, fields: Sequence[str | None], known: set[str]) -> None:
        headers = tuple(cell.plain for cell in table.header)
        if headers in self._headers or known <= {"status"}:
            return
        self._headers.add(headers)
        told = [
            "" if name in headers[:at] or _says_phrases(table, at) else name
            for at, name in enumerate(headers)
        ]
        tell_unknown(told, fields, self._notes.place(table.number), self._notes.into)

    def _fields(self, table: Table) -> list[str | None]:
        """Return what each column holds, by its header and by what stands in it."""
        headers = [cell.plain for cell in table.header]
        rows = [[cell.plain for cell in row] for row in table.rows]
        telling = [
            header if header in self._given or not _says_phrases(table, at) else ""
            for at, header in enumerate(headers)
        ]
        fields = columns_of(telling, rows, self._given)
        for at, field in enumerate(fields):
            cells_of = [row[at] for row in table.rows if at < len(row)]
            filled = [cell.plain for cell in cells_of if not cells.is_empty(cell.plain)]
            if headers[at] in self._given or not filled or field not in ("code", "status"):
                continue
            if field == "status" and self._counts_in_numbers(headers[at], filled):
                fields = [
                    "code" if one == at else _unless_code(old) for one, old in enumerate(fields)
                ]
            elif field == "code" and _holds_classes(headers[at], filled):
                fields[at] = None if "exception" in fields else "exception"
            elif field == "code" and not any(map(codes_of, cells_of)):
                fields[at] = None
        return fields if "code" in fields else _with_code(table, fields)

    def _counts_in_numbers(self, header: str, filled: Sequence[str]) -> bool:
        """Tell whether codes are numbers that only look like statuses, as their neighbours show."""
        if field_of(header) != "code":
            return False
        numbers = [text.strip("`") for text in filled]
        if any(_NUMBER.match(text) and not is_http_status(text) for text in numbers):
            self._numbered.add(header)
        return header in self._numbered

    def _errors(self, rows: Sequence[Row], around: Around) -> None:
        lost: list[int] = []
        for row in rows:
            if not row:
                continue
            number = next(iter(row.values())).number
            codes = codes_of(row["code"]) if "code" in row else []
            if codes:
                self._error(codes, row, around)
            elif _is_base(row) and (name := cells.class_name(row["exception"].plain)):
                self._notes.add(("sdk", _LANGUAGE, "base"), name, number)
            else:
                lost.append(number)
        self._notes.lost_rows(lost)

    def _error(self, codes: Sequence[str], row: Row, around: Around) -> None:
        said = {field: _cell(field, line) for field, line in row.items()}
        if around.status and "status" not in row:
            said["status"] = str(around.status)
        for code in codes:
            place = self._notes.place(row["code"].number)
            inner = Gathered()
            facts_of({**said, "code": code}, place, inner)
            self._notes.take(inner)
            self._notes.message_holes(code, said.get("message", ""), row["code"].number)

    def _statuses(self, rows: Sequence[Row]) -> None:
        for row in rows:
            numbers = cells.statuses(row["status"].plain) if "status" in row else None
            if numbers is None or len(row) == 1:
                continue
            said = {field: _cell(field, line) for field, line in row.items()}
            if is_reason_phrase(said.get("meaning", "")):
                del said["meaning"]
            if len(said) > 1:
                facts_of(said, self._notes.place(row["status"].number), self._notes.into)

    def _parents(self, rows: Sequence[Row]) -> None:
        """Read which class is raised for a status: one above those of the errors."""
        lost: list[int] = []
        for row in rows:
            name = cells.class_name(row["exception"].plain) if "exception" in row else None
            status = row["status"].plain if "status" in row else ""
            family = _FAMILY.match(status)
            key = f"{family[1] or family[2]}xx" if family else status[:3]
            if name and (family or is_http_status(key)):
                path = ("sdk", _LANGUAGE, "parents", key)
                self._notes.add(path, name, row["exception"].number)
            elif row:
                lost.append(next(iter(row.values())).number)
        self._notes.lost_rows(lost)

    def _exit_codes(self, table: Table, rows: Sequence[Row]) -> None:
        nameless: list[str] = []
        for row in rows:
            number = cells.number(row["exit_code"].plain) if "exit_code" in row else None
            if number is None:
                continue
            name, meaning = _name_of_exit(row)
            place = row["exit_code"].number
            if not name:
                nameless.append(str(number))
                continue
            self._notes.add(("exit_codes", str(number), "name"), name, place)
            if meaning:
                self._notes.add(("exit_codes", str(number), "meaning"), meaning, place)
        if nameless:
            message = f"exit codes without the name of a constant: {', '.join(nameless)}"
            hint = "write them under 'exit_codes', each with a name of your own"
            self._notes.wonder(table.number, message, hint)

    def _symptoms(self, rows: Sequence[Row], first: str) -> None:
        for row in rows:
            if first not in row:
                continue
            entry: dict[str, JsonValue] = {"symptom": cells.prose(row[first].prose)}
            if "causes" in row:
                entry["cause"] = cells.prose(row["causes"].prose)
            solution = row.get("fix") or row.get("action")
            if solution is not None:
                entry["solution"] = cells.prose(solution.prose)
            self._notes.add(("troubleshooting",), [entry], row[first].number)


def codes_of(cell: Line) -> list[str]:
    """Return the codes in a cell: those set as code, or what stands before a remark."""
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


def _row(fields: Sequence[str | None], row: Sequence[Line]) -> dict[str, Line]:
    """Return the cells of a row that say something, by the field they hold."""
    return {
        field: cell
        for field, cell in zip(fields, row, strict=False)
        if field and not cells.is_empty(cell.plain)
    }


def _cell(field: str, line: Line) -> str:
    return line.prose if field in _PROSE else line.plain


def _mostly(column: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, column)) * 2 > len(column)


def _says_phrases(table: Table, at: int) -> bool:
    """Tell whether a column says nothing but the reason phrases of statuses."""
    if not any(_holds_statuses(table, other) for other in range(len(table.header))):
        return False
    column = [row[at].plain for row in table.rows if at < len(row)]
    filled = [text for text in column if not cells.is_empty(text)]
    return bool(filled) and _mostly(filled, is_reason_phrase)


def _unless_code(field: str | None) -> str | None:
    return None if field == "code" else field


def _holds_statuses(table: Table, at: int) -> bool:
    texts = [row[at].plain.strip("`") for row in table.rows if at < len(row)]
    return bool(texts) and all(map(cells.STATUS_CELL.match, texts))


def _holds_classes(header: str, column: Sequence[str]) -> bool:
    """Tell whether a column holds classes of exceptions, which is not called after codes."""
    return "code" not in header.casefold() and all(is_class(text.strip("`")) for text in column)


def _with_code(table: Table, fields: list[str | None]) -> list[str | None]:
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


def _exits_first(table: Table, fields: list[str | None]) -> list[str | None]:
    """Return the fields of a table about exit codes, whose first column holds nothing but them."""
    first = [row[0].plain for row in table.rows if row]
    if not fields or not first or not all(map(_NUMBER.match, first)):
        return fields
    return ["exit_code", *(None if field == "status" else field for field in fields[1:])]


def _holds_codes(rows: Sequence[Row]) -> bool:
    """Tell whether rows name errors: what is written like constants are names of exit codes."""
    names = [row["code"].plain for row in rows if "code" in row]
    return bool(names) and not all(map(_CONSTANT.match, names))


def _name_of_exit(row: Row) -> tuple[str, str]:
    """Return the name of a constant and the meaning, as far as a row gives them."""
    meaning = cells.prose(row["meaning"].prose) if "meaning" in row else ""
    if "code" in row:
        return row["code"].plain, meaning
    first = _CONSTANT_FIRST.match(row["meaning"].plain) if "meaning" in row else None
    return (first[1], cells.prose(first[2]).rstrip(")")) if first else ("", meaning)


def _is_base(row: Row) -> bool:
    """Tell whether a row is about the class that all exceptions derive from."""
    return "exception" in row and "code" in row and "base" in row["code"].plain.casefold()
