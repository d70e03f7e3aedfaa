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

LANGUAGE: Final = "data-language"
"""The attribute that says of which language of SDKs it is what an element shows."""

# Only before a letter or digit: Markdown's `attr_list` reads a brace behind an element.
_BREAK = re.compile(r"(?<=[_./:])(?=[^\W_])")


@lru_cache(maxsize=32_768)
def breakable(text: str) -> Markup:
    """Return ``text`` with the places where a line may break marked."""
    return trusted(_broken(text))


@lru_cache(maxsize=32_768)
def code_html(text: str) -> Markup:
    """Return ``text`` as inline code that breaks between its words."""
    return trusted(f"<code>{_broken(text)}</code>")


def _broken(text: str) -> str:
    return _BREAK.sub("<wbr>", str(escape(text)))  # no entity holds a place to break


def prose_html(text: str, resolve: Resolve, relative: Relative) -> Markup:
    """Return prose as HTML. ``error:`` links lead where ``resolve`` says, or are no links."""
    nodes = parse_prose(text)
    if len(nodes) == 1 and isinstance(nodes[0], Text):
        return escape(nodes[0].text)
    return trusted(_Prose(resolve, relative).all(nodes))


def trusted(text: str) -> Markup:
    """Return ``text``, in which its caller has escaped every text, as HTML."""
    return Markup(text)  # noqa: S704  # every text in it has been escaped by its caller


@dataclass(frozen=True)
class _Prose:
    """Turns the nodes of prose into HTML."""

    resolve: Resolve
    relative: Relative

    def all(self, nodes: Iterable[Node]) -> str:
        return "".join([self._node(node) for node in nodes])

    def _node(self, node: Node) -> str:
        if isinstance(node, Text):
            return str(escape(node.text))
        if isinstance(node, Code):
            return f"<code>{_broken(node.text)}</code>"
        inner = self.all(node.children)
        if isinstance(node, Emphasis):
            tag = "strong" if node.strong else "em"
            return f"<{tag}>{inner}</{tag}>"
        return self._link(node, inner)

    def _link(self, link: Link, inner: str) -> str:
        scheme, mark, rest = link.target.partition(":")
        if not mark:
            return _anchor(self.relative(link.target), inner)
        if scheme + mark != ERROR_SCHEME:
            return _anchor(link.target, inner)
        target = self.resolve(rest)
        if target is not None and link.children == (Code(rest),):
            inner = code_html(target.code)  # <error:api/code> shows the code alone
        address = target.address if target else None
        return _anchor(address, inner) if address else inner


def _anchor(address: str, inner: str) -> str:
    return f'<a href="{escape(address)}">{inner}</a>'
