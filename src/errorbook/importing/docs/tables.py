"""Tables of a page -> facts: of errors, statuses, exceptions, exit codes, or symptoms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.importing import cells
from errorbook.importing.bodies import is_http_status
from errorbook.importing.docs.blocks import Table
from errorbook.importing.docs.columns import (
    NUMBER,
    Columns,
    codes_of,
    column_of,
    idle_columns,
    says_phrases,
)
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.spans import Line
from errorbook.importing.docs.titles import is_reason_phrase
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import facts_of, tell_unknown
from errorbook.problems import quoted

_PROSE: Final = frozenset({"meaning", "causes", "fix", "action"})
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9_]{1,60}\Z")
_CONSTANT_FIRST: Final = re.compile(
    r"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b[\s:(\u2013\u2014-]*(.*)", re.DOTALL
)
_FAMILY: Final = re.compile(r"(?:>=\s*)?([45])(?:xx|\*\*|00\s*\+)\Z|>=\s*([45])00\Z", re.I)
_LANGUAGE: Final = "python"

Row = Mapping[str, Line]


@dataclass(frozen=True)
class Around:
    """What the section of a table is about, where it is about something."""

    status: int | None = None
    is_about_exits: bool = False
    is_about_errors: bool = False
    """Whether its title announces errors."""


class TableReader:
    """Reads the tables of one page."""

    def __init__(self, notes: Notes, columns: Mapping[str, str]) -> None:
        self._notes = notes
        self._columns = Columns(columns)
        self._headers: set[tuple[str, ...]] = set()
        self.class_table = 0
        """The line of the first table that says which exceptions are raised; 0 without one."""
        self.statuses: dict[int, int] = {}
        """The statuses that tables without codes list, each with its line."""

    def codes_in(self, table: Table, around: Around) -> set[str]:
        """Return the codes that a table lists, so that titles may be recognised by them."""
        fields, rows = self._columns.of(table), table.rows
        if "code" not in fields or "exit_code" in fields[:1]:
            return set()
        if self._columns.doubt(table, is_announced=around.is_about_errors) is not None:
            return set()
        at = fields.index("code")
        return {code for row in rows if at < len(row) for code in codes_of(row[at])}

    def read(self, table: Table, around: Around) -> bool:
        """Add the facts of a table; return False where it is about nothing that is known."""
        fields = self._columns.of(table)
        if around.is_about_exits and "exit_code" not in fields:
            fields = _exits_first(table, fields)
        elif (name := self._columns.doubt(table, is_announced=around.is_about_errors)) is not None:
            return self._doubted(table, name)
        rows = [_row(fields, row) for row in table.rows]
        known = {field for field in fields if field}
        if "code" not in known and "exception" not in known:
            self._list_statuses(rows)
        if fields[:1] == ["exit_code"] and not _holds_codes(rows):
            self._exit_codes(table, rows)
        elif "code" in known:
            if "exception" in known:
                self.class_table = self.class_table or table.number
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

    def _doubted(self, table: Table, header: str) -> bool:
        """Leave a table out that may be about errors or anything else, and say how to read it."""
        if not header:
            return False
        message = f"a table was left out: its column {quoted(header)} may hold codes or other names"
        hint = f"if they are codes: --column code={header}"
        self._notes.wonder(table.number, message, hint)
        return True

    def _tell_columns(self, table: Table, fields: Sequence[str | None], known: set[str]) -> None:
        headers = tuple(cell.plain for cell in table.header)
        if headers in self._headers or known <= {"status"}:
            return
        self._headers.add(headers)
        silent = {at for at in idle_columns(table) if says_phrases(column_of(table, at))}
        told = [
            "" if name in headers[:at] or at in silent else name for at, name in enumerate(headers)
        ]
        tell_unknown(told, fields, self._notes.place(table.number), self._notes.into)

    def _list_statuses(self, rows: Sequence[Row]) -> None:
        for row in rows:
            found = cells.statuses(row["status"].plain) if "status" in row else None
            if isinstance(found, int):
                self.statuses.setdefault(found, row["status"].number)

    def _errors(self, rows: Sequence[Row], around: Around) -> None:
        lost: list[int] = []
        for row in rows:
            if not row:
                continue
            number = next(iter(row.values())).number
            codes = codes_of(row["code"]) if "code" in row else []
            if codes:
                self._error(codes, row, around)
                self._remark(codes, row["code"])
            elif _is_base(row) and (name := cells.class_name(row["exception"].plain)):
                self._notes.add(("sdk", _LANGUAGE, "base"), name, number)
            else:
                lost.append(number)
        self._notes.lost_rows(lost)

    def _remark(self, codes: Sequence[str], cell: Line) -> None:
        """Tell what stands in a cell beside its codes, such as that one is deprecated."""
        rest = cell.plain
        for code in codes:
            rest = rest.replace(code, "", 1)
        rest = cells.prose(rest).strip(" ()[]{}.,:;/|`'\"*\u2013\u2014-")
        if rest and rest not in ("or", "and"):
            kind = "remarks behind codes were left out"
            hint = "write them where they belong, such as under 'deprecated' or 'notes'"
            self._notes.among(kind, hint, cell.number, f"{codes[0]} ({rest[:60]})")

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


def _row(fields: Sequence[str | None], row: Sequence[Line]) -> dict[str, Line]:
    """Return the cells of a row that say something, by the field they hold."""
    return {
        field: cell
        for field, cell in zip(fields, row, strict=False)
        if field and not cells.is_empty(cell.plain)
    }


def _cell(field: str, line: Line) -> str:
    return line.prose if field in _PROSE else line.plain


def _exits_first(table: Table, fields: list[str | None]) -> list[str | None]:
    """Return the fields of a table about exit codes, whose first column holds nothing but them."""
    first = [row[0].plain for row in table.rows if row]
    if not fields or not first or not all(map(NUMBER.match, first)):
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
