"""The objects that a schema or an example may stand for: their fields, whichever way they are said.

`allOf` is put together, `oneOf` and `anyOf` give one view each. An example is a view as well, of
fields with one value; so whatever looks for the code of an error looks at both alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from pydantic import JsonValue

from errorbook.importing.openapi.documents import Documents, Node
from errorbook.importing.openapi.schema_values import (
    Value,
    discriminated,
    entries,
    shown,
    type_name,
    values_of_enum,
)

MOST_VIEWS: Final = 600
"""Alternatives of one schema; what is beyond them is not looked at."""
_DEEPEST: Final = 24
_OBJECT_KEYS: Final = ("properties", "allOf", "oneOf", "anyOf", "required")

_Key = tuple[str, tuple[str | int, ...]]


@dataclass(frozen=True, eq=False)
class Piece:
    """A schema, or a value that an example shows."""

    node: Node
    is_example: bool = False


@dataclass
class View:
    """One object that may be meant: fields with all that is said of each."""

    fields: dict[str, list[Piece]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    nodes: dict[_Key, Node] = field(default_factory=dict)
    """The schemas it is put together from, by their keys."""
    choice: Node | None = None
    """The schema that offers it among others."""
    told: dict[str, list[tuple[JsonValue, Node]]] = field(default_factory=dict)
    """Values that a discriminator gives to a field."""
    is_closed: bool = False
    is_example: bool = False

    def joined(self, other: View) -> View:
        """Return the object that is both."""
        fields = dict(self.fields)
        for name, pieces in other.fields.items():
            fields[name] = _once([*fields.get(name, ()), *pieces])
        return View(
            fields,
            self.required | other.required,
            {**self.nodes, **other.nodes},
            self.choice or other.choice,
            {**self.told, **other.told},
            self.is_closed or other.is_closed,
            self.is_example or other.is_example,
        )


class Views:
    """Reads schemas of some documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: dict[_Key, list[View]] = {}

    def of(self, pieces: Sequence[Piece]) -> list[View]:
        """Return every object that all ``pieces`` together may mean; none if it is no object."""
        views = [View()]
        for piece in pieces:
            found = self._of_piece(piece)
            if found:
                views = _both(views, found)
        return [view for view in views if view.fields]

    def items(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Return what ``pieces`` say of the entries of a list; nothing if it is none."""
        found: list[Piece] = []
        for piece in pieces:
            if piece.is_example:
                found += [Piece(node, is_example=True) for node in piece.node.items()][:1]
            else:
                found += [
                    Piece(inner)
                    for node in self._flat(piece.node)
                    if (inner := self._documents.child(node, "items")) is not None
                ]
        return found

    def values(self, pieces: Sequence[Piece]) -> list[Value]:
        """Return the values that a field may have, where they are listed."""
        seen = [one for piece in pieces if piece.is_example for one in shown(piece.node)]
        if seen:
            return seen
        listed = [one for piece in pieces if (one := self._listed(piece.node, set()))]
        return min(listed, key=len, default=[])

    def samples(self, pieces: Sequence[Piece]) -> list[Value]:
        """Return the values that a schema gives as examples."""
        found: list[Value] = []
        for piece in pieces:
            for node in () if piece.is_example else self._flat(piece.node):
                for inner in (node.get("example"), *entries(node.get("examples"))):
                    found += shown(inner) if inner is not None else []
        return found

    def constant(self, pieces: Sequence[Piece]) -> JsonValue:
        """Return the one value that a schema gives a field; None if there is none, or several."""
        for node in self.nodes(pieces):
            const, enum = node.get("const"), node.get("enum")
            if const is not None:
                return const.value
            if enum is not None and isinstance(enum.value, list) and len(enum.value) == 1:
                return enum.value[0]
        return None

    def type_of(self, pieces: Sequence[Piece]) -> str | None:
        """Return the JSON type of a field; None where it is not told or may be several."""
        found: set[str] = set()
        for piece in pieces:
            if piece.is_example:
                found |= {type_name(piece.node.value)} - {""}
            else:
                found |= self._types(piece.node, set())
        if found == {"integer", "number"}:
            return "integer"
        return next(iter(found)) if len(found) == 1 else None

    def nodes(self, pieces: Sequence[Piece]) -> Iterator[Node]:
        """Yield the schemas that are said of a field, those its `allOf` names among them."""
        for piece in pieces:
            if not piece.is_example:
                yield from self._flat(piece.node)

    def _of_piece(self, piece: Piece) -> list[View]:
        if not piece.is_example:
            return self._of_schema(piece.node, 0)
        fields = {
            name: [Piece(node, is_example=True)]
            for name, node in piece.node.fields()
            if node.value is not None
        }
        return [View(fields, nodes={piece.node.key: piece.node}, is_example=True)] if fields else []

    def _of_schema(self, schema: Node, depth: int) -> list[View]:
        node = self._documents.follow(schema)
        if node is None or depth > _DEEPEST:
            return []
        if not isinstance(node.value, dict) or not any(key in node.value for key in _OBJECT_KEYS):
            return []
        if node.key not in self._known:
            self._known[node.key] = []  # a schema within itself adds nothing
            self._known[node.key] = self._read(node, depth)
        return self._known[node.key]

    def _read(self, node: Node, depth: int) -> list[View]:
        views = [self._own(node)]
        for inner in entries(node.get("allOf")):
            found = self._of_schema(inner, depth + 1)
            views = _both(views, found) if found else views
        for word in ("oneOf", "anyOf"):
            offered = self._offered(node, word, depth)
            views = _both(views, offered) if offered else views
        return views

    def _own(self, node: Node) -> View:
        view = View(nodes={node.key: node})
        properties = node.get("properties")
        for name, inner in properties.fields() if properties else ():
            found = self._documents.follow(inner)
            if found is not None and isinstance(found.value, dict):
                view.fields[name] = [Piece(found)]
        required = node.get("required")
        if required is not None and isinstance(required.value, list):
            view.required = {name for name in required.value if isinstance(name, str)}
        closed = node.value.get("additionalProperties") if isinstance(node.value, dict) else None
        view.is_closed = closed is False
        return view

    def _offered(self, node: Node, word: str, depth: int) -> list[View]:
        inner = list(entries(node.get(word)))[:MOST_VIEWS]
        found: list[View] = []
        for one in inner:
            for view in self._of_schema(one, depth + 1):
                choice = node if len(inner) > 1 else view.choice
                told = {**view.told, **discriminated(node, one)}
                found.append(replace(view, choice=choice, told=told))
        return found

    def _flat(self, node: Node) -> Iterator[Node]:
        """Yield a schema and those that its ``allOf`` names, each once."""
        seen: set[_Key] = set()
        waiting = [node]
        while waiting:
            found = self._documents.follow(waiting.pop(0))
            if found is not None and found.key not in seen:
                seen.add(found.key)
                yield found
                waiting += entries(found.get("allOf"))

    def _listed(self, schema: Node, seen: set[_Key], *, is_one: bool = False) -> list[Value]:
        """Return the values of a field; ``is_one`` tells that the schema is of one value alone."""
        node = self._documents.follow(schema)
        if node is None or node.key in seen or len(seen) > MOST_VIEWS:
            return []
        seen.add(node.key)
        const = node.get("const")
        if const is not None:
            # What is said of a field with one value is about the field, and not about the value.
            meaning = (node.text("description") or node.text("title")) if is_one else None
            return [Value(one.value, const, meaning) for one in shown(const)]
        enum = node.get("enum")
        if enum is not None:
            return values_of_enum(node, enum)
        for inner in entries(node.get("allOf")):
            found = self._listed(inner, seen)
            if found:
                return found
        offered = [one for word in ("oneOf", "anyOf") for one in entries(node.get(word))]
        return [value for one in offered for value in self._listed(one, seen, is_one=True)]

    def _types(self, schema: Node, seen: set[_Key]) -> set[str]:
        node = self._documents.follow(schema)
        if node is None or node.key in seen or not isinstance(node.value, dict):
            return set()
        seen.add(node.key)
        kind = node.value.get("type")
        if isinstance(kind, str):
            return {kind}
        if isinstance(kind, list):
            return {one for one in kind if isinstance(one, str) and one != "null"}
        const = node.value.get("const")
        if const is not None:
            return {type_name(const)}
        if "properties" in node.value:
            return {"object"}
        inner = [one for word in ("allOf", "oneOf", "anyOf") for one in entries(node.get(word))]
        return {name for one in inner for name in self._types(one, seen)} - {"null"}


def _both(views: Iterable[View], others: Sequence[View]) -> list[View]:
    """Return every object that is one of ``views`` and one of ``others``."""
    return list(islice((a.joined(b) for a in views for b in others), MOST_VIEWS))


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.node.key: piece for piece in pieces}.values())
