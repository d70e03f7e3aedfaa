"""Blocks of code that show an error: a JSON body, maybe with the line of the status before it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.importing.bodies import Parts, parts_of
from errorbook.importing.docs.blocks import Code

_LONGEST: Final = 200_000
_STATUS_LINE: Final = re.compile(r"(?:<\s*)?HTTP/[0-9.]+\s+([1-5][0-9]{2})\b")
_PRETTY: Final = frozenset(
    {"", "json", "json5", "jsonc", "http", "text", "txt", "js", "javascript"}
)
_COMMENT: Final = re.compile(r"(?:(?<=\s)|^)(?://|#).*$", re.MULTILINE)
_COMMA: Final = re.compile(r",(\s*[}\]])")
_DOTS: Final = re.compile(r"^[ \t]*(?:\.\.\.|…),?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A body, the status it was sent with as far as that is shown, what it says, and its line."""

    body: JsonValue
    status: int | None
    parts: Parts
    number: int


def example_of(block: Code) -> Example | None:
    """Return the error that a block of code shows; None where it shows something else."""
    text = block.text.strip()
    if len(text) > _LONGEST or block.language not in _PRETTY:
        return None
    status_line = _STATUS_LINE.match(text)
    if status_line:
        text = text.partition("\n\n")[2] or text.partition("\r\n\r\n")[2]
    body = _json(text)
    parts = parts_of(body)
    if parts is None or not (parts.is_error or status_line):
        return None
    status = int(status_line[1]) if status_line else parts.status
    return Example(body, status, parts, block.number)


def _json(text: str) -> JsonValue:
    """Return the value of JSON as documentation writes it: comments and dots are left out."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    for attempt in (text, _COMMA.sub(r"\1", _DOTS.sub("", _COMMENT.sub("", text)))):
        try:
            value: JsonValue = json.loads(attempt, parse_constant=_refuse)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _refuse(word: str) -> None:
    """Refuse what Python takes for a number and JSON does not."""
    raise ValueError(word)
