"""Prose: what catalog text for people may hold. Inline code, emphasis and links; nothing else.

Whatever does not parse as one of them is text, whatever it looks like elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<escape>\\[\\`*\[\]<])"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<target>[^()\s<>]+)\)"
    r"|<error:(?P<error>[^<>\s]+)>"
)
_MARKS = frozenset("`*[<\\")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DISGUISE = re.compile(r"\\|&[#\w]+;")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
ERROR_SCHEME = "error:"


@dataclass(frozen=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Code:
    """Inline code."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Emphasised prose; ``strong`` tells how much."""

    children: tuple[Node, ...]
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """A link. ``target`` is relative or has one of the schemes http, https, mailto, error."""

    target: str
    children: tuple[Node, ...]


Node = Text | Code | Emphasis | Link


@lru_cache(maxsize=16_384)
def parse_prose(text: str) -> tuple[Node, ...]:
    """Return ``text`` as a tree. Time is linear in its length."""
    if _MARKS.isdisjoint(text):
        return (Text(text),) if text else ()
    return tuple(_nodes(text))


def plain(text: str) -> str:
    """Return ``text`` without its markup."""
    return "".join(_plain(node) for node in parse_prose(text))


def link_targets(text: str) -> Iterator[str]:
    """Yield the target of every link in ``text``, unsafe ones too."""
    if not may_link(text):
        return
    for token in _TOKEN.finditer(text):
        if token["target"] or token["error"]:
            yield token["target"] or ERROR_SCHEME + token["error"]
        elif token["strong"] or token["emphasis"]:
            yield from link_targets(token["strong"] or token["emphasis"])


def may_link(text: str) -> bool:
    """Tell, at a glance, whether there may be a link in ``text``."""
    return "](" in text or "<error:" in text


def is_safe_target(target: str) -> bool:
    """Tell whether a page may link to ``target``, whichever way a browser reads it.

    To browsers a backslash is a slash, and character references hide a scheme from us.
    """
    if target.startswith(ERROR_SCHEME):
        return target.isprintable()
    if not target.isprintable() or _DISGUISE.search(target):
        return False
    scheme = _SCHEME.match(target)
    if scheme:
        return scheme[1].lower() in _SAFE_SCHEMES
    return not target.startswith("//") and ":" not in target


def _nodes(text: str) -> Iterator[Node]:
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            yield Text(text[at : token.start()])
        at = token.end()
        yield _node(token)
    if at < len(text):
        yield Text(text[at:])


def _node(token: re.Match[str]) -> Node:
    if token["escape"]:
        return Text(token["escape"][1:])
    if token["code"]:
        return Code(token["code"])
    if token["strong"] or token["emphasis"]:
        inner = parse_prose(token["strong"] or token["emphasis"])
        return Emphasis(inner, strong=bool(token["strong"]))
    if token["error"]:
        return Link(ERROR_SCHEME + token["error"], (Code(token["error"]),))
    return _link(token)


def _link(token: re.Match[str]) -> Node:
    if not is_safe_target(token["target"]):
        return Text(token[0])
    return Link(token["target"], tuple(_without_links(parse_prose(token["label"]))))


def _without_links(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Yield ``nodes`` with what links stand on in their place: no link stands inside another."""
    for node in nodes:
        if isinstance(node, Link):
            yield from node.children
        elif isinstance(node, Emphasis):
            yield Emphasis(tuple(_without_links(node.children)), node.strong)
        else:
            yield node


def _plain(node: Node) -> str:
    if isinstance(node, (Text, Code)):
        return node.text
    return "".join(_plain(child) for child in node.children)
