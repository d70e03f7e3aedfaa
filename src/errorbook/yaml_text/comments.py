"""Comments in the lines of an entry: told from what looks like one inside a text."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.yaml_text.lines import is_comment
from errorbook.yaml_text.spans import Span
from errorbook.yaml_text.tree import Block, Entry, Tree


def split_comments(entry: Entry) -> tuple[str, list[str]]:
    """Return the comment beside ``entry``, if there is one, and those that stand inside it.

    Beside it is what stands on the line of its key, or of the closing bracket where it has one.
    """
    found = list(_comments_in(entry))
    is_below = entry.block is not None or entry.span.is_block or entry.span.is_block_scalar
    last = 0 if is_below else entry.content - 1
    at = next((at for at, (line, _) in enumerate(found) if line == last), None)
    beside = found.pop(at)[1] if at is not None else ""
    inside = [text for _, text in found]
    if entry.block is not None:
        inside += _comments_of(entry.block)
    return beside, inside


def file_comments(tree: Tree) -> list[str]:
    """Return the comments of a file whose value is not taken apart into entries."""
    if tree.outline.root is None:
        return list(_stripped(tree.above))
    whole = Entry(None, [], tree.above, tree.outline.root, content=len(tree.above))
    return [text for _, text in _comments_in(whole)]


def _comments_of(block: Block) -> Iterator[str]:
    """Yield every comment in ``block``, in order."""
    for entry in block.entries:
        yield from _stripped(entry.above)
        beside, inside = split_comments(entry)
        yield from [beside] if beside else []
        yield from inside
        yield from _stripped(entry.lines[entry.content :])
    yield from _stripped(block.below)


def _stripped(lines: list[str]) -> Iterator[str]:
    return (line.strip() for line in lines if is_comment(line))


def _comments_in(entry: Entry) -> Iterator[tuple[int, str]]:
    """Yield the comments among key and value, each with the line it stands on."""
    text = "\n".join(entry.lines[: entry.content])
    at = entry.head
    spans = [] if entry.block is not None else _scalars(entry.span)
    for span in spans:
        start, end = span.start - entry.offset, span.end - entry.offset
        if span.is_block_scalar:
            start = text.find("\n", start)
            start = start if start >= 0 else len(text)
        yield from _in_gap(text, at, start)
        at = max(at, end)
    yield from _in_gap(text, at, len(text))


def _in_gap(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the comments between two texts: there, nothing else holds a ``#``."""
    at = text.find("#", begin, end)
    while at >= 0:
        stop = text.find("\n", at)
        stop = stop if stop >= 0 else len(text)
        yield text.count("\n", 0, at), text[at:stop].rstrip()
        at = text.find("#", stop, end)


def _scalars(span: Span) -> Iterator[Span]:
    """Yield the single values in ``span``, keys too."""
    if span.kind == "scalar":
        yield span
    for child in span.children:
        yield from _scalars(child)
