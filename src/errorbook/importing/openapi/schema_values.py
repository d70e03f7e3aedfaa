"""What single nodes of a schema say: the values that they list, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from errorbook.importing.openapi.documents import Node


@dataclass(frozen=True)
class Value:
    """A value that a field may have, where it is said and what is said of it."""

    value: str | int
    node: Node
    meaning: Node | None = None
    name: str = ""
    """What programs call it."""


def discriminated(node: Node, offered: Node) -> dict[str, list[tuple[JsonValue, Node]]]:
    """Return the field of a discriminator with the value that it gives what is ``offered``."""
    discriminator = node.get("discriminator")
    name = discriminator.get("propertyName") if discriminator else None
    target = offered.value.get("$ref") if isinstance(offered.value, dict) else None
    if name is None or not isinstance(name.value, str) or not isinstance(target, str):
        return {}
    last = target.rsplit("/", 1)[-1]
    mapping = discriminator.get("mapping") if discriminator else None
    named: list[tuple[JsonValue, Node]] = [
        (key, at)
        for key, at in (mapping.fields() if mapping else ())
        if isinstance(at.value, str) and at.value in (target, last)
    ]
    return {name.value: named or [(last, offered)]}


def entries(node: Node | None) -> Iterator[Node]:
    """Yield the entries of a list that may be missing."""
    return node.items() if node is not None else iter(())


def shown(node: Node) -> list[Value]:
    """Return the value that a node has, if that may be a code or a text."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return []
    return [Value(value, node)]


def values_of_enum(schema: Node, enum: Node) -> list[Value]:
    """Return the values of an enum, with what extensions say of each."""
    meaning = _beside(schema, "x-enum-descriptions", "x-enumDescriptions", "x-enum-description")
    name = _beside(schema, "x-enum-varnames", "x-enumNames", "x-enum-names")
    found: list[Value] = []
    for index, node in enumerate(enum.items()):
        for one in shown(node):
            called = name(str(one.value), index)
            text = called.value if called is not None and isinstance(called.value, str) else ""
            found.append(Value(one.value, one.node, meaning(str(one.value), index), text))
    return found


def _beside(schema: Node, *words: str) -> Callable[[str, int], Node | None]:
    """Return what finds the entry of an extension for a value, by value or by place in the list."""
    found = next((node for word in words if (node := schema.get(word)) is not None), None)
    fields = dict(found.fields()) if found is not None else {}
    items = list(found.items()) if found is not None else []

    def entry(value: str, index: int) -> Node | None:
        return fields.get(value) or (items[index] if index < len(items) else None)

    return entry


def type_name(value: JsonValue) -> str:
    """Return what JSON Schema calls the type of a value; empty for null."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, dict):
        return "object"
    names = ((str, "string"), (int, "integer"), (float, "number"), (list, "array"))
    return next((name for kind, name in names if isinstance(value, kind)), "")
