"""Links with the scheme ``error:``, in Markdown and in raw HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from errorbook.catalog.prose import ERROR_SCHEME
from errorbook.site.conversion import Conversion
from errorbook.site.links import UnknownReferenceError, find_error
from errorbook.site.markup import code_html

DEAD: Final = "eb-dead-link"
"""Class of a link that leads nowhere."""

_RAW_LINK = re.compile(
    r"(?P<before><a\b[^<>]*?\s)href=(?P<quote>[\"'])error:(?P<reference>(?:(?!(?P=quote)).)*)(?P=quote)"
)


class ShortLinks(InlineProcessor):
    """``<error:rate_limited>`` is a link whose text is the code."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(r"<error:([^<>\n]*)>", md)
        self._conversion = conversion

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the name and shape are the library's
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the link, and where the match begins and ends."""
        reference = unescape(self.unescape(m[1]))
        page = self._conversion.page
        target = page.resolve(reference, page.api)
        code = code_html(target.code if target else reference)
        link = Element("a", {"href": ERROR_SCHEME + reference, "class": "eb-code"})
        link.text = AtomicString(self._conversion.stash(self.md, code))
        return link, m.start(0), m.end(0)


class ErrorLinks(Treeprocessor):
    """Gives ``error:`` links the address they lead to, and reports those that lead nowhere."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        """Resolve the links below ``root``."""
        for link in root.iter("a"):
            href = link.get("href", "")
            if href.startswith(ERROR_SCHEME):
                address = resolve(self._conversion, href.removeprefix(ERROR_SCHEME))
                if address is not None:
                    link.set("href", address)
                else:
                    del link.attrib["href"]
                    link.set("class", DEAD)


class RawErrorLinks(Postprocessor):
    """Does the same for links that are written in HTML."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, text: str) -> str:
        """Return ``text`` with the links in it resolved."""
        if ERROR_SCHEME not in text:
            return text
        return _RAW_LINK.sub(self._resolved, text)

    def _resolved(self, link: re.Match[str]) -> str:
        address = resolve(self._conversion, unescape(link["reference"]))
        attribute = f'class="{DEAD}"' if address is None else f'href="{escape(address)}"'
        return f"{link['before']}{attribute}"


def resolve(conversion: Conversion, reference: str) -> str | None:
    """Return the address that a reference leads to; None, and a report, where it has none."""
    page = conversion.page
    try:
        address = page.address(find_error(page.site.catalog, reference, page.api))
    except UnknownReferenceError as error:
        conversion.report_dead_link("unknown-error-link", reference, str(error), error.hint)
        return None
    if address is None:
        message = f"no page shows the error {reference!r}"
        hint = "add a block with view codes or sections"
        conversion.report_dead_link("homeless-error", reference, message, hint)
    return address
