"""Which catalog is asked: the project's, a file, an address, or that of an installed SDK."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errorbook.explain import kept
from errorbook.explain.book import Book
from errorbook.explain.kept import Kept
from errorbook.problems import ErrorbookError, Place, Problem
from errorbook.published import MAX_BYTES, Fields, is_address, is_published, read_published
from errorbook.remedies import to_read
from errorbook.rules import shipped

if TYPE_CHECKING:
    from errorbook.catalog import Catalog
    from errorbook.catalog.audience import Audience
    from errorbook.project import Workspace

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""

FILE: Final = "errors.json"


@dataclass(frozen=True)
class Asked:
    """What the options say about where errors are looked up."""

    project: Path | None = None
    catalog: str | None = None
    """A file or an address."""
    package: str | None = None
    audience: Audience = "public"
    """Who may read the answer."""


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
        """Return its errors, for looking up, and behind a project's those that errorbook reports.

        Raises:
            click.UsageError: if there is no project.
            ErrorbookError: if it is not valid.
        """
        document = self._document()
        book = Book(document, self.name)
        book.further = None if shipped.API in book.apis else self.rules()
        return book

    def rules(self) -> Book | None:
        """Return what errorbook itself reports; None where a catalog was named, or without it."""
        if self._asked.catalog is not None or self._asked.package is not None:
            return None
        document = shipped.shipped_rules()
        return None if document is None else Book(document, shipped.NAME)

    def catalog(self) -> Catalog:
        """Return what its audience may read of it, for decoding.

        Raises:
            ErrorbookError: if it is not valid.
        """
        from errorbook.catalog import load  # noqa: PLC0415  # takes long
        from errorbook.catalog.audience import seen_by  # noqa: PLC0415  # takes long

        if self._content is not None:
            loaded = load(self._path, name=self.name, content=self._content)
        else:
            loaded = self._workspace().catalog
            self.name = loaded.sources[0].name
        return seen_by(loaded.catalog, self._asked.audience)

    def _document(self) -> Fields:
        if self._content is None:
            made = self._made()
            self.name = made.name
            document: Fields = json.loads(made.document)
            return document
        published = read_published(self._content, self.name)
        if self._asked.audience == "public" and _has_internal(published):
            return self._without_internal(published)
        return published

    def _without_internal(self, published: Fields) -> Fields:
        """Return what is public of a file that was made for others, with the links it has."""
        from errorbook.outputs.errors_json import errors_json  # noqa: PLC0415  # takes long

        links = {
            (name, code): str(_at(error, "derived").get("link") or "")
            for name, api in published["apis"].items()
            for code, error in _at(api, "errors").items()
        }
        text = errors_json(self.catalog(), link=lambda name, code: links.get((name, code), ""))
        document: Fields = json.loads(text)
        return document

    def _made(self) -> Kept:
        """Return what errors.json would hold for the project."""
        start, project, catalog = Path.cwd(), self._asked.project, self._file()
        audience = self._asked.audience
        known = kept.recall(start, project, catalog, audience)
        if known is not None:
            return known
        workspace = self._workspace()
        from errorbook.catalog.audience import seen_by  # noqa: PLC0415  # takes long
        from errorbook.outputs import errors_json  # noqa: PLC0415  # takes long

        seen = seen_by(workspace.catalog.catalog, audience)
        text = errors_json.render(seen)[errors_json.FILE]
        made = Kept(workspace.catalog.sources[0].name, text.encode())
        sources = {one.path: one.content for one in workspace.catalog.sources}
        described = workspace.project.source
        if described is not None:
            sources[described.path] = described.content
        kept.keep(start, project, catalog, audience, sources, made)
        return made

    def _file(self) -> Path | None:
        return Path(self._asked.catalog) if self._asked.catalog is not None else None

    def _workspace(self) -> Workspace:
        return self._open(self._asked.project, self._file(), self._asked.audience)

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
        if not is_address(catalog):
            self._path = Path(catalog)
            content = _read(self._path, catalog)
            self._content = content if is_published(content) else None
            return
        from errorbook.download import AddressError, download  # noqa: PLC0415  # seldom needed

        try:
            self._content = download(catalog)
        except AddressError as error:
            raise click.UsageError(f"--catalog: {error}.") from None


def _has_internal(published: Fields) -> bool:
    return any(
        isinstance(error, dict) and error.get("visibility", "public") != "public"
        for api in published["apis"].values()
        for error in _at(api, "errors").values()
    )


def _at(data: object, key: str) -> Fields:
    """Return the object under ``key``; an empty one where there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        problem = Problem("unreadable", Place(name), f"cannot be read: {why}", to_read(error))
        raise ErrorbookError([problem]) from None
