"""Problems: what Errorbook says when something is wrong, whoever found it."""

from __future__ import annotations

import difflib
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Severity = Literal["error", "warning"]
CatalogPath = tuple[str | int, ...]
"""Keys and list indexes that lead from the root of a catalog to one of its values."""

_LONGEST_QUOTED: Final = 60
_LONGEST_WORD: Final = 200
"""Characters above which a word is no slip of any word we know."""
_MOST_COMPARED: Final = 60
"""Words that are compared letter by letter; of more, only those that look alike at once."""
_MOST_INDEXED: Final = 32_000_000
"""Characters of an index, above which only neighbours in the alphabet are compared."""
_NEIGHBOURS: Final = 4
_CLOSE: Final = 0.6
_LAST_OF_BYTE: Final = 0xFF
_LAST_OF_PLANE: Final = 0xFFFF


@dataclass(frozen=True, order=True)
class Place:
    """Where a problem is: a file, and a line and column counted from 1 (0 where there is none)."""

    path: str
    """What its user calls the file."""
    line: int = 0
    """The line, counted from 1; 0 where the whole file is meant."""
    column: int = 0
    """The column, counted from 1; 0 where the whole line is meant."""

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *numbers])


@dataclass(frozen=True)
class Problem:
    """One complaint: the rule it comes from, where it is, what is wrong and how to mend it."""

    rule: str
    """The rule it comes from, such as `unknown-group`: `errorbook explain` knows each."""
    place: Place
    """Where it is."""
    message: str
    """What is wrong."""
    hint: str = ""
    """How to mend it; empty where that is plain."""
    severity: Severity = "error"
    """Whether it fails (`error`) or is shown alone (`warning`)."""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        line = f"{self.place}: {self.severity}[{self.rule}]: {self.message}{hint}"
        return printable(line).replace("\n", "\\n")


@dataclass(frozen=True)
class Finding:
    """A problem that knows its path in the catalog but not yet its file and line.

    ``at_key`` puts it at the key itself rather than at the value behind it.
    """

    rule: str
    path: CatalogPath
    message: str
    hint: str = ""
    severity: Severity = "error"
    at_key: bool = False


class ErrorbookError(Exception):
    """Base of what this package raises for its user."""

    problems: tuple[Problem, ...]
    """Everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` that ``word`` was most likely meant to be, if any is close."""
    known = tuple(words)
    if len(word) > _LONGEST_WORD:
        return None
    if len(known) > _MOST_COMPARED:
        known = _alphabet(known).around(word)
    return _closest(word, known)


def suggest(word: str, words: Iterable[str], *, most: int = 12) -> str:
    """Return a hint that names the nearest word, or else what is allowed."""
    known = tuple(words)
    close = nearest(word, known)
    if close is not None:
        return f"did you mean {quoted(close)}?"
    if not known:
        return ""
    listed = ", ".join(shortened(name) for name in sorted(known)[:most])
    return f"one of: {listed}{', …' if len(known) > most else ''}"


def found(value: object) -> str:
    """Return how a message shows a value that stands in a file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return quoted(value) if isinstance(value, str) else f"the number {value}"


def quoted(text: str) -> str:
    """Return ``text`` as a message shows it: in quotation marks, on one line, cut where long."""
    shown = shortened(text)
    return repr(shown) if shown.isprintable() else ascii(shown)


def shortened(text: str) -> str:
    """Return ``text``, cut where it is too long for a message."""
    return text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"


def printable(text: str) -> str:
    """Return ``text`` with every control, bidirectional or lone surrogate character spelt out.

    Line breaks stay. What comes from a catalog may reach a terminal; nothing of it may act there.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char == "\n" or char.isprintable() or _is_space(char) else _spelt(char)
        for char in text
    )


@lru_cache(maxsize=1024)
def _closest(word: str, words: tuple[str, ...]) -> str | None:
    folded = {other.casefold(): other for other in words}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=_CLOSE)
    return folded[close[0]] if close else None


@dataclass(frozen=True)
class _Alphabet:
    """Many words, looked up by what one slip leaves of them."""

    forwards: tuple[str, ...]
    backwards: tuple[str, ...]
    one_less: Mapping[str, str]
    """What is left of each word without one of its letters, and that word."""

    def around(self, word: str) -> tuple[str, ...]:
        """Return the words that ``word`` is a letter away from, or that begin or end like it."""
        found = (self.one_less.get(less) for less in _one_letter_less(word))
        near = tuple(dict.fromkeys(other for other in found if other is not None))
        if near:
            return near
        before = _neighbours(self.forwards, word)
        after = _neighbours(self.backwards, word[::-1])
        return (*before, *(other[::-1] for other in after))


@lru_cache(maxsize=4)
def _alphabet(words: tuple[str, ...]) -> _Alphabet:
    size = sum(len(word) ** 2 for word in words)
    indexed = words if size <= _MOST_INDEXED else ()
    one_less = {less: word for word in reversed(indexed) for less in _one_letter_less(word)}
    backwards = sorted(word[::-1] for word in words)
    return _Alphabet(tuple(sorted(words)), tuple(backwards), one_less)


def _one_letter_less(word: str) -> Iterator[str]:
    """Yield ``word``, and ``word`` without each of its letters: equal for words a letter apart."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _neighbours(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    at = bisect(words, word)
    return words[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]


def _is_space(char: str) -> bool:
    return unicodedata.category(char) == "Zs"


def _spelt(char: str) -> str:
    number = ord(char)
    if number <= _LAST_OF_BYTE:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _LAST_OF_PLANE else f"\\U{number:08x}"
