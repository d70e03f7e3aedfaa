"""The fields that single codes have beside what every body has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from pydantic import JsonValue

from errorbook.catalog.models import DetailType
from errorbook.characters import has_hidden
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.evidence import Evidence, Sighting
from errorbook.importing.openapi.prose import plain_text, prose_of
from errorbook.importing.openapi.retries import unit_of_wait
from errorbook.importing.openapi.shapes import is_plain, values_at
from errorbook.importing.openapi.tally import Tally
from errorbook.importing.openapi.views import Piece, Views
from errorbook.importing.values import unit_of

Said = tuple[tuple[str, ...], JsonValue, Node]

_MOST: Final = 60
_LARGEST: Final = 4_000
_TYPES: Final[frozenset[str]] = frozenset(get_args(DetailType))
_NUMBERS: Final = ("integer", "number")
_PYTHON: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


class Details:
    """Finds the details of codes. ``taken`` are names that no detail may have."""

    def __init__(
        self, views: Views, tally: Tally, taken: frozenset[str], allowed: frozenset[str] | None
    ) -> None:
        self._views = views
        self._tally = tally
        self._taken = taken
        self._allowed = allowed

    def of(self, evidence: Evidence) -> Iterator[Said]:
        """Yield what is known of each detail of a code, by the steps from ``details``."""
        found: dict[str, list[Piece]] = {}
        required: dict[str, None] = {}
        told = [one for sighting in evidence.sightings for one in self._fields(sighting)]
        told += [one for sighting in evidence.groups for one in self._beside(sighting)]
        for name, pieces, is_required in told:
            found.setdefault(name, []).extend(pieces)
            if is_required:
                required[name] = None
        for name, pieces in list(found.items())[:_MOST]:
            if name in self._taken or (self._allowed is not None and name not in self._allowed):
                message = "no envelope has a place for these details: {}"
                self._tally.add(message, 'add "*" to an envelope', pieces[0].node, name)
            elif is_plain(name):
                yield from self._detail(name, pieces, is_required=name in required)

    def _beside(self, sighting: Sighting) -> Iterator[tuple[str, list[Piece], bool]]:
        """Yield the fields beside the code."""
        shape, leaf = sighting.shape, sighting.found.leaf
        for name, pieces in leaf.fields.items():
            if shape.is_detail(name):
                yield name, pieces, name in leaf.required

    def _fields(self, sighting: Sighting) -> Iterator[tuple[str, list[Piece], bool]]:
        yield from self._beside(sighting)
        shape = sighting.shape
        place = shape.roles.get("details")
        for view in self._views.of(values_at(sighting.found, place)) if place else ():
            for name, pieces in view.fields.items():
                yield name, pieces, name in view.required

    def _detail(self, name: str, pieces: list[Piece], *, is_required: bool) -> Iterator[Said]:
        schemas = list(self._views.nodes(pieces))
        kind = self._views.type_of([one for one in pieces if not one.is_example])
        kind = kind or self._views.type_of(pieces)
        node = schemas[0] if schemas else pieces[0].node
        if kind not in _TYPES or kind is None:
            self._tally.add("the type of {} is not told", "say it in the schema", node, name)
            return
        yield (name, "type"), kind, node
        for word in ("format", "x-unit"):
            said = _first(schemas, word)
            if said is not None and isinstance(said.value, str) and kind != "object":
                text = plain_text(said.value, 60)
                if word == "x-unit" or (kind == "string" and text):
                    yield (name, word.removeprefix("x-")), text, said
        unit = (unit_of_wait(name) or unit_of(name)) if kind in _NUMBERS else ""
        if unit and _first(schemas, "x-unit") is None:
            yield (name, "unit"), unit, node
        if is_required:
            yield (name, "required"), True, node
        example = self._example(pieces, schemas, kind)
        if example is not None:
            yield (name, "example"), example.value, example
        sensitive = _first(schemas, "x-sensitive")
        if sensitive is not None and sensitive.value is True:
            yield (name, "sensitive"), True, sensitive
        described = _first(schemas, "description")
        meaning = prose_of(str(described.value)).text if described is not None else ""
        if described is not None and meaning:
            yield (name, "meaning"), meaning, described

    def _example(self, pieces: list[Piece], schemas: list[Node], kind: str) -> Node | None:
        shown = [one.node for one in pieces if one.is_example]
        for schema in schemas:
            examples = schema.get("examples")
            shown += [
                one
                for one in (schema.get("example"), *(examples.items() if examples else ()))
                if one
            ]
        fitting = (one for one in shown if _fits(one.value, kind))
        return next(fitting, None)


def waiting_times(details: Iterable[Said]) -> dict[str, Node]:
    """Return the details that say how long to wait, as their names and types have it."""
    return {
        steps[0]: node
        for steps, value, node in details
        if steps[1:] == ("type",) and value in _NUMBERS and unit_of_wait(steps[0]) is not None
    }


def _first(schemas: list[Node], word: str) -> Node | None:
    return next((one for node in schemas if (one := node.text(word) or node.get(word))), None)


def _fits(value: Any, kind: str) -> bool:
    is_flag = isinstance(value, bool)
    if not isinstance(value, _PYTHON[kind]) or is_flag != (kind == "boolean"):
        return False
    if value == "string" or len(str(value)) > _LARGEST:
        return False
    return not any(has_hidden(text.replace("\n", " ")) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, the names of fields among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for one in pair for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))
