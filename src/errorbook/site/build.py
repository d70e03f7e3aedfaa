"""One build of a MkDocs site: its catalog, its pages by source, and what is added to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.meta import get_data

from errorbook.catalog import Catalog, LoadedCatalog
from errorbook.catalog.audience import seen_by
from errorbook.outputs import problems as output_problems
from errorbook.problems import Place, Problem
from errorbook.site.anchors import collect_homes, listings
from errorbook.site.generated import Generated, pass_over_pages
from errorbook.site.group_pages import group_pages, linked_groups
from errorbook.site.late import LatePieces
from errorbook.site.look import BrokenTemplateError, Look
from errorbook.site.options import shows_exceptions
from errorbook.site.own_pages import OwnPages
from errorbook.site.page import Site
from errorbook.site.page_links import with_addresses
from errorbook.site.project_paths import source_name
from errorbook.site.selection import selections
from errorbook.site.settings import Settings
from errorbook.site.site_address import SiteAddress
from errorbook.site.source_page import ERROR_KEY, SourcePage, line_of_key, read_source

logger = get_plugin_logger("errorbook")


class Build:
    """What is known during one build. ``site`` knows the homes of errors after `read_pages`.

    Raises:
        SettingsError: if mkdocs.yml names an API that the catalog lacks.
    """

    def __init__(
        self,
        loaded: LoadedCatalog,
        settings: Settings,
        config: MkDocsConfig,
        look: Look,
        *,
        is_served: bool,
    ) -> None:
        seen = seen_by(loaded.catalog, settings.audience)
        address = SiteAddress(config.site_url or None, is_served)
        catalog = address.located(seen)
        paged = settings.paged_apis(catalog)
        documented = Catalog(apis={name: seen.apis[name] for name in paged})
        for problem in loaded.place(address.contradictions(documented)):
            _warn(problem)
        self._loaded = loaded
        self._seen = seen
        self._config = config
        self._generated: Generated | None = None
        self.site = Site(catalog, selections(catalog, paged=True), _warn, look=look)
        self.late = LatePieces()
        self.pages = OwnPages(loaded, catalog, paged, config, is_cast=settings.cast_pages)

    def add_files(self, files: Files) -> None:
        """Add assets to ``files``, and the pages by group that some page will link to."""
        pass_over_pages(files, self._seen)
        self._generated = Generated(files, self._config)
        self._generated.add_assets()
        sources = {file.src_uri: self._read(file) for file in files.documentation_pages()}
        for source, slip in self.pages.adopt(files, sources):
            file = files.src_uris[source]
            line = line_of_key(file.content_string, ERROR_KEY)
            place = Place(source_name(file, self._config), line + 1, 1)
            _warn(Problem(slip.rule, place, slip.message, slip.hint, "warning"))
        linked = {
            api
            for page in sources.values()
            for block in page.blocks
            for api in linked_groups(self.site.selections, page.anchors.api, block)
        }
        by_group = group_pages(self.site.selections, linked, self.site.look.labels)
        self.site = replace(self.site, group_pages=self._generated.add_group_pages(by_group))
        for file in self.pages.files():
            excluded = files.get_file_from_path(file.src_uri)
            if excluded is not None:
                files.remove(excluded)
            files.append(file)

    def read_pages(self, nav: Navigation, files: Files) -> None:
        """Find out where each error lives, before any page is rendered."""
        pages = [(file, self._read(file)) for file in _in_order(nav, files)]
        shown = collect_homes((file.url, page.anchors) for file, page in pages)
        addresses = {file.src_uri: file.url for file in files}
        catalog = self.site.catalog
        if any(b"](" in source.content for source in self._loaded.sources):
            catalog = with_addresses(catalog, addresses)
            self.pages.catalog = with_addresses(self.pages.catalog, addresses)
        homes = {**shown, **self.pages.homes}
        self.site = replace(
            self.site, catalog=catalog, homes=homes, addresses=addresses, listings=listings(shown)
        )
        self.pages.list_at(self.site.listings)
        blocks = [block for _, page in pages for block in page.blocks]
        if self._generated is not None:
            if any(block.view == "explorer" for block in blocks):
                self._generated.add_index(self.site)
            self._generated.add_catalog(self._seen, self.site)
            self._generated.add_formats(self.pages.catalog)
        if self.pages.are_any or any(shows_exceptions(one.view, one.options) for one in blocks):
            self._warn_of_names()

    def write_pages(self, files: Files, nav: Navigation, env: Environment) -> None:
        """Write the pages of errors, once MkDocs has written all others.

        Raises:
            PluginError: if they cannot be written, or a template of the site's own is broken.
        """
        try:
            self.pages.write(self.site, files, nav, env)
        except BrokenTemplateError as error:
            raise PluginError(str(error)) from None

    def _read(self, file: File) -> SourcePage:
        try:
            source = file.content_string
        except (OSError, ValueError):
            source = ""  # MkDocs will say so when it comes to the page
        return read_source(source, self.site.selections, get_data)

    def _warn_of_names(self) -> None:
        """Report names of exceptions that no SDK can have: the pages would show them."""
        for problem in self._loaded.place(output_problems(self._loaded.catalog)):
            _warn(replace(problem, severity="warning"))


def _in_order(nav: Navigation, files: Files) -> Iterator[File]:
    """Yield the pages that will be rendered: those in the navigation first, in its order."""
    built = {file.src_uri: file for file in files.documentation_pages()}
    for page in nav.pages:
        file = built.pop(page.file.src_uri, None)
        if file is not None:
            yield file
    yield from built.values()


def _warn(problem: Problem) -> None:
    logger.warning("%s", problem)
