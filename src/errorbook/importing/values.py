"""Values of examples: those that stand in the message beside them, and what they are counted in.

Readers of pages and of OpenAPI documents share it: where an example's message and details are
known, take ``holed(message, details)`` for the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.models import message_holes

_LONGEST: Final = 10_000
_MOST: Final = 50
"""Details that are looked for in a message."""
_UNITS: Final = {
    "seconds": "seconds",
    "milliseconds": "milliseconds",
    "ms": "milliseconds",
    "minutes": "minutes",
    "hours": "hours",
    "bytes": "bytes",
}
_TELLING: Final = re.compile(r"[0-9_@/:-]|\s")
"""What words of a sentence do not have: a text with it is a value."""


def unit_of(name: str) -> str | None:
    """Return what a number is counted in, as its name says at its end: `retry_after_seconds`."""
    head, _, last = name.rpartition("_")
    return _UNITS.get(last) if head else None


def holed(message: str, details: Mapping[str, JsonValue]) -> tuple[str, list[str]]:
    """Return a message with holes for the values of its details, and the details in doubt.

    A value becomes a hole where it is unmistakable: a word of its own that occurs once, is what
    one detail alone says, and is no word of the sentence. Of any other that occurs, the name is
    returned, so that it can be told.
    """
    if len(message) > _LONGEST or len(details) > _MOST or message_holes(message):
        return message, []
    texts = {name: text for name, value in details.items() if (text := _text(value))}
    found: dict[tuple[int, int], str] = {}
    doubtful: list[str] = []
    for name, text in texts.items():
        places = [one.span() for one in re.finditer(_word(text), message)]
        is_only = list(texts.values()).count(text) == 1 and len(places) == 1
        if is_only and message_holes(f"{{{name}}}") and _is_value(message, text, places[0][0]):
            found[places[0]] = name
        elif places and (not is_only or _TELLING.search(text)):
            doubtful.append(name)
    return _filled(message, found), doubtful


def _filled(message: str, found: Mapping[tuple[int, int], str]) -> str:
    """Return ``message`` with holes at the places of values; the longest of those that overlap."""
    taken: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda place: place[0] - place[1]):
        if all(last <= begin or end <= first for begin, end in taken):
            taken.append((first, last))
    for place in sorted(taken, reverse=True):
        message = f"{message[: place[0]]}{{{found[place]}}}{message[place[1] :]}"
    return message


def _text(value: JsonValue) -> str:
    """Return a value as a sentence writes it; nothing for what no sentence holds."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _word(text: str) -> str:
    """Return an expression for ``text`` as a word of its own: `5` is not in `1.5` or `15`."""
    return rf"(?<![\w.-])(?<!\w,){re.escape(text)}(?![\w-]|[.,]\w)"


def _is_value(message: str, text: str, at: int) -> bool:
    """Tell whether a text that occurs is a value rather than a word of the sentence."""
    is_quoted = message[at - 1 : at] in {*"'\"`\u201c\u2018"} if at else False
    return is_quoted or bool(_TELLING.search(text))
