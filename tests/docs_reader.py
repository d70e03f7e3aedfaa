"""Read a built page as its reader does: headings, tables, passages, code and links, by their text.

No class, id or data attribute tells anything here, for they are what our own renderer wrote. Of all
attributes only two count: where a link leads, and the ids that links can lead to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from tests.site.html_tree import Element, parse

_INLINE = frozenset({"a", "abbr", "b", "code", "em", "kbd", "span", "strong", "sub", "sup", "wbr"})
_UNSEEN = frozenset({"script", "style", "template"})
_LINE_BREAK = "\n"
_PERMALINK = "¶"

PARTS = ("Causes", "Fix", "What a client does", "Retry", "Exception", "Exit code")
"""Labels of what is said about one error: on a line of their own, or at the head of one."""


@dataclass(frozen=True)
class Link:
    """A link: its text, and the address it leads to as it is written."""

    text: str
    address: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list or a cell: its text, its lines, and the links and inline code in it."""

    text: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; ``is_code`` tells whether all of it is set as code."""

    level: int
    text: str
    is_code: bool


@dataclass(frozen=True)
class Source:
    """A block of code, as it would be copied."""

    text: str


Row = Mapping[str, Passage]


@dataclass(frozen=True)
class Table:
    """A table: its column headers, and its cells by header."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    tab: str = ""
    """The title of the tab that it stands in, if it stands in one."""

    @property
    def text(self) -> str:
        """All text of its cells."""
        return " ".join(cell.text for row in self.rows for cell in row.values())


Block = Heading | Passage | Source | Table


@dataclass(frozen=True)
class Example:
    """A response as the page shows it, and what the page says below it, by label."""

    status_line: str
    body: object
    parts: Mapping[str, Passage]
    details: tuple[Row, ...]

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the error, which stand in ``error`` or are the body itself."""
        body = self.body if isinstance(self.body, dict) else {}
        inner = body.get("error")
        return inner if isinstance(inner, dict) else body

    @property
    def code(self) -> str:
        """The code in the body."""
        return str(self.fields.get("code") or self.fields.get("error"))


@dataclass(frozen=True)
class ErrorSection:
    """A section under a heading that is a code: what it says of that error."""

    code: str
    status: tuple[int, ...]
    meaning: str
    example: Example | None
    parts: Mapping[str, Passage]
    """What else is said, by label."""

    @property
    def details(self) -> tuple[Row, ...]:
        """The rows of the fields that stand in the body beside the code."""
        return self.example.details if self.example else ()


@dataclass(frozen=True)
class Document:
    """The article of one page, and the places of the page that links can lead to.

    It is taken apart when it is asked for: of a site, most pages are never looked at.
    """

    html: str

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What stands in the article, top to bottom."""
        return tuple(_blocks(self._article))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of the article."""
        return _links(self._article)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The text that stands at each id."""
        found = [one for one in self._page.walk() if "id" in one.attributes]
        return {one.attributes["id"]: _text(one) for one in found}

    @cached_property
    def _page(self) -> Element:
        return parse(self.html)

    @cached_property
    def _article(self) -> Element:
        return self._page.one("article")

    @cached_property
    def text(self) -> str:
        """All text of the article."""
        return " ".join(block.text for block in self.blocks)

    def rows(self, *headers: str, tab: str | None = None) -> Iterator[Row]:
        """Yield the rows of every table with just these columns; not of tabs other than ``tab``."""
        for block in self.blocks:
            if (
                isinstance(block, Table)
                and block.headers == headers
                and (tab is None or block.tab in ("", tab))
            ):
                yield from block.rows

    def passages(self) -> Iterator[Passage]:
        """Yield the passages outside of tables."""
        return (block for block in self.blocks if isinstance(block, Passage))

    def examples(self) -> Iterator[Example]:
        """Yield every example body with what stands above and below it."""
        for section in self._sections():
            yield from _examples(section)

    def error_sections(self) -> Iterator[ErrorSection]:
        """Yield the sections whose heading is a code."""
        for section in self._sections():
            for heading in section[:1]:
                if isinstance(heading, Heading) and heading.is_code:
                    yield _error_section(heading.text, section[1:])

    def sources(self) -> Iterator[str]:
        """Yield the blocks of code that are no example bodies."""
        for block in self.blocks:
            if isinstance(block, Source) and not _is_body(block):
                yield block.text

    def _sections(self) -> Iterator[tuple[Block, ...]]:
        at = [index for index, one in enumerate(self.blocks) if isinstance(one, Heading)]
        for start, end in pairwise([0, *at, len(self.blocks)]):
            yield self.blocks[start:end]


def read(html: str) -> Document:
    """Return what a reader sees of a page, which has one article."""
    assert html.count("</article>") == 1
    return Document(html)


def read_site(folder: Path) -> dict[str, Document]:
    """Return every page of a built site by its address from the root, such as ``artifacta/``.

    Pages that only lead to others say nothing.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(folder.rglob("index.html"))}
    return {
        path.relative_to(folder).as_posix().removesuffix("index.html"): read(html)
        for path, html in pages.items()
        if 'http-equiv="refresh"' not in html
    }


def visible_text(html: str) -> str:
    """Return the text that a reader sees of a piece of HTML."""
    return _text(parse(html))


def _examples(section: Sequence[Block]) -> Iterator[Example]:
    at = [index for index, block in enumerate(section) if _is_body(block)]
    for start, end in pairwise([*at, len(section)]):
        body, below = section[start], section[start + 1 : end]
        status = [one.text for one in section[:start] if _is_status_line(one)][-1:]
        details = [one for one in below if isinstance(one, Table) and one.headers[0] == "Detail"]
        rows = tuple(row for table in details for row in table.rows)
        yield Example("".join(status), json.loads(body.text), _parts(below), rows)


def _is_status_line(block: Block) -> bool:
    return isinstance(block, Passage) and block.text.startswith("HTTP/")


def _is_body(block: Block) -> bool:
    return isinstance(block, Source) and block.text.lstrip().startswith("{")


def _parts(blocks: Sequence[Block]) -> dict[str, Passage]:
    """Return labelled passages. A label alone on its line belongs to the passage after it."""
    parts = {}
    passages = iter([block for block in blocks if isinstance(block, Passage)])
    for passage in passages:
        label = next((one for one in PARTS if f"{passage.text} ".startswith(f"{one} ")), None)
        if label == passage.text:
            parts[label] = next(passages, passage)
        elif label:
            text = passage.text.removeprefix(label).strip()
            parts[label] = Passage(text, (text,), passage.links, passage.codes)
    return parts


def _error_section(code: str, blocks: Sequence[Block]) -> ErrorSection:
    first = next((block.text for block in blocks if isinstance(block, Passage)), "")
    numbers = re.match(r"(\d{3} )+|none |", first)
    status = numbers[0] if numbers else ""
    return ErrorSection(
        code,
        tuple(int(number) for number in status.split() if number.isdigit()),
        first.removeprefix(status),
        next(_examples(blocks), None),
        _parts(blocks),
    )


def _blocks(parent: Element) -> Iterator[Block]:
    """Yield what stands in ``parent``, top to bottom; bare text between blocks is a passage."""
    inline = Element("p")
    for child in parent.children:
        if isinstance(child, str) or child.tag in _INLINE:
            inline.children.append(child)
            continue
        yield from _passages(inline)
        inline = Element("p")
        yield from _block(child)
    yield from _passages(inline)


def _block(element: Element) -> Iterator[Block]:
    if element.tag == "table":
        yield _table(element)
    elif element.tag == "pre":
        yield Source(element.raw_text)
    elif re.fullmatch("h[1-6]", element.tag):
        yield _heading(element)
    elif element.tag in ("ul", "ol"):
        yield from _passages(element)
    elif any(isinstance(one, Element) and one.tag == "input" for one in element.children):
        yield from _tabs(element)
    elif element.tag not in _UNSEEN:
        yield from _blocks(element)


def _tabs(element: Element) -> Iterator[Block]:
    """Yield what stands in tabs: buttons, their labels, and last as many pieces to choose from."""
    titles = [_text(one) for one in element.all("label")]
    contents = [one for one in element.children if isinstance(one, Element)][-1]
    pieces = [one for one in contents.children if isinstance(one, Element)]
    for title, piece in zip(titles, pieces, strict=True):
        for block in _blocks(piece):
            yield replace(block, tab=title) if isinstance(block, Table) else block


def _passages(element: Element) -> Iterator[Passage]:
    passage = _passage(element)
    if passage.text:
        yield passage


def _passage(element: Element) -> Passage:
    codes = tuple(_text(one) for one in element.all("code"))
    return Passage(_text(element), _lines(element), _links(element), codes)


def _heading(element: Element) -> Heading:
    text = _text(element).removesuffix(_PERMALINK).strip()
    return Heading(int(element.tag[1]), text, _passage(element).codes == (text,))


def _table(element: Element) -> Table:
    rows = [
        [_passage(cell) for cell in row.walk() if cell.tag in ("th", "td")]
        for row in element.all("tr")
    ]
    headers = tuple(cell.text for cell in rows[0])
    return Table(headers, tuple(dict(zip(headers, row, strict=True)) for row in rows[1:]))


def _links(element: Element) -> tuple[Link, ...]:
    return tuple(Link(text, address) for text, address in element.links())


def _text(element: Element) -> str:
    return " ".join(_lines(element))


def _lines(element: Element) -> tuple[str, ...]:
    """Return the text of ``element`` as the lines that its blocks begin, white space made even."""
    lines = (" ".join(line.split()) for line in _seen(element).split(_LINE_BREAK))
    return tuple(line for line in lines if line)


def _seen(node: Element | str) -> str:
    if isinstance(node, str):
        return " ".join(re.split(r"\s+", node))
    if node.tag in _UNSEEN:
        return ""
    inner = "".join(map(_seen, node.children))
    return inner if node.tag in _INLINE else f"{_LINE_BREAK}{inner}{_LINE_BREAK}"
