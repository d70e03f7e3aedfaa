"""Where a value of a large JSON document stands: only what lies on the way to it is looked at.

What lies beside that way is passed over by Python's own reader, which is quick, and thrown away.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from errorbook.catalog.yaml_slips import Mark
from errorbook.problems import CatalogPath

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_KEY: Final = re.compile(r"\"((?:[^\"\\]|\\.)*)\"[ \t\n\r]*:[ \t\n\r]*")
_NEXT: Final = re.compile(r"[ \t\n\r]*(?:,[ \t\n\r]*|(?=[]}]))")

_Entry = tuple[int, int]
"""Where a key and its value begin in the text; of an entry of a list, both are one place."""


class NotPlainError(ValueError):
    """The document is no JSON that can be walked through."""


class Walk:
    """The values of one document, by the way to them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scan = json.JSONDecoder().raw_decode
        self._known: dict[int, Mapping[str, _Entry]] = {}

    def find(self, path: CatalogPath) -> tuple[int, Mark, Mark]:
        """Return how many steps of ``path`` there are, and where the last key and value stand.

        Raises:
            NotPlainError: if something on the way is no JSON.
        """
        begin = self._after_space(0)
        entry, steps = (begin, begin), 0
        try:
            for step in path:
                following = self._entries(entry[1]).get(str(step))
                if following is None:
                    break
                entry, steps = following, steps + 1
        except (ValueError, RecursionError, IndexError):
            raise NotPlainError from None
        return steps, self._mark(entry[0]), self._mark(entry[1])

    def _entries(self, at: int) -> Mapping[str, _Entry]:
        if at not in self._known:
            sign = self._text[at : at + 1]
            is_mapping = sign == "{"
            known = self._inner(at + 1, is_mapping=is_mapping) if sign in ("{", "[") else {}
            self._known[at] = known
        return self._known[at]

    def _inner(self, at: int, *, is_mapping: bool) -> Mapping[str, _Entry]:
        found: dict[str, _Entry] = {}
        text, scan = self._text, self._scan
        at = self._after_space(at)
        while text[at] not in "]}":
            begin, name = at, str(len(found))
            if is_mapping:
                key = _KEY.match(text, at)
                if key is None:
                    raise NotPlainError
                name, at = _name(key[1]), key.end()
            _, end = scan(text, at)
            found.setdefault(name, (begin, at))
            comma = _NEXT.match(text, end)
            if comma is None:
                raise NotPlainError
            at = comma.end()
        return found

    def _after_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _mark(self, at: int) -> Mark:
        line = bisect_right(self._lines, at)
        return Mark(line, at - self._lines[line - 1] + 1)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]


def _name(raw: str) -> str:
    if "\\" not in raw:
        return raw
    name = json.loads(f'"{raw}"')
    return str(name)
