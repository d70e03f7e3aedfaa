"""Catalog text as TypeScript source, laid out as Prettier does: whatever it holds stays text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from unicodedata import ucd_3_2_0

from errorbook.characters import escaped

WIDTH: Final = 80
_PYTHON_ONLY: Final = re.compile(r"\\U([0-9a-f]{8})")
_OPENINGS: Final = ("- ", "@deprecated ")
_SHORT_KEY: Final = 4
"""Letters of a key that Prettier leaves its value beside: a line of its own would gain nothing."""
_MARKUP: Final = re.compile(r"<(?=[/!])")
_TAG: Final = re.compile(r"@(?=\w)")


def literal(text: str) -> str:
    """Return a literal of ``text``, with the quotation marks that Prettier would choose."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    parts = []
    for char in text:
        if char in ("\\", quote):
            parts.append(f"\\{char}")
        else:
            parts.append(_PYTHON_ONLY.sub(_code_point, escaped(char)))
    # In a page, the script would end there.
    inert = _MARKUP.sub(r"\\x3c", "".join(parts))
    return f"{quote}{inert}{quote}"


def _code_point(found: re.Match[str]) -> str:
    return f"\\u{{{int(found[1], 16):x}}}"


def width(text: str) -> int:
    """Return how many columns ``text`` takes, as Prettier counts them."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if ucd_3_2_0.combining(char) and "\u0300" <= char <= "\u036f":
        return 0
    wide = ucd_3_2_0.east_asian_width(char) in ("W", "F")
    return 2 if wide or "\U0001f300" <= char <= "\U0001faff" else 1


def property_lines(key: str, value: str, indent: int) -> list[str]:
    """Return ``key: value,`` behind ``indent`` spaces, on two lines where one is too long.

    Only for values that Prettier moves to a line of their own: texts.
    """
    line = f"{key}: {value},"
    is_text = value.startswith(('"', "'")) and len(key) > _SHORT_KEY
    if indent + width(line) <= WIDTH or not is_text:
        return [line]
    return [f"{key}:", f"  {value},"]


def array_lines(start: str, items: Sequence[str], end: str, indent: int = 0) -> list[str]:
    """Return an array on one line where it fits, else with a line for each item."""
    line = f"{start}[{', '.join(items)}]{end}"
    if indent + width(line) <= WIDTH or not items:
        return [line]
    return [f"{start}[", *(f"  {item}," for item in items), f"]{end}"]


def call_lines(start: str, arguments: Sequence[str], end: str) -> list[str]:
    """Return a call on one line where it fits, else with a line for each argument."""
    line = f"{start}({', '.join(arguments)}){end}"
    if width(line) <= WIDTH or not arguments:
        return [line]
    return [f"{start}(", *(f"  {one}," for one in arguments), f"){end}"]


def number_lines(start: str, items: Sequence[str], end: str, indent: int) -> list[str]:
    """Return an array of numbers, of which each line holds as many as fit."""
    line = f"{start}[{', '.join(items)}]{end}"
    if indent + len(line) <= WIDTH:
        return [line]
    text = ", ".join(items) + ","
    rows = textwrap.wrap(text, WIDTH - indent - 2, break_long_words=False)
    return [f"{start}[", *(f"  {row}" for row in rows), f"]{end}"]


def union(start: str, members: Sequence[str]) -> str:
    """Return a type that is any of ``members``: ``start`` is all before the equals sign."""
    if not members:
        return f"{start} = never;"
    line = f"{start} = {' | '.join(members)};"
    if width(line) <= WIDTH:
        return line
    below = f"  {' | '.join(members)};"
    if len(members) == 1 or width(below) <= WIDTH:
        return f"{start} =\n{below}"
    return "\n".join([f"{start} =", *(f"  | {one}" for one in members)]) + ";"


def assigned(start: str, value: str) -> str:
    """Return ``start = value;``, the value on a line of its own where one is too long."""
    line = f"{start} = {value};"
    return line if width(line) <= WIDTH else f"{start} =\n  {value};"


def function_heading(start: str, parameters: Sequence[str], result: str) -> str:
    """Return the first line of a function, or lines where one is too long."""
    line = f"{start}({', '.join(parameters)}): {result} {{"
    if width(line) <= WIDTH or not parameters:
        return line
    return "\n".join([f"{start}(", *(f"  {one}," for one in parameters), f"): {result} {{"])


def comment(paragraphs: Iterable[str], indent: str = "") -> str:
    """Return a comment for documentation, wrapped, behind ``indent``.

    Lines of a paragraph that begin with spaces stay as they are. Nothing ends the comment.
    """
    room = WIDTH - len(indent) - len(" * ")
    blocks = [list(_block(one, room)) for one in paragraphs if one.strip()]
    lines = [line for block in blocks for line in ("", *block)][1:]
    if len(lines) == 1 and len(indent) + width(lines[0]) + len("/**  */") <= WIDTH:
        return f"{indent}/** {lines[0]} */"
    starred = [f"{indent} * {line}".rstrip() for line in lines]
    return "\n".join([f"{indent}/**", *starred, f"{indent} */"])


def _block(paragraph: str, room: int) -> Iterator[str]:
    for line in paragraph.split("\n"):
        if line.startswith("    "):
            yield _inert(line)
            continue
        first = next((one for one in _OPENINGS if line.startswith(one)), "")
        yield from textwrap.wrap(
            _inert(" ".join(line.removeprefix(first).split())),
            room,
            initial_indent=first,
            subsequent_indent="  " if first else "",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _inert(text: str) -> str:
    """Return ``text`` so that nothing of it ends the comment or is a tag of it."""
    shown = _PYTHON_ONLY.sub(_code_point, "".join(map(escaped, text)))
    shown = shown.replace("*/", "*\\/").replace("{", "\\{").replace("}", "\\}")
    return _MARKUP.sub("&lt;", _TAG.sub("\\@", shown))
