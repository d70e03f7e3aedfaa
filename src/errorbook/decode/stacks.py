"""Errors as Node prints them: a head, frames, and properties in braces.

Frames, properties and the source above a head may name any error, so nobody reads their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from errorbook.decode.inspected import LONGEST, read_inspected

DEEPEST: Final = 64
"""Errors within errors that are told apart."""

_SIGN = re.compile("at |://|\\] \\{|[@^\u276f]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PREFIX = re.compile(
    r"(?:\[[a-z\d][\w./-]{0,80}\] |\w[\w.|: -]{0,90}\| ?|> )?"
    r"(?:(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d)|[A-Z][a-z]{2} [ \d]\d [\d:]{8}) "
    r"(?:[\w. -]{1,90}\[[\w.]{1,20}\]: )?)?"
    r"(?:std(?:out|err) [FP] )?",
    re.ASCII,
)
"""What containers, services and those that run several commands put before a line."""
_ADDRESS = re.compile(r"[^e]://")
_INDENT = re.compile(r"[ \t]*")
_FRAME = re.compile(r"(?:at |\u276f )|\.\.\. \d+ lines matching ", re.ASCII)
_PLACE = re.compile(
    r"(?::\d+:\d+|<anonymous>|native|index \d+|stack trace \.\.\.)\)?,?( \{)?\Z", re.ASCII
)
_OTHER_FRAME = re.compile(r"[^\s@]{0,200}(?:@|(?:\A| )\w{4,8}://)[^\s]{1,1000}:\d+\Z", re.ASCII)
"""As Firefox and Safari print one."""
_MORE_FRAMES = re.compile(r"Emitted '.* at:\Z", re.DOTALL)
"""Stands between the frames of an error and those of what emitted it, behind which it goes on."""
_KEY = re.compile(r"(?:(\[\w+\])|([\w$]+|'[^']{1,200}')): ", re.ASCII)
_CARETS = re.compile(r"\^+\Z")
_LOCATION = re.compile(r"(?:file:/|node:|[A-Za-z]:|/)[^\n]*:\d+\Z", re.ASCII)
_CODE_FRAME = re.compile(r"(?:\d+ *)?\| *\^", re.ASCII)
_CODE_IS_SHOWN = re.compile(r"^[ \t]*(?:\d+ *)?\| *\^", re.ASCII | re.MULTILINE)
_NUMBERED = re.compile(r"(?:> )?\d+ ?\|", re.ASCII)
_WANTED: Final = ("code", "status", "requestId", "retryAfter", "details")
_CAUSE: Final = "[cause]"


@dataclass
class Stack:
    """An error that was printed: where its head may stand, and what its properties say."""

    start: int
    end: int
    facts: dict[str, JsonValue] = field(default_factory=dict)
    causes: tuple[int, int] = (0, 0)
    """Where the error stands that it was made for."""
    is_whole: bool = False
    """Whether it is as its class made it, whose code is then in head or properties."""


@dataclass
class _Block:
    """Properties that are being read."""

    stack: Stack
    column: int
    key: str = ""
    value: list[str] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    words: str
    column: int


def stacks_of(text: str) -> tuple[list[Stack], list[tuple[int, int]]]:
    """Return the errors that Node printed, and where lines stand that name none."""
    if not _SIGN.search(text):
        return [], []
    reader = _Reader(is_code_shown=bool(_CODE_IS_SHOWN.search(_COLOUR.sub("", text))))
    start = 0
    for line in text.split("\n"):
        reader.read(start, line)
        start += len(line) + 1
    reader.close(start)
    return reader.stacks, _joined(reader.covered)


def _joined(lines: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return lines that follow each other as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(lines):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class _Reader:
    """Reads line by line, and keeps what is open."""

    def __init__(self, *, is_code_shown: bool) -> None:
        self.stacks: list[Stack] = []
        self.covered: list[tuple[int, int]] = []
        self._blocks: list[_Block] = []
        self._is_code_shown = is_code_shown
        self._head = 0
        self._is_in_frames = False
        self._last: list[_Line] = []

    def read(self, start: int, text: str) -> None:
        line = _line(start, text)
        if not line.words:
            self._head, self._is_in_frames = line.end + 1, False
        elif _is_frame(line.words):
            self._read_frame(line)
        elif self._is_in_frames and _MORE_FRAMES.match(line.words):
            self._cover(line)
        else:
            self._is_in_frames = False
            while self._blocks and not _is_within(line, self._blocks[-1]):
                self._pop(start)
            if self._blocks:
                self._read_property(line)
            elif not self._read_source(line):
                self._open_bracketed(line)
        self._last = [*self._last[-1:], line]

    def close(self, end: int) -> None:
        while self._blocks:
            self._pop(end)

    def _cover(self, line: _Line) -> None:
        self.covered.append((line.start, line.end))
        self._head = line.end + 1

    def _read_frame(self, line: _Line) -> None:
        if not self._is_in_frames:
            before = (self._last[-1].start, self._last[-1].end) if self._last else None
            if self._blocks and self.covered and self.covered[-1] == before:
                # What was taken for a value is the head of an error.
                self._head = self.covered.pop()[0]
            # Browsers show an error by name and message, whatever its stack begins with.
            is_whole = line.words.startswith("at ") and not _ADDRESS.search(line.words)
            self.stacks.append(Stack(self._head, line.start, is_whole=is_whole))
        self._is_in_frames = True
        self._cover(line)
        if line.words.endswith(" {"):
            self._open(self.stacks[-1], line.column - 4)

    def _open(self, stack: Stack, column: int) -> None:
        if len(self._blocks) < DEEPEST:
            self._blocks.append(_Block(stack, column))

    def _open_bracketed(self, line: _Line) -> None:
        """Read the head of an error that has no frames."""
        self._head = line.start if line.words.startswith("[") else self._head
        if line.words.endswith("] {"):
            self.stacks.append(Stack(line.start, line.end))
            self._open(self.stacks[-1], line.column)

    def _read_property(self, line: _Line) -> None:
        block = self._blocks[-1]
        if line.column == block.column:
            self._cover(line)
            self._pop(line.start)
            return
        key = _KEY.match(line.words) if line.column == block.column + 2 else None
        if key:
            self._flush(block)
            block.key = key[2] or ""
            if key[1] == _CAUSE:
                block.stack.causes = (line.start, line.start)
        if block.key:
            self._add(block, line.words[key.end() :] if key else line.words)
            self._cover(line)
        else:
            self._head = line.start
            self._open_bracketed(line)

    @staticmethod
    def _add(block: _Block, words: str) -> None:
        if block.size <= LONGEST:
            block.size += len(words) + 1
            block.value.append(words)

    def _flush(self, block: _Block) -> None:
        if block.key in _WANTED:
            value = read_inspected("\n".join(block.value))
            if value is not None:
                block.stack.facts[block.key] = value
        if block.stack.causes[0] and block.stack.causes[0] == block.stack.causes[1]:
            block.stack.causes = (block.stack.causes[0], self._head)
        block.key, block.value, block.size = "", [], 0

    def _pop(self, end: int) -> None:
        block = self._blocks.pop()
        self._head = max(self._head, end)
        self._flush(block)

    def _read_source(self, line: _Line) -> bool:
        """Leave out source code that stands above the head of an error, or below it."""
        if self._is_code_shown and (_NUMBERED.match(line.words) or _CODE_FRAME.match(line.words)):
            self._cover(line)
            return True
        if not _CARETS.match(line.words) or not self._last:
            return False
        above = [one for one in self._last[:-1] if _LOCATION.match(one.words)]
        for one in (*above, self._last[-1], line):
            self._cover(one)
        return True


def _line(start: int, text: str) -> _Line:
    plain = (_COLOUR.sub("", text) if "\x1b" in text else text).rstrip("\r")
    prefix = _PREFIX.match(plain)
    indent = _INDENT.match(plain, prefix.end() if prefix else 0)
    column = indent.end() if indent else 0
    return _Line(start, start + len(text), plain[column:], column)


def _is_frame(words: str) -> bool:
    if _FRAME.match(words):
        return words[0] == "\u276f" or bool(_PLACE.search(words[-40:]))
    return bool(_OTHER_FRAME.match(words))


def _is_within(line: _Line, block: _Block) -> bool:
    if line.column == block.column:
        return line.words[0] == "}"
    return line.column > block.column
