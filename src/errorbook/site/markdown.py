"""The Python-Markdown extension: blocks, and links with the scheme ``error:``.

It works wherever Python-Markdown does. The MkDocs events give it the page; alone, it loads
``errors.yaml`` from the working folder and knows only the page in hand.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from errorbook.problems import Problem
from errorbook.site.blocks import Slip
from errorbook.site.catalog_file import read_catalog
from errorbook.site.conversion import Conversion
from errorbook.site.error_links import ErrorLinks, RawErrorLinks, ShortLinks
from errorbook.site.ids import HEADING_CLASS, ReservedIds, UniqueIds
from errorbook.site.markup import code_html
from errorbook.site.page import Page, Site
from errorbook.site.rendering import Heading, Html, Piece
from errorbook.site.selection import selections

logger = logging.getLogger("errorbook")

_MARK: Final = "\x02errorbook:{}\x03"
_MARKED = re.compile(r"(?:^|\n) {0,3}\x02errorbook:(\d+)\x03 *(?:\n|$)")
_LEFT_OVER = re.compile(r"<(?P<tag>/?(?:code|pre))\b|\x02errorbook:(?P<number>\d+)\x03")
_OPENING_IN_TEXT = re.compile(r"^[ >]*/{2,} *errors *\\?\|.*$", re.MULTILINE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class ErrorbookExtension(Extension):
    """Sets views of a catalog into Markdown. Option ``catalog``: path of errors.yaml."""

    def __init__(self, **options: Any) -> None:
        self.config = {"catalog": ["errors.yaml", "Path of the catalog."]}
        self.site: Site | None = None
        self.page: Page | None = None
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register the processors; what they share belongs to one conversion."""
        conversion = Conversion(self.current_page)
        # After `normalize_whitespace` (30) and before fences (25) hide the lines of the page.
        md.preprocessors.register(_FindBlocks(md, conversion), "errorbook_blocks", 27)
        # After list items (90) and code (80), before paragraphs (10).
        md.parser.blockprocessors.register(_SetBlocks(md, conversion), "errorbook_blocks", 75)
        # Before `html` (90), which would keep <error:x> as a tag that nobody sees.
        md.inlinePatterns.register(ShortLinks(md, conversion), "errorbook_links", 125)
        # Before inline markup (20) takes paragraphs apart.
        md.treeprocessors.register(_MissedBlocks(md, conversion), "errorbook_blocks", 25)
        # Around `toc` (5), which gives ids to headings.
        md.treeprocessors.register(ReservedIds(md, conversion), "errorbook_reserved_ids", 5.5)
        md.treeprocessors.register(UniqueIds(md, conversion), "errorbook_unique_ids", 4.5)
        # After MkDocs' own links (0): it would look for a file at the address we give.
        md.treeprocessors.register(ErrorLinks(md, conversion), "errorbook_links", -10)
        # After raw HTML is back (30).
        md.postprocessors.register(_LeftOvers(md, conversion), "errorbook_blocks", 5)
        md.postprocessors.register(RawErrorLinks(md, conversion), "errorbook_links", 4)

    def current_page(self) -> Page:
        """Return the page in hand; one of its own for a text that belongs to none."""
        if self.page is None:
            return Page(self.site or self._lone_site(), "<markdown>", "")
        return self.page

    def _lone_site(self) -> Site:
        catalog = read_catalog(Path(self.getConfig("catalog")))
        return Site(catalog, selections(catalog, paged=False), _log)


def makeExtension(**options: Any) -> ErrorbookExtension:  # noqa: N802  # the library's name
    """Return the extension, as Python-Markdown asks for it."""
    return ErrorbookExtension(**options)


def _log(problem: Problem) -> None:
    logger.warning("%s", problem)


class _FindBlocks(Preprocessor):
    """Puts a mark in the place of each block, before anything else can take it apart."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, lines: list[str]) -> list[str]:
        self._conversion.start(lines, _other_blocks(self.md))
        return list(self._marked(lines))

    def _marked(self, lines: list[str]) -> Iterator[str]:
        at = 0
        for number, block in enumerate(self._conversion.blocks):
            yield from lines[at : block.start]
            empty = block.prefix.rstrip() if ">" in block.prefix else ""
            begins_item = block.prefix.strip(" >") != ""
            if at < block.start and not begins_item and _is_text(lines, block.start - 1):
                yield empty
            yield block.prefix + _MARK.format(number)
            if _is_text(lines, block.end):
                yield empty
            at = block.end
        yield from lines[at:]


def _is_text(lines: list[str], at: int) -> bool:
    return 0 <= at < len(lines) and lines[at].strip(" >") != ""


def _other_blocks(md: Markdown) -> frozenset[str]:
    """Return the names of the blocks that ``pymdownx.blocks`` knows here."""
    if "blocks" not in md.parser.blockprocessors:
        return frozenset()
    return frozenset(getattr(md.parser.blockprocessors["blocks"], "blocks", ()))


class _SetBlocks(BlockProcessor):
    """Sets what a block shows where its mark stands."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._md = md
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        return _MARKED.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        mark = _MARKED.search(block)
        if mark is None:  # pragma: no cover  # `test` has seen it
            return
        if block[: mark.start()].strip():
            self.parser.parseBlocks(parent, [block[: mark.start()]])
        self._set(parent, self._conversion.pieces(int(mark[1])))
        if block[mark.end() :].strip():
            blocks.insert(0, block[mark.end() :])

    def _set(self, parent: Element, pieces: list[Piece]) -> None:
        level = min(self._level_above() + 1, 6)
        for piece in pieces:
            if isinstance(piece, Html):
                self._set_html(parent, piece)
            else:
                self._set_heading(parent, piece, level)

    def _set_html(self, parent: Element, piece: Html) -> None:
        place = SubElement(parent, "div")
        place.text = AtomicString(self._conversion.stash(self._md, piece.text))

    def _set_heading(self, parent: Element, piece: Heading, level: int) -> None:
        heading = SubElement(parent, f"h{piece.level or level}", {"class": HEADING_CLASS})
        heading.text = AtomicString(self._conversion.stash(self._md, code_html(piece.code)))
        if piece.anchor:
            heading.set("id", piece.anchor)

    def _level_above(self) -> int:
        """Return the level of the last heading so far, leaving out our own."""
        levels = [
            int(one.tag[1])
            for one in self.parser.root.iter()
            if one.tag in _HEADINGS and one.get("class") != HEADING_CLASS
        ]
        return levels[-1] if levels else 1


class _MissedBlocks(Treeprocessor):
    """Reports blocks that have become text, because they stand where none can."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag not in {"code", "pre"} and "//" in (element.text or ""):
                for line in _OPENING_IN_TEXT.findall(element.text or ""):
                    self._report(line.strip())

    def _report(self, text: str) -> None:
        line = self._conversion.line_with(re.escape(text))
        hint = "set it on lines of its own, indented like the text around it"
        self._conversion.report(Slip("block-not-shown", line, "no block can stand here", hint))


class _LeftOvers(Postprocessor):
    """Finds the marks that nothing was set for: in code the block is shown as it was written.

    Anywhere else, such as between tags of HTML, somebody expects to see what it shows.
    """

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, text: str) -> str:
        if "\x02errorbook:" not in text:
            return text
        open_tags = 0
        pieces, at = [], 0
        for token in _LEFT_OVER.finditer(text):
            if token["number"] is None:
                open_tags += -1 if token["tag"].startswith("/") else 1
                continue
            pieces += [text[at : token.start()], self._instead(int(token["number"]), open_tags > 0)]
            at = token.end()
        return "".join([*pieces, text[at:]])

    def _instead(self, number: int, in_code: bool) -> str:
        if in_code:
            return self._conversion.source(number)
        block = self._conversion.blocks[number]
        hint = 'HTML around it needs the attribute markdown="1", and the block empty lines'
        slip = Slip("block-not-shown", block.start, "no block can stand here", hint)
        return self._conversion.refused(number, [*block.slips, slip]).text
