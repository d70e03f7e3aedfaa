"""One build of a MkDocs site: its catalog, its pages by source, and what is added to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from errorbook.catalog import LoadedCatalog
from errorbook.catalog.audience import public
from errorbook.outputs import problems as output_problems
from errorbook.problems import Problem
from errorbook.site.anchors import collect_homes
from errorbook.site.generated import Generated
from errorbook.site.group_pages import group_pages, linked_groups
from errorbook.site.late import LatePieces
from errorbook.site.options import shows_exceptions
from errorbook.site.page import Site
from errorbook.site.selection import selections
from errorbook.site.source_page import SourcePage, read_source

logger = get_plugin_logger("errorbook")


class Build:
    """What is known during one build. ``site`` knows the homes of errors after `read_pages`."""

    def __init__(self, loaded: LoadedCatalog) -> None:
        catalog = public(loaded.catalog)
        self._loaded = loaded
        self._generated: Generated | None = None
        self.site = Site(catalog, selections(catalog, paged=True), _warn)
        self.late = LatePieces()

    def add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add assets to ``files``, and the pages by group that some page will link to."""
        self._generated = Generated(files, config)
        self._generated.add_assets()
        pages = [self._read(file) for file in files.documentation_pages()]
        linked = {
            api
            for page in pages
            for block in page.blocks
            for api in linked_groups(self.site.selections, page.anchors.api, block)
        }
        by_group = group_pages(self.site.selections, linked)
        self.site = replace(self.site, group_pages=self._generated.add_group_pages(by_group))

    def read_pages(self, nav: Navigation, files: Files) -> None:
        """Find out where each error lives, before any page is rendered."""
        pages = [(file, self._read(file)) for file in _in_order(nav, files)]
        homes = collect_homes((file.url, page.anchors) for file, page in pages)
        addresses = {file.src_uri: file.url for file in files}
        self.site = replace(self.site, homes=homes, addresses=addresses)
        blocks = [block for _, page in pages for block in page.blocks]
        if self._generated is not None and any(block.view == "explorer" for block in blocks):
            self._generated.add_index(self.site)
        if any(shows_exceptions(block.view, block.options) for block in blocks):
            self._warn_of_names()

    def _read(self, file: File) -> SourcePage:
        try:
            source = file.content_string
        except (OSError, ValueError):
            source = ""  # MkDocs will say so when it comes to the page
        return read_source(source, self.site.selections)

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
