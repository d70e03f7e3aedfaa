"""One row of a table of errors -> facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.statuses import reason_phrase
from errorbook.characters import has_hidden
from errorbook.importing import cells
from errorbook.importing.gathered import Gathered
from errorbook.problems import Place, quoted

Said = Mapping[tuple[str, ...], JsonValue]
"""What a cell says of an error: values by their path from it. Nothing where it cannot be told."""


def facts_of(row: Mapping[str, str], place: Place, into: Gathered) -> list[str]:
    """Turn the cells of a row, by the field each holds, into facts; return the codes they are of.

    Where no column holds a code, a row is about its status. What cannot be told is remembered in
    ``into``, as is a row whose code is empty.
    """
    said = {field: cell for field, cell in row.items() if not cells.is_empty(cell)}
    if "code" not in said:
        if "code" in row and said:
            into.wonder(place, "a row without a code", "the row was left out")
        elif said:
            _status_row(said, place, into)
        return []
    codes = cells.codes(said["code"])
    if not codes:
        text = said["code"].strip()
        why = "it has hidden characters" if has_hidden(text) else "it is not one word"
        into.wonder(place, f"{quoted(text)} is no code: {why}", "the row was left out")
    for code in codes:
        _error_row(code, said, place, into)
    return codes


def _error_row(code: str, said: Mapping[str, str], place: Place, into: Gathered) -> None:
    into.add(("errors", code), {}, place)
    for field, cell in said.items():
        if field == "action":
            _action(code, cell, place, into, has_fix="fix" in said)
        elif field == "group":
            _group(code, cell, place, into)
        elif field in _READ:
            value = _READ[field](cell)
            if value is None:
                message = f"the {_name(field)} {quoted(cells.prose(cell))} of {code} was not told"
                into.wonder(place, message, _EXPECTED.get(field, ""))
            for path, one in (value or {}).items():
                into.add(("errors", code, *path), one, place)


def _status_row(said: Mapping[str, str], place: Place, into: Gathered) -> None:
    """Add what a row says of a status."""
    numbers = cells.statuses(said.get("status", ""))
    told = [field for field in ("meaning", "causes") if field in said]
    if numbers is None:
        into.wonder(place, "a row without a code or a status", "the row was left out")
        return
    for number in [numbers] if isinstance(numbers, int) else numbers:
        for field in told:
            text = cells.prose(said[field])
            value: JsonValue = list(cells.items(said[field])) if field == "causes" else text
            if text.casefold().rstrip(".") != reason_phrase(number).casefold():
                into.add(("statuses", str(number), field), value, place)


def _action(code: str, cell: str, place: Place, into: Gathered, *, has_fix: bool) -> None:
    """Add an action where its word is clear; else the text is how a person mends the error."""
    parts = [cells.action(part) for part in cells.items(cell)]
    bare = [part for part in parts if part is not None and len(part) == 1]
    whole = bare if len(bare) == len(parts) else [cells.action(cell)]
    known: list[JsonValue] = [dict(part) for part in whole if part is not None]
    if known:
        into.add(("errors", code, "actions"), known, place)
    elif not has_fix:
        into.add(("errors", code, "fix"), cells.prose(cell), place)
    else:
        message = f"the action {quoted(cells.prose(cell))} of {code} begins with none of the words"
        into.wonder(place, message, "write it under 'actions'")


def _group(code: str, cell: str, place: Place, into: Gathered) -> None:
    name = cells.identifier(cell)
    if name is None:
        message = f"the group {quoted(cells.prose(cell))} of {code} makes no id"
        into.wonder(place, message, "describe it under 'groups'")
        return
    into.add(("groups", name), {}, place)
    if name != cells.prose(cell):
        into.add(("groups", name, "title"), cells.prose(cell), place)
    into.add(("errors", code, "group"), name, place)


def _prose(field: str) -> Callable[[str], Said | None]:
    return lambda cell: {(field,): cells.prose(cell)}


def _causes(cell: str) -> Said | None:
    found: list[JsonValue] = list(cells.items(cell))
    return {("causes",): found} if found else None


def _status(cell: str) -> Said | None:
    found = cells.statuses(cell)
    if found is None:
        return None
    return {("status",): found if isinstance(found, int) else list(found)}


def _retry(cell: str) -> Said | None:
    found = cells.retry(cell)
    return None if found is None else {("retry", key): value for key, value in found.items()}


def _class(language: str) -> Callable[[str], Said | None]:
    def read(cell: str) -> Said | None:
        found = cells.class_name(cell)
        return {("sdk", language, "exception"): found} if found else None

    return read


def _exit_code(cell: str) -> Said | None:
    found = cells.number(cell)
    return None if found is None else {("exit_code",): found}


def _operations(cell: str) -> Said | None:
    found = cells.codes(cell)
    return {("operations",): list(found)} if found else None


def _lifecycle(field: str) -> Callable[[str], Said | None]:
    def read(cell: str) -> Said | None:
        is_so = cells.flag(cell)
        if is_so is None:
            return {(field,): cells.prose(cell)}
        return None if is_so else {}

    return read


def _replaced_by(cell: str) -> Said | None:
    found = cells.codes(cell)
    return {("replaced_by",): found[0]} if len(found) == 1 else None


_READ: Final[Mapping[str, Callable[[str], Said | None]]] = {
    "status": _status,
    "meaning": _prose("meaning"),
    "message": lambda cell: {("message",): cell.strip()},
    "causes": _causes,
    "fix": _prose("fix"),
    "retry": _retry,
    "exception": _class("python"),
    "typescript": _class("typescript"),
    "operations": _operations,
    "since": _prose("since"),
    "deprecated": _lifecycle("deprecated"),
    "sunset": _lifecycle("sunset"),
    "replaced_by": _replaced_by,
    "exit_code": _exit_code,
}
_EXPECTED: Final = {
    "status": "expected numbers from 100 to 599",
    "retry": "expected yes, no, never, as is or after change",
    "exception": "expected the name of a class",
    "typescript": "expected the name of a class",
    "deprecated": "expected the version or date since when",
    "sunset": "expected the version or date",
    "exit_code": "expected a number from 0 to 255",
}


def _name(field: str) -> str:
    return {"typescript": "TypeScript class"}.get(field, field.replace("_", " "))
