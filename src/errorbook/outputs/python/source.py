"""Catalog text as Python source: whatever it holds, it stays a string."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from errorbook.characters import escaped

_WIDTH: Final = 88


def literal(text: str) -> str:
    """Return a literal of ``text``, with the quotation marks that formatters would choose."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    inert = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escaped(inert)}{quote}"


def tuple_of(items: Sequence[str]) -> str:
    """Return a tuple display of source texts on one line."""
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"


@dataclass(frozen=True)
class Items:
    """A list in a docstring, under its heading."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Lines of a docstring that stay as they are."""

    texts: tuple[str, ...]


Paragraph = str | Items | Lines


def docstring(paragraphs: Iterable[Paragraph], indent: str = "") -> str:
    """Return a docstring of ``paragraphs``, wrapped, behind ``indent``.

    Nothing in them ends the string or is taken for an escape.
    """
    width = _WIDTH - len(indent)
    blocks = [_block(paragraph, width) for paragraph in paragraphs]
    body = _without_quotes("\n\n".join(block for block in blocks if block))
    if "\n" not in body and len(body) < width - len('""""""'):
        return f'{indent}"""{body}"""'
    lines = [f"{indent}{line}".rstrip() for line in f'"""{body}\n"""'.split("\n")]
    return "\n".join(lines)


def _block(paragraph: Paragraph, width: int) -> str:
    if isinstance(paragraph, Lines):
        return "\n".join(map(_inert, paragraph.texts))
    if isinstance(paragraph, Items):
        items = [_wrapped(text, width, "- ", "  ") for text in paragraph.texts]
        return "\n".join([f"{paragraph.heading}:\n", *items]) if items else ""
    return _wrapped(paragraph, width)


def _wrapped(text: str, width: int, first: str = "", following: str = "") -> str:
    line = _inert(" ".join(text.split()))
    if len(first) + len(line) <= width:
        return f"{first}{line}" if line else ""
    lines = textwrap.wrap(
        line,
        width,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _inert(text: str) -> str:
    return escaped(text.replace("\\", "\\\\"))


def _without_quotes(body: str) -> str:
    """Escape the quotation marks of ``body`` that would end the docstring."""
    body = body.replace('"""', '\\"\\"\\"')
    return f'{body[:-1]}\\"' if body.endswith('"') else body
