"""The exceptions of an SDK: what each comes below, and what it says of code, status and so on."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_sources import SourceFile, Sources
from errorbook.checks.sdk_values import Assigned, Value, Values, assignments, dotted, statements

_INIT: Final = "__init__"
_ROOTS: Final = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_OF_PYTHON: Final = _ROOTS | {
    *("object", "ABC", "Generic", "Protocol", "str", "int", "IntEnum", "Enum", "StrEnum"),
}
"""Bases that bring no attribute of an error with them."""

_LONGEST_LINE: Final = 100
"""Classes that one inherits from, and that are looked at: more are no exceptions but a trap."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Told:
    """What a class says of one fact, and where: ``values`` is None where only a run can tell."""

    values: tuple[Value, ...] | None
    file: SourceFile
    line: int
    owner: str
    """Path of the class that says it."""


@dataclass
class SdkClass:
    """A class as it is written."""

    path: str
    file: SourceFile
    node: ast.ClassDef
    bases: tuple[str, ...]
    assigned: dict[str, Assigned] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)

    @cached_property
    def set_on_self(self) -> dict[str, tuple[ast.expr | None, Function, int]]:
        """What its methods assign to attributes of `self`, by attribute: value, method and line."""
        found: dict[str, tuple[ast.expr | None, Function, int]] = {}
        for function in self.functions.values():
            for name, value, line in _set_on_self(function):
                found.setdefault(name, (value, function, line))
        return found

    @property
    def name(self) -> str:
        """Its name without module."""
        return self.node.name

    @property
    def line(self) -> int:
        """The line of `class`."""
        return self.node.lineno

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of its own `__init__` behind `self`, those by position first."""
        init = self.functions.get(_INIT)
        if init is None:
            return ()
        given = init.args
        return tuple(one.arg for one in (*given.posonlyargs, *given.args)[1:]) + tuple(
            one.arg for one in given.kwonlyargs
        )

    @property
    def attributes(self) -> set[str]:
        """What can be read from its instances, as far as it says so itself."""
        return {*self.assigned, *self.functions, *self.set_on_self, *self.parameters}


class Classes:
    """Every class of a package by its path."""

    def __init__(self, sources: Sources, names: Names, values: Values) -> None:
        self._values = values
        self.all: dict[str, SdkClass] = {}
        for file in sources.files:
            for path, node in _nodes(file):
                self.all[path] = _read(path, node, file, names)
        self._lines: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[str, tuple[str, ...]], Told | None] = {}

    def line_of(self, path: str) -> tuple[str, ...]:
        """Return a class and what it inherits from, nearest first, by path.

        What lies outside the package stands there by the name it was written with.
        """
        waiting = [path]
        while waiting:
            last = waiting[-1]
            bases = self.all[last].bases if last in self.all else ()
            missing = [one for one in bases if one not in self._lines and one not in waiting]
            if missing:
                waiting.append(missing[0])
                continue
            waiting.pop()
            lines = [name for base in bases for name in self._lines.get(base, (base,))]
            # A base that two classes share comes behind both.
            kept = list(dict.fromkeys(reversed([last, *(one for one in lines if one != last)])))
            self._lines[last] = tuple(reversed(kept))[:_LONGEST_LINE]
        return self._lines[path]

    def family(self, path: str) -> list[SdkClass]:
        """Return a class and those of the package that it inherits from, nearest first."""
        return [self.all[one] for one in self.line_of(path) if one in self.all]

    def is_exception(self, path: str) -> bool:
        """Tell whether something of the class can be raised."""
        outside = (one.rpartition(".")[2] for one in self.line_of(path) if one not in self.all)
        return any(one in _ROOTS or one.endswith(("Error", "Exception")) for one in outside)

    def is_open(self, path: str) -> bool:
        """Tell whether the class may have attributes that its source does not show."""
        outside = (one.rpartition(".")[2] for one in self.line_of(path) if one not in self.all)
        dynamic = any("__getattr__" in one.functions for one in self.family(path))
        return dynamic or any(one not in _OF_PYTHON for one in outside)

    def told(self, path: str, names: Iterable[str]) -> Told | None:
        """Return what the class says under one of ``names``; None if it has none of them."""
        wanted = tuple(names)
        open_end: Told | None = None
        for one in self.family(path):
            told = self._own(one, wanted)
            if told is not None and told.values is not None:
                return told
            if told is not None and one.path == path and not _is_bare(one, wanted):
                return told
            open_end = open_end or told
        return open_end

    def attributes(self, path: str) -> set[str]:
        """Return what can be read from instances of the class."""
        return {name for one in self.family(path) for name in one.attributes}

    def init(self, path: str) -> SdkClass | None:
        """Return the class whose `__init__` makes instances of the class at ``path``."""
        return next((one for one in self.family(path) if _INIT in one.functions), None)

    def _own(self, one: SdkClass, names: tuple[str, ...]) -> Told | None:
        key = (one.path, names)
        if key not in self._known:
            self._known[key] = self._read(one, names)
        return self._known[key]

    def _read(self, one: SdkClass, names: tuple[str, ...]) -> Told | None:
        found = [told for name in names if (told := self._attribute(one, name)) is not None]
        found += self._handed_up(one, names)
        known = [told for told in found if told.values not in (None, (None,))]
        unknown = [told for told in found if told.values is None]
        return next(iter((*known, *unknown, *found)), None)

    def _attribute(self, one: SdkClass, name: str) -> Told | None:
        scope = one.path
        if name in one.functions:
            function = one.functions[name]
            return Told(self._returned(function, scope), one.file, function.lineno, one.path)
        found: list[Told] = []
        if name in one.set_on_self:
            value, function, line = one.set_on_self[name]
            values = self._values.of(value, scope)
            if values is None and isinstance(value, ast.Name):
                values = self._default(function, value.id, scope)
            found.append(Told(values, one.file, line, one.path))
        if name in one.assigned:
            assigned = one.assigned[name]
            values = self._values.of(assigned.value, assigned.scope)
            if values in (None, (None,)):
                values = self._values.literals(assigned.annotation, scope) or values
            found.append(Told(values, one.file, assigned.line, one.path))
        known = [told for told in found if told.values not in (None, (None,))]
        unknown = [told for told in found if told.values is None]
        return next(iter((*known, *unknown, *found)), None)

    def _returned(self, function: Function, scope: str) -> tuple[Value, ...] | None:
        """Return what a property says: by its annotation, or as the only thing it returns."""
        literals = self._values.literals(function.returns, scope)
        if literals is not None:
            return literals
        returns = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
        return self._values.of(returns[0].value, scope) if len(returns) == 1 else None

    def _default(self, function: Function, name: str, scope: str) -> tuple[Value, ...] | None:
        given = function.args
        ordinary = [*given.posonlyargs, *given.args]
        defaults = dict(
            zip([one.arg for one in reversed(ordinary)], reversed(given.defaults), strict=False)
        )
        named = {
            one.arg: value
            for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=False)
            if value is not None
        }
        values = self._values.of({**defaults, **named}.get(name), scope)
        return None if values == (None,) else values

    def _handed_up(self, one: SdkClass, names: tuple[str, ...]) -> Iterator[Told]:
        """Yield what a class hands to the `__init__` of its base, or to `__init_subclass__`."""
        for keyword in one.node.keywords:
            if keyword.arg in names:
                values = self._values.of(keyword.value, one.path)
                yield Told(values, one.file, keyword.value.lineno, one.path)
        init = one.functions.get(_INIT)
        for call in ast.walk(init) if init else ():
            if isinstance(call, ast.Call) and _is_init_of_base(call):
                for name, value in self._given(one, call):
                    values = self._values.of(value, one.path)
                    if name in names and values is not None:
                        yield Told(values, one.file, value.lineno, one.path)

    def _given(self, one: SdkClass, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
        above = next((up for up in self.family(one.path)[1:] if _INIT in up.functions), None)
        arguments = call.args if dotted(call.func) == "" else call.args[1:]
        if above is not None:
            yield from zip(above.parameters, arguments, strict=False)


def _nodes(file: SourceFile) -> Iterator[tuple[str, ast.ClassDef]]:
    waiting: list[tuple[str, list[ast.stmt]]] = [(file.module, file.tree.body)]
    while waiting:
        scope, body = waiting.pop()
        for one in statements(body):
            if isinstance(one, ast.ClassDef):
                yield f"{scope}.{one.name}", one
                waiting.append((f"{scope}.{one.name}", one.body))


def _read(path: str, node: ast.ClassDef, file: SourceFile, names: Names) -> SdkClass:
    scope = path.rpartition(".")[0]
    written = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    said = [dotted(base) for base in written]
    bases = tuple(names.resolve(scope, name) if name else "?" for name in said)
    found = SdkClass(path, file, node, bases, dict(assignments(node.body, path)))
    for one in statements(node.body):
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.functions[one.name] = one
    return found


def _set_on_self(function: Function) -> Iterator[tuple[str, ast.expr | None, int]]:
    first = next(iter((*function.args.posonlyargs, *function.args.args)), None)
    if first is None:
        return
    for one in ast.walk(function):
        value: ast.expr | None
        if isinstance(one, ast.Assign):
            targets, value = one.targets, one.value
        elif isinstance(one, ast.AnnAssign):
            targets, value = [one.target], one.value
        else:
            continue
        for target in targets:
            is_tuple = isinstance(target, ast.Tuple)
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                on_self = isinstance(each, ast.Attribute) and dotted(each.value) == first.arg
                if on_self and isinstance(each, ast.Attribute):
                    yield each.attr, None if is_tuple else value, one.lineno


def _is_init_of_base(call: ast.Call) -> bool:
    """Tell whether it is `super().__init__(…)` or `Base.__init__(self, …)`."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == _INIT


def _is_bare(one: SdkClass, names: tuple[str, ...]) -> bool:
    """Tell whether a class only says that instances have the attribute, and of which type."""
    said = [one.assigned[name] for name in names if name in one.assigned]
    others = {*one.functions, *one.set_on_self}.intersection(names)
    return bool(said) and not others and all(each.value is None for each in said)
