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
from errorbook.outputs.python.naming import is_retry_after
from errorbook.outputs.typescript.naming import (
    attribute,
    base_class,
    own_class,
    parents,
    parents_of,
)
from errorbook.outputs.typescript.rows import facts_lines
from errorbook.outputs.typescript.source import WIDTH, array_lines, comment, literal, width

READERS: Final[dict[DetailType, tuple[str, str]]] = {
    "string": ("string", "textIn"),
    "integer": ("number", "integerIn"),
    "number": ("number", "numberIn"),
    "boolean": ("boolean", "flagIn"),
    "array": ("readonly unknown[]", "arrayIn"),
    "object": ("Readonly<Record<string, unknown>>", "objectIn"),
}
_AGAIN: Final[dict[RetryWhen, str]] = {
    "never": "The same request fails however often it is sent.",
    "as_is": "The same request may succeed later.",
    "after_change": "Another attempt makes sense once something has changed.",
    "unknown": "",
}
_FACTS_INDENT: Final = 6


@dataclass(frozen=True)
class Attribute:
    """A detail that a class has as a member: its name, its type, the statement that reads it."""

    name: str
    type: str
    reader: str
    reading: str
    doc: str


@dataclass(frozen=True)
class Class:
    """The class of one code; it extends ``base``, and comes below ``also`` by its group."""

    name: str
    code: str
    base: str
    also: tuple[str, ...]
    doc: str
    facts: list[str]
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Parent:
    """A class that the catalog asks for; of ``also``, errors are instances that extend another."""

    name: str
    base: str
    doc: str
    also: list[str]


def classes_of(name: str, api: Api) -> Iterator[Class]:
    """Yield the classes by name."""
    named = {own_class(code, error): code for code, error in api.errors.items()}
    for own, code in sorted((own, code) for own, code in named.items() if own):
        error = api.errors[code]
        first, *others = parents_of(api, error) or [base_class(name, api)]
        doc = comment(_class_doc(name, api, code, error))
        facts = facts_lines(name, api, code, _FACTS_INDENT)
        yield Class(own, code, first, tuple(others), doc, facts, tuple(_attributes(error)))


def parents_of_api(name: str, api: Api, classes: list[Class]) -> Iterator[Parent]:
    """Yield the classes that the catalog asks for, each behind the one it comes below."""
    known, base = parents(api), base_class(name, api)
    for selector, cls in sorted(known.items(), key=lambda item: ("x" not in item[0], item[0])):
        above = known.get(family(int(selector)), base) if selector.isdecimal() else base
        codes = [literal(one.code) for one in classes if cls in one.also]
        doc = comment(_parent_doc(api, selector))
        also = array_lines("const codes: readonly string[] = ", codes, ";", 4) if codes else []
        yield Parent(cls, above, doc, also)


def tree(base: str, classes: list[Class], above: list[Parent]) -> Iterator[str]:
    """Yield the lines of the tree of classes, the codes beside them."""
    codes = {one.name: one.code for one in classes}
    below: dict[str, list[str]] = {}
    for parent in above:
        below.setdefault(parent.base, []).append(parent.name)
    for one in classes:
        for name in (one.base, *one.also):
            below.setdefault(name, []).append(one.name)
    drawn = list(_branches(base, below, ""))
    room = max((len(line) for line, name in drawn if name in codes), default=0)
    yield f"    {base}"
    for line, name in drawn:
        code = codes.get(name)
        yield f"    {line:<{room}}  {code}" if code else f"    {line}"


def _branches(name: str, below: dict[str, list[str]], indent: str) -> Iterator[tuple[str, str]]:
    children = sorted(below.get(name, []))
    for child in children:
        is_last = child == children[-1]
        yield f"{indent}{'└──' if is_last else '├──'} {child}", child
        yield from _branches(child, below, f"{indent}{'    ' if is_last else '│   '}")


def _parent_doc(api: Api, selector: str) -> list[str]:
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


def _class_doc(name: str, api: Api, code: str, error: Error) -> Iterator[str]:
    status = f" HTTP status: {', '.join(map(str, error.status))}." if error.status else ""
    page = docs_url(name, api, code)
    yield plain(error.meaning) or f"The API answered {code}."
    yield f"Code: {code}.{status} {_AGAIN[error.retry.when]}"
    yield f"Since {error.since}." if error.since else ""
    yield from _list("Causes", [plain(one) for one in error.causes])
    yield f"Fix: {plain(error.fix)}" if error.fix else ""
    yield from _list("What to do", [_action_text(one) for one in error.actions])
    yield f"Documentation: {page}" if page else ""
    yield from _deprecation(api, error)


def _list(heading: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield f"{heading}:"
        yield "\n".join(f"- {' '.join(text.split())}" for text in texts)


def _deprecation(api: Api, error: Error) -> Iterator[str]:
    if error.deprecated is not None:
        ending = f" It goes away in {error.sunset}." if error.sunset else ""
        known = error.replaced_by in api.errors
        instead = f" {error.replaced_by} takes its place." if known else ""
        # A tag, so that editors strike the class out; it goes last, as all behind it is its own.
        yield f"@deprecated Since {error.deprecated}.{ending}{instead}"


def _action_text(action: Action) -> str:
    when = f" ({plain(action.when)})" if action.when else ""
    how = f": {plain(action.how)}" if action.how else ""
    return f"{action.do}{when}{how}"


def _attributes(error: Error) -> Iterator[Attribute]:
    for key, detail in error.details.items():
        name = attribute(error, key)
        if name is not None and not is_retry_after(error, key):
            kind, reader = READERS[detail.type]
            doc = comment([_detail_text(detail)], "  ")
            yield Attribute(name, kind, reader, _reading(reader, key), doc)


def _reading(reader: str, key: str) -> str:
    line = f"return {reader}(this.details, {literal(key)});"
    if 4 + width(line) <= WIDTH:
        return line
    return "\n".join(
        [
            f"return {reader}(",
            "      this.details,",
            f"      {literal(key)},",
            "    );",
        ]
    )


def _detail_text(detail: Detail) -> str:
    unit = f" In {detail.unit}." if detail.unit else ""
    return f"{plain(detail.meaning) or 'Sent with the code.'}{unit}"


def instead_of_status(selector: str) -> str:
    """Return the condition, in TypeScript, under which a status is ``selector``, or of it."""
    return f"status === {selector}" if selector.isdecimal() else _of_family(selector)


def _of_family(selector: str) -> str:
    return f"familyOf(status) === {selector[0]}"
