"""Prose, text and code of the catalog as Markdown (CommonMark) that shows exactly what they say.

All of it stays on one line, and may stand wherever a line of Markdown begins or after a space: in
a paragraph, a list, a heading, or a cell of a table. Whatever is no mark of the prose's own is text
in any renderer of CommonMark; those that make links of bare addresses, as GitHub's does, still do.
Hidden characters, such as those of writing direction, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote

from errorbook.catalog.prose import ERROR_SCHEME, Code, Emphasis, Link, Node, Text, parse_prose
from errorbook.characters import has_hidden, without_hidden

Resolve = Callable[[str], str | None]
"""Returns the address that a reference such as ``artifacta/rate_limited`` leads to, if any."""
Relative = Callable[[str], str]
"""Returns the address of any other target of a link, as it is to be written."""

_SPACE: Final = re.compile(r"\s+")
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ,.;:'/(){}=+-]*\Z")
_NAME: Final = re.compile(r"[A-Za-z0-9_./-]+\Z")
"""What needs no look at any of its characters, as nearly all text, codes and addresses."""
_ACTIVE: Final = re.compile(
    r"[\\`*\[\]|~<]"
    r"|&(?=[#A-Za-z])"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # within a word it is no mark
    r"|(?<!\S)#"
    r"|!\Z"  # before the bracket of a link it would make an image
)
_FIRST: Final = re.compile(
    r"(?P<list>[-+](?= |\Z)|>)|(?P<line>[-=][-= ]*\Z)|(?P<number>[0-9]{1,9})[.)](?= |\Z)"
)
"""What begins a list or a quotation, or underlines the line above, or rules a line."""
_ENTITIES: Final = {"<": "&lt;", "&": "&amp;"}
"""Written so, they are harmless even where a backslash escapes nothing."""
_BACKTICKS: Final = re.compile(r"`+")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\x00-\x20\x7f\"()<>\\`|]")
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class _Marked:
    """Emphasised Markdown. Its marks may have to go, as what stands beside them decides."""

    pieces: Sequence[_Flat]
    mark: str


_Flat = str | Code
_Piece = _Flat | _Marked
"""A text is Markdown already; code becomes it last, as neighbours share one pair of marks."""


def markdown_prose(
    text: str, link: Resolve, *, relative: Relative = str, in_table: bool = False
) -> str:
    """Return prose of the catalog as one line of Markdown.

    ``link`` is asked where links to errors lead: without an address their label is left. All
    other targets go through ``relative``. ``in_table`` also escapes what ends a cell within code.
    """
    if _PLAIN.match(text):
        return _begun(text.strip())
    writer = _Writer(link, relative, in_table)
    return _begun(writer.written(parse_prose(text)).strip())


def markdown_text(text: str) -> str:
    """Return plain text as one line of Markdown."""
    if _PLAIN.match(text):
        return _begun(text.strip())
    return _begun(_escaped(_spaced(text)).strip())


def markdown_code(text: str, *, in_table: bool = False) -> str:
    """Return ``text`` as a code span, or "" where nothing of it can be seen."""
    if _NAME.match(text):
        return f"`{text}`"
    content = without_hidden(_SPACE.sub(_one_space, text))
    if not content.strip():
        return content
    longest = max(map(len, _BACKTICKS.findall(content)), default=0)
    if (content[0] in " `" and content[-1] in " `") or "`" in (content[0], content[-1]):
        content = f" {content} "
    if in_table:
        content = content.replace("|", "\\|")
    fence = "`" * (longest + 1)
    return f"{fence}{content}{fence}"


def markdown_link(label: str, address: str) -> str:
    """Return a link with a ``label`` that is Markdown already; without one, nothing."""
    return f"[{label}]({_address(address)})" if label.strip() else label


class _Writer:
    """Writes nodes of prose as Markdown."""

    def __init__(self, link: Resolve, relative: Relative, in_table: bool) -> None:
        self._link = link
        self._relative = relative
        self._in_table = in_table

    def written(self, nodes: Iterable[Node]) -> str:
        pieces = _merged(self._flat(nodes))
        return "".join(
            piece if isinstance(piece, str) else markdown_code(piece.text, in_table=self._in_table)
            for piece in pieces
        )

    def _flat(self, nodes: Iterable[Node]) -> Iterator[_Flat]:
        return _joined([self._piece(node) for node in _merged_text(self._without_dead(nodes))])

    def _without_dead(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """Yield ``nodes``, links with the address they lead to, or what those without stand on."""
        for node in nodes:
            if not isinstance(node, Link):
                yield node
            elif (address := self._target(node.target)) is None:
                yield from node.children
            else:
                yield Link(address, node.children)

    def _target(self, target: str) -> str | None:
        if target.startswith(ERROR_SCHEME):
            return self._link(target.removeprefix(ERROR_SCHEME))
        return self._relative(target)

    def _piece(self, node: Node) -> _Piece:
        if isinstance(node, Text):
            return _escaped(node.text)
        if isinstance(node, Code):
            return node
        if isinstance(node, Emphasis):
            return _Marked(list(self._flat(node.children)), "**" if node.strong else "*")
        # The targets in a label are none any more: links in links were taken out of the tree.
        return markdown_link(self.written(node.children), node.target)


def _merged_text(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield ``nodes`` without what nobody can see, and with neighbours of text in one."""
    visible = (node for one in nodes for node in _visible(one))
    for is_text, group in groupby(visible, lambda node: isinstance(node, Text)):
        if is_text:
            yield Text("".join(node.text for node in group if isinstance(node, Text)))
        else:
            yield from group


def _visible(node: Node) -> Iterator[Node]:
    if isinstance(node, Text):
        text = _spaced(node.text)
        yield from [Text(text)] if text else []
    elif isinstance(node, Code) and not _spaced(node.text).strip():
        yield from [Text(" ")] if node.text.isspace() else []
    else:
        yield node


def _merged(pieces: Iterable[_Flat]) -> Iterator[_Flat]:
    """Yield ``pieces`` with neighbours of code in one: two pairs of marks would not be read so."""
    for is_code, group in groupby(filter(None, pieces), lambda piece: isinstance(piece, Code)):
        if is_code:
            yield Code("".join(piece.text for piece in group if isinstance(piece, Code)))
        else:
            yield from (piece for piece in group if isinstance(piece, str))


def _joined(pieces: Sequence[_Piece]) -> Iterator[_Flat]:
    """Yield ``pieces`` with those marks around emphasis that CommonMark reads as such.

    A mark begins or ends emphasis by the kind of characters beside it: in ``a**.b**c`` none does.
    """
    parts = list(_unpadded(pieces))
    last, is_mark = "", False
    for index, part in enumerate(parts):
        if not isinstance(part, _Marked):
            yield part
            last, is_mark = _edges(part)[1], False
            continue
        following = _edges(parts[index + 1])[0] if index + 1 < len(parts) else ""
        first, final = _edges(part)
        is_mark = not is_mark and _may_stand_by(first, last) and _may_stand_by(final, following)
        marks = [part.mark] if is_mark else []
        yield from (*marks, *part.pieces, *marks)
        last = "*" if is_mark else final


def _unpadded(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield ``pieces`` with the space at the edges of emphasis outside of its marks."""
    for piece in pieces:
        if not isinstance(piece, _Marked):
            yield from filter(None, [piece])
            continue
        inner = list(piece.pieces)
        before = after = ""
        while inner and isinstance(inner[0], str) and inner[0] != inner[0].lstrip():
            before, inner[0] = " ", inner[0].lstrip()
            inner = inner if inner[0] else inner[1:]
        while inner and isinstance(inner[-1], str) and inner[-1] != inner[-1].rstrip():
            after, inner[-1] = " ", inner[-1].rstrip()
            inner = inner if inner[-1] else inner[:-1]
        yield from filter(None, [before])
        if inner:
            yield _Marked(inner, piece.mark)
        yield from filter(None, [after])


def _edges(piece: _Piece) -> tuple[str, str]:
    """Return the first and the last character of a piece that is not empty."""
    if isinstance(piece, _Marked):
        return _edges(piece.pieces[0])[0], _edges(piece.pieces[-1])[1]
    return ("`", "`") if isinstance(piece, Code) else (piece[0], piece[-1])


def _may_stand_by(inner: str, outer: str) -> bool:
    """Tell whether a mark between ``inner``, what it emphasises, and ``outer`` works as one."""
    return inner.isalnum() or not outer or outer.isspace() or (outer.isascii() and _is_sign(outer))


def _is_sign(character: str) -> bool:
    return character.isprintable() and not character.isalnum()


def _spaced(text: str) -> str:
    return without_hidden(_SPACE.sub(" ", text))


def _one_space(space: re.Match[str]) -> str:
    return space[0] if space[0].strip(" ") == "" else " "


def _escaped(text: str) -> str:
    return _ACTIVE.sub(_inert, text)


def _inert(mark: re.Match[str]) -> str:
    return _ENTITIES.get(mark[0]) or f"\\{mark[0]}"


def _begun(line: str) -> str:
    """Return ``line`` so that what it begins with begins no list, quotation or heading."""
    mark = _FIRST.match(line)
    if mark is None:
        return line
    at = mark.end("number") if mark["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _address(address: str) -> str:
    """Return ``address`` with what would end it, or be read as something else, in percent."""
    if _NAME.match(address):
        return address
    encoded = _NOT_IN_ADDRESSES.sub(lambda one: quote(one[0], safe=""), address)
    if has_hidden(encoded):
        encoded = "".join(quote(one, safe="") if has_hidden(one) else one for one in encoded)
    return _REFERENCE.sub("&amp;", encoded)
