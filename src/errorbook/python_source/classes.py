"""The exceptions of an SDK: what each comes below, and what it says of code, status and so on."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.python_source.names import Names
from errorbook.python_source.sources import SourceFile, Sources
from errorbook.python_source.values import Value, Values, dotted
from errorbook.python_source.written import INIT, Function, SdkClass, is_stored, written

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


@dataclass(frozen=True)
class Told:
    """What a class says of one fact, and where: ``values`` is None where only a run can tell."""

    values: tuple[Value, ...] | None
    file: SourceFile
    line: int
    owner: str
    """Path of the class that says it."""
    origin: str = ""
    """Path of the constant that it says it by, if it does."""


class Classes:
    """Every class of a package by its path.

    Where a class is defined in several branches, ``all`` has the last of its definitions, and
    ``versions`` gives the paths of all of them.
    """

    def __init__(self, sources: Sources, names: Names, values: Values) -> None:
        self._values = values
        self.all: dict[str, SdkClass] = {}
        self._written: dict[str, SdkClass] = {}
        self._versions: dict[str, list[str]] = {}
        for file in sources.files:
            for path, found in written(file, names):
                self.all[path] = found[-1]
                self._versions[path] = [one.path for one in found]
                self._written.update((one.path, one) for one in found)
        self._lines: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[str, tuple[str, ...]], Told | None] = {}

    def versions(self, path: str) -> list[str]:
        """Return the paths of all definitions of a class, that of the class itself last."""
        return self._versions[path]

    def get(self, path: str) -> SdkClass:
        """Return a class, or one of its definitions."""
        return self._written[path]

    def line_of(self, path: str) -> tuple[str, ...]:
        """Return a class and what it inherits from, nearest first, by path.

        What lies outside the package stands there by the name it was written with.
        """
        waiting = [path]
        while waiting:
            last = waiting[-1]
            bases = self._written[last].bases if last in self._written else ()
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
        return [self._written[one] for one in self.line_of(path) if one in self._written]

    def is_exception(self, path: str) -> bool:
        """Tell whether something of the class can be raised."""
        outside = self._outside(path)
        return any(one in _ROOTS or one.endswith(("Error", "Exception")) for one in outside)

    def is_open(self, path: str) -> bool:
        """Tell whether the class may have attributes that its source does not show."""
        outside = self._outside(path)
        dynamic = any("__getattr__" in one.functions for one in self.family(path))
        return dynamic or any(one not in _OF_PYTHON for one in outside)

    def _outside(self, path: str) -> list[str]:
        """Return the names of what a class inherits from outside the package."""
        line = self.line_of(path)
        return [one.rpartition(".")[2] for one in line if one not in self._written]

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
        return next((one for one in self.family(path) if INIT in one.functions), None)

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
        scope = one.scope
        if name in one.functions:
            function = one.functions[name]
            origin = self._values.origin(_only_return(function), scope)
            returned = self._returned(function, scope)
            return Told(returned, one.file, function.lineno, one.path, origin)
        found: list[Told] = []
        if name in one.set_on_self:
            said = one.set_on_self[name]
            values = self._values.of(said.value, scope)
            if values is None and isinstance(said.value, ast.Name):
                values = self._default(said.function, said.value.id, scope)
            found.append(self._told(values, one, said.line, said.value))
        if name in one.assigned:
            assigned = one.assigned[name]
            values = self._values.of(assigned.value, assigned.scope)
            if values in (None, (None,)):
                values = self._values.literals(assigned.annotation, scope) or values
            found.append(self._told(values, one, assigned.line, assigned.value))
        known = [told for told in found if told.values not in (None, (None,))]
        unknown = [told for told in found if told.values is None]
        return next(iter((*known, *unknown, *found)), None)

    def _told(
        self, values: tuple[Value, ...] | None, one: SdkClass, line: int, node: ast.expr | None
    ) -> Told:
        return Told(values, one.file, line, one.path, self._values.origin(node, one.scope))

    def _returned(self, function: Function, scope: str) -> tuple[Value, ...] | None:
        """Return what a property says: by its annotation, or as the only thing it returns."""
        literals = self._values.literals(function.returns, scope)
        if literals is not None:
            return literals
        return self._values.of(_only_return(function), scope)

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
                values = self._values.of(keyword.value, one.scope)
                yield self._told(values, one, keyword.value.lineno, keyword.value)
        init = one.functions.get(INIT)
        for call in ast.walk(init) if init else ():
            if isinstance(call, ast.Call) and _is_init_of_base(call):
                for name, value in self._given(one, call):
                    if name not in names:
                        continue
                    values = self._passed_on(init, value, one.scope)
                    if values is not None:
                        yield self._told(values, one, value.lineno, value)

    def _passed_on(
        self, init: Function | None, value: ast.expr, scope: str
    ) -> tuple[Value, ...] | None:
        """Return what an argument of a call is: of a parameter, what it is if nobody gives it."""
        given = init.args if init is not None else None
        parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs] if given else []
        is_parameter = isinstance(value, ast.Name) and value.id in {one.arg for one in parameters}
        if init is None or not isinstance(value, ast.Name) or not is_parameter:
            return self._values.of(value, scope)
        return None if is_stored(init, value.id) else self._default(init, value.id, scope)

    def _given(self, one: SdkClass, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
        above = next((up for up in self.family(one.path)[1:] if INIT in up.functions), None)
        arguments = call.args if dotted(call.func) == "" else call.args[1:]
        if above is not None:
            yield from zip(above.parameters, arguments, strict=False)


def _only_return(function: Function) -> ast.expr | None:
    returns = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
    return returns[0].value if len(returns) == 1 else None


def _is_init_of_base(call: ast.Call) -> bool:
    """Tell whether it is `super().__init__(…)` or `Base.__init__(self, …)`."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == INIT


def _is_bare(one: SdkClass, names: tuple[str, ...]) -> bool:
    """Tell whether a class only says that instances have the attribute, and of which type."""
    said = [one.assigned[name] for name in names if name in one.assigned]
    others = {*one.functions, *one.set_on_self}.intersection(names)
    return bool(said) and not others and all(each.value is None for each in said)
