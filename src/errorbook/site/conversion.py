"""One conversion of a Markdown text: the page it belongs to, and its blocks by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape

from markdown import Markdown

from errorbook.catalog.prose import ERROR_SCHEME
from errorbook.site.blocks import OTHER_NAMES, Block, Slip, scan
from errorbook.site.frame import ViewError
from errorbook.site.lines import are_prose, indent_of, origins, without_code_spans
from errorbook.site.look import DEFAULT_LOOK, BrokenTemplateError
from errorbook.site.page import Page
from errorbook.site.rendering import Html, Piece
from errorbook.site.views import render_problem, render_view

_LINK = re.compile(r"[<\"']error:(?P<quoted>[^<>\"'\n]*)[>\"']|error:(?P<bare>[^\s)>\"']*)")


class Conversion:
    """What is known while one text is converted.

    ``current`` gives the page in hand; it is asked when there is a block or link to look at.
    """

    def __init__(self, current: Callable[[], Page]) -> None:
        self._current = current
        self._page: Page | None = None
        self._owns_ids = True
        self._links: dict[str, list[int]] | None = None
        self._origins: Sequence[int] | None = None
        self.stashed: set[int] = set()
        """Numbers of our own pieces in Markdown's store of raw HTML."""
        self.lines: Sequence[str] = ()
        self.blocks: list[Block] = []

    def start(self, lines: Sequence[str], others: frozenset[str]) -> None:
        """Look at a new text. ``others`` are names of blocks of other extensions."""
        self.lines = lines
        self.blocks = list(scan(lines, others=OTHER_NAMES | others))
        self._page = None
        self._links = None
        self._origins = None
        self.stashed.clear()
        if self.blocks:
            self._take_page()

    @property
    def page(self) -> Page:
        """The page that the text belongs to."""
        return self._page or self._take_page()

    def _take_page(self) -> Page:
        """Ask for the page in hand, and give out its ids.

        Another extension may convert further texts for a page in the middle of its own. The
        first text is that of the page; blocks in others own no ids.
        """
        self._page = self._current()
        self._owns_ids = self._page.anchors is None
        if self._owns_ids:
            self._page.begin(self.blocks)
        return self._page

    @property
    def own_ids(self) -> list[str]:
        """The ids that blocks of this text set."""
        if not self.blocks or not self._owns_ids or self.page.anchors is None:
            return []
        return list(self.page.anchors.by_error.values())

    def stash(self, md: Markdown, html: str) -> str:
        """Store HTML of ours out of reach of Markdown; return what stands for it."""
        self.stashed.add(md.htmlStash.html_counter)
        return md.htmlStash.store(html)

    def later(self, html: str) -> str:
        """Return what holds the place of a large piece until the page is whole."""
        return self.page.late.keep(html) if self.page.late else html

    def pieces(self, number: int) -> list[Piece]:
        """Return what block ``number`` shows; what is wrong with it, if something is."""
        block = self.blocks[number]
        if block.slips:
            return [self.refused(number, block.slips)]
        try:
            return render_view(self.page, block, number if self._owns_ids else None)
        except ViewError as error:
            slip = Slip(error.rule, block.start, str(error), error.hint)
        except BrokenTemplateError as error:
            found = error.problem
            message = f"{found.place}: {found.message}"
            slip = Slip("broken-template", block.start, message, found.hint)
        return [self.refused(number, [slip])]

    def refused(self, number: int, slips: Sequence[Slip]) -> Html:
        """Report what is wrong with a block, and return what stands in its place."""
        for slip in slips:
            self.report(slip)
        told = [f"{one.message} ({one.hint})" if one.hint else one.message for one in slips]
        try:
            return render_problem(self.page.site.look, told, self.source(number))
        except BrokenTemplateError as error:  # the site's own says nothing: ours does
            return render_problem(DEFAULT_LOOK, [*told, str(error)], self.source(number))

    def report(self, slip: Slip) -> None:
        """Report what is wrong on a line of the text, at the first character on it."""
        if self._origins is None:
            source = self.page.source
            self._origins = origins(self.lines, source()) if source else range(len(self.lines))
        column = indent_of(self.lines[slip.line]) + 1
        self.page.report(replace(slip, line=self._origins[slip.line]), column)

    def report_dead_link(self, rule: str, reference: str, message: str, hint: str) -> None:
        """Report an ``error:`` link; the next of those that are written alike."""
        if self._links is None:
            self._links = _links_by_reference(self.lines)
        lines = self._links.get(reference, [0])
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        self.report(Slip(rule, line, message, hint))

    def line_with(self, pattern: str, start: int = 0) -> int:
        """Return the first line from ``start`` that ``pattern`` is found on; 0 if there is none."""
        found = re.compile(pattern)
        numbers = range(start, len(self.lines))
        return next((at for at in numbers if found.search(self.lines[at])), 0)

    def source(self, number: int) -> str:
        """Return the lines of a block as they were written."""
        block = self.blocks[number]
        return "\n".join(self.lines[block.start : block.end])


def _links_by_reference(lines: Sequence[str]) -> dict[str, list[int]]:
    """Return the lines that each ``error:`` link stands on, once for each time, by reference."""
    found: dict[str, list[int]] = {}
    prose = are_prose(lines) if any(ERROR_SCHEME in line for line in lines) else ()
    for at, is_prose in enumerate(prose):
        if is_prose and ERROR_SCHEME in lines[at]:
            for link in _LINK.finditer(without_code_spans(lines[at])):
                found.setdefault(unescape(link["quoted"] or link["bare"] or ""), []).append(at)
    return found
