"""What names mean in a package, by its imports and assignments; nothing of it is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from errorbook.python_source.sources import SourceFile, Sources, module_of
from errorbook.python_source.values import dotted, statements

_DEEPEST: Final = 30
"""Names that lead to names that lead to names."""


@dataclass
class _Scope:
    """A module or class: the names it defines, those that stand for others, and `import *`."""

    around: str | None
    own: set[str] = field(default_factory=set)
    assigned: dict[str, str] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.own or name in self.assigned or name in self.imported


class ImportedNames:
    """The names of a package, resolved by its own source.

    ``outer`` is what the package is imported below, for names that are written with it.
    """

    def __init__(self, sources: Sources, outer: str = "") -> None:
        self._outer = f"{outer}." if outer else ""
        self._scopes: dict[str, _Scope] = {}
        self._known: dict[tuple[str, str], str] = {}
        for file in sources.files:
            self._collect(file)

    def resolve(self, scope: str, name: str) -> str:
        """Return the path of what ``name``, dotted perhaps, is in a module or class."""
        key = (scope, name)
        if key not in self._known:
            self._known[key] = self._resolved(scope, name, _DEEPEST)
        return self._known[key]

    def aliases(self, module: str) -> dict[str, str]:
        """Return the names of a module that are assigned another name, each with that name."""
        return dict(self._scopes[module].assigned)

    def _resolved(self, scope: str, name: str, depth: int) -> str:
        first = name.partition(".")[0]
        where: str | None = scope
        while where is not None and where in self._scopes:
            if self._has(where, first):
                return self._final(f"{where}.{name}", depth)
            where = self._scopes[where].around
        return name

    def _has(self, scope: str, name: str) -> bool:
        return name in self._scopes[scope] or bool(self._starred(scope, name))

    def _starred(self, scope: str, name: str) -> str:
        """Return the module that an `import *` of ``scope`` brings ``name`` from, or nothing."""
        waiting = list(self._scopes[scope].stars)
        seen: set[str] = set()
        while waiting and not name.startswith("_"):
            module = waiting.pop(0)
            found = self._scopes.get(module)
            if found is None or module in seen:
                continue
            if name in found:
                return module
            seen.add(module)
            waiting += found.stars
        return ""

    def _final(self, path: str, depth: int) -> str:
        """Return the path of what stands at ``path``, behind every import and `a = b`."""
        scope, rest = self._split(path)
        if not scope or not rest or not depth:
            return path
        found = self._scopes[scope]
        first, dot, behind = rest.partition(".")
        if first in found.own:
            return path
        if first in found.imported:
            return self._final(f"{found.imported[first]}{dot}{behind}", depth - 1)
        if first in found.assigned:
            said = self._resolved(scope, found.assigned[first], depth - 1)
            return said if said in self._scopes and not behind else path
        star = self._starred(scope, first)
        return self._final(f"{star}.{rest}", depth - 1) if star else path

    def _split(self, path: str) -> tuple[str, str]:
        """Return the module or class of the package that ``path`` lies in, and what is left."""
        scope = path
        while scope and scope not in self._scopes:
            scope = scope.rpartition(".")[0]
        return scope, path[len(scope) + 1 :]

    def _collect(self, file: SourceFile) -> None:
        waiting: list[tuple[str, str | None, list[ast.stmt]]] = [
            (file.module, None, file.tree.body)
        ]
        while waiting:
            path, around, body = waiting.pop()
            scope = self._scopes.setdefault(path, _Scope(around))
            for one in statements(body):
                if isinstance(one, ast.ClassDef):
                    waiting.append((f"{path}.{one.name}", path, one.body))
                self._define(scope, one, file)

    def _define(self, scope: _Scope, one: ast.stmt, file: SourceFile) -> None:
        if isinstance(one, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            scope.own.add(one.name)
        elif isinstance(one, (ast.Import, ast.ImportFrom)):
            self._import(scope, one, file)
        else:
            for name, said in _assigned(one):
                if said and name not in scope.own:
                    scope.assigned[name] = said
                else:
                    scope.own.add(name)

    def _import(self, scope: _Scope, one: ast.Import | ast.ImportFrom, file: SourceFile) -> None:
        if isinstance(one, ast.Import):
            for name in one.names:
                first = name.name.partition(".")[0]
                scope.imported[name.asname or first] = self._inner(
                    name.name if name.asname else first
                )
            return
        module = self._inner(module_of(one, file))
        for name in one.names:
            if name.name == "*":
                scope.stars.append(module)
            else:
                scope.imported[name.asname or name.name] = f"{module}.{name.name}"

    def _inner(self, path: str) -> str:
        return path.removeprefix(self._outer)


def _assigned(one: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield the names that a statement assigns to, each with the name that it assigns, if any."""
    if isinstance(one, ast.Assign):
        for target in one.targets:
            if isinstance(target, ast.Name):
                yield target.id, dotted(one.value)
    elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
        yield one.target.id, dotted(one.value) if one.value else ""
