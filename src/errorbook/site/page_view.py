"""What the page of one error shows: its headings, and what stands below each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from errorbook.site.entry import Entry
from errorbook.site.frame import Frame
from errorbook.site.labels import Labels
from errorbook.site.page_parts import facts, part, tombstone
from errorbook.site.rendering import Heading, Html, Piece

TOP: Final = "error"
"""Id of the first heading."""
_NOT_SEARCHED: Final = ("code", "related")
"""Parts that would find every page by words that are common to all, or that are about others."""


def page_pieces(frame: Frame, code: str, *, is_whole: bool) -> Iterator[Piece]:
    """Yield the headings of the page of ``code`` and what stands below them.

    Unless it ``is_whole``, somebody has written a page around it: levels follow that page, and
    a page of the error's own has a first heading already.
    """
    parts = frame.index.parts(code)
    pieces = arranged(code, parts, page_html(frame, code, parts), frame.look.labels)
    if is_whole:
        yield from pieces
        return
    is_own = frame.page.error == (frame.name, code)
    for number, piece in enumerate(pieces):
        if not isinstance(piece, Heading):
            yield piece
        elif number or not is_own:
            yield replace(piece, level=None, below=int(number > 0 and not is_own))


def page_html(frame: Frame, code: str, parts: Sequence[str]) -> Iterator[Html]:
    """Yield what stands below the headings of the page of ``code``: the first, then ``parts``."""
    if code not in frame.api.errors:
        yield frame.around("page_retired", tombstone(frame, code), code=code)
        return
    entry = Entry(frame, code)
    yield frame.around("page_facts", facts(frame, entry), error=entry)
    for name in parts:
        yield frame.around(f"page_{name}", part(frame, entry, name), error=entry)


def arranged(
    title: str, parts: Sequence[str], html: Iterator[Html], labels: Labels
) -> Iterator[Piece]:
    """Yield a page: the heading ``title``, those of ``parts``, and what stands below each."""
    yield Heading(title, TOP, 1)
    yield next(html)
    for name, below in zip(parts, html, strict=True):
        searched = name not in _NOT_SEARCHED
        yield Heading(labels.text(f"headings.{name}"), name, 2, is_code=False, searched=searched)
        yield below
