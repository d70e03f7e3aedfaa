"""Markers in a Markdown file, and the text between them, which the catalog gives.

A marker is a comment on a line of its own, indented by three spaces at most::

    <!-- errorbook: codes api=shop columns=code,status -->

    | Code | HTTP |
    ...

    <!-- /errorbook sha256:0123456789abcdef -->

The hash in the last one tells text that hands have changed from text that is merely old. Those in
code and in longer comments are no markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from errorbook.outputs.stamp import text_hash
from errorbook.problems import quoted

# No part gives back what it has taken, so that no line takes long.
_START: Final = re.compile(r"( {0,3}+)<!--[ \t]*+errorbook:((?:(?!-->).)*)-->[ \t]*+\Z")
_END: Final = re.compile(
    r" {0,3}+<!--[ \t]*+/errorbook"
    r"(?:[ \t]++sha256:(?P<hash>[0-9a-f]{16}))?[ \t]*+-->[ \t]*+\Z"
)
_BLANKS: Final = " \t"
_LIKE_ONE: Final = re.compile(r"<!--\s*(?:errorbook\s*:|/\s*errorbook\b)", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z0-9-]+\Z")
_OPTION: Final = re.compile(
    r"[ \t]+(?P<name>[A-Za-z_]+)=(?P<value>(?:\"[^\"]*\"|[^\s\",]+)(?:,(?:\"[^\"]*\"|[^\s\",]+))*)"
    r"(?=[ \t]|\Z)"
)
_VALUE: Final = re.compile(r"\"([^\"]*)\"|([^\s\",]+)")
_FENCE: Final = re.compile(r"[ \t]*(?P<mark>`{3,}(?=[^`]*\Z)|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_INDENTED: Final = re.compile(r" {4}| {0,3}\t")
_CONFLICT: Final = re.compile(r"(<{7}|>{7}) ")
_LONGEST: Final = 2000
"""Characters of a line, above which it is no marker."""
_COMMENT, _COMMENT_END = "<!--", "-->"


@dataclass(frozen=True)
class BadMarker:
    """Something wrong with a marker, at a line counted from 1."""

    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class MarkedText:
    """Text between two markers: what is to stand there, and what does.

    ``first`` and ``last`` are the lines of the markers, counted from 1.
    """

    first: int
    last: int
    indent: str
    words: str
    """What the first marker says: the view and its options."""
    view: str
    options: dict[str, tuple[str, ...]] = field(hash=False)
    text: str
    hash: str | None
    """The hash of the text as it was generated, if the last marker has one."""

    def lines(self, text: str) -> list[str]:
        """Return the lines that belong between the markers, and the last marker, for ``text``."""
        inner = [f"{self.indent}{line}" if line else "" for line in text.split("\n")]
        end = f"{self.indent}<!-- /errorbook sha256:{text_hash(text)} -->"
        return ["", *inner, "", end]


@dataclass(frozen=True)
class Marked:
    """What was found in one file."""

    texts: tuple[MarkedText, ...]
    problems: tuple[BadMarker, ...]


@dataclass
class _Open:
    """A first marker whose last is still looked for."""

    line: int
    indent: str
    words: str


def read_markers(text: str) -> Marked:
    """Return every text between markers in ``text``, whose lines end in LF, and what is wrong."""
    lines = text.removeprefix("\ufeff").split("\n")
    texts: list[MarkedText] = []
    problems: list[BadMarker] = []
    begun: _Open | None = None
    for number, line in _outside_code(lines):
        if len(line) > _LONGEST:
            continue
        start, end = _START.match(line), _END.match(line)
        if start:
            if begun:
                problems.append(_endless(begun, f"before the next begins at line {number}"))
            begun = _Open(number, start[1], start[2].strip(_BLANKS))
        elif end and begun:
            inner = lines[begun.line : number - 1]
            found = _text(begun, number, inner, end["hash"])
            if isinstance(found, MarkedText):
                texts.append(found)
            else:
                problems.append(found)
            begun = None
        elif end:
            message = "ends text that no marker begins"
            problems.append(BadMarker(number, message, "remove it, or add the one before it"))
        elif _LIKE_ONE.search(line) and _LIKE_ONE.search(_CODE_SPAN.sub("", line)):
            form = "<!-- errorbook: VIEW NAME=VALUE --> or <!-- /errorbook -->"
            hint = f"write {form}, and nothing else on the line"
            problems.append(BadMarker(number, "cannot be read as a marker", hint))
    if begun:
        problems.append(_endless(begun, ""))
    if problems and any(map(_CONFLICT.match, lines)):
        hint = "resolve the merge conflict first: whichever side is taken"
        problems = [BadMarker(one.line, one.message, hint) for one in problems]
    return Marked(tuple(texts), tuple(sorted(problems, key=lambda one: one.line)))


def _outside_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, without those of code and of comments of several lines."""
    fence = ""
    in_comment = False
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if in_comment:
            in_comment = _COMMENT_END not in line
        elif fence:
            is_end = mark and mark["mark"].startswith(fence) and line.strip() == mark["mark"]
            fence = "" if is_end else fence
        elif mark:
            fence = mark["mark"]
        elif line.lstrip().startswith(_COMMENT) and _COMMENT_END not in line:
            in_comment = True
            if _LIKE_ONE.match(line.lstrip()):
                yield number, line
        elif not _INDENTED.match(line):
            yield number, line


def _endless(begun: _Open, until: str) -> BadMarker:
    message = f"the text of the marker {quoted(begun.words)} has no end {until}".rstrip()
    return BadMarker(begun.line, message, "add <!-- /errorbook --> below it")


def _text(begun: _Open, last: int, inner: list[str], written: str | None) -> MarkedText | BadMarker:
    view, _, rest = begun.words.partition(" ")
    if not _WORD.match(view):
        message = f"the marker {quoted(begun.words)} does not say what to show"
        return BadMarker(begun.line, message, "write <!-- errorbook: codes -->")
    options: dict[str, tuple[str, ...]] = {}
    at, rest = 0, f" {rest}".rstrip()
    while at < len(rest):
        option = _OPTION.match(rest, at)
        if option is None or option["name"] in options:
            fault = "cannot be read" if option is None else "sets an option twice"
            message = f"the marker {quoted(begun.words)} {fault}"
            hint = 'options are written NAME=VALUE, lists a,b and spaces "a b"'
            return BadMarker(begun.line, message, hint)
        values = _VALUE.findall(option["value"])
        options[option["name"]] = tuple(one or other for one, other in values)
        at = option.end()
    text = "\n".join(line.removeprefix(begun.indent) for line in inner).strip("\n")
    return MarkedText(begun.line, last, begun.indent, begun.words, view, options, text, written)
