"""Documentation that stands already -> what it says of errors: Markdown, HTML, or copied text.

Tables are read by the words above their columns, sections by their titles and the labels in
them, examples by their fields. What is told in running text is left to people.
"""

from __future__ import annotations

import re
from typing import Final

from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import UnreadableError, Wish
from errorbook.importing.sources import Source

SUMMARY: Final = "pages of documentation: Markdown, HTML, or text copied out of a browser"

_HTML: Final = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN: Final = frozenset({".md", ".mdx", ".markdown", ".mkd", ".mdown", ".qmd"})
_TEXT: Final = frozenset({".txt", ".text", ""})
_LONGEST: Final = 16_000_000
_START_OF_HTML: Final = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|body|table|div|main|article|h[1-6])\b",
    re.I | re.S,
)
_MARKDOWN_LINE: Final = re.compile(r"^(?:#{1,6} \S|```|~~~|\|? *:?-{3,}:? *\|)", re.M)


def is_one(source: Source) -> bool:
    """Return whether ``source`` is a page, by its ending, or by how it begins."""
    if source.suffix in _HTML or source.suffix in _MARKDOWN:
        return True
    return source.suffix in _TEXT and b"\0" not in source.content[:4096]


def read(source: Source, wish: Wish) -> Gathered:
    """Return what a page says of errors.

    Raises:
        UnreadableError: if it is no text, or too long.
    """
    # They take a while to import, and another reader may be the one that is needed.
    from errorbook.importing.docs import html, markdown, pasted  # noqa: PLC0415
    from errorbook.importing.docs.page import PageReader  # noqa: PLC0415

    text = source.text()
    if len(text) > _LONGEST:
        raise UnreadableError(f"{source.name} is longer than {_LONGEST:,} characters")
    if "\0" in text:
        raise UnreadableError(f"{source.name} is no text")
    gathered = Gathered()
    if source.suffix in _HTML or (source.suffix in _TEXT and _START_OF_HTML.match(text)):
        blocks = list(html.parse(text))
    elif source.suffix in _MARKDOWN or _MARKDOWN_LINE.search(text):
        blocks = markdown.parse(text)
    else:
        blocks = pasted.parse(text)
    PageReader(blocks, source.name, wish, gathered).read()
    return gathered
