"""What the sources say, held against the catalog: what is new, what is known, what contradicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from pydantic import JsonValue

from errorbook.catalog.envelope import match_parts
from errorbook.catalog.models import NO_EXCEPTION, message_holes
from errorbook.decode.templates import parse_message
from errorbook.importing.catalog_files import CatalogFiles
from errorbook.importing.changes import Change
from errorbook.importing.combine import CONFLICT, Claim, Claims
from errorbook.importing.shape import (
    Path,
    as_list,
    described,
    differing,
    fits,
    is_default,
    is_joined,
    is_mapping,
    joined,
    same,
    shown,
)
from errorbook.outputs.python.builtin_names import BUILTIN_NAMES
from errorbook.outputs.python.misnomers import RESERVED_NAMES
from errorbook.outputs.python.naming import derive_class, derives
from errorbook.problems import Place, Problem, quoted

Winner = Literal["catalog", "source"]
_ABSENT: Final = object()
_HOLES: Final = ("details", "placeholders")
_ROWS: Final = ("troubleshooting",)


@dataclass
class Merged:
    """What an import would change in a catalog, and what it leaves."""

    changes: list[Change] = field(default_factory=list)
    kept: int = 0
    """How many values the catalog has already, said the same."""
    conflicts: list[Problem] = field(default_factory=list)


def merged(claims: Claims, files: CatalogFiles, api: str, winner: Winner) -> Merged:
    """Return what ``claims`` about ``api`` mean for the catalog."""
    merging = _Merging(files, api, winner)
    for claim in claims.by_path.values():
        merging.add(claim)
    merging.settle_placeholders()
    return merging.result


class _Merging:
    def __init__(self, files: CatalogFiles, api: str, winner: Winner) -> None:
        self.result = Merged()
        self._files = files
        self._root = ("apis", api)
        self._winner = winner
        self._api: Mapping[str, Any] = files.data()["apis"].get(api) or {}

    def add(self, claim: Claim) -> None:
        """Hold one claim against the catalog."""
        known = _look(self._api, claim.path)
        if known is _ABSENT or known is None:
            if not is_default(claim.path, claim.value) and not _follows(claim):
                self._change(claim.path, claim.value, claim.place)
        elif _says(claim.path, known, claim.value) or self._is_taken(claim, known):
            self.result.kept += claim.value != {}
        else:
            self._contradiction(claim, known)

    def settle_placeholders(self) -> None:
        """Give each new message the placeholders that it needs, and no other error any."""
        changes = {change.within: change for change in self.result.changes}
        named = {path[:4] for path in changes}
        for path, change in changes.items():
            if path[0] == "errors" and path[2:] == ("message",):
                for hole in message_holes(str(change.value)):
                    if not any(self._has(named, path[:2], kind, hole) for kind in _HOLES):
                        here = (*self._root, *path[:2], "placeholders", hole)
                        self.result.changes.append(Change(here, {}, change.place, "derive"))
        self.result.changes = [
            change
            for change in self.result.changes
            if change.within[2:3] != ("placeholders",) or self._needs(changes, change.within)
        ]

    def _has(self, named: Collection[Path], error: Path, kind: str, hole: str) -> bool:
        here = (*error, kind, hole)
        return here in named or _look(self._api, here) is not _ABSENT

    def _needs(self, changes: Mapping[Path, Change], placeholder: Path) -> bool:
        path = (*placeholder[:2], "message")
        message = changes[path].value if path in changes else _look(self._api, path)
        return isinstance(message, str) and placeholder[3] in message_holes(message)

    def _change(self, path: Path, value: JsonValue, place: Place) -> None:
        self.result.changes.append(Change((*self._root, *path), value, place))

    def _contradiction(self, claim: Claim, known: JsonValue) -> None:
        path = (*self._root, *claim.path)
        if claim.path == _ROWS:
            self._rows(claim, as_list(known))
        elif self._winner == "source":
            self.result.changes.append(Change(path, claim.value, claim.place, "replace", known))
        else:
            there = self._files.place_of(path)
            at, one, other = differing(claim.path, claim.value, known)
            message = f"{described(at)} is {shown(one)} here and {shown(other)} at {there}"
            self._conflict(claim.place, message)

    def _rows(self, claim: Claim, known: list[JsonValue]) -> None:
        """Add the rows of troubleshooting whose symptom is new; of others, the winner's stays."""
        at = {_symptom(row): index for index, row in enumerate(known)}
        new = len(known)
        for row in as_list(claim.value):
            index = at.get(_symptom(row))
            if index is None:
                self._change((*_ROWS, str(new)), row, claim.place)
                new += 1
            elif not same(_ROWS, row, known[index]):
                self._other_row(claim.place, row, index, known[index])

    def _other_row(self, place: Place, row: JsonValue, index: int, known: JsonValue) -> None:
        if self._winner == "source":
            path = (*self._root, *_ROWS, str(index))
            self.result.changes.append(Change(path, row, place, "replace", known))
        else:
            there = self._files.place_of((*self._root, *_ROWS, index))
            self._conflict(place, f"the row {quoted(_symptom(row))} is another one at {there}")

    def _is_taken(self, claim: Claim, known: JsonValue) -> bool:
        """Tell whether an error is raised as the base class for want of the class it claims."""
        return (
            claim.path[0] == "errors"
            and claim.path[-1] == "exception"
            and known == NO_EXCEPTION
            and claim.value in self._classes
        )

    @cached_property
    def _classes(self) -> set[str]:
        """The classes that are taken: by Python, the module, the API, or one of its errors."""
        chosen = _look(self._api, ("sdk", "python", "base"))
        base = chosen if isinstance(chosen, str) else derive_class(self._root[1])
        names = {_class_of(code, error) for code, error in (self._api.get("errors") or {}).items()}
        return {*BUILTIN_NAMES, *RESERVED_NAMES, base, *names}

    def _conflict(self, place: Place, message: str) -> None:
        hint = "the catalog was kept; --take source takes this one"
        self.result.conflicts.append(Problem(CONFLICT, place, message, hint, "warning"))


def _symptom(row: JsonValue) -> str:
    return " ".join(str(row.get("symptom", "")).split()) if isinstance(row, dict) else str(row)


def _says(path: Path, known: JsonValue, value: JsonValue) -> bool:
    """Tell whether what is known says ``value`` already.

    A template says every message that it makes.
    """
    if is_mapping(path) or same(path, known, value):
        return True
    if path[0] == "errors" and path[2:] == ("message",):
        return match_parts(parse_message(str(known)), str(value), {})
    if path == ("envelopes",):
        return all(any(fits(one, other) for other in as_list(known)) for one in as_list(value))
    return is_joined(path) and joined(path, known, value) == as_list(known)


def _look(data: Any, path: Path) -> Any:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return _ABSENT
        data = data[key]
    return data


def _class_of(code: str, error: Any) -> str:
    """Return the class of an error; that of an error without one is no name."""
    chosen = _look(error, ("sdk", "python", "exception"))
    if isinstance(chosen, str):
        return chosen
    return derive_class(code) if derives(code) else NO_EXCEPTION


def _follows(claim: Claim) -> bool:
    """Tell whether a claim says what follows from the code anyway: the name of its class."""
    is_class = claim.path[2:] == ("sdk", "python", "exception") and claim.path[0] == "errors"
    if not is_class or claim.value == NO_EXCEPTION:
        return False
    return derives(claim.path[1]) and derive_class(claim.path[1]) == claim.value
