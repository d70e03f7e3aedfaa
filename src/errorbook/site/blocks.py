"""Find the blocks of a page: ``/// errors | view``, options indented by four spaces, ``///``.

The syntax is that of ``pymdownx.blocks``. Its own parser prints a misspelt block as text, drops
options that are not indented and lets an unclosed block swallow the page, all without a word;
this one says what is wrong, and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from errorbook.problems import nearest, quoted, suggest
from errorbook.site.lines import are_prose, indent_of
from errorbook.site.option_reader import read_options
from errorbook.site.options import VIEWS

NAME: Final = "errors"
OTHER_NAMES: Final = frozenset(
    {"admonition", "attention", "bug", "caption", "caution", "danger", "define", "details"}
    | {"example", "failure", "figure-caption", "hint", "html", "important", "info", "note"}
    | {"question", "quote", "success", "tab", "table-caption", "tip", "warning"}
)
"""Blocks of other extensions: a name like theirs is not ours misspelt."""

_OPENING = re.compile(
    r"(?P<prefix>[ >]*(?:(?:[-*+]|\d{1,9}[.)]) +)?)"
    r"(?P<slashes>/{2,}) *(?P<name>[\w-]+) *(?P<bar>\|?) *(?P<view>.*?) *\Z"
)
_OPTION = re.compile(r"[A-Za-z_-]+ *:")
_QUOTE = re.compile(r" {0,3}> ?")
_INDENT: Final = 4
_SLASHES: Final = 3


@dataclass(frozen=True)
class Slip:
    """Something wrong on a page: rule, line (from 0), what it is and how to mend it."""

    rule: str
    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Block:
    """A block of a page: the lines it takes (from 0, end exclusive), its view and options.

    ``prefix`` is what its first line begins with: spaces, ``>`` or the mark of a list's item.
    """

    start: int
    end: int
    view: str
    options: Mapping[str, Any] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    prefix: str = ""


def scan(lines: Sequence[str], *, others: frozenset[str] = OTHER_NAMES) -> Iterator[Block]:
    """Yield the blocks of a page in order, broken ones with what is wrong in them.

    ``others`` are names of blocks that belong to somebody else. Code and comments are passed over.
    """
    page = _Page(lines, are_prose(lines), others)
    at = 0
    while at < len(lines):
        opening = page.opening(at)
        if opening and _is_ours(opening, others):
            block = page.block(at, opening)
            yield block
            at = block.end
        else:
            at += 1


@dataclass(frozen=True)
class _Body:
    """What follows the first line of a block: its options, and the line after it all."""

    options: list[str]
    end: int
    slips: list[Slip]


@dataclass(frozen=True)
class _Page:
    """The lines of a page, and which of them are prose."""

    lines: Sequence[str]
    prose: Sequence[bool]
    others: frozenset[str]

    def opening(self, at: int) -> re.Match[str] | None:
        """Return the parts of line ``at``, if it looks like the first line of any block."""
        is_candidate = self.prose[at] and "//" in self.lines[at]
        return _OPENING.match(self.lines[at]) if is_candidate else None

    def block(self, start: int, opening: re.Match[str]) -> Block:
        """Return the block that ``opening`` opens on line ``start``."""
        body = self._body(start, opening)
        slips = [*_check_opening(start, opening), *body.slips]
        options: Mapping[str, Any] = {}
        if not body.slips:
            options, flaws = read_options(opening["view"], body.options)
            slips += (Slip(one.rule, start + one.line, one.message, one.hint) for one in flaws)
        return Block(start, body.end, opening["view"], options, tuple(slips), opening["prefix"])

    def _body(self, start: int, opening: re.Match[str]) -> _Body:
        depth = opening["prefix"].count(">")
        indent = len(_unquoted(opening["prefix"], depth) or "") + _INDENT
        closing = self._closing(start + 1, depth, opening["slashes"])
        if closing is None:
            end = self._end_of_options(start + 1, depth, indent)
            return _Body([], end, [_unclosed(start, opening["slashes"])])
        inner = [_unquoted(line, depth) or "" for line in self.lines[start + 1 : closing]]
        slips = list(_strays(start + 1, inner, indent))
        return _Body([line[indent:] for line in inner], closing + 1, slips)

    def _closing(self, start: int, depth: int, slashes: str) -> int | None:
        """Return the line that closes a block; None where another begins or the quotation ends."""
        for at in range(start, len(self.lines)):
            inner = _unquoted(self.lines[at], depth)
            if inner is None:
                return None
            if inner.strip() == slashes and self.prose[at]:
                return at
            opening = self.opening(at)
            if opening and (len(opening["slashes"]) >= _SLASHES or _is_ours(opening, self.others)):
                return None
        return None

    def _end_of_options(self, at: int, depth: int, indent: int) -> int:
        while at < len(self.lines):
            inner = _unquoted(self.lines[at], depth)
            if not inner or not inner.strip() or indent_of(inner) < indent:
                break
            at += 1
        return at


def _is_ours(opening: re.Match[str], others: frozenset[str]) -> bool:
    """Tell whether a block is ours, or was most likely meant to be."""
    name, view = opening["name"], opening["view"]
    if name in others:
        return False
    if len(opening["slashes"]) < _SLASHES:
        return bool(opening["bar"]) and _is_near(name, view)
    if name == NAME:
        return True
    if view and not opening["bar"]:
        return False
    return name in VIEWS or view in VIEWS or _is_near(name, view)


def _is_near(name: str, view: str) -> bool:
    return nearest(name, [NAME]) is not None and (not view or nearest(view, VIEWS) is not None)


def _check_opening(line: int, opening: re.Match[str]) -> Iterator[Slip]:
    name, view = opening["name"], opening["view"]
    if len(opening["slashes"]) < _SLASHES:
        hint = f"write '/// {NAME} | {view}'"
        yield Slip("unknown-block", line, "a block begins with three slashes", hint)
    if name != NAME:
        hint = f"did you mean {NAME!r}?" if view else f"write '/// {NAME} | {name}'"
        yield Slip("unknown-block", line, f"no block is called {quoted(name)}", hint)
    elif not view or not opening["bar"]:
        yield Slip("unknown-view", line, "the block names no view after '|'", _view_hint(view))
    if opening["bar"] and view and view not in VIEWS:
        message = f"there is no view {quoted(view)}"
        yield Slip("unknown-view", line, message, suggest(view, VIEWS))


def _view_hint(written: str) -> str:
    meant = nearest(written, VIEWS) if written else None
    return f"write '/// {NAME} | {meant}'" if meant else suggest("", VIEWS)


def _unclosed(line: int, slashes: str) -> Slip:
    hint = f"end it with a line that holds only '{slashes}'"
    return Slip("unclosed-block", line, "the block is not closed", hint)


def _strays(first: int, lines: list[str], indent: int) -> Iterator[Slip]:
    """Yield what stands in a block and is no option: options not indented, and the first text."""
    told = False
    for line, text in enumerate(lines, first):
        if not text.strip() or indent_of(text) >= indent:
            continue
        if _OPTION.match(text.strip()):
            message = f"the option {quoted(text.strip())} is not indented, so it would be lost"
            yield Slip("unindented-option", line, message, f"indent it by {_INDENT} spaces")
        elif not told:
            told = True
            message = f"a block of errors holds no text, found {quoted(text.strip())}"
            yield Slip("stray-text", line, message, "close the block before it")


def _unquoted(line: str, depth: int) -> str | None:
    """Return ``line`` without the marks of a quotation of that depth; None if it has fewer."""
    for _ in range(depth):
        mark = _QUOTE.match(line)
        if mark is None:
            return None
        line = line[mark.end() :]
    return line
