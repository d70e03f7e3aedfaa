"""What finds blocks in a Markdown text, sets what they show, and misses none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from errorbook.site.blocks import Slip
from errorbook.site.conversion import Conversion
from errorbook.site.ids import HEADING_CLASS
from errorbook.site.markup import code_html
from errorbook.site.rendering import Heading, Html, Piece

_MARK: Final = "\x02errorbook:{}\x03"
_MARKED = re.compile(r"(?:^|\n) {0,3}\x02errorbook:(\d+)\x03 *(?:\n|$)")
_LEFT_OVER = re.compile(r"<(?P<tag>/?(?:code|pre))\b|\x02errorbook:(?P<number>\d+)\x03")
_OPENING_IN_TEXT = re.compile(r"^[ >]*/{2,} *errors *\\?\|.*$", re.MULTILINE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class FindBlocks(Preprocessor):
    """Puts a mark in the place of each block, before anything else can take it apart."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, lines: list[str]) -> list[str]:
        """Return ``lines`` with a mark for each block."""
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


class SetBlocks(BlockProcessor):
    """Sets what a block shows where its mark stands."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._md = md
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether there is a mark in a piece of text."""
        return _MARKED.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Set the block of the first mark below ``parent``; leave what follows for later."""
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
        above = 0
        for piece in pieces:
            if isinstance(piece, Html):
                self._set_html(parent, piece)
            else:
                above = above or self._level_above()
                self._set_heading(parent, piece, min(above + 1 + piece.below, 6))

    def _set_html(self, parent: Element, piece: Html) -> None:
        html = self._conversion.later(piece.text) if piece.large else piece.text
        SubElement(parent, "div").text = AtomicString(self._conversion.stash(self._md, html))

    def _set_heading(self, parent: Element, piece: Heading, level: int) -> None:
        heading = SubElement(parent, f"h{piece.level or level}")
        heading.text = AtomicString(piece.text)
        if piece.is_code:
            heading.set("class", HEADING_CLASS)
            heading.text = AtomicString(self._conversion.stash(self._md, code_html(piece.text)))
        if piece.anchor:
            heading.set("id", piece.anchor)
        if not piece.searched:
            heading.set("data-search-exclude", "")

    def _level_above(self) -> int:
        """Return the level of the last heading so far, leaving out our own."""
        levels = [
            int(one.tag[1])
            for one in self.parser.root.iter()
            if one.tag in _HEADINGS and one.get("class") != HEADING_CLASS
        ]
        return levels[-1] if levels else 1


class MissedBlocks(Treeprocessor):
    """Reports blocks that have become text, because they stand where none can."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        """Look at all text below ``root`` that is not code."""
        line = 0
        for element in root.iter():
            if element.tag not in {"code", "pre"} and "//" in (element.text or ""):
                for text in _OPENING_IN_TEXT.findall(element.text or ""):
                    line = self._report(text.strip(), line)

    def _report(self, text: str, start: int) -> int:
        """Report the next line with ``text``; return the one after it."""
        line = self._conversion.line_with(re.escape(text), start)
        hint = "set it on lines of its own, indented like the text around it"
        self._conversion.report(Slip("block-not-shown", line, "no block can stand here", hint))
        return line + 1


class LeftOvers(Postprocessor):
    """Finds the marks that nothing was set for: in code the block is shown as it was written.

    Anywhere else, such as between tags of HTML, somebody expects to see what it shows.
    """

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, text: str) -> str:
        """Return ``text`` without any mark."""
        if "\x02errorbook:" not in text:
            return text
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        at = open_tags = 0
        for token in _LEFT_OVER.finditer(text):
            if token["number"] is None:
                open_tags += -1 if token["tag"].startswith("/") else 1
            else:
                yield text[at : token.start()]
                yield self._instead(int(token["number"]), open_tags > 0)
                at = token.end()
        yield text[at:]

    def _instead(self, number: int, in_code: bool) -> str:
        if in_code:
            return self._conversion.source(number)
        block = self._conversion.blocks[number]
        hint = 'HTML around it needs the attribute markdown="1", and the block empty lines'
        slip = Slip("block-not-shown", block.start, "no block can stand here", hint)
        return self._conversion.refused(number, [*block.slips, slip]).text
