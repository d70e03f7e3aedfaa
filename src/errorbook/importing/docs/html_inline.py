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
_SETTING: Final = _CODES | _STRONG | _EMPHASIS | {"a"}
_PLAIN: Final = Span("")
_BREAKING: Final = frozenset({"br", "p", "div", "li", "tr", "pre", "ul", "ol", "dt", "dd"})
_ANCHORS: Final = frozenset({"headerlink", "anchor", "hash-link", "anchorjs-link", "header-anchor"})


def inline(children: Iterable[Element | str], number: int, *, in_heading: bool = False) -> Line:
    """Return the text of ``children``, whose element begins at the line ``number``.

    Line breaks of the source stay: authors break lines where the parts of a text begin.
    """
    spans = list(_spans(list(children)))
    if in_heading:
        spans = [span._replace(text=" ".join(span.text.split("\n"))) for span in spans]
    return line(spans, number)


def _spans(children: list[Element | str]) -> Iterator[Span]:
    """Yield the texts in ``children``, each as it is set. No recursion, as pages may be deep."""
    waiting: list[tuple[Element | str, Span]] = [(one, _PLAIN) for one in reversed(children)]
    while waiting:
        one, around = waiting.pop()
        if isinstance(one, str):
            yield around._replace(text=one) if around is not _PLAIN else Span(one)
            continue
        if one.tag in UNSEEN or ("class" in one.attributes and _ANCHORS & {*one.classes}):
            continue
        if one.tag in _BREAKING:
            yield Span("\n")
        inner = _inside(one, around) if one.tag in _SETTING else around
        if one.tag in _BREAKING and one.tag != "br":
            waiting.append(("\n", _PLAIN))
        waiting += [(child, inner) for child in reversed(one.children)]


def _inside(element: Element, around: Span) -> Span:
    """Return how a text is set within an element that stands within what is set as ``around``."""
    tag = element.tag
    return Span(
        "",
        around.is_code or tag in _CODES,
        around.is_strong or tag in _STRONG,
        around.is_emphasis or tag in _EMPHASIS,
        element.attributes.get("href", "") if tag == "a" else around.target,
    )
