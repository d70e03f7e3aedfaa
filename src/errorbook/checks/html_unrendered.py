"""Blocks, calls and links of Errorbook that nothing has rendered: they stand in a page as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import Final

from errorbook.checks.html_lines import Lines
from errorbook.html_tree import Element

_SIGNS: Final = ("///", "{{", "error:", "eb-problem")
_MARKS: Final = re.compile(r"/// *errors\b|\{\{[^{}<>]{0,200}\b(?i:errors?)|\berror:\w|eb-problem")
_CODE: Final = frozenset({"code", "kbd", "pre", "samp", "script", "style", "template", "textarea"})
_BLOCK: Final = re.compile(r"^[^\S\n]*(/{3,} *errors\b[^\n]{0,60})", re.MULTILINE)
_CALL: Final = re.compile(r"\{\{[^{}]{0,200}\}\}")
_NAMES: Final = frozenset({"errors", "errorbook"})
_WORD: Final = re.compile(r"[^\W\d]\w*|[\w.:-]+")
_LINK: Final = re.compile(r"(?:\]\(|<|\b)(error:([A-Za-z][\w.-]*(?:/[\w.:-]*\w)?))")


def may_be_unrendered(html: str) -> bool:
    """Tell whether a page holds anything that looks like such a place."""
    return any(sign in html for sign in _SIGNS) and _MARKS.search(html) is not None


def unrendered(
    tree: Element, apis: Container[str], is_code: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Yield line and text of each; what stands in code is meant to be read as it is."""

    def is_error(reference: str) -> bool:
        name, _, code = reference.partition("/")
        return is_code(reference) or (name in apis and bool(code))

    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if one.tag in _CODE:
            continue
        if "eb-problem" in one.classes:
            source = one.first("pre")
            yield one.line, (source.text if source else one.text)[:60]
            continue
        if one.tag.startswith("error:"):  # a short link, which HTML takes for a tag
            yield one.line, f"<{'/'.join([one.tag, *list(one.attributes)[:1]])}>"
            # What follows stands in it, since nothing ends it.
        href = one.attributes.get("href", "") if one.tag == "a" else ""
        if href.startswith("error:") and is_error(href.removeprefix("error:")):
            yield one.line, href
            continue
        waiting += one.elements[::-1]
        line = one.line
        for child in one.children:
            if isinstance(child, str):
                for found in _in_text(child, is_error):
                    lines = Lines(child, line)
                    yield from ((lines.at(at), text) for at, text in found)
                line += child.count("\n")
            else:
                line = max(line, child.line)


def _in_text(
    text: str, is_error: Callable[[str], bool]
) -> tuple[Iterator[tuple[int, str]], Iterator[tuple[int, str]], Iterator[tuple[int, str]]]:
    """Return where blocks, calls and links stand, each in order, with their texts."""
    return _blocks(text), _calls(text, is_error), _links(text, is_error)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    if "errors" in text:
        for found in _BLOCK.finditer(text):
            yield found.start(1), found[1].strip()


def _calls(text: str, is_error: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    if "{{" in text:
        for found in _CALL.finditer(text):
            words = _WORD.findall(found[0])
            if any(word in _NAMES or is_error(word) for word in words):
                yield found.start(), found[0]


def _links(text: str, is_error: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    if "error:" in text:
        for found in _LINK.finditer(text):
            if ("/" in found[2] or found[0][0] in "](<") and is_error(found[2]):
                yield found.start(1), found[1]
