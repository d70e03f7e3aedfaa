"""Markdown -> what a page is made of: the parts of it that people document errors with.

A line is looked at a few times at most, however deep it is nested; what is no known construct is
a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from errorbook.importing.docs.blocks import (
    Block,
    Box,
    Code,
    Heading,
    Items,
    Paragraph,
    Rule,
    Table,
    Terms,
)
from errorbook.importing.docs.markdown_inline import inline
from errorbook.importing.docs.markdown_lines import (
    FENCE,
    HEADING,
    ITEM,
    Numbered,
    cells,
    dedented,
    end_of_indented,
    end_of_item,
)
from errorbook.importing.docs.markdown_markup import comment, component, markup
from errorbook.importing.docs.spans import Line, plain_line, split

_DEEPEST: Final = 12
"""Boxes within boxes, below which what is in one is a paragraph."""
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_RULE: Final = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_SEPARATOR: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_BOX: Final = re.compile(
    r"(?P<indent> {0,3})(?:!!!|\?\?\?\+?|===[!+]*)[ \t]*(?P<kind>[\w -]*?)[ \t]*"
    r"(?:\"(?P<title>.*)\")?[ \t]*\Z"
)
_COLONS: Final = re.compile(r" {0,3}(:{3,})[ \t]*(?P<kind>[A-Za-z][\w-]*)?(?P<title>.*)\Z")
_CALLOUT: Final = re.compile(r"\[!\w+\][-+]?[ \t]*")
_QUOTE: Final = re.compile(r" {0,3}> ?")
_DEFINITION: Final = re.compile(r":[ \t]+")


def parse(text: str) -> list[Block]:
    """Return what ``text`` is made of."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, one.expandtabs(4)) for number, one in enumerate(lines, 1)]
    return list(_blocks(_without_front_matter(numbered), 0))


def parse_lines(lines: Numbered) -> Iterator[Block]:
    """Yield what lines are made of, each with its number in the file."""
    yield from _blocks(lines, 0)


def _without_front_matter(lines: Numbered) -> Numbered:
    if not lines or lines[0][1].rstrip() not in ("---", "+++"):
        return lines
    mark = lines[0][1].rstrip()
    for at, (_, text) in enumerate(lines[1:200], 1):
        if text.rstrip() in (mark, "..."):
            return lines[at + 1 :]
    return lines


def _blocks(lines: Numbered, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        yield from _paragraph(lines)
        return
    at, waiting = 0, 0
    while at < len(lines):
        found = _construct(lines, at, depth, is_first=waiting == at)
        if found is None:
            is_blank = not lines[at][1].strip()
            if is_blank:
                yield from _paragraph(lines[waiting:at])
            at += 1
            waiting = at if is_blank else waiting
            continue
        blocks, end, is_underlined = found
        yield from _paragraph(lines[waiting : at - is_underlined])
        yield from blocks
        at = waiting = max(end, at + 1)
    yield from _paragraph(lines[waiting:])


_Found = tuple[list[Block], int, bool]
"""Blocks, the index of the line behind them, and whether the paragraph before is part of them."""


def _construct(lines: Numbered, at: int, depth: int, *, is_first: bool) -> _Found | None:
    """Return what begins at a line; None where it is text. ``is_first``: it follows no text."""
    text = lines[at][1]
    if not text.strip():
        return None
    for reader in _READERS:
        found = reader(lines, at, depth)
        if found is not None:
            return (*found, False)
    if not is_first:
        return _behind_text(lines, at, depth)
    if text.startswith("    "):
        blocks, end = _indented(lines, at)
        return blocks, end, False
    return None


def _behind_text(lines: Numbered, at: int, depth: int) -> _Found | None:
    """Return what makes the line of text before it a heading or a term."""
    number, text = lines[at - 1]
    if _UNDERLINE.match(lines[at][1]) and text.strip():
        level = 1 if "=" in lines[at][1] else 2
        return [Heading(level, inline(text.strip(), number))], at + 1, True
    if _DEFINITION.match(lines[at][1]):
        blocks, end = _definitions(lines, at, depth)
        return blocks, end, True
    return None


_Reader = Callable[[Numbered, int, int], tuple[list[Block], int] | None]


def _heading(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    found = HEADING.match(lines[at][1])
    if not found:
        return None
    return [Heading(len(found[1]), inline(found[2] or "", lines[at][0]))], at + 1


def _fenced(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    number, text = lines[at]
    found = FENCE.match(text)
    if not found:
        return None
    indent = len(text) - len(text.lstrip(" "))
    closing = re.compile(rf"[ \t]*{re.escape(found[1][0])}{{{len(found[1])},}}[ \t]*\Z")
    end = next((i for i in range(at + 1, len(lines)) if closing.match(lines[i][1])), len(lines))
    inside = [dedented(one, indent) for _, one in lines[at + 1 : end]]
    words = found[2].split()
    language = words[0].strip("{}.").lower() if words else ""
    return [Code(language, "\n".join(inside), number)], end + 1


def _indented(lines: Numbered, at: int) -> tuple[list[Block], int]:
    end = end_of_indented(lines, at, 4)
    inside = [dedented(one, 4) for _, one in lines[at:end]]
    return [Code("", "\n".join(inside), lines[at][0])], end


def _table(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    number, text = lines[at]
    if "|" not in text or at + 1 == len(lines):
        return None
    below = lines[at + 1][1]
    if "|" not in below or not _SEPARATOR.match(below):
        return None
    end = at + 2
    while end < len(lines) and "|" in lines[end][1] and not FENCE.match(lines[end][1]):
        end += 1
    header = tuple(inline(cell, number) for cell in cells(text, 0))
    rows = tuple(
        tuple(inline(cell, one) for cell in cells(row, len(header)))
        for one, row in lines[at + 2 : end]
    )
    return [Table(header, rows, number)], end


def _box(lines: Numbered, at: int, depth: int) -> tuple[list[Block], int] | None:
    """Read an admonition, a fold or a tab: `!!! note "Title"` above lines that are indented."""
    number, text = lines[at]
    found = _BOX.match(text) if text.lstrip()[:3] in ("!!!", "???", "===") else None
    if not found or (found["title"] is None and text.lstrip().startswith("===")):
        return None
    indent = len(found["indent"]) + 4
    end = end_of_indented(lines, at + 1, indent)
    inside = [(one, dedented(row, indent)) for one, row in lines[at + 1 : end]]
    title = inline(found["title"] or found["kind"], number)
    return [Box(title, tuple(_blocks(inside, depth + 1)))], end


def _colons(lines: Numbered, at: int, depth: int) -> tuple[list[Block], int] | None:
    """Read what stands between `:::note Title` and `:::`."""
    number, text = lines[at]
    found = _COLONS.match(text)
    if not found:
        return None
    if not found["kind"]:
        return [], at + 1
    closing = re.compile(rf" {{0,3}}:{{{len(found[1])}}}[ \t]*\Z")
    end = next((i for i in range(at + 1, len(lines)) if closing.match(lines[i][1])), len(lines))
    title = inline(found["title"].strip(" []") or found["kind"], number)
    return [Box(title, tuple(_blocks(lines[at + 1 : end], depth + 1)))], end + 1


def _quote(lines: Numbered, at: int, depth: int) -> tuple[list[Block], int] | None:
    if not _QUOTE.match(lines[at][1]):
        return None
    end = at
    while end < len(lines) and _QUOTE.match(lines[end][1]):
        end += 1
    inside = [
        (one, _CALLOUT.sub("", _QUOTE.sub("", row, count=1), 1)) for one, row in lines[at:end]
    ]
    return [Box(plain_line("", lines[at][0]), tuple(_blocks(inside, depth + 1)))], end


def _list(lines: Numbered, at: int, depth: int) -> tuple[list[Block], int] | None:
    if not ITEM.match(lines[at][1]) or _RULE.match(lines[at][1]):
        return None
    entries: list[tuple[Block, ...]] = []
    while at < len(lines) and (found := ITEM.match(lines[at][1])):
        number, text = lines[at]
        indent = found.end() if found[3] else found.end() + 1
        end = end_of_item(lines, at + 1, len(found[1]) + 2)
        inside = [(number, text[found.end() :])]
        inside += [(one, dedented(row, indent)) for one, row in lines[at + 1 : end]]
        entries.append(tuple(_blocks(inside, depth + 1)))
        at = end
    return [Items(tuple(entries))], at


def _definitions(lines: Numbered, at: int, depth: int) -> tuple[list[Block], int]:
    """Read definitions, the first of which stands at ``at``, each below its term."""
    entries: list[tuple[Line, tuple[Block, ...]]] = []
    while at < len(lines) and _DEFINITION.match(lines[at][1]):
        term = inline(lines[at - 1][1].strip(), lines[at - 1][0])
        inside = []
        while at < len(lines) and (
            lines[at][1].startswith((":", "  ")) or not lines[at][1].strip()
        ):
            inside.append((lines[at][0], dedented(lines[at][1].removeprefix(":"), 4)))
            at += 1
        entries.append((term, tuple(_blocks(inside, depth + 1))))
        at += 1
    return [Terms(tuple(entries))], at - 1


def _rule(lines: Numbered, at: int, _: int) -> tuple[list[Block], int] | None:
    """Read a line across the page; below text, dashes are the line of a heading."""
    if not _RULE.match(lines[at][1]):
        return None
    below_text = at > 0 and lines[at - 1][1].strip() and _UNDERLINE.match(lines[at][1])
    return None if below_text else ([Rule(lines[at][0])], at + 1)


_READERS: Final[Sequence[_Reader]] = (
    *(_heading, _fenced, _rule, _table, _box, _colons, _quote, _list, comment, markup),
    component,
)


def _paragraph(lines: Numbered) -> Iterator[Block]:
    filled = [(number, text.strip()) for number, text in lines if text.strip()]
    if filled:
        whole = inline("\n".join(text for _, text in filled), filled[0][0])
        lines_of_text = split(whole, filled[-1][0])
        if lines_of_text:  # hidden characters alone are none
            yield Paragraph(lines_of_text)
