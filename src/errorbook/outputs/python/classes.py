"""The classes of a module: what each is called and documented as, and what it comes below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Action, Api, Detail, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.models import DetailType, RetryWhen
from errorbook.catalog.prose import plain
from errorbook.catalog.statuses import family, reason_phrase
from errorbook.outputs.python.naming import (
    attribute,
    base_class,
    is_retry_after,
    own_class,
    parents,
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
_AGAIN: Final[dict[RetryWhen, str]] = {
    "never": "The same request fails however often it is sent.",
    "as_is": "The same request may succeed later.",
    "after_change": "Another attempt makes sense once something has changed.",
    "unknown": "",
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
    named = {own_class(code, error): code for code, error in api.errors.items()}
    for own, code in sorted((own, code) for own, code in named.items() if own):
        error = api.errors[code]
        bases = parents_of(api, error) or [base_class(name, api)]
        doc = docstring(_class_doc(name, api, code, error), f"{indent}    ")
        read = tuple(_attributes(error, indent))
        yield Class(own, code, ", ".join(bases), doc, _lifecycle(api, error), read)


def parents_of_api(name: str, api: Api) -> Iterator[Parent]:
    """Yield the classes that the catalog asks for, each behind the one it comes below."""
    known, base = parents(api), base_class(name, api)
    for selector, cls in sorted(known.items(), key=lambda item: ("x" not in item[0], item[0])):
        above = known.get(family(int(selector)), base) if selector.isdecimal() else base
        yield Parent(cls, above, docstring(_parent_doc(api, selector), "    "))


def tree(api: Api, base: str, classes: list[Class], above: list[Parent]) -> Iterator[str]:
    """Yield the lines of the tree of classes, the codes beside them.

    A class with two bases stands below each: whoever looks for what a base catches finds it.
    """
    codes = {one.name: one.code for one in classes}
    below: dict[str, list[str]] = {}
    for parent in above:
        below.setdefault(parent.base, []).append(parent.name)
    for one in classes:
        for name in one.bases.split(", "):
            below.setdefault(name, []).append(one.name)
    drawn = list(_branches(base, below, ""))
    width = max((len(line) for line, name in drawn if name in codes), default=0)
    theirs = sdk_base(api)
    if theirs:
        yield f"    {theirs[1]}, of the SDK"
    yield f"    {'└── ' if theirs else ''}{base}"
    for line, name in drawn:
        indent = " " * 4 if theirs else ""
        code = codes.get(name)
        yield f"    {indent}{line:<{width}}  {code}" if code else f"    {indent}{line}"


def _branches(name: str, below: dict[str, list[str]], indent: str) -> Iterator[tuple[str, str]]:
    children = sorted(below.get(name, []))
    for child in children:
        is_last = child == children[-1]
        yield f"{indent}{'└──' if is_last else '├──'} {child}", child
        yield from _branches(child, below, f"{indent}{'    ' if is_last else '│   '}")


def _parent_doc(api: Api, selector: str) -> list[Paragraph]:
    group = api.groups.get(selector)
    if group is not None:
        meaning = plain(group.meaning)
        title = group.title or selector
        return [f"{title}: {meaning}" if meaning else title, f"Errors of the group {selector}."]
    phrase = reason_phrase(int(selector)) if selector.isdecimal() else ""
    shown = f"{selector} {phrase}".strip()
    return [
        f"The server answered {shown}.",
        f"Errors whose every status is {selector}, and codes not known yet that come with one.",
    ]


def _class_doc(name: str, api: Api, code: str, error: Error) -> list[Paragraph]:
    status = f" HTTP status: {', '.join(map(str, error.status))}." if error.status else ""
    page = docs_url(name, api, code)
    return [
        plain(error.meaning) or f"The API answered {code}.",
        f"Code: {code}.{status} {_AGAIN[error.retry.when]}",
        _lifecycle(api, error),
        Items("Causes", tuple(map(plain, error.causes))),
        f"Fix: {plain(error.fix)}" if error.fix else "",
        Items("What to do", tuple(map(_action_text, error.actions))),
        f"Documentation: {page}" if page else "",
    ]


def _lifecycle(api: Api, error: Error) -> str:
    since = f"Since {error.since}." if error.since else ""
    if error.deprecated is None:
        return since
    replacement = api.errors.get(error.replaced_by or "")
    ending = f" It goes away in {error.sunset}." if error.sunset else ""
    instead = f" {error.replaced_by} takes its place." if replacement else ""
    return f"{since} Deprecated since {error.deprecated}.{ending}{instead}".strip()


def _action_text(action: Action) -> str:
    when = f" ({plain(action.when)})" if action.when else ""
    how = f": {plain(action.how)}" if action.how else ""
    return f"{action.do}{when}{how}"


def _attributes(error: Error, indent: str) -> Iterator[Attribute]:
    for key, detail in error.details.items():
        name = attribute(error, key)
        if name is not None and not is_retry_after(error, key):
            kind, reader = _TYPES[detail.type]
            doc = docstring([_detail_text(detail)], f"{indent}{' ' * 8}")
            yield Attribute(name, key, kind, reader, doc)


def _detail_text(detail: Detail) -> str:
    unit = f" In {detail.unit}." if detail.unit else ""
    return f"{plain(detail.meaning) or 'Sent with the code.'}{unit}"
