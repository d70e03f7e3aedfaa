"""A class of an SDK as it is written, and every definition of one that there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from errorbook.python_source.names import Names
from errorbook.python_source.sources import SourceFile
from errorbook.python_source.values import Assigned, assignments, dotted, placed, statements

INIT: Final = "__init__"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class OnSelf:
    """What a method assigns to an attribute of `self`: value and type, where it says them."""

    value: ast.expr | None
    annotation: ast.expr | None
    function: Function
    line: int

    @property
    def type(self) -> ast.expr | None:
        """Its annotation, else that of the parameter which is assigned as it was given."""
        if self.annotation is not None or not isinstance(self.value, ast.Name):
            return self.annotation
        given, name = self.function.args, self.value.id
        for one in (*given.posonlyargs, *given.args, *given.kwonlyargs):
            if one.arg == name and not is_stored(self.function, name):
                return one.annotation
        return None


@dataclass
class SdkClass:
    """A class as it is written. ``scope`` is the path that its names are looked up below.

    ``path`` differs from it where a class has several definitions, for all but one of them.
    """

    path: str
    scope: str
    file: SourceFile
    node: ast.ClassDef
    bases: tuple[str, ...]
    assigned: dict[str, Assigned] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)

    @cached_property
    def set_on_self(self) -> dict[str, OnSelf]:
        """What its methods assign to attributes of `self`, by attribute."""
        found: dict[str, OnSelf] = {}
        for function in self.functions.values():
            for name, one in _set_on_self(function):
                known = found.setdefault(name, one)
                if known.annotation is None and one.annotation is not None:
                    annotated = OnSelf(known.value, one.annotation, known.function, known.line)
                    found[name] = annotated
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
        init = self.functions.get(INIT)
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

    def annotation(self, name: str) -> ast.expr | None:
        """Return the type that the class gives one of its attributes."""
        if name in self.functions:
            return self.functions[name].returns
        assigned, on_self = self.assigned.get(name), self.set_on_self.get(name)
        if assigned is not None and assigned.annotation is not None:
            return assigned.annotation
        return on_self.type if on_self else None


def written(file: SourceFile, names: Names) -> Iterator[tuple[str, list[SdkClass]]]:
    """Yield the path of each class of a file and its definitions, the one that counts most last.

    There are several where a class is defined in more than one branch. One that comes after all
    branches takes the place of those in them, and what is only for a type checker counts where
    there is nothing else.
    """
    waiting: list[tuple[str, list[ast.stmt]]] = [(file.module, file.tree.body)]
    while waiting:
        scope, body = waiting.pop()
        found: dict[str, list[tuple[ast.ClassDef, int]]] = {}
        typed: set[int] = set()
        for one, block in placed(body):
            if isinstance(one, ast.If) and dotted(one.test).endswith("TYPE_CHECKING"):
                typed.update(id(inner) for inner in statements(one.body))
            if isinstance(one, ast.ClassDef):
                known = found.setdefault(one.name, [])
                kept = [] if block is body else [each for each in known if each[1] != id(block)]
                found[one.name] = [*kept, (one, id(block))]
                waiting.append((f"{scope}.{one.name}", one.body))
        for name, many in found.items():
            nodes = [node for node, _ in many if id(node) not in typed] or [many[-1][0]]
            paths = [f"{scope}~{number}.{name}" for number in range(1, len(nodes))]
            paths.append(f"{scope}.{name}")
            yield (
                f"{scope}.{name}",
                [
                    _read(path, scope, node, file, names)
                    for path, node in zip(paths, nodes, strict=True)
                ],
            )


def _read(path: str, around: str, node: ast.ClassDef, file: SourceFile, names: Names) -> SdkClass:
    written_bases = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    said = [dotted(base) for base in written_bases]
    bases = tuple(names.resolve(around, name) if name else "?" for name in said)
    scope = f"{around}.{node.name}"
    found = SdkClass(path, scope, file, node, bases, dict(assignments(node.body, scope)))
    for one in statements(node.body):
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.functions[one.name] = one
    return found


def _set_on_self(function: Function) -> Iterator[tuple[str, OnSelf]]:
    first = next(iter((*function.args.posonlyargs, *function.args.args)), None)
    if first is None:
        return
    for one in ast.walk(function):
        value: ast.expr | None
        annotation: ast.expr | None = None
        if isinstance(one, ast.Assign):
            targets, value = one.targets, one.value
        elif isinstance(one, ast.AnnAssign):
            targets, value, annotation = [one.target], one.value, one.annotation
        else:
            continue
        for target in targets:
            is_tuple = isinstance(target, ast.Tuple)
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                on_self = isinstance(each, ast.Attribute) and dotted(each.value) == first.arg
                if on_self and isinstance(each, ast.Attribute):
                    said = None if is_tuple else value
                    yield each.attr, OnSelf(said, annotation, function, one.lineno)


def is_stored(function: Function, name: str) -> bool:
    """Tell whether a method gives one of its parameters another value."""
    return any(
        isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load)
        for one in ast.walk(function)
    )
