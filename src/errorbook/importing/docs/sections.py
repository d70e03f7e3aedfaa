"""Blocks -> sections: what stands under each title, boxes with telling titles among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from errorbook.importing.docs.blocks import Block, Box, Heading, Paragraph
from errorbook.importing.docs.spans import Line
from errorbook.importing.docs.titles import label_of, subject_of, title_field

_LOWEST: Final = 7


@dataclass
class Section:
    """A title, the blocks right below it, and the sections below those."""

    title: Line | None
    level: int
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def tree(blocks: Iterable[Block], title: Line | None = None, level: int = 0) -> Section:
    """Return ``blocks`` as sections within sections. A level never goes deeper than titles do."""
    root = Section(title, level)
    path = [root]
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        heading = _heading(block)
        if heading is not None:
            while len(path) > 1 and path[-1].level >= heading.level:
                path.pop()
            below = Section(heading.text, heading.level)
            path[-1].sections.append(below)
            path.append(below)
        elif not isinstance(block, Box):
            path[-1].blocks.append(block)
        elif _is_telling(block.title):
            path[-1].sections.append(tree(block.blocks, block.title, _LOWEST + 1))
        else:
            waiting += block.blocks[::-1]
    return root


def _heading(block: Block) -> Heading | None:
    """Return a heading, or a paragraph that is a line in bold and by what it says a title."""
    if isinstance(block, Heading):
        return block
    if not isinstance(block, Paragraph) or len(block.lines) != 1:
        return None
    line = block.lines[0]
    is_bold = all(span.is_strong or not span.text.strip(" :") for span in line.spans)
    if not is_bold or label_of(line) or not _is_telling(line):
        return None
    return Heading(_LOWEST, line)


def _is_telling(title: Line) -> bool:
    subject = subject_of(title)
    return bool(subject.codes or subject.status or title_field(title))
