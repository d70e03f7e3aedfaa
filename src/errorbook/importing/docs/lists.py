"""Lists of a page whose items begin with a code or a status, and say what it means."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from errorbook.importing import cells
from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.docs.blocks import Items, Paragraph
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.spans import Line, after
from errorbook.importing.docs.titles import is_class, is_reason_phrase, looks_like_code
from errorbook.importing.docs.told import Teller

_SEPARATED: Final = re.compile(r"\s*(?:\([^()]{0,60}\))?\s*[:\u2013\u2014-]\s*")
_STATUS_ITEM: Final = re.compile(r"(?:HTTP )?([1-5][0-9]{2})\s*[:\u2013\u2014-]?\s+")
_STATUS: Final = re.compile(r"\b[1-5][0-9]{2}\b")


class ListReader:
    """Reads the lists of one page: ``known`` are its codes, ``keys`` the fields of its examples."""

    def __init__(
        self, notes: Notes, teller: Teller, known: AbstractSet[str], keys: AbstractSet[str]
    ) -> None:
        self._notes = notes
        self._teller = teller
        self._known = known
        self._keys = keys
        self.meanings: dict[str, Line] = {}
        """What lists say of fields of the body, by name."""

    def read(self, block: Items, status: int | None) -> None:
        """Read a list whose items begin with a code, set as code or in bold, and say what it is."""
        for entry in block.entries:
            first = entry[0] if entry and isinstance(entry[0], Paragraph) else None
            if first is not None:
                self._item(first.lines[0], status)

    def _item(self, line: Line, status: int | None) -> None:
        span = line.spans[0]
        code = span.text.strip()
        if (of_status := _STATUS_ITEM.match(line.plain)) is not None:
            self._status_item(int(of_status[1]), after(line, of_status.end()))
            return
        found = _SEPARATED.match(line.plain, len(span.text))
        if (
            found is None
            or not (span.is_code or span.is_strong)
            or self._is_key(code, after(line, found.end()))
            or line.is_mended(code)
            or not self._may_be_code(code, line.number)
        ):
            return
        number = _STATUS.search(found[0])
        self._teller.code(code, line.number)
        self._teller.status(code, int(number[0]) if number else status, line.number)
        rest = after(line, found.end())
        if rest.plain:
            self._teller.prose(code, "meaning", rest)

    def _is_key(self, name: str, said: Line) -> bool:
        """Tell whether a word is no code but a field of the examples; keep what is said of it."""
        if name not in self._keys or name in self._known:
            return False
        if said.plain:
            self.meanings.setdefault(name, said)
        return True

    def _status_item(self, status: int, said: Line) -> None:
        """Read `404: Not Found - there is no such thing`."""
        phrase = re.match(r"([A-Za-z' ]{2,40})(?:[.:\u2013\u2014-]\s+|\Z)", said.plain)
        if phrase and is_reason_phrase(phrase[1]):
            said = after(said, phrase.end())
        if said.plain and is_http_status(status):
            path = ("statuses", str(status), "meaning")
            self._notes.add(path, cells.prose(said.prose), said.number)

    def _may_be_code(self, text: str, number: int) -> bool:
        """Tell whether a word may be a code; it is none where examples have a field called so."""
        if not is_code(text) or is_http_status(text) or text in self._keys:
            return False
        if text not in self._known and is_class(text):
            self._notes.among("classes of exceptions without codes", "", number, text)
            return False
        return text in self._known or looks_like_code(text)
