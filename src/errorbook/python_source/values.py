"""What an expression in the source of an SDK is, as far as that can be said without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from errorbook.python_source.names import Names
from errorbook.python_source.sources import SourceFile, Sources

Value = str | int | bool | None
_DEEPEST: Final = 20
_MOST: Final = 10_000
"""Values of a collection: constants made of constants could be more than fit into memory."""
_STATUS: Final = ("http.HTTPStatus.", "http.client.")
_COLLECTIONS: Final = frozenset({"frozenset", "set", "tuple", "list", "int", "str", "HTTPStatus"})
_BRANCHES: Final = ("body", "cases", "handlers", "orelse", "finalbody")
_COMPOUND: Final = (
    *(ast.If, ast.Try, ast.TryStar, ast.Match, ast.With, ast.AsyncWith),
    *(ast.For, ast.AsyncFor, ast.While),
)


@dataclass(frozen=True)
class Assigned:
    """An assignment in a module or class: what is assigned, and in which scope it is read."""

    value: ast.expr | None
    annotation: ast.expr | None
    scope: str
    line: int


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module or class, those behind `if`, `try` and so on too."""
    yield from (one for one, _ in placed(body))


def placed(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, list[ast.stmt]]]:
    """Yield the statements of a module or class in order, each with the branch that it is in."""
    waiting = [(one, body) for one in reversed(body)]
    while waiting:
        statement, block = waiting.pop()
        yield statement, block
        if isinstance(statement, _COMPOUND):
            inner = [(one, branch) for branch in _branches(statement) for one in branch]
            waiting.extend(reversed(inner))


def _branches(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in _BRANCHES:
        found = getattr(statement, name, [])
        if name in {"handlers", "cases"}:
            yield from (one.body for one in found)
        else:
            yield found


def assignments(body: list[ast.stmt], scope: str) -> Iterator[tuple[str, Assigned]]:
    """Yield the names that a module or class assigns to."""
    for one in statements(body):
        if isinstance(one, ast.Assign):
            for target in one.targets:
                if isinstance(target, ast.Name):
                    yield target.id, Assigned(one.value, None, scope, one.lineno)
        elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            yield one.target.id, Assigned(one.value, one.annotation, scope, one.lineno)


def dotted(node: ast.AST) -> str:
    """Return a name such as `errors.RateLimited`, empty where the expression is none."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


class Values:
    """The constants of a package, looked up and put in."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self._names = names
        self._constants: dict[str, Assigned] = {}
        self._known: dict[str, tuple[Value, ...] | None] = {}
        for file in sources.files:
            self._collect(file)

    def of(
        self, node: ast.expr | None, scope: str, depth: int = _DEEPEST
    ) -> tuple[Value, ...] | None:
        """Return the value of an expression, those of a collection, or None where nobody knows."""
        if node is None or not depth:
            return None
        if isinstance(node, ast.Constant):
            known = node.value is None or isinstance(node.value, (str, int))
            return (node.value,) if known else None  # type: ignore[return-value]  # as just asked
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return self._all(node.elts, scope, depth)
        if isinstance(node, ast.Call):
            return self._called(node, scope, depth)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._named(node, scope, depth)
        return None

    def literals(self, node: ast.expr | None, scope: str) -> tuple[Value, ...] | None:
        """Return the values that an annotation such as `Literal[429]` allows."""
        for _ in range(_DEEPEST):
            if not isinstance(node, ast.Subscript):
                return None
            if dotted(node.value).rpartition(".")[2] == "Literal":
                return self.of(node.slice, scope)
            node = node.slice
        return None

    def one(self, node: ast.expr | None, scope: str) -> Value:
        """Return the value of an expression that is a single one, else None."""
        values = self.of(node, scope)
        return values[0] if values and len(values) == 1 else None

    def origin(self, node: ast.expr | None, scope: str) -> str:
        """Return the path of the constant that an expression stands for, such as `Code.GONE`."""
        path = ""
        for _ in range(_DEEPEST):
            if isinstance(node, ast.Attribute) and node.attr == "value":
                node = node.value
            name = dotted(node) if node is not None else ""
            found = self._names.resolve(scope, name) if name else ""
            if found not in self._constants:
                return path
            path, assigned = found, self._constants[found]
            node, scope = assigned.value, assigned.scope
        return path

    def behind(self, node: ast.expr, scope: str) -> tuple[ast.expr | None, str]:
        """Return what is assigned to the constant that an expression names, else the expression."""
        found = self._constants.get(self.origin(node, scope))
        return (node, scope) if found is None else (found.value, found.scope)

    def _all(self, nodes: list[ast.expr], scope: str, depth: int) -> tuple[Value, ...] | None:
        found: list[Value] = []
        for node in nodes:
            values = self.of(node, scope, depth - 1)
            if values is None or len(found) > _MOST:
                return None
            found += values
        return tuple(found)

    def _called(self, node: ast.Call, scope: str, depth: int) -> tuple[Value, ...] | None:
        name = dotted(node.func).rpartition(".")[2]
        if name in _COLLECTIONS and len(node.args) == 1:
            return self.of(node.args[0], scope, depth - 1)
        if name == "field":  # of a dataclass
            given = {one.arg: one.value for one in node.keywords}
            return self.of(given.get("default"), scope, depth - 1)
        return None

    def _named(
        self, node: ast.Name | ast.Attribute, scope: str, depth: int
    ) -> tuple[Value, ...] | None:
        if isinstance(node, ast.Attribute) and node.attr == "value":
            return self.of(node.value, scope, depth - 1)
        name = dotted(node)
        path = self._names.resolve(scope, name) if name else ""
        if path.startswith(_STATUS):
            status = HTTPStatus.__members__.get(path.rpartition(".")[2])
            return None if status is None else (status.value,)
        if path not in self._known:
            self._known[path] = None  # what is made of itself is nothing
            found = self._constants.get(path)
            if found is not None:
                self._known[path] = self.of(found.value, found.scope, depth - 1)
        return self._known[path]

    def _collect(self, file: SourceFile) -> None:
        waiting: list[tuple[str, list[ast.stmt]]] = [(file.module, file.tree.body)]
        while waiting:
            scope, body = waiting.pop()
            for name, assigned in assignments(body, scope):
                self._constants[f"{scope}.{name}"] = assigned
            for one in statements(body):
                if isinstance(one, ast.ClassDef):
                    waiting.append((f"{scope}.{one.name}", one.body))
