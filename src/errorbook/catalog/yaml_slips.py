"""Slips that stop a text from being YAML, in words that say what to do.

YAML's parser says where it gave up and what it would have liked there. The reason mostly stands
before that: a text with a comma, a colon or a leading sign in it that nobody quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    ScalarEvent,
)
from yaml.reader import Reader

Loader: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""What reads YAML here: the C parser, or where PyYAML came without it, the slower one."""

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SIGN_CONTEXTS = ("an alias", "an anchor", "a tag", "a block scalar")
_MERGE_MARK: Final = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |\Z)|={7}\Z")
"""A line that git writes where both sides of a merge changed the same lines."""
_QUOTE_IT: Final = "quote it"


class Mark(NamedTuple):
    """A place in a text; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Slip:
    """Why a text is not YAML, where, and how to mend it."""

    mark: Mark
    message: str
    hint: str = ""
    rule: str = "not-yaml"


def mark_of(mark: yaml.Mark | yaml._yaml.Mark | None) -> Mark:
    """Return a place as PyYAML says it, counted from 1."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def end_of(text: str) -> Mark:
    """Return the place behind ``text``, which may end anywhere."""
    lines = _LINE_BREAK.split(text)
    return Mark(len(lines), len(lines[-1]) + 1)


def explain(error: Exception, text: str) -> Slip:
    """Return what ``error``, raised by PyYAML's parser, means to the person who wrote ``text``."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _unprintable(error, text)
    broken = _Broken(error, text)
    conflict = _merge_conflict(broken.lines)
    if conflict:
        return conflict
    slips = (look(broken) for look in _LOOKS)
    return next((slip for slip in slips if slip), _unknown(broken))


@dataclass(frozen=True)
class _Node:
    """A value: where it begins and ends."""

    start: Mark
    end: Mark


@dataclass(frozen=True)
class _Read:
    """What could be read before a text broke: the last value, and the bracket still open."""

    last: _Node | None
    opened: Mark | None


class _Broken:
    """A text that is not YAML, and where its parser gave up."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str) -> None:
        self.problem = error.problem or str(error)
        self.context = error.context or ""
        self.lines = _LINE_BREAK.split(text)
        self.at = self._within(mark_of(error.problem_mark))
        self.began = self._within(mark_of(error.context_mark or error.problem_mark))
        self._text = text

    def _within(self, mark: Mark) -> Mark:
        """Return ``mark``, or the end of the text where the parser is a line ahead of it."""
        return min(mark, Mark(len(self.lines), len(self.lines[-1]) + 1))

    @cached_property
    def read(self) -> _Read:
        return _read(self._text)

    @property
    def before(self) -> _Node | None:
        return self.read.last

    def sign(self, mark: Mark) -> str:
        """Return the character at ``mark``; "" at the end of a line."""
        return self.line(mark)[mark.column - 1 : mark.column]

    def line(self, mark: Mark) -> str:
        return self.lines[mark.line - 1]


def _read(text: str) -> _Read:
    """Read ``text`` as far as it goes. A block, which nothing closes, is no value of its own."""
    last, opened = None, list[Event]()
    parser = Loader(text)
    with suppress(yaml.YAMLError):
        while event := parser.get_event():
            if isinstance(event, CollectionStartEvent):
                opened.append(event)
            elif isinstance(event, ScalarEvent | AliasEvent):
                last = _node(event, event)
            elif isinstance(event, CollectionEndEvent):
                start = opened.pop()
                last = _node(start, event) if _is_flow(start) else last
    innermost = opened[-1] if opened and _is_flow(opened[-1]) else None
    return _Read(last, mark_of(innermost.start_mark) if innermost else None)


def _is_flow(event: Event) -> bool:
    return isinstance(event, CollectionStartEvent) and bool(event.flow_style)


def _node(start: Event, end: Event) -> _Node:
    return _Node(mark_of(start.start_mark), mark_of(end.end_mark))


def _unprintable(error: Exception, text: str) -> Slip:
    found = Reader.NON_PRINTABLE.search(text)
    if not found:
        return Slip(Mark(1, 1), f"this is not YAML: {error}")
    mark = end_of(text[: found.start()])
    message = f"the character U+{ord(found[0]):04X} must not stand in a YAML file"
    return Slip(mark, message, "remove it")


def _merge_conflict(lines: list[str]) -> Slip | None:
    """Explain what a merge left to its user, wherever the parser gave up.

    Text of the catalog cannot look like that: in a list, a mapping or a block it is indented.
    """
    number = next((at for at, line in enumerate(lines, 1) if _MERGE_MARK.match(line)), 0)
    if not number:
        return None
    message = "this line was left by a merge that is not resolved"
    hint = "keep one side, or both, and remove the lines of <<<<<<<, ======= and >>>>>>>"
    return Slip(Mark(number, 1), message, hint, "merge-conflict")


def _tab(broken: _Broken) -> Slip | None:
    if "start any token" in broken.problem and broken.sign(broken.at) == "\t":
        message = "a tab stands where YAML wants spaces"
        return Slip(broken.at, message, "indent with spaces", "yaml-tab")
    return None


def _late_quotation(broken: _Broken) -> Slip | None:
    """Explain a quotation mark that closed only where some later text opened its own."""
    before = broken.before
    if before is None or before.end.line == before.start.line:
        return None
    is_behind = before.end.line == broken.at.line and before.end.column <= broken.at.column
    is_quoted = broken.sign(before.start) in ("'", '"')
    return _after_quotation(before) if is_behind and is_quoted else None


def _leading_sign(broken: _Broken) -> Slip | None:
    if "start any token" in broken.problem or "mapping keys are not" in broken.problem:
        return _unquoted(broken, broken.at)
    if broken.context.endswith(_SIGN_CONTEXTS) or "tag handle" in broken.problem:
        return _unquoted(broken, broken.began)
    if "node content" in broken.problem and broken.sign(broken.at):
        return _unquoted(broken, broken.at)
    return None


def _unquoted(broken: _Broken, mark: Mark) -> Slip:
    return Slip(mark, f"a text begins with {broken.sign(mark)!r}", _QUOTE_IT)


def _dash(broken: _Broken) -> Slip | None:
    if "sequence entries are not allowed" in broken.problem:
        hint = "quote it if it is a text; begin it on a line of its own if it is a list"
        return Slip(broken.at, "'- ' cannot stand here", hint)
    return None


def _quotation_mark(broken: _Broken) -> Slip | None:
    if not broken.context.endswith("quoted scalar"):
        return None
    if "end of stream" in broken.problem:
        return Slip(broken.began, "the quotation mark that opens here is never closed", "close it")
    if "escape" in broken.problem:
        message = "a backslash in double quotes begins an escape, and this is none that YAML knows"
        return Slip(broken.at, message, "use single quotes, or write the backslash twice")
    return None


def _colon(broken: _Broken) -> Slip | None:
    before = broken.before
    if "mapping values are not allowed" not in broken.problem or before is None:
        return None
    if before.start.line == broken.at.line:
        return Slip(broken.at, "a text has ': ' in it", _QUOTE_IT)
    return _text_over_lines(broken, before)


def _text_over_lines(broken: _Broken, before: _Node) -> Slip:
    """Explain a plain text that swallowed the line below it."""
    line, column = broken.line(before.start), before.start.column - 1
    tight = re.compile(r":(?=\S)").search(line, column)
    if tight:
        mark = Mark(before.start.line, tight.start() + 1)
        return Slip(mark, "no space follows this colon", "write ': ' between key and value")
    if not line[:column].strip(" -"):
        return _no_colon(broken, before.start)
    here = Mark(broken.at.line, _indent(broken.line(broken.at)) + 1)
    message = f"this line is indented as if the text on line {before.start.line} went on"
    return Slip(here, message, "indent it like the key it stands beside")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _missing_colon(broken: _Broken) -> Slip | None:
    return _no_colon(broken, broken.began) if "expected ':'" in broken.problem else None


def _no_colon(broken: _Broken, mark: Mark) -> Slip:
    if broken.line(mark)[: mark.column - 1].strip(" -"):
        return Slip(mark, "no ': ' follows this key", "write ': ' between key and value")
    return Slip(mark, "this line has no ':'", "write 'key: value', or indent a text that goes on")


def _text_after_value(broken: _Broken) -> Slip | None:
    """Explain ``{id} is gone``: the value was complete, and then came more."""
    before = broken.before
    if before is None or before.end.line != broken.at.line:
        return None
    between = broken.line(broken.at)[before.end.column - 1 : broken.at.column - 1]
    sign = broken.sign(before.start)
    if between.strip() or broken.sign(broken.at) in (":", ""):
        return None
    if sign in ("{", "[", "*"):
        return _unquoted(broken, before.start)
    return _after_quotation(before) if sign in ("'", '"') else None


def _after_quotation(before: _Node) -> Slip:
    if before.end.line > before.start.line:
        message = f"the quotation mark that opens here is closed only on line {before.end.line}"
        return Slip(before.start, message, "close it where its text ends")
    message = "the text goes on after its closing quotation mark"
    hint = "put the whole text into quotation marks of the other kind"
    return Slip(before.start, message, hint)


def _bracket(broken: _Broken) -> Slip | None:
    opened = broken.read.opened
    if "while parsing a flow" not in broken.context or opened is None:
        return None
    before, sign = broken.before, broken.sign(broken.at)
    if sign == ":" and before and before.start.line == broken.at.line:
        return Slip(broken.at, "a text has ': ' in it", _QUOTE_IT)
    hint = "quote a text that has a comma, a colon or a bracket in it"
    if broken.at.line == opened.line and sign:
        return Slip(broken.at, f"expected ',' or the closing bracket, found {sign!r}", hint)
    if " #" in broken.line(opened)[opened.column :]:
        hint = "quote a text that has ' #' in it: a comment begins there"
    message = f"the {broken.sign(opened)!r} that opens here is not closed"
    return Slip(opened, message, f"close it, or {hint}")


def _indentation(broken: _Broken) -> Slip | None:
    if "expected key" in broken.problem or "block end" in broken.problem:
        message = "this line is not indented like those it belongs to"
        hint = f"they begin at column {broken.began.column}, the first on line {broken.began.line}"
        return Slip(broken.at, message, hint)
    return None


def _unknown(broken: _Broken) -> Slip:
    hint = "check the indentation, and quote texts that hold signs of YAML's own"
    return Slip(broken.at, f"this is not YAML: {broken.problem}", hint)


_LOOKS: Final[tuple[Callable[[_Broken], Slip | None], ...]] = (
    _tab,
    _late_quotation,
    _leading_sign,
    _dash,
    _quotation_mark,
    _colon,
    _missing_colon,
    _text_after_value,
    _bracket,
    _indentation,
)
"""From the slip that is certain to the one that is only likely."""
