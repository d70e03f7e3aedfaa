"""Make one catalog of the pieces that several files hold. Each field is set once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from errorbook.catalog.sources import Piece, Source, place
from errorbook.catalog.yaml_reader import Data
from errorbook.problems import CatalogPath, Finding, Problem, quoted

_MERGED_BY_KEY: Final = frozenset(
    {"errors", "groups", "operations", "statuses", "exit_codes", "retired", "sdk"}
)
_DEPTH_OF_API: Final = 2
_DEPTH_OF_ENTRY: Final = 4


def merge(pieces: Iterable[Piece]) -> tuple[Data, list[Problem]]:
    """Return one catalog of all ``pieces``, and a problem for every field that is set twice."""
    merging = _Merging()
    for piece in pieces:
        merging.add(piece.source, (), merging.data, piece.data)
    return merging.data, merging.problems


class _Merging:
    """What has been merged so far, and which file each part of it came from."""

    def __init__(self) -> None:
        self.data: Data = {}
        self.problems: list[Problem] = []
        self._origins: dict[CatalogPath, Source] = {}

    def add(self, source: Source, path: CatalogPath, into: Data, data: Data) -> None:
        """Add what ``source`` says at ``path`` to what is known there."""
        for key, value in data.items():
            here = (*path, key)
            if _is_shared(here) and _can_merge(into.get(key), value):
                self._share(source, here, into, value)
            elif key in into:
                self.problems.append(_set_twice(here, source, self._origins[here]))
            else:
                into[key] = value
                self._origins[here] = source

    def _share(self, source: Source, path: CatalogPath, into: Data, value: Any) -> None:
        key = str(path[-1])
        if into.get(key) is None:
            into[key] = None if value is None else {}
            self._origins[path] = source
        if value is not None:
            self.add(source, path, into[key], value)


def _is_shared(path: CatalogPath) -> bool:
    """Tell whether several files may each fill in a part of the mapping at ``path``."""
    if len(path) <= _DEPTH_OF_API:
        return path[0] == "apis"
    return len(path) == _DEPTH_OF_API + 1 and path[2] in _MERGED_BY_KEY


def _can_merge(known: Any, value: Any) -> bool:
    return isinstance(known, dict | None) and isinstance(value, dict | None)


def _set_twice(path: CatalogPath, source: Source, first: Source) -> Problem:
    is_code = len(path) == _DEPTH_OF_ENTRY and path[2] == "errors"
    there = place([first], [Finding("", path, "", at_key=True)])[0].place
    kind = "the code " if is_code else ""
    message = f"{kind}{quoted(str(path[-1]))} is set here and at {there}"
    rule = "duplicate-code" if is_code else "set-twice"
    return place([source], [Finding(rule, path, message, "keep one of them", at_key=True)])[0]
