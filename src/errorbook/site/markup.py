"""Catalog text as HTML: whatever it holds, it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from errorbook.catalog.prose import ERROR_SCHEME, Code, Emphasis, Link, Node, Text, parse_prose


@dataclass(frozen=True)
class Target:
    """What an ``error:`` reference means: a code, and the address of a place that shows it."""

    code: str
    address: str | None


Resolve = Callable[[str], Target | None]
"""Gives what an ``error:`` reference means, or None where it means nothing."""
Relative = Callable[[str], str]
"""Gives the address that a relative link of the catalog leads to."""

# Only before a letter or digit: Markdown's `attr_list` reads a brace behind an element.
_BREAK = re.compile(r"(?<=[_./:])(?=[^\W_])")
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_.:-]")

_STRONG: Final = Markup("<strong>{}</strong>")
_EMPHASIS: Final = Markup("<em>{}</em>")
_LINK: Final = Markup('<a href="{}">{}</a>')


def unbreakable_parts(text: str) -> list[str]:
    """Return ``text`` cut where a line may break: after ``_`` and its like, never mid-word."""
    return _BREAK.split(text)


@lru_cache(maxsize=32_768)
def breakable(text: str) -> Markup:
    """Return ``text`` with the places where a line may break marked."""
    return Markup("<wbr>").join(escape(part) for part in unbreakable_parts(text))


@lru_cache(maxsize=32_768)
def code_html(text: str) -> Markup:
    """Return ``text`` as inline code that breaks between its words."""
    return Markup("<code>{}</code>").format(breakable(text))


def anchor_of(code: str) -> str:
    """Return the id of an error's place: its code, with what no id may hold spelt out."""
    return _NOT_IN_IDS.sub(lambda char: f"~{ord(char[0]):x}~", code)


def prose_html(text: str, resolve: Resolve, relative: Relative) -> Markup:
    """Return prose as HTML. ``error:`` links lead where ``resolve`` says, or are no links."""
    nodes = parse_prose(text)
    if len(nodes) == 1 and isinstance(nodes[0], Text):
        return escape(nodes[0].text)
    return _Prose(resolve, relative).all(nodes)


@dataclass(frozen=True)
class _Prose:
    """Turns the nodes of prose into HTML."""

    resolve: Resolve
    relative: Relative

    def all(self, nodes: Iterable[Node]) -> Markup:
        return Markup("").join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> Markup:
        if isinstance(node, Text):
            return escape(node.text)
        if isinstance(node, Code):
            return code_html(node.text)
        inner = self.all(node.children)
        if isinstance(node, Emphasis):
            return (_STRONG if node.strong else _EMPHASIS).format(inner)
        return self._link(node, inner)

    def _link(self, link: Link, inner: Markup) -> Markup:
        scheme, mark, rest = link.target.partition(":")
        if not mark:
            return _LINK.format(self.relative(link.target), inner)
        if scheme + mark != ERROR_SCHEME:
            return _LINK.format(link.target, inner)
        target = self.resolve(rest)
        if target is not None and link.children == (Code(rest),):
            inner = code_html(target.code)  # <error:api/code> shows the code alone
        address = target.address if target else None
        return _LINK.format(address, inner) if address else inner
