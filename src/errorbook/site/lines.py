"""The lines of a Markdown text: which of them are prose, and which are code or comment."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

CODE_INDENT: Final = 4
"""Spaces that make code of a line, counted from where the text around it begins."""

_FENCE = re.compile(r"(?P<prefix>[ >]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)\Z")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`]+\1(?!`)")
_CONTAINER = re.compile(
    r"(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)(?: |\Z)"  # items of lists, definitions, footnotes
    r"|!!!|\?\?\?|==="  # admonitions, details, tabs
)
_RULE = re.compile(r"[-*_ ]+\Z")
_TAB: Final = 4


def normalized(text: str) -> list[str]:
    """Return the lines of ``text`` as Python-Markdown looks at them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(_TAB).split("\n")


def origins(lines: Sequence[str], source: str) -> Sequence[int]:
    """Return for each of ``lines`` the line of ``source`` that it came from, both from 0.

    Front matter stands before them. What an extension has put in came from where it stands.
    """
    ours, theirs = _bare(lines), _bare(normalized(source))
    begin = len(theirs) - len(ours)
    if begin >= 0 and theirs[begin:] == ours:
        return range(begin, begin + len(lines))
    found = [max(len(theirs) - 1, 0)] * len(lines)
    for tag, first, _, start, end in SequenceMatcher(None, theirs, ours).get_opcodes():
        for at in range(start, end):
            found[at] = first + (at - start if tag == "equal" else 0)
    return found


def indent_of(line: str) -> int:
    """Return how many spaces ``line`` begins with."""
    return len(line) - len(line.lstrip(" "))


def are_prose(lines: Sequence[str]) -> list[bool]:
    """Tell for each line whether it is prose: outside of code, fenced or indented, and comments."""
    prose = [True] * len(lines)
    for first, last in _hidden(lines):
        prose[first : last + 1] = [False] * (last + 1 - first)
    for at in _indented_code(lines, prose):
        prose[at] = False
    return prose


def without_code_spans(line: str) -> str:
    """Return ``line`` with its inline code blanked out, so that columns stay."""
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), line) if "`" in line else line


def _bare(lines: Sequence[str]) -> list[str]:
    """Return ``lines`` without spaces behind them and without empty ones at the end."""
    last = max((at for at, line in enumerate(lines, 1) if line.strip()), default=0)
    return [line.rstrip() for line in lines[:last]]


def _hidden(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each fence and comment. What is never closed hides nothing."""
    ends = _Ends.of(lines)
    at = 0
    while at < len(lines):
        first, last = at, ends.of_fence(at, lines[at])
        if last is None:
            first, last = at + 1, ends.of_comment(at, lines[at])
        if last is not None:
            yield first, last
        at = at + 1 if last is None else last + 1


@dataclass(frozen=True)
class _Ends:
    """The lines on which fences and comments may end."""

    fences: dict[tuple[int, str], list[int]]
    comments: list[int]

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Ends:
        fences: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            fence = _fence(line)
            if fence and not fence["info"].strip():
                fences[_kind(fence)].append(at)
        return cls(fences, [at for at, line in enumerate(lines) if "-->" in line])

    def of_fence(self, at: int, line: str) -> int | None:
        """Return the last line of the fence that ``line`` opens, if it opens one."""
        fence = _fence(line)
        if fence is None or "`" in fence["info"]:
            return None
        return _next(self.fences.get(_kind(fence), []), at)

    def of_comment(self, at: int, line: str) -> int | None:
        """Return the last line of the comment that ``line`` leaves open, if it does."""
        if "<!--" not in line:
            return None
        text = without_code_spans(line)
        return _next(self.comments, at) if text.rfind("<!--") > text.rfind("-->") else None


def _fence(line: str) -> re.Match[str] | None:
    return _FENCE.match(line) if "```" in line or "~~~" in line else None


def _kind(fence: re.Match[str]) -> tuple[int, str]:
    """Return what opening and closing line have in common: depth of quotation, and the fence."""
    return fence["prefix"].count(">"), fence["fence"]


def _next(numbers: list[int], after: int) -> int | None:
    at = bisect(numbers, after)
    return numbers[at] if at < len(numbers) else None


def _indented_code(lines: Sequence[str], prose: Sequence[bool]) -> Iterator[int]:
    """Yield the lines whose indentation makes code of them, inside of lists and the like too."""
    containers: list[int] = []
    for at, line in enumerate(lines):
        if not prose[at] or not line.strip():
            continue
        indent = indent_of(line)
        while containers and indent <= containers[-1]:
            containers.pop()
        if indent >= CODE_INDENT * (2 if containers else 1) + (containers or [0])[-1]:
            yield at
        elif _CONTAINER.match(line, indent) and not _RULE.match(line):
            containers.append(indent)
