"""The project under test: its catalog, and the Python modules that are generated from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Final

from errorbook.catalog import Catalog
from errorbook.catalog.audience import seen_by
from errorbook.outputs import python
from errorbook.problems import quoted, suggest
from errorbook.project import Workspace, find, find_in, open_workspace
from errorbook.project_file import CATALOG_FILE
from errorbook.testing.modules import import_from_disk, import_module

_PYTHON: Final = "python"


class NoProjectError(LookupError):
    """There is no project to test, or none of the name that was asked for."""


@dataclass(frozen=True)
class GeneratedModule:
    """A module that errorbook.yaml has generated: its API, its name, and where it is on disk."""

    api: str
    """The id of its API."""
    name: str
    """Its name for imports, such as `artifacta.errors`."""
    folder: Path
    """The folder that it is imported from."""
    path: Path
    """Its file."""
    shown: str
    """What to call it when speaking to its user."""


@dataclass(frozen=True)
class ErrorbookProject:
    """A project whose catalog is valid, as everybody may see it."""

    workspace: Workspace

    @property
    def root(self) -> Path:
        """The folder that errorbook.yaml is in."""
        return self.workspace.project.root

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog without what is internal."""
        return seen_by(self.workspace.catalog.catalog, "public")

    @property
    def catalog_name(self) -> str:
        """What to call the catalog when speaking to its user."""
        return self.workspace.catalog.sources[0].name

    @cached_property
    def modules(self) -> Mapping[str, GeneratedModule]:
        """The public modules by API; the first where errorbook.yaml names several."""
        found: dict[str, GeneratedModule] = {}
        for module in self._modules():
            found.setdefault(module.api, module)
        return found

    def chosen(self, apis: tuple[str, ...]) -> dict[str, str]:
        """Return the ids of ``apis`` and their titles, of all APIs where none is named.

        Raises:
            NoProjectError: if the catalog has no such API.
        """
        for name in apis:
            if name not in self.catalog.apis:
                hint = suggest(name, self.catalog.apis)
                raise NoProjectError(f"{self.catalog_name} has no API {quoted(name)}: {hint}")
        named = apis or tuple(self.catalog.apis)
        return {name: self.catalog.apis[name].title or name for name in named}

    def module(self, api: str) -> ModuleType:
        """Return the module of ``api`` as other code imports it, else from where it is generated.

        Raises:
            NoProjectError: if there is none.
            ImportError: if it cannot be imported.
        """
        name = python.module_name(api, self.catalog.apis[api])
        if not name:
            message = f"{api} has no Python module: {self.catalog_name} says 'base: none' of it"
            raise NoProjectError(message)
        found = import_module(name)
        if found is not None:
            return found
        generated = self.modules.get(api)
        if generated is None:
            message = f"no module {name} can be imported, and errorbook.yaml generates none"
            raise NoProjectError(message)
        return import_from_disk(generated.name, generated.folder, generated.path)

    def _modules(self) -> Iterator[GeneratedModule]:
        loaded = self.workspace.project
        for target in loaded.project.generate:
            if target.output != _PYTHON or target.audience != "public":
                continue
            for name, api in self.catalog.apis.items():
                is_wanted = target.apis is None or name in target.apis
                if is_wanted and python.has_exceptions(api):
                    path = str(PurePosixPath(target.to, python.module_path(name, api)))
                    yield GeneratedModule(
                        api=name,
                        name=python.module_name(name, api),
                        folder=loaded.root / target.to,
                        path=loaded.root / path,
                        shown=loaded.shown(path),
                    )


def open_project(place: Path, start: Path | None = None, *, above: bool = True) -> ErrorbookProject:
    """Return the project at ``place``: errorbook.yaml, a catalog, or the folder of either.

    With ``above``, the folders above a folder are searched too. Problems name files as seen from
    ``start``, or from ``place``.

    Raises:
        NoProjectError: if there is none.
        ErrorbookError: with every problem of the project and its catalog.
    """
    file = place
    if not place.is_file():
        found = (find if above else find_in)(place) if place.is_dir() else None
        if found is None:
            raise NoProjectError(f"there is no errorbook.yaml or errors.yaml in {place}")
        file = found
    seen_from = start or file.parent
    if file.name == CATALOG_FILE:
        return ErrorbookProject(open_workspace(None, file, seen_from))
    return ErrorbookProject(open_workspace(file, None, seen_from))
