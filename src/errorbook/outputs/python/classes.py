"""The classes of a module: what each is called and documented as, and what it comes below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.models import DetailType
from errorbook.catalog.prose import plain
from errorbook.outputs.class_texts import (
    action_text,
    at_a_glance,
    below,
    deprecation,
    detail_text,
    meaning,
    parent_texts,
    since,
    tree,
)
from errorbook.outputs.python.naming import (
    NAMES,
    attribute,
    base_class,
    is_retry_after,
    parents_of,
    sdk_base,
)
from errorbook.outputs.python.source import Items, Paragraph, docstring

_TYPES: Final[dict[DetailType, tuple[str, str]]] = {
    "string": ("str", "_text"),
    "integer": ("int", "_integer"),
    "number": ("float", "_number"),
    "boolean": ("bool", "_flag"),
    "array": ("list[object]", "_array"),
    "object": ("dict[str, object]", "_mapping"),
}


@dataclass(frozen=True)
class Attribute:
    """A detail that a class has as an attribute: its name, its key in the body, how it is read."""

    name: str
    key: str
    type: str
    reader: str
    doc: str


@dataclass(frozen=True)
class Class:
    """The class of one code; ``bases`` is the list in its brackets."""

    name: str
    code: str
    bases: str
    doc: str
    lifecycle: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Parent:
    """A class that the catalog asks for, for a group, a status or a family of them."""

    name: str
    base: str
    doc: str


def classes_of(name: str, api: Api, indent: str) -> Iterator[Class]:
    """Yield the classes by name, documented for statements behind ``indent``."""
    for own, code in NAMES.classes(api):
        error = api.errors[code]
        bases = parents_of(api, error) or [base_class(name, api)]
        doc = docstring(_class_doc(name, api, code, error), f"{indent}    ")
        read = tuple(_attributes(error, indent))
        yield Class(own, code, ", ".join(bases), doc, _lifecycle(api, error), read)


def parents_of_api(name: str, api: Api) -> Iterator[Parent]:
    """Yield the classes that the catalog asks for, each behind the one it comes below."""
    for selector, cls, above in NAMES.parents_above(name, api):
        yield Parent(cls, above, docstring(parent_texts(api, selector), "    "))


def tree_lines(api: Api, base: str, classes: list[Class], above: list[Parent]) -> Iterator[str]:
    """Yield the lines of the tree of classes, below the one that the SDK has already."""
    pairs = [(one.name, one.base) for one in above]
    pairs += [(one.name, name) for one in classes for name in one.bases.split(", ")]
    first, *others = tree(base, below(pairs), {one.name: one.code for one in classes})
    theirs = sdk_base(api)
    if theirs:
        yield f"    {theirs[1]}, of the SDK"
    yield f"    {'└── ' if theirs else ''}{first}"
    yield from (f"    {'    ' if theirs else ''}{line}" for line in others)


def _class_doc(name: str, api: Api, code: str, error: Error) -> list[Paragraph]:
    page = docs_url(name, api, code)
    return [
        meaning(code, error),
        at_a_glance(code, error),
        _lifecycle(api, error),
        Items("Causes", tuple(map(plain, error.causes))),
        f"Fix: {plain(error.fix)}" if error.fix else "",
        Items("What to do", tuple(map(action_text, error.actions))),
        f"Documentation: {page}" if page else "",
    ]


def _lifecycle(api: Api, error: Error) -> str:
    then = deprecation(api, error)
    return f"{since(error)} Deprecated since {then}".strip() if then else since(error)


def _attributes(error: Error, indent: str) -> Iterator[Attribute]:
    for key, detail in error.details.items():
        name = attribute(error, key)
        if name is not None and not is_retry_after(error, key):
            kind, reader = _TYPES[detail.type]
            doc = docstring([detail_text(detail)], f"{indent}{' ' * 8}")
            yield Attribute(name, key, kind, reader, doc)
