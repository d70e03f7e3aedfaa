"""HTML -> what a page is made of. What is around it, such as navigation, is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from errorbook.html_tree import Element
from errorbook.html_tree import parse as parse_tree
from errorbook.importing.docs import html_tables
from errorbook.importing.docs.blocks import (
    Block,
    Box,
    Code,
    Heading,
    Items,
    Paragraph,
    Rule,
    Terms,
)
from errorbook.importing.docs.html_inline import UNSEEN, inline
from errorbook.importing.docs.spans import Line, split

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_AROUND: Final = frozenset({"nav", "header", "footer", "aside", "head", "dialog"})
_AROUND_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "complementary"}
)
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img"}
    | {"ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr"}
)
_BLOCKS: Final = frozenset(
    {"article", "blockquote", "details", "div", "dl", "fieldset", "figure", "hr", "ol", "p", "pre"}
    | {"section", "table", "ul", *_HEADINGS}
)
_DEEPEST: Final = 120
"""Elements within elements, below which only their text is taken."""


@dataclass(frozen=True)
class _At:
    """How deep an element stands, and which elements hold blocks, by their ids."""

    holding: AbstractSet[int]
    depth: int = 0

    def below(self) -> _At:
        """Return where what is in the element stands."""
        return replace(self, depth=self.depth + 1)


def parse(source: str, *, first: int = 1) -> Iterator[Block]:
    """Yield what the page ``source`` is made of; its first line has the number ``first``."""
    tree = parse_tree(source, line=first)
    yield from _blocks(_content(tree), _At(_holding(tree)), first)


def _content(tree: Element) -> Iterable[Element | str]:
    """Return what is the page itself: what it says is its main part, else all of it."""
    mains: list[Element | str] = []
    articles: list[Element | str] = []
    waiting = [(one, False) for one in reversed(tree.elements)]
    while waiting:
        one, is_in_article = waiting.pop()
        if one.tag == "main" or one.attributes.get("role") == "main":
            mains.append(one)  # whatever stands in it is part of it
            continue
        is_article = one.tag == "article"
        if is_article and not is_in_article:
            articles.append(one)
        waiting += [(inner, is_article or is_in_article) for inner in reversed(one.elements)]
    return mains or articles or tree.children


def _holding(tree: Element) -> AbstractSet[int]:
    """Return the ids of the elements that hold blocks, however deep: their text is no one line."""
    found: set[int] = set()
    for one in reversed([*tree.walk()]):
        is_text = one.tag == "code" or one.tag in UNSEEN
        if not is_text and any(i.tag in _BLOCKS or id(i) in found for i in one.elements):
            found.add(id(one))
    return found


def _is_around(element: Element) -> bool:
    return (
        element.tag in UNSEEN
        or element.tag in _AROUND
        or element.attributes.get("role") in _AROUND_ROLES
        or "hidden" in element.attributes
    )


def _blocks(children: Iterable[Element | str], at: _At, line: int) -> Iterator[Block]:
    """Yield the blocks of an element's children; text between them makes paragraphs.

    ``line`` is that of the element.
    """
    text: list[Element | str] = []
    first = line
    for child in children:
        if isinstance(child, str) or _is_inline(child, at):
            if not text and isinstance(child, str):
                blank = len(child) - len(child.lstrip())
                first = line + child.count("\n", 0, blank)
            text.append(child)
            line = _end_of(child, line)
            continue
        if _is_around(child):
            continue
        yield from _paragraph(text, first)
        text, line = [], child.line
        first = line
        yield from _block(child, at)
    yield from _paragraph(text, first)


def _end_of(child: Element | str, line: int) -> int:
    """Return the line that a text or an inline element ends on."""
    if isinstance(child, str):
        return line + child.count("\n")
    return child.line + child.raw_text.count("\n")


def _is_inline(element: Element, at: _At) -> bool:
    return element.tag in _INLINE and id(element) not in at.holding


def _block(element: Element, at: _At) -> Iterator[Block]:
    tag = element.tag
    if at.depth > _DEEPEST:
        yield from _paragraph([element.text], element.line)
    elif tag in _HEADINGS:
        yield Heading(_HEADINGS[tag], _line(element))
    elif tag == "pre":
        yield Code(_language(element), element.raw_text, element.line)
    elif tag == "hr":
        yield Rule(element.line)
    elif tag == "table":
        yield from _table(element, at)
    elif tag in ("ul", "ol"):
        items = (one for one in element.elements if one.tag == "li")
        yield Items(tuple(tuple(_blocks(item.children, at.below(), item.line)) for item in items))
    elif tag == "dl":
        yield Terms(tuple(_terms(element, at)))
    else:
        yield from _container(element, at)


def _container(element: Element, at: _At) -> Iterator[Block]:
    """Read an element that holds others, such as a `div`; some have a title of their own."""
    classes = element.classes
    if "tabbed-set" in classes:
        yield from _tabs(element, at)
        return
    title = _title(element)
    if title is None:
        yield from _blocks(element.children, at.below(), element.line)
        return
    inside = [one for one in element.children if one is not title]
    yield Box(_line(title), tuple(_blocks(inside, at.below(), element.line)))


def _title(element: Element) -> Element | None:
    """Return the title of a fold or an admonition."""
    if element.tag == "details":
        return next((one for one in element.elements if one.tag == "summary"), None)
    titles = ("admonition-title", "admonition-heading", "callout-title")
    if any(name in one for one in element.classes for name in ("admonition", "callout", "alert")):
        return next((one for one in element.elements if {*titles} & {*one.classes}), None)
    return None


def _tabs(element: Element, at: _At) -> Iterator[Block]:
    labels = [one for one in element.walk() if one.tag == "label"]
    blocks = element.all(of="tabbed-block")
    for label, block in zip(labels, blocks, strict=False):
        yield Box(_line(label), tuple(_blocks(block.children, at.below(), block.line)))


def _terms(element: Element, at: _At) -> Iterator[tuple[Line, tuple[Block, ...]]]:
    """Yield the terms of a list with what is said of each; `div`s may group them."""
    parts = [
        inner
        for one in element.elements
        for inner in (one.elements if one.tag == "div" else [one])
        if inner.tag in ("dt", "dd")
    ]
    term: Line | None = None
    said: list[Block] = []
    for part in parts:
        if part.tag == "dt":
            if term is not None:
                yield term, tuple(said)
            term, said = _line(part), []
        else:
            said += _blocks(part.children, at.below(), part.line)
    if term is not None:
        yield term, tuple(said)


def _table(element: Element, at: _At) -> Iterator[Block]:
    if not html_tables.holds_data(element):
        for cell in html_tables.cells(element):
            yield from _blocks(cell.children, at.below().below(), cell.line)
        return
    yield html_tables.table(element)


def _line(element: Element) -> Line:
    return inline(element.children, element.line, in_heading=True)


def _paragraph(children: list[Element | str], number: int) -> Iterator[Block]:
    whole = inline(children, number)
    lines = split(whole, number + whole.plain.count("\n"))
    if lines:
        yield Paragraph(lines)


def _language(element: Element) -> str:
    """Return the language that a block of code says it is in, by a class of it or of its code."""
    inner = [one for one in element.elements if one.tag == "code"]
    for name in (name for one in (element, *inner) for name in one.classes):
        for prefix in ("language-", "lang-", "highlight-"):
            if name.startswith(prefix):
                return name.removeprefix(prefix).lower()
    return element.attributes.get("data-lang", "").lower()
