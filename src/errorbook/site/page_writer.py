"""Writes the pages of errors into a site that MkDocs has built otherwise."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_build_date

from errorbook.catalog import Catalog
from errorbook.outputs.error_pages import files_of
from errorbook.site.casting import CastPage, Foundry
from errorbook.site.error_pages import ErrorPage
from errorbook.site.redirect import redirect

_URL: Final = """\
    <url>
         <loc>{}</loc>
         <lastmod>{}</lastmod>
    </url>
"""
_END_OF_SITEMAP: Final = "</urlset>"


class SearchIndexes:
    """The search plugins of a site, as far as pages can be added to what they know.

    Material's and MkDocs' own keep an index with the same methods.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        found = (getattr(plugin, "search_index", None) for plugin in config.plugins.values())
        self._indexes: list[Any] = [one for one in found if hasattr(one, "add_entry_from_context")]

    def add(self, page: CastPage) -> None:
        """Add a page."""
        for index in self._indexes:
            index.add_entry_from_context(page)

    def forget(self, urls: Collection[str]) -> None:
        """Take pages out: not every search lets a page say that it is to be left out."""
        for index in self._indexes:
            entries = _entries(index)
            entries[:] = [one for one in entries if one["location"].partition("#")[0] not in urls]

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Forget what is added in between."""
        entries = [_entries(index) for index in self._indexes]
        counts = [len(one) for one in entries]
        yield
        for one, count in zip(entries, counts, strict=True):
            del one[count:]


class SiteFolder:
    """The folder of a site, as far as files are written into it.

    What somebody has written at one of the paths that are ``taken`` stays.
    """

    def __init__(self, path: str, taken: Collection[str]) -> None:
        self._path = path
        self._taken = taken
        self._made: set[str] = set()

    def write(self, path: str, text: str) -> None:
        """Write one file; lone surrogates become references, as MkDocs writes them.

        Raises:
            PluginError: if it cannot be written.
        """
        if path in self._taken:
            return
        try:
            self._write(path, text.encode("utf-8", errors="xmlcharrefreplace"))
        except OSError as error:
            raise PluginError(f"{error.filename} cannot be written: {error.strerror}") from error

    def _write(self, path: str, content: bytes) -> None:
        file = os.path.normpath(os.path.join(self._path, path))  # noqa: PTH118  # for 30,000 files
        folder = os.path.dirname(file)  # noqa: PTH120  # the same
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # the same
            self._made.add(folder)
        with open(file, "wb") as opened:  # noqa: PTH123  # the same
            opened.write(content)


class PageWriter:
    """Writes the pages of errors into ``folder``; those that nobody wrote come from ``foundry``."""

    def __init__(self, foundry: Foundry, folder: SiteFolder, *, searched: bool) -> None:
        self._foundry = foundry
        self._folder = folder
        self._searched = searched
        self._search = SearchIndexes(foundry.press.config)

    def write(self, page: ErrorPage) -> None:
        """Write a page; where readers are sent elsewhere, what sends them."""
        if page.instead is not None:
            if page.instead != page.url:
                config = self._foundry.press.config
                html = redirect(page.url, page.instead, config.site_url)
                self._folder.write(page.path, html)
            return
        with self._search.unchanged():
            made = self._foundry.page(page)
        self._folder.write(page.path, made.output)
        if self._searched:
            self._search.add(made)

    def write_beside(self, page: ErrorPage, catalog: Catalog) -> None:
        """Write what programs read of the error."""
        name, code = page.key
        index = self._foundry.site.index(name)
        for path, text in files_of(catalog, index, code, indented=False):
            self._folder.write(path, text)


def with_pages(sitemap: str, pages: Iterable[ErrorPage], site_url: str | None) -> str:
    """Return a sitemap that lists ``pages`` as MkDocs lists others."""
    if not site_url or _END_OF_SITEMAP not in sitemap:
        return sitemap
    base, date = f"{site_url.rstrip('/')}/", get_build_date()
    entries = [
        _URL.format(escape(urljoin(base, page.url)), date) for page in pages if page.instead is None
    ]
    before, end, after = sitemap.rpartition(_END_OF_SITEMAP)
    return before.rstrip(" \n") + "\n" + "".join(entries) + end + after


def _entries(index: Any) -> list[Any]:
    found = getattr(index, "entries", None)
    if found is None:
        found = index._entries  # MkDocs' own has no other name for it
    entries: list[Any] = found
    return entries
