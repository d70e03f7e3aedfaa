"""The entries of a mapping put in the order of its model, with the comments that are theirs."""

from __future__ import annotations

from itertools import pairwise

from errorbook.yaml_text.lines import is_comment
from errorbook.yaml_text.order import Shape
from errorbook.yaml_text.shared import keeps_ties
from errorbook.yaml_text.tree import Block, Entry


def put_in_order(block: Block, shape: Shape) -> None:
    """Order the entries of ``block``, unless an alias would come before what it repeats.

    Comments right above a key move with it. Those that a blank line parts from it are a heading:
    they stay above whatever comes there.
    """
    found = block.entries
    ranks = [shape.rank(entry.key or "") for entry in found]
    order = sorted(range(len(found)), key=ranks.__getitem__)
    if order == list(range(len(found))):
        return
    if not keeps_ties([(None, entry.span) for entry in found], order):
        return
    if any(entry.has_tied_key for entry in found):
        return
    headings = [_split(entry) for entry in found]
    is_apart = [bool(one) for one in headings]
    is_apart[0], is_apart[order[0]] = is_apart[order[0]], is_apart[0]
    for place, at in enumerate(order):
        entry, heading = found[at], headings[place]
        has_comment = any(map(is_comment, heading))
        above = heading if has_comment or place == 0 else [""] if is_apart[at] else []
        entry.above = [*above, *entry.above]
    block.entries = [found[at] for at in order]
    block.by_key = None
    for before, entry in pairwise(block.entries):
        if ends_open(before):
            close_up(entry)


def close_up(entry: Entry) -> None:
    """Take away the blank lines right above ``entry``."""
    while entry.above and not entry.above[0].strip():
        del entry.above[0]


def ends_open(entry: Entry) -> bool:
    """Tell whether a blank line below ``entry`` would be part of the text that it ends with."""
    while entry.block is not None:
        if entry.block.below or not entry.block.entries:
            return False
        entry = entry.block.entries[-1]
    span = entry.span
    while span.is_block and span.children:
        span = span.children[-1]
    if not span.is_block_scalar or len(entry.lines) > entry.content:
        return False
    header = "\n".join(entry.lines)[span.start - entry.offset :].partition("\n")[0]
    return "+" in header.partition("#")[0]


def _split(entry: Entry) -> list[str]:
    """Return what is above ``entry`` up to the last blank line, and leave it the rest."""
    blank = [at for at, line in enumerate(entry.above) if not line.strip()]
    end = blank[-1] + 1 if blank else 0
    heading, entry.above = entry.above[:end], entry.above[end:]
    return heading
