"""Lines of Markdown: what begins on them, how far what is indented goes, the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

Numbered = Sequence[tuple[int, str]]
"""Lines, each with its number."""

_PIPE: Final = re.compile(r"(?<!\\)\|")
_OUTSIDE_CODE: Final = re.compile(r"`[^`]*`|\\.|\||[^`\\|]+|.", re.DOTALL)
HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\Z")
FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)\Z")
ITEM: Final = re.compile(r"( {0,3})([-*+•]|[0-9]{1,4}[.)])([ \t]+|\Z)")


def cells(text: str, expected: int) -> list[str]:
    """Return the cells of a row. Where they are too many, bars within code are text."""
    inner = text.strip().removeprefix("|")
    found = _PIPE.split(inner)
    if expected and len(found) > expected + 1 and "`" in inner:
        found = [""]
        for piece in _OUTSIDE_CODE.findall(inner):
            if piece == "|":
                found.append("")
            else:
                found[-1] += piece
    if not found[-1].strip():
        found.pop()
    return [cell.strip().replace("\\|", "|") for cell in found]


def dedented(text: str, most: int) -> str:
    """Return a line without its first ``most`` spaces, or what it has of them."""
    return text[min(most, len(text) - len(text.lstrip(" "))) :]


def end_of_indented(lines: Numbered, at: int, indent: int) -> int:
    """Return the index behind the last line that is indented so far; blank ones may be between."""
    end = at
    for index in range(at, len(lines)):
        text = lines[index][1]
        if text.startswith(" " * indent):
            end = index + 1
        elif text.strip():
            break
    return end


def end_of_item(lines: Numbered, at: int, indent: int) -> int:
    """Return the index behind an item: what is not indented and follows no blank goes on in it."""
    end, is_blank = at, False
    for index in range(at, len(lines)):
        text = lines[index][1]
        if not text.strip():
            is_blank = True
            continue
        is_inside = text.startswith(" " * indent)
        if not is_inside and (is_blank or _ends_item(text)):
            break
        end, is_blank = index + 1, False
    return end


def _ends_item(text: str) -> bool:
    return bool(ITEM.match(text) or HEADING.match(text) or FENCE.match(text) or "|" in text)
