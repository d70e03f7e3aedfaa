"""A site whose builder hands over one page at a time: what all of its sources say together.

Zensical is one. It runs Markdown extensions and nothing else of MkDocs, so the folder is read here
as the MkDocs events read it there. Addresses are paths of sources, which such builders turn into
those of pages, wherever they stand in a page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import Final

from errorbook.catalog import Catalog
from errorbook.problems import Place, Problem
from errorbook.site.adoption import Adopted, Candidate, adopt
from errorbook.site.anchors import Home, collect_homes, listings
from errorbook.site.front_matter import split_front_matter
from errorbook.site.group_pages import GroupPage, group_pages
from errorbook.site.look import DEFAULT_LOOK, Look
from errorbook.site.page import Report, Site
from errorbook.site.pages import is_generated
from errorbook.site.selection import Selection, Selections, selections
from errorbook.site.source_page import ERROR_KEY, SourcePage, line_of_key, read_source

_SUFFIX: Final = ".md"
_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a page, above which it is not read."""
_HEAD: Final = 500
"""Characters at the beginning of a page, of which some say whether it was generated."""
_FORMS: Final = {"json": "JSON"}
"""What `pages` writes beside the page of an error: at the address of Markdown stands its source."""
_RARELY: Final = 50
"""How many times as long as a look at the folder takes goes by before the next one."""


@dataclass(frozen=True)
class Docs:
    """What the folder holds: the site, the error that each page is of, and who wrote the page."""

    site: Site
    adopted: Adopted
    generated: frozenset[str]


class DocsFolder:
    """The sources in a folder, read again only when one of them or the catalog has changed."""

    def __init__(self, folder: Path, shown: str, report: Report) -> None:
        """``shown`` is what problems call the folder."""
        self._folder = folder
        self._shown = shown
        self._report = report
        self._catalog: Catalog | None = None
        self._look: Look | None = None
        self._stamps: Mapping[str, tuple[int, int]] = {}
        self._docs: Docs | None = None
        self._next_look = 0.0

    def read(self, catalog: Catalog, look: Look = DEFAULT_LOOK) -> Docs:
        """Return what the sources say of ``catalog``, with pages that ``look`` like that."""
        begin = monotonic()
        is_same = self._docs is not None and self._catalog is catalog and self._look is look
        if self._docs is not None and is_same and begin < self._next_look:
            return self._docs
        stamps = dict(sorted(_stamps(self._folder)))
        if self._docs is None or not is_same or stamps != self._stamps:
            self._docs = self._made(catalog, stamps, look)
            self._catalog, self._stamps, self._look = catalog, stamps, look
        end = monotonic()
        self._next_look = end + _RARELY * (end - begin)
        return self._docs

    def source(self, path: str) -> str:
        """Return the source of a page; nothing if it cannot be read, as its builder will say."""
        try:
            return (self._folder / path).read_text("utf-8-sig", errors="replace")
        except OSError:
            return ""

    def place(self, path: str) -> str:
        """Return what problems call the source of a page."""
        return str(PurePosixPath(self._shown) / path)

    def _made(self, catalog: Catalog, paths: Mapping[str, object], look: Look) -> Docs:
        sources = {path: self.source(path) for path in paths}
        generated = frozenset(path for path in sources if is_generated(path, sources[path][:_HEAD]))
        known, groups = _grouped(catalog, sources)
        # What somebody wrote comes first, as the better place for whoever follows a link.
        order = sorted(sources, key=lambda path: path in generated)
        pages = {path: read_source(sources[path], known, split_front_matter) for path in order}
        adopted = adopt(catalog, {}, map(_candidate, pages, pages.values()))
        for path, slip in adopted.slips:
            if path not in generated:
                line = line_of_key(sources[path], ERROR_KEY) + 1
                place = Place(self.place(path), line, 1)
                self._report(Problem(slip.rule, place, slip.message, slip.hint, "warning"))
        shown = collect_homes((path, page.anchors) for path, page in pages.items())
        own = {key: Home(path, "") for key, path in adopted.by_error.items()}
        site = Site(
            catalog,
            known,
            self._report,
            homes={**shown, **own},
            group_pages=groups,
            addresses={path: path for path in pages},
            listings=listings(shown),
            forms=_FORMS if generated else {},
            look=look,
        )
        return Docs(site, adopted, generated)


def _candidate(path: str, page: SourcePage) -> Candidate:
    return Candidate(path, path, path, page.meta.get(ERROR_KEY), page.anchors.api)


def _grouped(
    catalog: Catalog, sources: Mapping[str, str]
) -> tuple[Selections, Mapping[str, list[GroupPage]]]:
    """Return the errors of each API, and the pages by group that are there.

    An API that has none shows all its errors in one table, since there is nothing to lead to.
    """
    found: dict[str, list[GroupPage]] = {}
    large = selections(catalog, paged=True)
    for page in group_pages(large, [name for name, one in large.items() if one.is_paged]):
        if page.path in sources:
            found.setdefault(page.api, []).append(page.at(page.path))
    return {name: Selection(one.api, is_paged=name in found) for name, one in large.items()}, found


def _stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the path of each page with what changes when somebody writes it."""
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(where).relative_to(folder)
        for name in names:
            if name.endswith(_SUFFIX) and not name.startswith("."):
                try:
                    status = os.stat(f"{where}/{name}")  # noqa: PTH116  # for 10,000 pages
                except OSError:  # it was removed meanwhile
                    continue
                if status.st_size <= _LARGEST:
                    yield (below / name).as_posix(), (status.st_mtime_ns, status.st_size)
