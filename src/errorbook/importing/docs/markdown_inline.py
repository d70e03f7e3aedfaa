"""The inline markup of Markdown -> spans. Time is linear in the length of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from errorbook.importing.docs.spans import Line, Span, line

_TOKEN: Final = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<image>!)?\[(?P<label>(?:[^\[\]\\`]|\\.|`[^`]{0,200}`){0,400})\]"
    r"(?:\(\s*<?(?P<target>[^()\s<>]{0,2000}(?:\([^()\s<>]{0,200}\)[^()\s<>]{0,200}){0,4})>?"
    r"(?:\s+(?:\"[^\"]{0,400}\"|'[^']{0,400}'))?\s*\)|\[[^\[\]]{0,200}\])"
    r"|<(?P<address>https?://[^\s<>]{1,2000})>"
    r"|(?P<comment><!--)"
    r"|<(?P<tag>/?[A-Za-z][A-Za-z0-9]{0,30})(?:\s[^<>]{0,400})?/?>"
    r"|\[\^[^\[\]\s]{1,60}\]"
    r"|(?P<mark>\*{1,3}|_{1,3}|~~)"
    r"|(?P<sign>:(?:white_check_mark|heavy_check_mark|material-check|x|material-close):)",
    re.DOTALL,
)
_TAGS: Final = {"code": "`", "kbd": "`", "samp": "`", "tt": "`", "b": "**", "strong": "**"} | {
    "em": "*",
    "i": "*",
}
_LONGEST_COMMENT: Final = 4000
_NO: Final = (":x:", ":material-close:")
_LIST_OF_ATTRIBUTES: Final = re.compile(r"\s*\{[:#.][^{}]{0,200}\}\s*\Z")


@dataclass
class _Piece:
    """A text, or a mark that may turn out to be one. ``closes`` is where its partner stands."""

    text: str
    mark: str = ""
    opens: bool = False
    closes: bool = False
    is_paired: bool = False
    is_code: bool = False
    target: str = ""


def inline(text: str, number: int) -> Line:
    """Return a line of Markdown, whose number is ``number``, with its markup understood."""
    pieces = list(_pieces(_LIST_OF_ATTRIBUTES.sub("", text)))
    _pair(pieces)
    return line(_spans(pieces), number)


def _pieces(text: str, *, in_link: bool = False) -> Iterator[_Piece]:
    at = 0
    ends = _Ends(text)
    while found := _TOKEN.search(text, at):
        yield _Piece(unescape(text[at : found.start()]))
        at = found.end()
        if found["ticks"]:
            width = len(found["ticks"])
            end = ends.of_code(at, width)
            if end < 0:
                yield _Piece(found[0])
            else:
                yield _Piece(_code(text[at:end]), is_code=True)
                at = end + width
        elif found["comment"]:
            end = ends.of_comment(at)
            at = end if end >= 0 else at
            yield _Piece("" if end >= 0 else found[0])
        elif found["escape"]:
            yield _Piece(found["escape"])
        elif found["label"] is not None:
            yield from _link(found, in_link=in_link)
        elif found["address"]:
            yield _Piece(found["address"], target=found["address"])
        elif found["tag"]:
            yield from _tag(found["tag"].lower())
        elif found["mark"]:
            yield _mark(text, found)
        elif found["sign"]:
            yield _Piece("❌" if found["sign"] in _NO else "✅")
    yield _Piece(unescape(text[at:]))


class _Ends:
    """Where code and comments of one text end. It is gone over once, however many begin in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: dict[int, list[int]] = {}
        self._comment = -1

    def of_code(self, at: int, width: int) -> int:
        """Return where a run of exactly ``width`` backticks begins; -1 where there is none."""
        if not self._runs:
            for run in re.finditer("`+", self._text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        starts = self._runs.get(width, [])
        found = bisect_left(starts, at)
        return starts[found] if found < len(starts) else -1

    def of_comment(self, at: int) -> int:
        """Return what is behind a comment; -1 where it does not end, or is longer than any is."""
        if self._comment < at:
            found = self._text.find("-->", at)
            self._comment = found if found >= 0 else len(self._text)
        is_ended = self._comment < len(self._text) and self._comment - at <= _LONGEST_COMMENT
        return self._comment + len("-->") if is_ended else -1


def _code(text: str) -> str:
    inner = " ".join(text.split("\n"))
    return inner.strip() or inner


def _link(found: re.Match[str], *, in_link: bool) -> Iterator[_Piece]:
    label, target = found["label"], found["target"] or ""
    if in_link or found["image"]:
        yield _Piece(unescape(label))
        return
    inner = list(_pieces(label, in_link=True))
    _pair(inner)
    for piece in inner:
        piece.target = target
        yield piece


def _tag(name: str) -> Iterator[_Piece]:
    bare = name.removeprefix("/")
    if bare in ("br", "p", "li", "div"):
        yield _Piece("\n")
    elif bare in _TAGS:
        is_end = name.startswith("/")
        yield _Piece("", mark=f"<{_TAGS[bare]}", opens=not is_end, closes=is_end)


def _mark(text: str, found: re.Match[str]) -> _Piece:
    """Return a run of stars or underscores, with what it may do where it stands."""
    mark = found["mark"]
    before = text[found.start() - 1 : found.start()]
    behind = text[found.end() : found.end() + 1]
    opens = bool(behind) and not behind.isspace()
    closes = bool(before) and not before.isspace()
    if mark[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not behind.isalnum()
    return _Piece(mark, mark, opens, closes)


def _pair(pieces: list[_Piece]) -> None:
    """Find the partner of every mark that has one: the last one open that is written alike."""
    waiting: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        if not piece.mark or piece.is_paired:
            continue
        partners = waiting.setdefault(piece.mark, [])
        if piece.closes and partners:
            start = partners.pop()
            pieces[start].is_paired = piece.is_paired = True
            pieces[start].closes, piece.opens = False, False
            for others in waiting.values():
                while others and others[-1] > start:
                    others.pop()
        elif piece.opens:
            partners.append(at)


def _spans(pieces: list[_Piece]) -> Iterator[Span]:
    depth = {"`": 0, "**": 0, "*": 0}
    for piece in pieces:
        if not piece.is_paired:
            if piece.text and not piece.mark.startswith("<"):
                is_code = piece.is_code or depth["`"] > 0
                strong, emphasis = depth["**"] > 0, depth["*"] > 0
                yield Span(piece.text, is_code, strong, emphasis, piece.target)
            continue
        step = 1 if piece.opens else -1
        mark = piece.mark.removeprefix("<").replace("_", "*")
        for one in ("**", "*") if mark == "***" else (mark,):
            if one in depth:
                depth[one] += step
