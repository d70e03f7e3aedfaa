"""Change the links in the prose of a catalog, and leave all else as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from pydantic import BaseModel

from errorbook.catalog.prose import Code, Emphasis, Link, Node, Text, parse_prose

Written = Callable[[Link, str], str]
"""Gives what stands in the place of a link, whose label is given as prose."""

_NOT_PROSE: Final = frozenset({"body", "example", "headers", "message"})
_MARK: Final = re.compile(r"([\\`*\[\]<])")


def mended(value: Any, mend: Callable[[str], str]) -> Any:
    """Return ``value``, a model or what one holds, with every prose in it mended."""
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, tuple):
        return tuple(mended(item, mend) for item in value)
    if isinstance(value, dict):
        return {key: mended(item, mend) for key, item in value.items()}
    if not isinstance(value, BaseModel):
        return value
    fields = {name: item for name, item in value if name not in _NOT_PROSE}
    return value.model_copy(update={name: mended(item, mend) for name, item in fields.items()})


def with_links(text: str, written: Written) -> str:
    """Return prose whose links are ``written`` anew."""
    return _prose(parse_prose(text), written)


def link_prose(target: str, label: str) -> str:
    """Return a link as prose."""
    return f"[{label}]({target})"


def _prose(nodes: Iterable[Node], written: Written) -> str:
    return "".join(_node(node, written) for node in nodes)


def _node(node: Node, written: Written) -> str:
    if isinstance(node, Text):
        return _MARK.sub(r"\\\1", node.text)
    if isinstance(node, Code):
        return f"`{node.text}`"
    inner = _prose(node.children, written)
    if isinstance(node, Emphasis):
        mark = "**" if node.strong else "*"
        return f"{mark}{inner}{mark}"
    return written(node, inner)
