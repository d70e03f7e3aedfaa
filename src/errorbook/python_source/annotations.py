"""The simple types that an annotation names, and what they are in JSON."""

from __future__ import annotations

import ast
from typing import Final

from errorbook.catalog.models import DetailType
from errorbook.python_source.values import dotted

JSON_TYPES: Final[dict[DetailType, frozenset[str]]] = {
    "string": frozenset({"str"}),
    "integer": frozenset({"int"}),
    "number": frozenset({"float", "int"}),
    "boolean": frozenset({"bool"}),
    "array": frozenset({"list", "tuple", "set", "frozenset", "List", "Tuple", "Sequence"}),
    "object": frozenset({"dict", "Dict", "Mapping"}),
}
_SIMPLE: Final = frozenset().union(*JSON_TYPES.values())
_OPTIONAL: Final = frozenset({"Optional", "ClassVar", "Final"})
_LONGEST_TEXT: Final = 200
"""Characters of an annotation in quotes that is looked at."""


def simple_types(annotation: ast.expr) -> set[str]:
    """Return the simple types that an annotation names, None left out; nothing for any other."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        inside = in_quotes(annotation.value)
        return simple_types(inside) if inside is not None else set()
    if isinstance(annotation, ast.BinOp):
        return _any_of([annotation.left, annotation.right])
    if isinstance(annotation, ast.Subscript):
        name = dotted(annotation.value).rpartition(".")[2]
        inner = annotation.slice
        if name in _OPTIONAL:
            return simple_types(inner)
        if name == "Union":
            return _any_of(inner.elts if isinstance(inner, ast.Tuple) else [inner])
        return {name} & _SIMPLE
    return {dotted(annotation).rpartition(".")[2]} & _SIMPLE


def allows_none(annotation: ast.expr) -> bool:
    """Tell whether an annotation names None among its types."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        inside = in_quotes(annotation.value)
        return inside is not None and allows_none(inside)
    if isinstance(annotation, ast.BinOp):
        return allows_none(annotation.left) or allows_none(annotation.right)
    if isinstance(annotation, ast.Subscript):
        name = dotted(annotation.value).rpartition(".")[2]
        inner = annotation.slice
        among = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        return name == "Optional" or (name in {"Union", "Final"} and any(map(allows_none, among)))
    return _is_none(annotation)


def in_quotes(text: str) -> ast.expr | None:
    """Return the annotation that stands in quotes; None if it is none, or long."""
    if len(text) > _LONGEST_TEXT:
        return None
    try:
        found = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    quoted_again = isinstance(found, ast.Constant) and isinstance(found.value, str)
    return None if quoted_again else found


def _any_of(annotations: list[ast.expr]) -> set[str]:
    """Return the types of a union, none of them where one is not known."""
    found = [{"None"} if _is_none(one) else simple_types(one) for one in annotations]
    return set().union(*found) - {"None"} if all(found) else set()


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
