"""What stands in an element -> a line of text with its markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from errorbook.html_tree import Element
from errorbook.importing.docs.spans import Line, Span, line

UNSEEN: Final = frozenset({"script", "style", "template", "svg", "button", "noscript", "input"})
_CODES: Final = frozenset({"code", "kbd", "samp", "tt"})
_STRONG: Final = frozenset({"b", "strong"})
_EMPHASIS: Final = frozenset({"em", "i"})
_BREAKING: Final = frozenset({"br", "p", "div", "li", "tr", "pre", "ul", "ol", "dt", "dd"})
_ANCHORS: Final = frozenset({"headerlink", "anchor", "hash-link", "anchorjs-link", "header-anchor"})


def inline(children: Iterable[Element | str], number: int, *, in_heading: bool = False) -> Line:
    """Return the text of ``children``, whose element begins at the line ``number``.

    Line breaks of the source stay: authors break lines where the parts of a text begin.
    """
    spans = list(_spans(list(children)))
    if in_heading:
        spans = [Span(" ".join(span.text.split("\n")), *_set(span)) for span in spans]
    return line(spans, number)


def _set(span: Span) -> tuple[bool, bool, bool, str]:
    return span.is_code, span.is_strong, span.is_emphasis, span.target


def _spans(children: list[Element | str]) -> Iterator[Span]:
    """Yield the texts in ``children``, each as it is set. No recursion, as pages may be deep."""
    waiting: list[tuple[Element | str, Span]] = [(one, Span("")) for one in reversed(children)]
    while waiting:
        one, around = waiting.pop()
        if isinstance(one, str):
            yield Span(one, *_set(around))
            continue
        if one.tag in UNSEEN or _ANCHORS & {*one.classes}:
            continue
        if one.tag in _BREAKING:
            yield Span("\n")
        inner = Span(
            "",
            around.is_code or one.tag in _CODES,
            around.is_strong or one.tag in _STRONG,
            around.is_emphasis or one.tag in _EMPHASIS,
            one.attributes.get("href", "") if one.tag == "a" else around.target,
        )
        if one.tag in _BREAKING and one.tag != "br":
            waiting.append(("\n", Span("")))
        waiting += [(child, inner) for child in reversed(one.children)]
