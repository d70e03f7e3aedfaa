"""The package that is imported: its exceptions, their base, and what it lists beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from errorbook.importing.python.docstrings import docstring
from errorbook.importing.sources import Source
from errorbook.problems import Place
from errorbook.python_source import attributes
from errorbook.python_source.classes import Classes, Told
from errorbook.python_source.codes import Listing, Registry, Table, listings, registries, tables
from errorbook.python_source.imports import ImportedNames
from errorbook.python_source.sources import SourceFile, Sources, read_sources, source_of_text
from errorbook.python_source.values import Values
from errorbook.python_source.written import SdkClass

CODE: Final = (*attributes.CODE, "default_code", "err_code", "errcode")
STATUS: Final = (*attributes.STATUS, "STATUS_CODE", "http_code")
STATUSES: Final = range(100, 600)


@dataclass(frozen=True)
class Package:
    """A package, read."""

    source: Source
    sources: Sources
    names: ImportedNames
    values: Values
    classes: Classes

    def place(self, file: SourceFile, line: int) -> Place:
        """Return the place of a line."""
        return Place(f"{self.source.name}/{file.below}" if file.below else self.source.name, line)

    def place_of(self, path: str) -> Place:
        """Return the place of a class."""
        one = self.classes.get(path)
        return self.place(one.file, one.line)

    @cached_property
    def exceptions(self) -> tuple[str, ...]:
        """The paths of all exceptions, in the order in which they are written."""
        order = {file.module: number for number, file in enumerate(self.sources.files)}
        found = [one for one in self.classes.all.values() if self.classes.is_exception(one.path)]
        found.sort(key=lambda one: (order[one.file.module], one.line))
        return tuple(one.path for one in found)

    @cached_property
    def base(self) -> str | None:
        """The exception that most of the others come below; None where two have as many."""
        known = set(self.exceptions)
        below: dict[str, int] = {}
        for path in self.exceptions:
            line = [one for one in self.classes.line_of(path) if one in known]
            if len(line) > 1:
                below[line[-1]] = below.get(line[-1], 0) + 1
        most = max(below.values(), default=0)
        first = [path for path in self.exceptions if below.get(path) == most]
        return first[0] if first and len({*map(short, first)}) == 1 else None

    def own(self, path: str) -> list[SdkClass]:
        """Return a class and what is between it and the base, nearest first."""
        return [one for one in self.classes.family(path) if one.path not in self._above]

    @cached_property
    def _above(self) -> frozenset[str]:
        return frozenset(self.classes.line_of(self.base)) if self.base else frozenset()

    @cached_property
    def shared_docstrings(self) -> frozenset[str]:
        """The docstrings that several exceptions have: they say nothing of one error."""
        number = Counter(docstring(self.classes.get(path).node) for path in self.exceptions)
        return frozenset(text for text, times in number.items() if times > 1)

    def told(self, path: str, names: Iterable[str]) -> Told | None:
        """Return what a class says under one of ``names``.

        What its base takes from the response, with a default, is not said by the class.
        """
        told = self.classes.told(path, names)
        if told is None or told.values in (None, (None,)):
            return None
        is_of_base = told.owner == self.base != path
        if is_of_base and not any(name in self.classes.get(told.owner).assigned for name in names):
            return None
        return told

    @cached_property
    def registries(self) -> tuple[Registry, ...]:
        """The dictionaries of classes."""
        return tuple(registries(self.sources, self.names, self.values, self.classes))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The dictionaries of numbers."""
        return tuple(tables(self.sources, self.names, self.values, self.classes))

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The enumerations, and the values of `Literal`."""
        found = list(listings(self.sources, self.values, self.classes))
        return tuple(sorted(found, key=lambda one: (one.file.module, one.line)))

    @cached_property
    def import_name(self) -> str:
        """What the package is imported as; "" for a module that lies in none."""
        outer = _outer(self.source.path)
        if outer:
            return outer
        path = self.source.path
        return path.name if path and (path / "__init__.py").is_file() else ""


def open_package(source: Source) -> Package:
    """Read the module or package that ``source`` is.

    Raises:
        OSError: if a folder cannot be listed.
    """
    path = source.path
    is_folder = path is not None and path.is_dir()
    if path is not None and is_folder:
        sources = read_sources(
            path.resolve() if path.name in {"", ".", ".."} else path, (), follow=True
        )
    else:
        sources = source_of_text(source.name, source.content)
    names = ImportedNames(sources, _outer(path))
    values = Values(sources, names)
    return Package(source, sources, names, values, Classes(sources, names, values))


def _outer(path: Path | None) -> str:
    """Return what ``path`` is imported below."""
    if path is None:
        return ""
    parts: list[str] = []
    for folder in path.absolute().parents:
        if not (folder / "__init__.py").is_file():
            break
        parts.append(folder.name)
    return ".".join(reversed(parts))


def short(path: str) -> str:
    """Return the name of a class without its module."""
    return path.rpartition(".")[2]
