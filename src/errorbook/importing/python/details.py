"""The fields that an exception keeps of its response: what each is called, and its type."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.models import DetailType
from errorbook.importing.python.messages import NAMES as MESSAGES
from errorbook.importing.python.package import CODE, STATUS, Package
from errorbook.outputs.python.naming import RESERVED_MEMBERS, RETRY_AFTER
from errorbook.problems import Place
from errorbook.python_source import attributes
from errorbook.python_source.annotations import (
    JSON_TYPES,
    allows_none,
    in_quotes,
    simple_types,
)
from errorbook.python_source.values import Assigned, dotted
from errorbook.python_source.written import INIT, Function, SdkClass

_NO_DETAILS: Final = frozenset(
    {
        *(RESERVED_MEMBERS - {RETRY_AFTER}),
        *(*CODE, *STATUS, *attributes.RETRYABLE, *attributes.EXIT_CODE, *MESSAGES),
        *("cause", "context", "error", "json_body", "http_body", "raw", "request", "response"),
        *("doc_url", "error_type", "extra", "text", "type", "url", "inner", "original"),
    }
)
"""Attributes that exceptions have for what the catalog says elsewhere, or for the response."""
_DATACLASSES: Final = frozenset({"dataclass", "define", "frozen", "attrs", "s", "mutable"})
_OF_VALUES: Final[dict[type, DetailType]] = {str: "string", int: "integer", bool: "boolean"}


@dataclass(frozen=True)
class Detail:
    """A field: ``type`` is None where the source has no simple type for it."""

    name: str
    type: DetailType | None
    is_required: bool
    place: Place


def details_of(package: Package, path: str, common: Collection[str]) -> list[Detail]:
    """Return the fields of a class and of those it comes below, each once.

    What most errors have in common, the classes ``common``, is no field of any one of them.
    """
    found: dict[str, Detail] = {}
    for one in package.own(path):
        if one.path in common:
            break
        for detail in _details(package, one):
            found.setdefault(detail.name, detail)
    return list(found.values())


def json_type(annotation: ast.expr | None) -> DetailType | None:
    """Return what a type is in JSON; None where it is none, or several."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = in_quotes(annotation.value)
    if annotation is None:
        return None
    if isinstance(annotation, ast.Subscript) and dotted(annotation.value).endswith("Literal"):
        inner = annotation.slice
        said = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        types = {type(one.value) for one in said if isinstance(one, ast.Constant)}
        return _OF_VALUES.get(types.pop()) if len(types) == 1 else None
    simple = simple_types(annotation)
    if simple and simple <= {"int", "float"}:
        return "integer" if simple == {"int"} else "number"
    return next((name for name, known in JSON_TYPES.items() if simple and simple <= known), None)


def _details(package: Package, one: SdkClass) -> Iterator[Detail]:
    init = one.functions.get(INIT)
    for name, on_self in one.set_on_self.items():
        is_given = isinstance(on_self.value, ast.Name) or on_self.annotation is not None
        if on_self.function is init and is_given and _may_be(name):
            annotation = on_self.type
            if annotation is None and name in one.assigned:
                annotation = one.assigned[name].annotation
            is_sure = annotation is not None and not allows_none(annotation)
            is_required = is_sure and not _has_default(init, on_self.value)
            place = package.place(one.file, on_self.line)
            yield Detail(name, json_type(annotation), is_required, place)
    is_dataclass = any(_is_dataclass(decorator) for decorator in one.node.decorator_list)
    for name, assigned in one.assigned.items():
        if _may_be(name) and _is_field(assigned, is_dataclass):
            is_required = is_dataclass and assigned.value is None
            place = package.place(one.file, assigned.line)
            yield Detail(name, json_type(assigned.annotation), is_required, place)


def _may_be(name: str) -> bool:
    return not name.startswith("_") and name not in _NO_DETAILS


def _is_field(assigned: Assigned, is_dataclass: bool) -> bool:
    annotation = assigned.annotation
    if annotation is None or (assigned.value is not None and not is_dataclass):
        return False
    outer = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return dotted(outer).rpartition(".")[2] not in {"ClassVar", "Final"}


def _is_dataclass(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return dotted(called).rpartition(".")[2] in _DATACLASSES


def _has_default(init: Function, value: ast.expr | None) -> bool:
    """Tell whether what is kept is a parameter that may be left out, or no parameter at all."""
    if not isinstance(value, ast.Name):
        return True
    given = init.args
    ordinary = [*given.posonlyargs, *given.args]
    without = ordinary[: len(ordinary) - len(given.defaults)] if given.defaults else ordinary
    named = [
        one
        for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
        if default is None
    ]
    return value.id not in {one.arg for one in (*without, *named)}
