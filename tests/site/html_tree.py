"""A built page as a tree: enough to say which elements it has, and what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input"}) | frozenset(
    {"link", "meta", "source", "track", "wbr"}
)


@dataclass
class Element:
    """An element: its tag, its attributes, and its children, texts among them."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, as it is shown: runs of white space are one space."""
        return " ".join(self.raw_text.split())

    @property
    def raw_text(self) -> str:
        """The text in it, with its line breaks."""
        return "".join(one if isinstance(one, str) else one.raw_text for one in self.children)

    @property
    def classes(self) -> frozenset[str]:
        """The classes it has."""
        return frozenset(self.attributes.get("class", "").split())

    def all(self, tag: str = "", *, of: str = "") -> list[Element]:
        """Return the elements in it with this tag, with this class."""
        return [
            one
            for one in self.walk()
            if (not tag or one.tag == tag)
            and (not of or of in one.attributes.get("class", "").split())
        ]

    def one(self, tag: str = "", *, of: str = "") -> Element:
        """Return the only element in it with this tag, with this class."""
        (found,) = self.all(tag, of=of)
        return found

    def at(self, anchor: str) -> Element:
        """Return the only element in it with this id."""
        (found,) = [one for one in self.walk() if one.attributes.get("id") == anchor]
        return found

    def ids(self) -> list[str]:
        """Return the ids of all elements in it, in order."""
        return [one.attributes["id"] for one in self.walk() if "id" in one.attributes]

    def links(self) -> list[tuple[str, str]]:
        """Return text and address of every link in it."""
        return [
            (one.text, one.attributes["href"]) for one in self.all("a") if "href" in one.attributes
        ]

    def rows(self, *, of: str = "eb-table") -> list[list[str]]:
        """Return the texts of all cells of its table with this class, the head first."""
        table = self.one("table", of=of)
        return [[cell.text for cell in _cells(row)] for row in table.all("tr")]

    def walk(self) -> Iterator[Element]:
        """Yield every element in it, in order."""
        todo = self.children[::-1]
        while todo:
            one = todo.pop()
            if isinstance(one, Element):
                yield one
                todo += one.children[::-1]


def _cells(row: Element) -> list[Element]:
    return [one for one in row.children if isinstance(one, Element) and one.tag in ("td", "th")]


def parse(html: str) -> Element:
    """Return the tree that ``html`` stands for."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


_START: Final = re.compile(r"""<([a-z][a-z0-9-]*+)((?:\s++[a-z][a-z0-9:-]*+(?:="[^"&]*+")?)*)>""")
_ATTRIBUTE: Final = re.compile(r"""\s([a-z][a-z0-9:-]*+)(?:="([^"&]*+)")?""")
_END: Final = re.compile(r"</([a-z][a-z0-9-]*+)>")
_OF_TEXT: Final = frozenset(
    {
        *("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style"),
        *("textarea", "title", "xmp"),
    }
)
"""Elements in which some version of the parser takes markup for text."""


class _Builder(HTMLParser):
    """Reads plain tags at once, which nearly all are; the parser decides what all others are."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks for them."""
        return j

    def parse_starttag(self, i: int) -> int:
        found = _START.match(self.rawdata, i)
        if found is None or found[1] in _OF_TEXT:
            return super().parse_starttag(i)
        self.handle_starttag(found[1], _ATTRIBUTE.findall(found[2]))
        return found.end()

    def parse_endtag(self, i: int) -> int:
        found = _END.match(self.rawdata, i)
        if found is None or self.cdata_elem is not None or found[1] in _OF_TEXT:
            return super().parse_endtag(i)
        self.handle_endtag(found[1])
        return found.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()
        elif any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
