"""JSON anywhere in a text: after a log's words, over lines, in a list, as Python prints it.

Time is linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from pydantic import JsonValue

SHORTEST: Final = 7
"""Nothing shorter can hold a code."""
DEEPEST: Final = 100
"""No body has more levels than this."""
TRIES: Final = 4
"""Characters that may be given to the parser, for each character of the text."""
MOST_DIGITS: Final = 300
"""A longer number is none that anybody counted."""
MOST_EXACT: Final = 2**53 - 1
"""Above this, JavaScript knows a number by its digits alone."""

_SIGN = re.compile(r"[\"'{}\[\]\n\\]")
_QUOTED = re.compile(r"\n[ \t]*>[> \t]*")
_PYTHON_FIRST = re.compile(r"[{\[][ \t\r\n]*'")
# What lacks its second quote goes on to the end, lest each quote in it be tried as a first.
_PYTHON = re.compile(
    r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"?|'([^'\\]*(?:\\.[^'\\]*)*)'?|\b(?:None|True|False)\b",
    re.DOTALL | re.ASCII,
)
_TO_DOUBLE = re.compile(r"\\.|\"", re.DOTALL)
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_WORDS: Final = {"None": "null", "True": "true", "False": "false"}


@dataclass(frozen=True)
class Span:
    """JSON, and where it stands."""

    start: int
    end: int
    value: JsonValue


@dataclass(frozen=True)
class _Pair:
    """Brackets that belong together: the first pair within, and how many levels it has."""

    start: int
    end: int
    first: int
    depth: int


@dataclass
class _Open:
    start: int
    sign: str
    first: int
    depth: int = 1


def find_json(text: str, most: int | None = None) -> list[Span]:
    """Return the JSON objects and arrays of ``text``, those within others left out.

    Of more than ``most``, the last are returned.
    """
    pairs = _find_pairs(text)
    spans: list[Span] = []
    left = TRIES * len(text)
    # From the last, so that a pair comes before those within it.
    index = len(pairs) - 1
    while index >= 0 and left > 0 and (most is None or len(spans) < most):
        pair = pairs[index]
        index -= 1
        length = pair.end - pair.start
        if length < SHORTEST or pair.depth > DEEPEST:
            continue
        left -= length
        value = _read_json(text[pair.start : pair.end])
        if value is None:
            continue
        spans.append(Span(pair.start, pair.end, value))
        index = pair.first - 1
    return spans[::-1]


def _find_pairs(text: str) -> list[_Pair]:
    """Return the pairs of brackets of ``text``, each after those within it."""
    pairs: list[_Pair] = []
    opened: list[_Open] = []
    quote, escaped = "", -1
    for match in _SIGN.finditer(text):
        sign, at = match[0], match.start()
        if at == escaped:
            continue
        if sign == "\\":
            escaped = at + 1 if quote else escaped
        elif sign == "\n":
            # No string goes on in the next line, so what was taken for one was none.
            if quote:
                opened.clear()
            quote = ""
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "{[":
            opened.append(_Open(at, sign, len(pairs)))
        elif sign in "}]":
            _close(sign, at, opened, pairs)
        # An apostrophe begins no string.
        elif opened and (sign == '"' or not _is_word(text[at - 1])):
            quote = sign
    return pairs


def _close(sign: str, at: int, opened: list[_Open], pairs: list[_Pair]) -> None:
    begin = opened.pop() if opened else None
    if begin is None or begin.sign != ("{" if sign == "}" else "["):
        opened.clear()
        return
    pairs.append(_Pair(begin.start, at + 1, begin.first, begin.depth))
    if opened:
        opened[-1].depth = max(opened[-1].depth, begin.depth + 1)


def _is_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "_")


def _read_json(text: str) -> JsonValue:
    """Read JSON, or the same as Python prints it or a mail quotes it; None if it is neither."""
    plain = _QUOTED.sub("\n", text)
    value = None if _PYTHON_FIRST.match(plain) else parse(plain)
    if value is None and "'" in plain:
        return parse(_from_python(plain))
    return value


def parse(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(
            text, parse_int=_integer, parse_float=_number, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        return None
    return value


def _integer(text: str) -> int | float:
    return int(text) if len(text.lstrip("-")) <= MOST_DIGITS else float(text)


def _number(text: str) -> int | float:
    """Read a number; 1.0 is an integer, as it is to JSON Schema and to JavaScript."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) <= MOST_EXACT else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _from_python(text: str) -> str:
    return _PYTHON.sub(_as_json, text)


def _as_json(match: re.Match[str]) -> str:
    said = match[0]
    if match[1] is not None:
        said = '"' + _TO_DOUBLE.sub(_to_double, match[1]) + '"'
    if said[0] == '"':
        return _ESCAPE.sub(lambda escape: "\\u00" if escape[0] == "\\x" else escape[0], said)
    return _WORDS.get(said, said)


def _to_double(match: re.Match[str]) -> str:
    return {'"': '\\"', "\\'": "'"}.get(match[0], match[0])
