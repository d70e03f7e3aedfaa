"""What is said of one error -> facts: its parts, its examples, the fields of its body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.importing import cells
from errorbook.importing.bodies import detail_of, is_code
from errorbook.importing.docs.blocks import Table
from errorbook.importing.docs.examples import Example
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.parts import Parts
from errorbook.importing.docs.spans import Line
from errorbook.importing.gathered import Gathered
from errorbook.importing.rows import facts_of
from errorbook.importing.values import holed, unit_of

_NAMES: Final = frozenset({"field", "property", "attribute", "parameter", "key", "name"})
_MEANINGS: Final = frozenset({"description", "meaning"})
_TYPES: Final = {
    **{name: name for name in ("string", "integer", "number", "boolean", "array", "object")},
    **{"str": "string", "int": "integer", "float": "number", "bool": "boolean"},
}
_QUOTES: Final = '"\u201c\u201d'
_LONGEST_EXAMPLE: Final = 2000
_ENDS: Final = (".", "!", "?", ":", ";")


class Teller:
    """Adds the facts of errors that sections and examples tell."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._has_status: set[str] = set()
        self._has_example: set[str] = set()

    def code(self, code: str, number: int) -> None:
        """Tell that there is an error."""
        self._notes.add(("errors", code), {}, number)

    def status(self, code: str, status: int | None, number: int) -> None:
        """Tell the HTTP status of an error."""
        if status is not None:
            self._has_status.add(code)
            self._notes.add(("errors", code, "status"), status, number)

    def prose(self, code: str, field: str, line: Line) -> None:
        """Tell a text of an error."""
        self._notes.add(("errors", code, field), cells.prose(line.prose), line.number)

    def parts(self, code: str, parts: Parts) -> None:
        """Tell the labelled parts of an error, but for its meaning."""
        for field, lines in parts.said.items():
            first = lines[0]
            if field == "causes":
                self.causes(("errors", code), lines)
            elif field == "fix":
                self._notes.add(("errors", code, "fix"), _sentences(lines), first.number)
            elif field == "action":
                row = {"code": code, "action": "\n".join(line.prose for line in lines)}
                self._row({**row, "fix": "see above"} if "fix" in parts.said else row, first.number)
            elif field == "message":
                self._message(code, first.plain.strip(_QUOTES), first.number)
            elif field not in ("code", "symptom", "meaning"):
                text = ", ".join(line.plain for line in lines)
                self._row({"code": code, field: text}, first.number)

    def causes(self, path: tuple[str, ...], lines: Sequence[Line]) -> None:
        """Tell what brings an error, or a status, about."""
        causes: list[JsonValue] = [cells.prose(line.prose) for line in lines]
        self._notes.add((*path, "causes"), causes, lines[0].number)

    def example(self, example: Example) -> None:
        """Tell what a body says of the error that it names; the first of a code is taken."""
        code, said = example.parts.code, example.parts
        if code is None:
            return
        self.code(code, example.number)
        if example.status is not None and code not in self._has_status:
            self.status(code, example.status, example.number)
        if code in self._has_example:
            return
        self._has_example.add(code)
        if said.message:
            text, doubtful = holed(said.message, said.rest)
            if text == said.message:
                self._message(code, text, example.number)
            else:
                self._notes.add(("errors", code, "message"), text, example.number)
            for name in doubtful:
                kind = "the message of an example may say values of its details"
                hint = "write such a value as a hole, as in {name}"
                self._notes.among(kind, hint, example.number, f"{code} ({name})")
        for name, value in said.rest.items():
            self._detail(code, name, value, example.number)

    def fields(self, table: Table, codes: Sequence[str]) -> bool:
        """Tell the details that a table lists by name and type; False where it is no such table."""
        headers = [cell.plain.casefold() for cell in table.header]
        if len(headers) < 2 or headers[0] not in _NAMES or "type" not in headers:
            return False
        kind = headers.index("type")
        said = next((at for at, header in enumerate(headers) if header in _MEANINGS), 0)
        for row in table.rows:
            type_ = _TYPES.get(row[kind].plain.casefold()) if len(row) > kind else None
            if type_ is None or not is_code(row[0].plain):
                continue
            for code in codes:
                path = ("errors", code, "details", row[0].plain)
                self._notes.add((*path, "type"), type_, row[0].number)
                if 0 < said < len(row) and row[said].plain:
                    text = cells.prose(row[said].prose)
                    self._notes.add((*path, "meaning"), text, row[0].number)
        return True

    def _message(self, code: str, text: str, number: int) -> None:
        self._notes.add(("errors", code, "message"), text, number)
        self._notes.message_holes(code, text, number)

    def _detail(self, code: str, name: str, value: JsonValue, number: int) -> None:
        detail = detail_of(value) if is_code(name) else None
        for key, one in (detail or {}).items():
            if key != "example" or len(str(one)) <= _LONGEST_EXAMPLE:
                self._notes.add(("errors", code, "details", name, key), one, number)
        unit = unit_of(name) if detail and detail["type"] in ("integer", "number") else None
        if unit:
            self._notes.add(("errors", code, "details", name, "unit"), unit, number)

    def _row(self, row: dict[str, str], number: int) -> None:
        """Tell one part as a row of a table tells it that has this column alone."""
        inner = Gathered()
        facts_of(row, self._notes.place(number), inner)
        left_out = ("errors", row["code"], "fix") if "fix" in row else None
        inner.facts = [
            fact
            for fact in inner.facts
            if (fact.value != {} or fact.path[0] != "errors") and fact.path != left_out
        ]
        self._notes.take(inner)


def _sentences(lines: Sequence[Line]) -> str:
    """Return paragraphs, or items of a list, as one text."""
    texts = [text for line in lines if (text := cells.prose(line.prose))]
    ended = [text if text.endswith(_ENDS) else f"{text}." for text in texts[:-1]]
    return " ".join([*ended, *texts[-1:]])
