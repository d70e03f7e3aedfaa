"""Values as Node's ``util.inspect`` prints them: JSON's, with names without quotes, and more."""

from __future__ import annotations

import re
from typing import Final

from pydantic import JsonValue

from errorbook.decode.brackets import parse

LONGEST: Final = 1 << 14
"""Characters of a value that is read."""
DEEPEST: Final = 16
"""Levels of one; Node itself prints three, unless it is asked for more."""

# What lacks its second quote goes on to the end, lest each quote in it be tried as a first.
_PART = re.compile(
    r"'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?|`(?:[^`\\]|\\.)*`?"
    r"|\[(?:[A-Z]\w*|Object: null prototype|(?:Circular|Function|Getter|Symbol)[^\]\n]{0,80})\]"
    r"|\.\.\. \d+ more \w+|<ref \*\d+>|\d{4}-\d\d-\d\dT[\d:.]+Z"
    r"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?n?|[A-Za-z_$][\w$]*(?:\(\d+\))?|[^\s]",
    re.ASCII | re.DOTALL,
)
_NUMBER = re.compile(r"(-?\d{1,300}(?:\.\d{1,300})?(?:e[+-]?\d{1,3})?)n?", re.ASCII)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_WORDS: Final[dict[str, JsonValue]] = {"true": True, "false": False}
_NOTHING: Final = ("null", "undefined", "NaN", "Infinity")


def read_inspected(text: str) -> JsonValue:
    """Return a value; None for one that cannot be read, and for what is undefined."""
    if len(text) > LONGEST:
        return None
    try:
        return _Reader(text).value(0)
    except ValueError:
        return None


class _Reader:
    """Tokens, and how many of them are read."""

    def __init__(self, text: str) -> None:
        self._parts = _PART.findall(text)
        self._at = 0

    def value(self, depth: int) -> JsonValue:
        word = self._next()
        # The class of an object stands before its bracket.
        while self._peek() in ("{", "[") and word not in ("{", "["):
            word = self._next()
        if depth > DEEPEST:
            raise ValueError(word)
        if word == "{":
            return self._object(depth + 1)
        if word == "[":
            return self._list(depth + 1)
        return self._plain(word)

    def _plain(self, word: str) -> JsonValue:
        if word[0] in "'\"`" and len(word) > 1:
            text = _unquoted(word)
            # A long text is printed in several, one a line.
            while self._peek() == "+":
                self._next()
                text += _unquoted(self._next())
            return text
        number = _NUMBER.fullmatch(word)
        if number:
            return parse(number[1])
        if word in _NOTHING:
            return None
        if word in _WORDS:
            return _WORDS[word]
        if len(word) > 1:
            return word
        raise ValueError(word)

    def _object(self, depth: int) -> JsonValue:
        found: dict[str, JsonValue] = {}
        while self._goes_on("}"):
            key = self._next()
            if self._next() != ":":
                raise ValueError(key)
            value = self.value(depth)
            if value is not None:
                found[_unquoted(key) if key[0] in "'\"" else key] = value
        return found

    def _list(self, depth: int) -> JsonValue:
        found: list[JsonValue] = []
        while self._goes_on("]"):
            found.append(self.value(depth))
        return found

    def _goes_on(self, end: str) -> bool:
        """Tell whether another item follows, and read up to it, or the end."""
        while self._peek() == "," or self._peek().startswith("... "):
            self._next()
        if self._peek() != end:
            return True
        self._next()
        return False

    def _peek(self) -> str:
        return self._parts[self._at] if self._at < len(self._parts) else ""

    def _next(self) -> str:
        word = self._peek()
        if not word:
            raise ValueError(word)
        self._at += 1
        return word


def _unquoted(word: str) -> str:
    return _ESCAPE.sub(_unescaped, word[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return chr(int(digits, 16)) if digits else _LETTERS.get(match[3], match[3])
