"""Ids on a page: those of errors come first, and no other may be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from errorbook.site.blocks import Slip
from errorbook.site.conversion import Conversion

HEADING_CLASS: Final = "eb-heading"
"""Class of the headings that we set ourselves."""

_RESERVED: Final = "errorbook-ids"
_RAW_ID = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)")


class ReservedIds(Treeprocessor):
    """Shows the ids in our HTML to whoever looks at ids around the time ``toc`` does.

    That is ``toc`` itself, so that it gives none of them to a heading, and MkDocs, so that it
    finds the anchors of links.
    """

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        """Add an element that holds them."""
        if self._conversion.own_ids:
            place = SubElement(root, _RESERVED)
            for anchor in self._conversion.own_ids:
                SubElement(place, "i", {"id": anchor})


class UniqueIds(Treeprocessor):
    """Removes that element, and reports ids that somebody has written a second time."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        """Look for our ids in the elements below ``root`` and in raw HTML."""
        for place in root.findall(_RESERVED):
            root.remove(place)
        own = frozenset(self._conversion.own_ids)
        if own:
            for anchor in dict.fromkeys(self._written(root)):
                if anchor in own:
                    self._report(anchor)

    def _written(self, root: Element) -> Iterator[str]:
        for element in root.iter():
            if element.get("class") != HEADING_CLASS:
                yield element.get("id", "")
        for number, html in enumerate(self.md.htmlStash.rawHtmlBlocks):
            if isinstance(html, str) and number not in self._conversion.stashed:
                yield from _RAW_ID.findall(html)

    def _report(self, anchor: str) -> None:
        written = re.escape(anchor)
        line = self._conversion.line_with(
            rf"[\"'=]{written}[\"'\s>]|\{{[^}}]*#{written}[\s}}]|\bid={written}\b"
        )
        message = f"the id {anchor!r} is that of an error on this page"
        hint = "give this place another id"
        self._conversion.report(Slip("duplicate-anchor", line, message, hint))
