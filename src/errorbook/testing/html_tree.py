"""Built HTML as a tree: which elements there are, and what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input"}) | frozenset(
    {"link", "meta", "source", "track", "wbr"}
)
_UNSEEN: Final = frozenset({"script", "style", "template"})


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
        if self.tag in _UNSEEN:
            return ""
        return "".join(one if isinstance(one, str) else one.raw_text for one in self.children)

    @property
    def classes(self) -> list[str]:
        """The classes it has."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        """Its children that are elements."""
        return [one for one in self.children if isinstance(one, Element)]

    def all(self, tag: str = "", *, of: str = "") -> list[Element]:
        """Return the elements in it with this tag, with this class."""
        return [
            one
            for one in self.walk()
            if (not tag or one.tag == tag) and (not of or of in one.classes)
        ]

    def first(self, tag: str = "", *, of: str = "") -> Element | None:
        """Return the first element in it with this tag, with this class."""
        return next(iter(self.all(tag, of=of)), None)

    def suffixes(self, prefix: str) -> list[str]:
        """Return what follows ``prefix`` in each class in it that begins so, in order."""
        return [
            name.removeprefix(prefix)
            for one in self.walk()
            for name in one.classes
            if name.startswith(prefix)
        ]

    def walk(self) -> Iterator[Element]:
        """Yield every element in it, in order."""
        waiting = self.elements[::-1]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += one.elements[::-1]


def parse(html: str) -> Element:
    """Return the tree that ``html`` stands for."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
