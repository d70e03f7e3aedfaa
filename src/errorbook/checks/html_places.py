"""What headings, definition lists and ids of anybody's page say of errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from errorbook.checks.html_facts import EXCEPTION, Said, exception_in
from errorbook.checks.html_tables import code_in
from errorbook.html_tree import Element
from errorbook.outputs.languages import LANGUAGES

_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset({"p", "li", "tr", "dd"})
_OURS: Final = "eb-heading"
_MOST_BLOCKS: Final = 60
"""Blocks below a heading that are looked at for what they say of its error."""
_CLASS: Final = "(?:exception|error class|raises)(?: class)?"
_CLASS_LABELS: Final = {
    EXCEPTION: _CLASS,
    **{
        exception_in(one): rf"{title} (?:{_CLASS}|error|throws)|{_CLASS} \({title}\)"
        for one in LANGUAGES.values()
        for title in [re.escape(one.TITLE)]
    },
}
_LABELLED: Final = (
    (
        "status",
        re.compile(r"(?:HTTP )?status(?: code)?\s*[:=]?\s*(?:HTTP )?([1-5][0-9]{2})\b", re.I),
    ),
    ("exit code", re.compile(r"exit (?:code|status)\s*[:=]?\s*([0-9]{1,3})\b", re.I)),
    *(
        (
            aspect,
            re.compile(
                rf"(?:{label})\s*[:=]?\s*(?:\w+\.)*([A-Z]\w*(?:Error|Exception))\b",
                re.I,
            ),
        )
        for aspect, label in _CLASS_LABELS.items()
    ),
)
_IN_TITLE: Final = re.compile(r"\W{0,3}(?:HTTP )?([1-5][0-9]{2})\W*\Z")


def places_of(tree: Element, is_code: Callable[[str], bool]) -> Iterator[Said]:
    """Yield what headings and terms say whose text is a code, and what stands below them.

    Where most of the like are codes, another that looks like one is taken for a code too.
    """
    every = list(tree.walk())
    number = {id(one): at for at, one in enumerate(every)}
    headings = [one for one in every if one.tag in _LEVELS and _OURS not in one.classes]
    for level in set(_LEVELS.values()):
        alike = [one for one in headings if _LEVELS[one.tag] == level]
        for said in _codes_among(alike, is_code):
            place = said.place
            if place is not None:
                _add_section(said, every, number[id(place)] + 1, level)
                yield said
    for one in every:
        if one.tag == "dl":
            yield from _terms(one, is_code)


def ids_of(tree: Element, pattern: re.Pattern[str]) -> Iterator[Said]:
    """Yield the places whose id fits ``pattern``."""
    for one in tree.walk():
        found = pattern.fullmatch(one.attributes.get("id", ""))
        if found:
            yield Said(found[1], (), place=one, doubtful=True)


def _codes_among(elements: Sequence[Element], is_code: Callable[[str], bool]) -> list[Said]:
    told = [(one, _code_of(one)) for one in elements]
    told = [(one, code) for one, code in told if code]
    known = sum(is_code(code) for _, code in told)
    is_list = known * 2 > len(told)
    found = []
    for one, code in told:
        if is_code(code) or is_list:
            status = _IN_TITLE.fullmatch(one.text.rstrip("¶#\u200b ").removeprefix(code))
            aspects = {"status": status[1]} if status else {}
            found.append(Said(code, (), aspects, place=one, doubtful=True))
    return found


def _code_of(element: Element) -> str:
    code = code_in(element)
    if code:
        return code
    first, _, rest = element.text.partition(" ")
    return first if _IN_TITLE.fullmatch(f" {rest}") else ""


def _add_section(said: Said, every: Sequence[Element], start: int, level: int) -> None:
    """Add what the blocks below a heading say with a label, until the next heading like it."""
    seen = 0
    for at in range(start, len(every)):
        one = every[at]
        if _LEVELS.get(one.tag, 9) <= level or seen > _MOST_BLOCKS:
            return
        if one.tag in _BLOCKS:
            seen += 1
            _add_labelled(said, one.text)
        elif one.tag == "dl":
            for term, text in _pairs(one):
                _add_labelled(said, f"{term.text}: {text}")


def _add_labelled(said: Said, text: str) -> None:
    for aspect, pattern in _LABELLED:
        found = pattern.match(text)
        if found:
            said.aspects.setdefault(aspect, found[1])


def _terms(definitions: Element, is_code: Callable[[str], bool]) -> Iterator[Said]:
    pairs = list(_pairs(definitions))
    texts = {id(term): text for term, text in pairs}
    for said in _codes_among([term for term, _ in pairs], is_code):
        _add_labelled(said, texts[id(said.place)])
        yield said


def _pairs(definitions: Element) -> Iterator[tuple[Element, str]]:
    """Yield the terms of a list with the text of what follows each."""
    term: Element | None = None
    text: list[str] = []
    groups = [one for one in definitions.elements if one.tag == "div"] or [definitions]
    for one in (entry for group in groups for entry in group.elements):
        if one.tag == "dt":
            if term is not None:
                yield term, " ".join(text)
            term, text = one, []
        elif one.tag == "dd":
            text.append(one.text)
    if term is not None:
        yield term, " ".join(text)


def whole_page(tree: Element, code: str, api: str) -> Said:
    """Return what a page says that is about one error alone, whatever its title is."""
    every = list(tree.walk())
    at = next((at for at, one in enumerate(every) if one.tag == "h1"), 0)
    said = Said(code, (api,), place=every[at] if every else tree, doubtful=True)
    _add_section(said, every, at + 1, 1)
    return said
