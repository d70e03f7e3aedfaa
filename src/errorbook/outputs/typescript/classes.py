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
from errorbook.outputs.typescript.naming import (
    NAMES,
    attribute,
    base_class,
    is_retry_after,
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
    for own, code in NAMES.classes(api):
        error = api.errors[code]
        first, *others = parents_of(api, error) or [base_class(name, api)]
        doc = comment(_class_doc(name, api, code, error))
        facts = facts_lines(name, api, code, _FACTS_INDENT)
        yield Class(own, code, first, tuple(others), doc, facts, tuple(_attributes(error)))


def parents_of_api(name: str, api: Api, classes: list[Class]) -> Iterator[Parent]:
    """Yield the classes that the catalog asks for, each behind the one it comes below."""
    for selector, cls, above in NAMES.parents_above(name, api):
        codes = [literal(one.code) for one in classes if cls in one.also]
        doc = comment(parent_texts(api, selector))
        also = array_lines("const codes: readonly string[] = ", codes, ";", 4) if codes else []
        yield Parent(cls, above, doc, also)


def tree_lines(base: str, classes: list[Class], above: list[Parent]) -> Iterator[str]:
    """Yield the lines of the tree of classes."""
    pairs = [(one.name, one.base) for one in above]
    pairs += [(one.name, name) for one in classes for name in (one.base, *one.also)]
    drawn = tree(base, below(pairs), {one.name: one.code for one in classes})
    yield from (f"    {line}" for line in drawn)


def _class_doc(name: str, api: Api, code: str, error: Error) -> Iterator[str]:
    page = docs_url(name, api, code)
    yield meaning(code, error)
    yield at_a_glance(code, error)
    yield since(error)
    yield from _list("Causes", [plain(one) for one in error.causes])
    yield f"Fix: {plain(error.fix)}" if error.fix else ""
    yield from _list("What to do", [action_text(one) for one in error.actions])
    yield f"Documentation: {page}" if page else ""
    then = deprecation(api, error)
    # A tag, so that editors strike the class out; it goes last, as all behind it is its own.
    yield f"@deprecated Since {then}" if then else ""


def _list(heading: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield f"{heading}:"
        yield "\n".join(f"- {' '.join(text.split())}" for text in texts)


def _attributes(error: Error) -> Iterator[Attribute]:
    for key, detail in error.details.items():
        name = attribute(error, key)
        if name is not None and not is_retry_after(error, key):
            kind, reader = READERS[detail.type]
            doc = comment([detail_text(detail)], "  ")
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


def instead_of_status(selector: str) -> str:
    """Return the condition, in TypeScript, under which a status is ``selector``, or of it."""
    return f"status === {selector}" if selector.isdecimal() else _of_family(selector)


def _of_family(selector: str) -> str:
    return f"familyOf(status) === {selector[0]}"
