"""HTML as a tree: which elements there are, where, and what they show.

Pages may be anybody's and many: they are read by one expression, which is somewhat faster than
`html.parser`, knows its line, and goes over no text twice, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Final

_VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input"}) | frozenset(
    {"link", "meta", "source", "track", "wbr"}
)
_UNSEEN: Final = frozenset({"script", "style", "template"})
_RAW: Final = {tag: re.compile(f"</{tag}(?=[\\s/>])", re.IGNORECASE) for tag in ("script", "style")}
"""Elements that hold no elements, whatever their text looks like; and how they end."""
_ENDED_BY: Final = {
    "dd": frozenset({"dt", "dd"}),
    "dt": frozenset({"dt", "dd"}),
    "li": frozenset({"li"}),
    "option": frozenset({"option"}),
    "p": frozenset({"p"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
}
"""Elements whose end may be left out, with those that end them."""
_DEEPEST: Final = 400
"""Elements within elements, below which every further one is taken for an empty one."""
_TAG: Final = re.compile(
    r"<(?:!--(?:.*?-->|.*)|[!?][^>]*>|/([A-Za-z][^\s/>]*)[^>]*>|([A-Za-z][^\s/>]*)([^>]*)>)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_MOST_LONGER: Final = 20
"""Characters `>` that values of one tag may hold."""


@dataclass
class Element:
    """An element: its tag, its attributes, and its children, texts among them.

    ``line`` is that of its tag, from 1.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 0

    @cached_property
    def text(self) -> str:
        """The text in it, as it is shown: runs of white space are one space."""
        return " ".join(self.raw_text.split())

    @property
    def raw_text(self) -> str:
        """The text in it, with its line breaks."""
        if self.tag in _UNSEEN:
            return ""
        texts: list[str] = []
        waiting = self.children[::-1]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                texts.append(one)
            elif one.tag not in _UNSEEN:
                waiting += one.children[::-1]
        return "".join(texts)

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
        waiting = self.children[::-1]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, str):
                yield one
                waiting.extend(reversed(one.children))


def parse(html: str, *, line: int = 1) -> Element:
    """Return the tree that ``html`` stands for, whose first line has the number ``line``."""
    builder = _Builder()
    at = seen = 0
    end = html.rfind(">") + 1  # what begins behind it never ends, so it is text
    while found := _TAG.search(html, at, end):
        line += html.count("\n", seen, found.start())
        seen = found.start()
        builder.text(html[at : found.start()])
        at = found.end()
        name = found[2]
        if name:
            inside, at = _attributes(html, found)
            tag = name.lower()
            builder.start(Element(tag, inside, line=line), is_empty=_is_empty(found[3]))
            if tag in _RAW:
                ending = _RAW[tag].search(html, at)
                until = ending.start() if ending else len(html)
                builder.raw(html[at:until])
                at = until
        elif found[1]:
            builder.end(found[1].lower())
    builder.text(html[at:])
    return builder.open[0]


def _is_empty(text: str) -> bool:
    """Tell whether a tag ends itself; the `/` at the end of an address without quotes does not."""
    return text.endswith("/") and text[-2:-1] in {"", '"', "'"} | set(" \t\n\f\r")


def _attributes(html: str, found: re.Match[str]) -> tuple[dict[str, str], int]:
    """Return the attributes of a tag and where it ends: a value may hold the `>` of its end."""
    text, at = found[3], found.end()
    if not text or text == "/":
        return {}, at
    for _ in range(_MOST_LONGER):
        if not text.count('"') % 2 and not (text.count("'") % 2 and '"' not in text):
            break
        further = html.find(">", at)
        if further < 0:
            break
        at = further + 1
        text = html[found.start(3) : further]
    inside: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        inside.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return inside, at


class _Builder:
    def __init__(self) -> None:
        self.open = [Element("")]

    def start(self, element: Element, *, is_empty: bool) -> None:
        while element.tag in _ENDED_BY.get(self.open[-1].tag, ()):
            self.open.pop()
        self.open[-1].children.append(element)
        if element.tag not in _VOID and not is_empty and len(self.open) < _DEEPEST:
            self.open.append(element)

    def end(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def text(self, text: str) -> None:
        if text:
            self.open[-1].children.append(unescape(text) if "&" in text else text)

    def raw(self, text: str) -> None:
        self.open[-1].children.append(text)
