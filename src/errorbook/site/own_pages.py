"""The pages of errors in one build: planned, adopted where somebody wrote one, and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from errorbook.catalog import Catalog, LoadedCatalog
from errorbook.catalog.addresses import folder as folder_of
from errorbook.catalog.addresses import is_on_one_page
from errorbook.site.adoption import Adopted, Candidate, adopt
from errorbook.site.anchors import Home
from errorbook.site.blocks import Slip
from errorbook.site.casting import Foundry, StandIns
from errorbook.site.edit_lines import EditLine, EditLines
from errorbook.site.error_pages import (
    GENERATOR,
    MOST_SEARCHED,
    ErrorPage,
    ErrorPages,
    homes,
    led,
    page_file,
    planned,
)
from errorbook.site.head_links import with_alternates
from errorbook.site.links import ErrorKey
from errorbook.site.moulds import Press
from errorbook.site.page import Site
from errorbook.site.page_source import description_of, page_source, title_of
from errorbook.site.page_writer import PageWriter, SearchIndexes, SiteFolder, with_pages
from errorbook.site.redirect import redirect
from errorbook.site.rendering import Piece
from errorbook.site.source_page import ERROR_KEY, SourcePage


class OwnPages:
    """The pages of one build that belong to one error each.

    ``catalog`` holds the APIs whose errors have pages. Unless ``is_cast``, MkDocs renders them.
    """

    def __init__(
        self,
        loaded: LoadedCatalog,
        catalog: Catalog,
        apis: Sequence[str],
        config: MkDocsConfig,
        *,
        is_cast: bool,
    ) -> None:
        self.catalog = catalog.model_copy(
            update={"apis": {name: catalog.apis[name] for name in apis}}
        )
        self._whole = catalog
        self._config = config
        self._is_cast = is_cast
        self._pages: ErrorPages = planned(
            self.catalog, apis, use_directory_urls=config.use_directory_urls
        )
        self._adopted = Adopted()
        self._stand_ins: StandIns = {}
        self._taken: frozenset[str] = frozenset()
        self._listings: Mapping[str, str] = {}
        edited = EditLines(loaded, config)
        is_editable = bool(config.edit_uri or config.edit_uri_template)
        self._edit_line = edited if is_editable and not loaded.sources[0].is_published else _nowhere

    def adopt(self, files: Files, sources: Mapping[str, SourcePage]) -> list[tuple[str, Slip]]:
        """Learn which pages somebody has written; return what is wrong with their front matter."""
        candidates = (
            Candidate(
                source,
                files.src_uris[source].dest_uri,
                files.src_uris[source].url,
                page.meta.get(ERROR_KEY),
                page.anchors.api,
            )
            for source, page in sources.items()
        )
        self._taken = frozenset(file.dest_uri for file in files if not file.inclusion.is_excluded())
        self._adopted = adopt(self._whole, self._pages, candidates)
        self._pages = led(self._pages, self.catalog, self._adopted.by_error)
        return self._adopted.slips

    @property
    def are_any(self) -> bool:
        """Whether there are pages that nobody wrote."""
        return any(page.instead is None for page in self._pages.values())

    def list_at(self, listings: Mapping[str, str]) -> None:
        """Learn where the errors of each API are listed: its folder alone leads there."""
        self._listings = listings

    @property
    def _is_searched(self) -> bool:
        return len(self._pages) <= MOST_SEARCHED

    @property
    def homes(self) -> Mapping[ErrorKey, Home]:
        """Where links to each code lead."""
        return homes(self._pages, self._adopted.by_error)

    def error_of(self, file: File) -> ErrorKey | None:
        """Return the error whose page ``file`` is, if it is any."""
        return self._adopted.by_source.get(file.src_uri)

    def stand_in(self, file: File) -> Sequence[Piece] | None:
        """Return what the block of a page shows in place of an error, if it is to."""
        found = self._stand_ins.get(file.src_uri)
        return found.pieces if found else None

    def files(self) -> Iterator[File]:
        """Yield the pages that MkDocs is to render, unless they are cast."""
        for page in self._pages.values() if not self._is_cast else ():
            if page.instead is None:
                yield self._file(page)

    def write(self, site: Site, files: Files, nav: Navigation, env: Environment) -> None:
        """Write the pages that MkDocs has not, and those for machines beside all of them."""
        if not self._is_searched:
            SearchIndexes(self._config).forget({page.url for page in self._pages.values()})
        press = Press(self._config, files, nav, env)
        foundry = Foundry(site, press, self._stand_ins, self._edit_line, self._file)
        folder = SiteFolder(self._config.site_dir, self._taken)
        writer = PageWriter(foundry, folder, searched=self._is_searched)
        for page in self._pages.values():
            if self._is_cast or page.instead is not None:
                writer.write(page)
            writer.write_beside(page, self.catalog)
        for name, api in self.catalog.apis.items():
            index = f"{folder_of(name, api)}index.html"
            if name in self._listings and index != "index.html" and not is_on_one_page(api):
                folder.write(index, redirect(index, self._listings[name], self._config.site_url))

    def in_sitemap(self, sitemap: str) -> str:
        """Return a sitemap that lists the pages that are cast."""
        pages = self._pages.values() if self._is_cast else ()
        return with_pages(sitemap, pages, self._config.site_url)

    def with_alternates(self, html: str, file: File) -> str:
        """Return the page of an error with links to its other forms; any other page as it is."""
        key = self.error_of(file)
        if key is not None and key in self._pages:
            name, stem = key[0], self._pages[key].stem
        elif file.src_uri in self._stand_ins:
            name, stem = self._stand_ins[file.src_uri].api, file.src_uri.removesuffix(".md")
        else:
            return html
        listing = f"{folder_of(name, self.catalog.apis[name])}llms.txt"
        return with_alternates(html, file.url, stem, listing)

    def _file(self, page: ErrorPage) -> File:
        name, code = page.key
        api = self.catalog.apis[name]
        config = self._config
        file = page_file(page.stem, config.site_dir, use_directory_urls=config.use_directory_urls)
        title = title_of(name, api, str(escape(code)))
        file.generated_by = GENERATOR
        file.content_string = page_source(
            page.key, title, description_of(api, code), name, searched=self._is_searched
        )
        edit = self._edit_line(page.key)
        file.edit_uri = edit.uri if edit else None
        self._adopted.by_source[file.src_uri] = page.key
        return file


def _nowhere(_: ErrorKey) -> EditLine | None:
    return None
