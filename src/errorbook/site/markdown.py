"""The Python-Markdown extension: blocks, and links with the scheme ``error:``.

It works wherever Python-Markdown does. The MkDocs events give it the page, and Zensical says which
one it renders; alone, it loads ``errors.yaml`` from the working folder and knows only the page in
hand.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from errorbook.problems import Problem
from errorbook.site.block_processors import FindBlocks, LeftOvers, MissedBlocks, SetBlocks
from errorbook.site.catalog_file import read_catalog
from errorbook.site.conversion import Conversion
from errorbook.site.error_links import ErrorLinks, RawErrorLinks, ShortLinks
from errorbook.site.ids import ReservedIds, UniqueIds
from errorbook.site.page import Page, Site
from errorbook.site.selection import selections
from errorbook.site.zensical import Options, page_of

logger = logging.getLogger("errorbook")

_OPTIONS = "<options>"
"""What problems call the options of an extension, wherever they stand."""


class ErrorbookExtension(Extension):
    """Sets views of a catalog into Markdown.

    Option ``catalog``: path of errors.yaml; ``templates`` and ``labels``: those of a site's own.
    """

    def __init__(self, **options: Any) -> None:
        self.config = {
            "catalog": ["errors.yaml", "Path of the catalog."],
            "templates": ["", "Folder of templates in place of ours."],
            "labels": ["", "Labels in place of ours, or the path of a file of them."],
        }
        self.site: Site | None = None
        self.page: Page | None = None
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register the processors; what they share belongs to one conversion."""
        conversion = Conversion(partial(self.current_page, md))
        # After `normalize_whitespace` (30) and before fences (25) hide the lines of the page.
        md.preprocessors.register(FindBlocks(md, conversion), "errorbook_blocks", 27)
        # After list items (90) and code (80), before paragraphs (10).
        md.parser.blockprocessors.register(SetBlocks(md, conversion), "errorbook_blocks", 75)
        # Before `html` (90), which would keep <error:x> as a tag that nobody sees.
        md.inlinePatterns.register(ShortLinks(md, conversion), "errorbook_links", 125)
        # Before inline markup (20) takes paragraphs apart.
        md.treeprocessors.register(MissedBlocks(md, conversion), "errorbook_blocks", 25)
        # Around `toc` (5), which gives ids to headings.
        md.treeprocessors.register(ReservedIds(md, conversion), "errorbook_reserved_ids", 5.5)
        md.treeprocessors.register(UniqueIds(md, conversion), "errorbook_unique_ids", 4.5)
        # After MkDocs' own links (0): it would look for a file at the address we give.
        md.treeprocessors.register(ErrorLinks(md, conversion), "errorbook_links", -10)
        # After raw HTML is back (30).
        md.postprocessors.register(LeftOvers(md, conversion), "errorbook_blocks", 5)
        md.postprocessors.register(RawErrorLinks(md, conversion), "errorbook_links", 4)

    def current_page(self, md: Markdown | None = None) -> Page:
        """Return the page that ``md`` converts; one of its own for a text that belongs to none."""
        if self.page is not None:
            return self.page
        if self.site is not None:
            return Page(self.site, "<markdown>", "")
        options = Options(
            str(self.getConfig("catalog")),
            str(self.getConfig("templates") or ""),
            self.getConfig("labels") or "",
        )
        theirs = page_of(md, options, _log) if md is not None else None
        return theirs or Page(_lone_site(options), "<markdown>", "")


def _lone_site(options: Options) -> Site:
    catalog = read_catalog(Path(options.catalog))
    return Site(
        catalog, selections(catalog, paged=False), _log, look=options.look(Path(), _OPTIONS).read()
    )


def makeExtension(**options: Any) -> ErrorbookExtension:  # noqa: N802  # the library's name
    """Return the extension, as Python-Markdown asks for it."""
    return ErrorbookExtension(**options)


def _log(problem: Problem) -> None:
    logger.warning("%s", problem)
