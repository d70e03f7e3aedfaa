"""The codes that an SDK names beside its classes: in calls, in registries and in lists of codes."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.python_source.classes import Classes
from errorbook.python_source.names import Names
from errorbook.python_source.sources import SourceFile, Sources
from errorbook.python_source.values import Value, Values, assignments, dotted, statements
from errorbook.python_source.written import Function, SdkClass

_ENUMS: Final = frozenset({"Enum", "StrEnum", "IntEnum"})
_WRAPPERS: Final = frozenset({"MappingProxyType", "dict", "frozendict"})


@dataclass(frozen=True)
class Call:
    """An exception that is made with a code, or is given one before it is raised."""

    path: str
    code: str
    origin: str
    """Path of the constant that says the code, if one does."""
    file: SourceFile
    line: int
    is_given: bool = False


@dataclass(frozen=True)
class Entry:
    """A row of a registry: the code, the class that stands for it, and where."""

    code: str
    path: str
    line: int
    origin: str = ""


@dataclass(frozen=True)
class Registry:
    """A dictionary of classes by code; ``is_made`` if each class is asked for its code."""

    name: str
    file: SourceFile
    line: int
    entries: tuple[Entry, ...]
    is_made: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table: the code or else the class it is for, the numbers, and where."""

    code: str
    path: str
    numbers: tuple[int, ...]
    line: int
    origin: str


@dataclass(frozen=True)
class Table:
    """A dictionary of exit codes or statuses by code."""

    name: str
    file: SourceFile
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Listing:
    """Names and values of an enumeration, or the values of a `Literal`."""

    name: str
    path: str
    file: SourceFile
    line: int
    members: tuple[tuple[str, str, int], ...]
    """Name (the value itself in a `Literal`), value and line."""
    is_enum: bool


def calls(
    sources: Sources, names: Names, values: Values, classes: Classes, attributes: Collection[str]
) -> Iterator[Call]:
    """Yield the calls of exceptions with a code that the source says."""
    raised = _raised(classes)
    for file in sources.files:
        seen: set[int] = set()  # what a function within another one assigns is in both
        for node in ast.walk(file.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for path, value in _given_later(node, file, names, attributes):
                    code = text(values.one(value, file.module)) if path in raised else None
                    if code is not None and id(value) not in seen:
                        seen.add(id(value))
                        origin = values.origin(value, file.module)
                        yield Call(path, code, origin, file, value.lineno, is_given=True)
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
                    origin = values.origin(given, file.module)
                    yield Call(path, code, origin, file, given.lineno)


def registries(
    sources: Sources, names: Names, values: Values, classes: Classes
) -> Iterator[Registry]:
    """Yield the dictionaries of which at least half the values are exceptions."""
    raised = _raised(classes)
    for file in sources.files:
        for name, scope, node in _dictionaries(file):
            if isinstance(node, ast.DictComp):
                paths = [one for one in _asked(node, scope, names, values) if one in raised]
                made = tuple(Entry("", one, node.lineno) for one in paths)
                if made:
                    yield Registry(name, file, node.lineno, made, is_made=True)
                continue
            entries: list[Entry] = []
            for key, value in zip(node.keys, node.values, strict=True):
                said = dotted(value)
                path = names.resolve(scope, said) if said else ""
                if key is None or path not in raised:
                    continue
                for code in map(text, values.of(key, scope) or ()):
                    if code is not None:
                        origin = values.origin(key, scope)
                        entries.append(Entry(code, path, key.lineno, origin))
            if entries and 2 * len(entries) >= len(node.keys):
                yield Registry(name, file, node.lineno, tuple(entries))


def tables(sources: Sources, names: Names, values: Values, classes: Classes) -> Iterator[Table]:
    """Yield the dictionaries of which at least half the values are numbers."""
    raised = _raised(classes)
    for file in sources.files:
        for name, scope, node in _dictionaries(file):
            rows: list[Row] = []
            for key, value in zip(*_rows(node), strict=True):
                said = values.of(value, scope) or ()
                numbers = tuple(one for one in said if type(one) is int)
                if key is None or not numbers or len(numbers) < len(said):
                    continue
                path = names.resolve(scope, dotted(key)) if dotted(key) else ""
                code = text(values.one(key, scope)) or ""
                origin = values.origin(key, scope)
                rows.append(Row(code, path if path in raised else "", numbers, key.lineno, origin))
            if rows and 2 * len(rows) >= len(_rows(node)[0]):
                yield Table(name, file, tuple(rows))


def listings(sources: Sources, values: Values, classes: Classes) -> Iterator[Listing]:
    """Yield what may be a list of codes or of exit codes."""
    for one in classes.all.values():
        if classes.is_exception(one.path):
            continue
        is_enum = any(base.rpartition(".")[2] in _ENUMS for base in classes.line_of(one.path))
        members = tuple(_members(one, values))
        if members and (is_enum or "code" in one.name.casefold()):
            yield Listing(one.name, one.path, one.file, one.line, members, is_enum)
    for file in sources.files:
        for name, assigned in assignments(file.tree.body, file.module):
            said = values.literals(assigned.value, file.module)
            texts = [one for one in map(text, said or ()) if one is not None]
            if texts:
                members = tuple((one, one, assigned.line) for one in texts)
                path = f"{file.module}.{name}"
                yield Listing(name, path, file, assigned.line, members, is_enum=False)


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


def _raised(classes: Classes) -> set[str]:
    return {path for path in classes.all if classes.is_exception(path)}


def _given_later(
    function: Function, file: SourceFile, names: Names, attributes: Collection[str]
) -> Iterator[tuple[str, ast.expr]]:
    """Yield the codes that a function assigns to exceptions which it made or caught itself."""
    made: dict[str, set[str]] = {}
    given: list[tuple[str, ast.expr]] = []
    seen: set[int] = set()
    for one in ast.walk(function):
        if isinstance(one, ast.arg):
            made.setdefault(one.arg, set()).add("?")
        elif isinstance(one, ast.ExceptHandler) and one.name:
            made.setdefault(one.name, set()).add(dotted(one.type) if one.type else "?")
        elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and id(one) not in seen:
            made.setdefault(one.id, set()).add("?")
        elif isinstance(one, ast.Assign):
            for target in one.targets:
                if isinstance(target, ast.Name) and isinstance(one.value, ast.Call):
                    made.setdefault(target.id, set()).add(dotted(one.value.func))
                    seen.add(id(target))
                elif isinstance(target, ast.Attribute) and target.attr in attributes:
                    given.append((dotted(target.value), one.value))
    for name, value in given:
        if len(made.get(name, ())) == 1:
            (said,) = made[name]
            yield names.resolve(file.module, said), value


def _asked(node: ast.DictComp, scope: str, names: Names, values: Values) -> Iterator[str]:
    """Yield the classes of `{one.code: one for one in (A, B)}`."""
    (first, *others) = node.generators
    name = dotted(first.target)
    key = dotted(node.key).removesuffix(".value").partition(".")
    if others or first.ifs or not name or dotted(node.value) != name:
        return
    if key[0] != name or not key[2] or "." in key[2]:
        return
    listed, where = values.behind(first.iter, scope)
    for one in listed.elts if isinstance(listed, (ast.Tuple, ast.List, ast.Set)) else ():
        said = dotted(one)
        yield names.resolve(where, said) if said else ""


def _rows(node: ast.Dict | ast.DictComp) -> tuple[list[ast.expr | None], list[ast.expr]]:
    return (node.keys, node.values) if isinstance(node, ast.Dict) else ([], [])


def _dictionaries(file: SourceFile) -> Iterator[tuple[str, str, ast.Dict | ast.DictComp]]:
    """Yield the dictionaries that modules and classes have a name for, and that name."""
    waiting: list[tuple[str, list[ast.stmt]]] = [(file.module, file.tree.body)]
    while waiting:
        scope, body = waiting.pop()
        for name, assigned in assignments(body, scope):
            value = assigned.value
            if isinstance(value, ast.Call) and len(value.args) == 1:
                is_wrapped = dotted(value.func).rpartition(".")[2] in _WRAPPERS
                value = value.args[0] if is_wrapped else None
            if isinstance(value, (ast.Dict, ast.DictComp)):
                yield name, scope, value
        for one in statements(body):
            if isinstance(one, ast.ClassDef):
                waiting.append((f"{scope}.{one.name}", one.body))
            elif isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
                waiting.append((scope, one.body))
