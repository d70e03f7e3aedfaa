"""What names mean in an SDK: griffe reads its modules, nothing is imported or run.

Its own loader is not used for reading: it would look for packages elsewhere, and import what it
finds no source of.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import griffe

from errorbook.python_source.sources import SourceFile, Sources

_DEEPEST: Final = 30
"""Names that lead to names that lead to names."""


class Names:
    """The modules of a package by dotted path, and what a name in one of them stands for."""

    def __init__(self, sources: Sources) -> None:
        self._collection = griffe.ModulesCollection()
        self._known: dict[tuple[str, str], str] = {}
        self.modules: dict[str, griffe.Module] = {}
        self.unread: list[tuple[str, int, str]] = []
        with _quiet():
            for file in sorted(sources.files, key=lambda one: one.module.count(".")):
                self._visit(file)
            self._expand(sources.top)

    def resolve(self, scope: str, name: str) -> str:
        """Return the path of what ``name``, dotted perhaps, is in a module or class.

        Imports are followed as far as they stay in the package; `a = b` is followed too.
        """
        key = (scope, name)
        if key not in self._known:
            self._known[key] = name  # what leads to itself leads nowhere
            self._known[key] = self._resolved(scope, name)
        return self._known[key]

    def final(self, path: str, depth: int = _DEEPEST) -> str:
        """Return the path of what stands at ``path``, behind every import and `a = b`."""
        first, _, rest = path.partition(".")
        found: griffe.Object | griffe.Alias | None = self._collection.members.get(first)
        if found is None or not depth:
            return path
        parts = rest.split(".") if rest else []
        for number, part in enumerate(parts):
            inner = found.members.get(part)
            behind = ".".join(parts[number + 1 :])
            if inner is None:
                return ".".join([found.path, *parts[number:]])
            if isinstance(inner, griffe.Alias):
                target = f"{inner.target_path}.{behind}" if behind else inner.target_path
                return path if target == path else self.final(target, depth - 1)
            if isinstance(inner, griffe.Attribute) and isinstance(
                inner.value, (griffe.ExprName, griffe.ExprAttribute)
            ):
                said = self._scoped(found, str(inner.value), depth - 1)
                if self.get(said) is not None and not behind:
                    return said
            found = inner
        return found.path

    def get(self, path: str) -> griffe.Object | None:
        """Return what stands at ``path`` itself."""
        first, _, rest = path.partition(".")
        found: griffe.Object | griffe.Alias | None = self._collection.members.get(first)
        for part in rest.split(".") if rest else ():
            found = found.members.get(part) if isinstance(found, griffe.Object) else None
        return found if isinstance(found, griffe.Object) else None

    def exported(self, module: str) -> dict[str, bool]:
        """Return the public names of a module; whether `__all__` says so, or only their form.

        What is imported counts where `__all__` lists it, and in the `__init__` of a package.
        """
        found = self.modules[module]
        if found.exports is not None:
            return {str(name): True for name in found.exports}
        return {
            name: False
            for name, member in found.members.items()
            if not name.startswith("_")
            and (not member.is_alias or found.is_init_module)
            and not isinstance(member, griffe.Module)
        }

    def _resolved(self, scope: str, name: str) -> str:
        found = self.get(scope)
        return name if found is None else self._scoped(found, name, _DEEPEST)

    def _scoped(self, scope: griffe.Object | griffe.Alias, name: str, depth: int) -> str:
        first, dot, rest = name.partition(".")
        where: griffe.Object | griffe.Alias | None = scope
        while where is not None and first not in where.members:
            where = None if where.is_module else where.parent
        if where is None or not depth:
            return name
        return self.final(f"{where.path}.{first}{dot}{rest}", depth)

    def _visit(self, file: SourceFile) -> None:
        parent = self._parent(file)
        name = file.module.rpartition(".")[2]
        try:
            module = griffe.visit(
                name,
                file.path,
                file.text,
                extensions=griffe.Extensions(),
                parent=parent,
                modules_collection=self._collection,
            )
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self.unread.append((file.below, 0, "cannot be parsed"))
            return
        self._add(parent, module)
        self.modules[file.module] = module

    def _parent(self, file: SourceFile) -> griffe.Module | None:
        """Return the package around a module; a folder without `__init__` is one too."""
        parent: griffe.Module | None = None
        steps = file.module.split(".")[:-1]
        for number, step in enumerate(steps):
            members = parent.members if parent else self._collection.members
            found = members.get(step)
            if not isinstance(found, griffe.Module):
                folder = file.path.parents[len(steps) - number - 1]
                found = griffe.Module(
                    step,
                    filepath=folder / "__init__.py",
                    parent=parent,
                    modules_collection=self._collection,
                )
                self._add(parent, found)
            parent = found
        return parent

    def _add(self, parent: griffe.Module | None, module: griffe.Module) -> None:
        if parent is None:
            self._collection.members[module.name] = module
            return
        known = parent.members.get(module.name)
        # `from .errors import errors` leaves the module behind the name that is imported.
        if known is None or isinstance(known, (griffe.Module, griffe.Alias)):
            parent.members[module.name] = module

    def _expand(self, top: str) -> None:
        """Put in the place of `import *` and `__all__ = other.__all__` what they mean."""
        module = self._collection.members.get(top)
        if module is None:
            return
        loader = griffe.GriffeLoader(
            extensions=griffe.Extensions(),
            search_paths=[],
            modules_collection=self._collection,
            allow_inspection=False,
        )
        try:
            loader.expand_exports(module)
            loader.expand_wildcards(module, external=False)
        except (griffe.GriffeError, KeyError, RecursionError, ValueError):
            self.unread.append(("", 0, "the imports of the package lead in circles"))


def is_public(module: str) -> bool:
    """Tell whether a module of the package is meant to be imported, by its name."""
    return not any(part.startswith("_") for part in module.split(".")[1:])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep griffe and the parser from printing what they think of the sources."""
    logger = logging.getLogger("griffe")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
