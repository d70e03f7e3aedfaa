"""One conversion of a Markdown text: the page it belongs to, and its blocks by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from markdown import Markdown

from errorbook.catalog.prose import ERROR_SCHEME
from errorbook.site.blocks import OTHER_NAMES, Block, Slip, scan
from errorbook.site.frame import ViewError
from errorbook.site.lines import are_prose, indent_of, without_code_spans
from errorbook.site.page import Page
from errorbook.site.rendering import Html, Piece
from errorbook.site.views import render_problem, render_view


class Conversion:
    """What is known while one text is converted.

    ``current`` gives the page in hand; it is asked when there is a block or link to look at.
    """

    def __init__(self, current: Callable[[], Page]) -> None:
        self._current = current
        self._page: Page | None = None
        self._owns_ids = True
        self._dead_links: Counter[str] = Counter()
        self.stashed: set[int] = set()
        """Numbers of our own pieces in Markdown's store of raw HTML."""
        self.lines: Sequence[str] = ()
        self.blocks: list[Block] = []

    def start(self, lines: Sequence[str], others: frozenset[str]) -> None:
        """Look at a new text. ``others`` are names of blocks of other extensions."""
        self.lines = lines
        self.blocks = list(scan(lines, others=OTHER_NAMES | others))
        self._page = None
        self._dead_links.clear()
        self.stashed.clear()
        if self.blocks:
            self.page  # noqa: B018  # gives out ids, before a text within this one does

    @property
    def page(self) -> Page:
        """The page that the text belongs to.

        Another extension may convert pieces of a page's text on their own. Ids belong to the
        page, so that their blocks own none.
        """
        if self._page is None:
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

    def pieces(self, number: int) -> list[Piece]:
        """Return what block ``number`` shows; what is wrong with it, if something is."""
        block = self.blocks[number]
        if block.slips:
            return [self.refused(number, block.slips)]
        try:
            return render_view(self.page, block, number if self._owns_ids else None)
        except ViewError as error:
            slip = Slip(error.rule, block.start, str(error), error.hint)
            return [self.refused(number, [slip])]

    def refused(self, number: int, slips: Sequence[Slip]) -> Html:
        """Report what is wrong with a block, and return what stands in its place."""
        for slip in slips:
            self.report(slip)
        told = [f"{one.message} ({one.hint})" if one.hint else one.message for one in slips]
        return render_problem(told, self.source(number))

    def report(self, slip: Slip) -> None:
        """Report what is wrong on a line of the text, at the first character on it."""
        self.page.report(slip, indent_of(self.lines[slip.line]) + 1)

    def report_dead_link(self, rule: str, reference: str, message: str, hint: str) -> None:
        """Report an ``error:`` link; the next of those that are written alike."""
        lines = self._lines_with(ERROR_SCHEME + reference)
        at = min(self._dead_links[reference], len(lines) - 1)
        self._dead_links[reference] += 1
        self.report(Slip(rule, lines[at] if lines else 0, message, hint))

    def line_with(self, pattern: str) -> int:
        """Return the first line that ``pattern`` is found on; the first line of all, if none."""
        found = re.compile(pattern)
        return next((at for at, line in enumerate(self.lines) if found.search(line)), 0)

    def source(self, number: int) -> str:
        """Return the lines of a block as they were written."""
        block = self.blocks[number]
        return "\n".join(self.lines[block.start : block.end])

    def _lines_with(self, link: str) -> list[int]:
        """Return the lines that ``link`` stands on as a link, once for each time."""
        pattern = re.compile(re.escape(link) + r"(?=[\s)>\"']|\Z)")
        prose = are_prose(self.lines)
        return [
            at
            for at, line in enumerate(self.lines)
            if link in line and prose[at]
            for _ in pattern.findall(without_code_spans(line))
        ]
