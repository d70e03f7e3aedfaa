"""Markup that stands in Markdown on lines of its own: elements, components, comments."""

from __future__ import annotations

import re
from typing import Final

from errorbook.importing.docs import html
from errorbook.importing.docs.blocks import Block, Heading
from errorbook.importing.docs.markdown_inline import inline
from errorbook.importing.docs.markdown_lines import Numbered

_MARKUP: Final = re.compile(r" {0,3}<(?P<tag>table|dl|div|details|pre|ul|ol|h[1-6])\b", re.I)
_COMPONENT: Final = re.compile(
    r"[ \t]*</?(?:[A-Z][\w.]{0,60}|summary|details|div|section|p|span|a|center|br|img)\b"
    r"(?P<attributes>[^<>]{0,1000})/?>[ \t]*\Z"
)
_TITLE: Final = re.compile(
    r"\b(?:title|header|label|name)=(?:\"([^\"]*)\"|'([^']*)'|\{[\"']([^\"']*)[\"']\})"
)
_SUMMARY: Final = re.compile(
    r"[ \t]*(?:<details[^<>]{0,200}>)?[ \t]*<summary[^<>]{0,200}>(.*?)</summary>", re.I
)
_COMMENT: Final = re.compile(r" {0,3}<!--")


def markup(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    """Read elements that stand in Markdown as they are in HTML, to the end of the last of them."""
    number, text = lines[at]
    found = _MARKUP.match(text)
    if not found or found["tag"].lower() in ("div", "details"):
        return None
    closing = f"</{found['tag'].lower()}>"
    last = len(lines) - 1
    end = next((i for i in range(at, last) if closing in lines[i][1].lower()), last)
    source = "\n".join(row for _, row in lines[at : end + 1])
    return list(html.parse(source, first=number)), end + 1


def component(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    """Read a line that is but a tag: its title is one of what follows, else it says nothing."""
    number, text = lines[at]
    summary = _SUMMARY.match(text)
    if summary:
        return [Heading(7, inline(summary[1], number))], at + 1
    found = _COMPONENT.match(text)
    if not found:
        return None
    title = _TITLE.search(found["attributes"])
    if not title:
        return [], at + 1
    return [Heading(7, inline(title[1] or title[2] or title[3] or "", number))], at + 1


def comment(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    """Pass over a comment, to the line that it ends on."""
    if not _COMMENT.match(lines[at][1]):
        return None
    last = len(lines) - 1
    end = next((i for i in range(at, last) if "-->" in lines[i][1]), last)
    return [], end + 1
