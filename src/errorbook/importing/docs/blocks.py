"""What a page is made of, whichever language it was written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from errorbook.importing.docs.spans import Line


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1 to 6; 7 for what only looks like one."""

    level: int
    text: Line


@dataclass(frozen=True)
class Paragraph:
    """Lines of text, as the author broke them."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Items:
    """A list, numbered or not: what is in each of its items."""

    entries: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Terms:
    """A list of terms, each with what is said of it."""

    entries: tuple[tuple[Line, tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Table:
    """A table. Where it has no header, ``header`` is empty."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    number: int


@dataclass(frozen=True)
class Code:
    """A block of code, with the language it says it is in."""

    language: str
    text: str
    number: int


@dataclass(frozen=True)
class Rule:
    """A line across the page."""

    number: int


@dataclass(frozen=True)
class Box:
    """What stands under a title of its own and ends by itself: an admonition, a tab, a fold."""

    title: Line
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Items | Terms | Table | Code | Rule | Box


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, and those within blocks, in order."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from walk(block.blocks)
        elif isinstance(block, Items):
            for entry in block.entries:
                yield from walk(entry)
        elif isinstance(block, Terms):
            for _, entry in block.entries:
                yield from walk(entry)
