"""Which catalog is asked: the project's, a file, an address, or that of an installed SDK."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from errorbook.explain import kept
from errorbook.explain.book import Book
from errorbook.explain.kept import Kept
from errorbook.problems import ErrorbookError, Place, Problem
from errorbook.published import MAX_BYTES, is_published, read_published

if TYPE_CHECKING:
    from errorbook.catalog import Catalog
    from errorbook.project import Workspace

Opener = Callable[[Path | None, Path | None], "Workspace"]
"""Opens the project and the catalog that options name, or those from here."""

FILE: Final = "errors.json"
_SCHEMES: Final = ("https://", "http://")
"""What an address begins with, and the name of a file does not."""


@dataclass(frozen=True)
class Asked:
    """What the options say about where errors are looked up."""

    project: Path | None = None
    catalog: str | None = None
    """A file or an address."""
    package: str | None = None


class Source:
    """A catalog, read as far as it is needed."""

    def __init__(self, asked: Asked, opener: Opener) -> None:
        """Raises what finding, fetching or reading a published file raises."""
        self._asked = asked
        self._open = opener
        self._content: bytes | None = None
        self.name = FILE
        self._path = Path(FILE)
        if asked.package is not None:
            self._read_package(asked.package)
        elif asked.catalog is not None:
            self._read_catalog(asked.catalog)

    def book(self) -> Book:
        """Return its errors, for looking up.

        Raises:
            ErrorbookError: if it is not valid.
        """
        collects = gc.isenabled()
        # Nothing of what is read can be forgotten before the process ends.
        gc.disable()
        try:
            document = self._document()
            return Book(document, self.name)
        finally:
            if collects:
                gc.enable()

    def catalog(self) -> Catalog:
        """Return its public catalog, for decoding.

        Raises:
            ErrorbookError: if it is not valid.
        """
        from errorbook.catalog import load  # noqa: PLC0415  # takes long
        from errorbook.catalog.audience import public  # noqa: PLC0415  # takes long

        if self._content is not None:
            return load(self._path, name=self.name, content=self._content).catalog
        loaded = self._workspace().catalog
        self.name = loaded.sources[0].name
        return public(loaded.catalog)

    def _document(self) -> dict[str, Any]:
        if self._content is not None:
            return read_published(self._content, self.name)
        made = self._made()
        self.name = made.name
        document: dict[str, Any] = json.loads(made.document)
        return document

    def _made(self) -> Kept:
        """Return what errors.json would hold for the project."""
        start, project, catalog = Path.cwd(), self._asked.project, self._file()
        known = kept.recall(start, project, catalog)
        if known is not None:
            return known
        from errorbook.outputs import errors_json  # noqa: PLC0415  # takes long

        workspace = self._workspace()
        text = errors_json.render(workspace.catalog.catalog)[errors_json.FILE]
        made = Kept(workspace.catalog.sources[0].name, text.encode())
        sources = {one.path: one.content for one in workspace.catalog.sources}
        described = workspace.project.source
        if described is not None:
            sources[described.path] = described.content
        kept.keep(start, project, catalog, sources, made)
        return made

    def _file(self) -> Path | None:
        return Path(self._asked.catalog) if self._asked.catalog is not None else None

    def _workspace(self) -> Workspace:
        return self._open(self._asked.project, self._file())

    def _read_package(self, package: str) -> None:
        from errorbook.explain.installed import (  # noqa: PLC0415  # seldom needed
            NotInstalledError,
            installed_catalog,
        )

        try:
            self._path = installed_catalog(package)
        except NotInstalledError as error:
            raise click.UsageError(f"--package: {error}.") from None
        self.name = f"{package}: {FILE}"
        self._content = _read(self._path, self.name)

    def _read_catalog(self, catalog: str) -> None:
        self.name = catalog
        if not catalog.lower().startswith(_SCHEMES):
            self._path = Path(catalog)
            content = _read(self._path, catalog)
            self._content = content if is_published(content) else None
            return
        from errorbook.explain.fetch import AddressError, fetch  # noqa: PLC0415  # seldom needed

        try:
            self._content = fetch(catalog)
        except AddressError as error:
            raise click.UsageError(f"--catalog: {error}.") from None


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        problem = Problem("unreadable", Place(name), f"cannot be read: {why}")
        raise ErrorbookError([problem]) from None
