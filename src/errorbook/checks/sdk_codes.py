"""The codes that an SDK names beside its classes: in calls, in registries and in lists of codes."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.checks.sdk_classes import Classes, SdkClass
from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_sources import SourceFile, Sources
from errorbook.checks.sdk_values import Value, Values, assignments, dotted, statements

_ENUMS: Final = frozenset({"Enum", "StrEnum", "IntEnum"})


@dataclass(frozen=True)
class Call:
    """An exception that is made with a code."""

    path: str
    code: str
    file: SourceFile
    line: int


@dataclass(frozen=True)
class Entry:
    """A row of a registry: the code, the class that stands for it, and where."""

    code: str
    path: str
    line: int


@dataclass(frozen=True)
class Registry:
    """A dictionary of classes by code."""

    name: str
    file: SourceFile
    line: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listing:
    """Names and values of an enumeration, or the values of a `Literal`."""

    name: str
    file: SourceFile
    line: int
    members: tuple[tuple[str, str, int], ...]
    """Name (the value itself in a `Literal`), value and line."""
    is_enum: bool


def calls(
    sources: Sources, names: Names, values: Values, classes: Classes, attributes: Collection[str]
) -> Iterator[Call]:
    """Yield the calls of exceptions with a code that the source says."""
    raised = {path for path in classes.all if classes.is_exception(path)}
    for file in sources.files:
        for node in ast.walk(file.tree):
            if not isinstance(node, ast.Call) or not (node.args or node.keywords):
                continue
            name = dotted(node.func)
            path = names.resolve(file.module, name) if name else ""
            if path not in raised:
                continue
            init = classes.init(path)
            for given in _codes_of(node, init, attributes):
                code = text(values.one(given, file.module))
                if code is not None:
                    yield Call(path, code, file, given.lineno)


def registries(
    sources: Sources, names: Names, values: Values, classes: Classes
) -> Iterator[Registry]:
    """Yield the dictionaries of which at least half the values are exceptions."""
    raised = {path for path in classes.all if classes.is_exception(path)}
    for file in sources.files:
        for name, scope, node in _dictionaries(file):
            entries: list[Entry] = []
            for key, value in zip(node.keys, node.values, strict=True):
                said = dotted(value)
                path = names.resolve(scope, said) if said else ""
                if key is None or path not in raised:
                    continue
                for code in map(text, values.of(key, scope) or ()):
                    if code is not None:
                        entries.append(Entry(code, path, key.lineno))
            if entries and 2 * len(entries) >= len(node.keys):
                yield Registry(name, file, node.lineno, tuple(entries))


def listings(sources: Sources, values: Values, classes: Classes) -> Iterator[Listing]:
    """Yield what may be a list of codes or of exit codes."""
    for one in classes.all.values():
        if classes.is_exception(one.path):
            continue
        is_enum = any(base.rpartition(".")[2] in _ENUMS for base in classes.line_of(one.path))
        members = tuple(_members(one, values))
        if members and (is_enum or "code" in one.name.casefold()):
            yield Listing(one.name, one.file, one.line, members, is_enum)
    for file in sources.files:
        for name, assigned in assignments(file.tree.body, file.module):
            said = values.literals(assigned.value, file.module)
            texts = [one for one in map(text, said or ()) if one is not None]
            if texts:
                members = tuple((one, one, assigned.line) for one in texts)
                yield Listing(name, file, assigned.line, members, is_enum=False)


def text(value: Value) -> str | None:
    """Return a code as the catalog writes it."""
    return None if value is None or isinstance(value, bool) else str(value)


def _members(one: SdkClass, values: Values) -> Iterator[tuple[str, str, int]]:
    for name, assigned in one.assigned.items():
        value = text(values.one(assigned.value, assigned.scope))
        if value is not None and not name.startswith("__"):
            yield name, value, assigned.line


def _codes_of(
    node: ast.Call, init: SdkClass | None, attributes: Collection[str]
) -> Iterator[ast.expr]:
    for keyword in node.keywords:
        if keyword.arg in attributes:
            yield keyword.value
    if init is not None:
        for name, given in zip(init.parameters, node.args, strict=False):
            if isinstance(given, ast.Starred):
                return
            if name in attributes:
                yield given


def _dictionaries(file: SourceFile) -> Iterator[tuple[str, str, ast.Dict]]:
    """Yield the dictionaries that modules and classes have a name for, and that name."""
    waiting: list[tuple[str, list[ast.stmt]]] = [(file.module, file.tree.body)]
    while waiting:
        scope, body = waiting.pop()
        for name, assigned in assignments(body, scope):
            if isinstance(assigned.value, ast.Dict):
                yield name, scope, assigned.value
        for one in statements(body):
            if isinstance(one, ast.ClassDef):
                waiting.append((f"{scope}.{one.name}", one.body))
            elif isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
                waiting.append((scope, one.body))
