"""Where in a body the code of an error stands, told by the names of fields and by their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from errorbook.catalog.statuses import reason_phrase
from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.code_fields import (
    AROUND,
    FLAGS,
    LIKELY_CODES,
    OFTEN_OTHER,
    PERHAPS_CODES,
    SAMPLE_PAGES,
    SAMPLES,
    SURE_CODES,
    plainly,
)
from errorbook.importing.openapi.schema_values import Value
from errorbook.importing.openapi.views import Piece, View, Views

Path = tuple[str, ...]
LIST: Final = "[]"
"""The step of a path into the entries of a list."""

_NAMES: Final = {
    name: rank for rank, name in enumerate((*SURE_CODES, *LIKELY_CODES, *PERHAPS_CODES))
}
_DEEPEST: Final = 3
_UNLISTED: Final = 100
"""How much a field without known values is behind one with them."""
_UNLISTED_REQUIRED: Final = 20
"""The same of one that every error has."""
_FAMILY: Final = 30
"""How much one of several types is behind what is called a code: it may stand for a family."""
_IN_LIST: Final = 20
"""How much a field in a list is behind one outside: those are often the fields of a request."""
_ADDRESS: Final = re.compile(r"(?:https?://|urn:|/)\S*[/:#](?=[^/:#\s]+\Z)")
_NO_TYPE: Final = "about:blank"
"""The type of a problem that has no code but its status."""
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\Z")


@dataclass
class Found:
    """Where the code stands in one kind of body, and the objects on the way to it."""

    path: Path
    levels: dict[Path, View]
    values: list[Value]
    """Codes, if they are listed; where they are addresses, with ``prefix`` before each."""
    prefix: str = ""
    is_number: bool = False
    is_listed: bool = True
    """Whether no other code is possible."""
    dropped: list[Value] = field(default_factory=list)
    """Listed values that can be no codes."""
    rank: int = 0

    @property
    def leaf(self) -> View:
        """The object that has the code."""
        return self.levels[self.path[:-1]]


class Finder:
    """Looks for codes. ``given`` is where they are, if somebody said so."""

    def __init__(self, views: Views, given: Path | None = None) -> None:
        self._views = views
        self._given = given

    def find(self, piece: Piece, statuses: Sequence[int] = ()) -> list[Found]:
        """Return where each of the bodies that ``piece`` may mean has its code."""
        found: list[Found] = []
        for levels, path in self._starts([piece]):
            choices = list(self._below(path, levels, statuses, 0))
            if choices:
                best = min(one.rank for one in choices)
                found += _likeliest(one for one in choices if one.rank == best)
        return found

    def _starts(self, pieces: list[Piece]) -> Iterator[tuple[dict[Path, View], Path]]:
        """Yield each object that is the body, or an entry of it where it is a list."""
        path: Path = ()
        views = self._views.of(pieces)
        if not views:
            path, views = (LIST,), self._views.of(self._views.items(pieces))
        for view in views:
            yield {path: view}, path

    def _below(
        self, path: Path, levels: dict[Path, View], statuses: Sequence[int], depth: int
    ) -> Iterator[Found]:
        view = levels[path]
        for name, pieces in view.fields.items():
            here = (*path, name)
            if self._given is None or self._given == here:
                yield from self._candidate(here, view, levels, statuses)
            if depth < _DEEPEST and self._leads(here):
                for inner, step in self._inner(pieces):
                    yield from self._below(
                        (*here, *step), {**levels, (*here, *step): inner}, statuses, depth + 1
                    )

    def _leads(self, path: Path) -> bool:
        if self._given is not None:
            return self._given[: len(path)] == path
        return plainly(path[-1]) in AROUND

    def _inner(self, pieces: list[Piece]) -> Iterator[tuple[View, Path]]:
        for view in self._views.of(pieces):
            yield view, ()
        for view in self._views.of(self._views.items(pieces)):
            yield view, (LIST,)

    def _candidate(
        self, path: Path, view: View, levels: dict[Path, View], statuses: Sequence[int]
    ) -> Iterator[Found]:
        name = plainly(path[-1])
        rank = 0 if self._given is not None else _NAMES.get(name)
        pieces = view.fields[path[-1]]
        kind = self._views.type_of(pieces)
        if rank is None or kind not in (None, "string", "integer", "number"):
            return
        if self._given is None and name not in SURE_CODES and _is_loosely_inside(path):
            return
        listed = self._views.values(pieces) or _told(view, path[-1])
        values = listed or self._views.samples(pieces)
        is_list = bool(listed) and not view.is_example
        known: list[Value] = []
        dropped: list[Value] = []
        for one in values:
            may_be = _may_be_code(one.value, name, statuses, is_list=is_list)
            (known if may_be else dropped).append(one)
        if values and not known:
            return
        if not values and (name not in SURE_CODES or kind != "string") and self._given is None:
            return
        prefix, plain = _without_address(known)
        if prefix and all(_is_no_name(str(one.value)) for one in plain):
            return
        is_number = bool(plain) and all(isinstance(one.value, int) for one in plain)
        dropped = [one for one in dropped if is_list and one.value != _NO_TYPE]
        is_closed = is_list and not dropped
        is_family = name not in SURE_CODES and len(plain) > 1 and not view.is_example
        if not plain:
            rank += _UNLISTED_REQUIRED if path[-1] in view.required else _UNLISTED
        rank += (_FAMILY if is_family else 0) + (_IN_LIST if LIST in path[1:] else 0)
        yield Found(path, levels, plain, prefix, is_number, is_closed, dropped, rank)


def _likeliest(found: Iterator[Found]) -> list[Found]:
    """Return those of one field: the first field that has the rank."""
    first = next(found)
    return [first, *(one for one in found if one.path == first.path)]


def _told(view: View, name: str) -> list[Value]:
    return [Value(value, node) for value, node in view.told.get(name, ()) if isinstance(value, str)]


def _is_no_name(code: str) -> bool:
    """Tell whether the end of an address names no error: a status, or a sample of the standard."""
    return is_http_status(code) or plainly(code) in SAMPLE_PAGES


def _is_loosely_inside(path: Path) -> bool:
    return any(plainly(step) in OFTEN_OTHER for step in path[:-1])


def _may_be_code(value: str | int, name: str, statuses: Sequence[int], *, is_list: bool) -> bool:
    """Tell whether a value may be a code; ``is_list`` tells that it is one of a list of codes."""
    if isinstance(value, int):
        return not is_http_status(value)
    if not is_code(value) or value == _NO_TYPE or is_http_status(value):
        return False
    if is_list and name in SURE_CODES:
        return True
    if value.casefold() in FLAGS or (not is_list and plainly(value) in SAMPLES):
        return False
    if name in PERHAPS_CODES:
        return bool(_CONSTANT.match(value))
    return name in SURE_CODES or value not in {reason_phrase(status) for status in statuses}


def _without_address(values: list[Value]) -> tuple[str, list[Value]]:
    """Return what stands before every code that is an address, and the codes."""
    begins = [_ADDRESS.match(one.value) if isinstance(one.value, str) else None for one in values]
    prefixes = {begin[0] if begin else "" for begin in begins}
    if len(prefixes) != 1 or prefixes == {""}:
        return "", values
    prefix = prefixes.pop()
    return prefix, [
        Value(str(one.value)[len(prefix) :], one.node, one.meaning, one.name) for one in values
    ]
