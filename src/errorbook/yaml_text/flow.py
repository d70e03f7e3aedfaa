"""Mappings and lists in brackets: in order, and with their usual spaces."""

from __future__ import annotations

from collections.abc import Sequence

from errorbook.yaml_text.order import Shape
from errorbook.yaml_text.shared import keeps_ties
from errorbook.yaml_text.spans import Span


def tidied(text: str, span: Span, shape: Shape) -> str:
    """Return what is at ``span`` of ``text``, with the keys of its mappings in order.

    On one line, it has one space behind each comma and colon. On several, lines and spaces stay,
    and where a comment is among them, the order does too.
    """
    source = text[span.start : span.end]
    if span.style != "flow" or not span.children or source[0] not in "{[":
        return source
    parts = _pairs(text, span, shape) if span.kind == "mapping" else _items(text, span, shape)
    order = _order(text, span, shape)
    if "\n" in source:
        return _in_place(text, span, parts, order)
    begin, end = ("{", "}") if span.kind == "mapping" else ("[", "]")
    return begin + ", ".join(parts[at] for at in order) + end


def _pairs(text: str, span: Span, shape: Shape) -> list[str]:
    parts = []
    for key, value in span.pairs():
        name, between = text[key.start : key.end], text[key.end : value.start]
        inner = tidied(text, value, shape.at(key.text))
        if "\n" in between or ":" not in between:
            parts.append(name + between + inner)
        else:
            gap = " " if key.kind == "alias" else ""
            parts.append(f"{name}{gap}: {inner}" if inner else f"{name}{gap}:")
    return parts


def _items(text: str, span: Span, shape: Shape) -> list[str]:
    return [tidied(text, one, shape.at(index)) for index, one in enumerate(span.children)]


def _bounds(span: Span) -> list[tuple[int, int]]:
    """Return where the entries of a collection begin and end."""
    if span.kind == "mapping":
        return [(key.start, value.end) for key, value in span.pairs()]
    return [(one.start, one.end) for one in span.children]


def _order(text: str, span: Span, shape: Shape) -> Sequence[int]:
    """Return in which order the entries belong."""
    found = range(len(_bounds(span)))
    if span.kind != "mapping" or not shape.has_order:
        return found
    pairs = list(span.pairs())
    order = sorted(found, key=lambda at: shape.rank(pairs[at][0].text))
    has_comment = any("#" in one for one in _between(text, span))
    return found if has_comment or not keeps_ties(pairs, order) else order


def _between(text: str, span: Span) -> list[str]:
    """Return what stands before, between and behind the entries."""
    bounds = _bounds(span)
    ends = [span.start, *(end for _, end in bounds)]
    starts = [*(start for start, _ in bounds), span.end]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _in_place(text: str, span: Span, parts: Sequence[str], order: Sequence[int]) -> str:
    between = _between(text, span)
    made = [between[0]]
    for at, following in zip(order, between[1:], strict=True):
        made += [parts[at], following]
    return "".join(made)
