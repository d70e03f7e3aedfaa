"""Whether two texts say the same and only look different, as after a formatter.

Every formatter keeps the order of what it sets. So texts that differ in more than the characters
that formatters add and take away, or in their stamps, are told apart at once; only what is left is
read as what it is.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
import re
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from errorbook.outputs.stamp import stamp_of, without_layout

_PYTHON: Final = frozenset({".py", ".pyi"})
_MARKDOWN: Final = frozenset({".md", ".markdown", ".txt"})
_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_RULE_OF_TABLE: Final = re.compile(r"\|?(:?-+:?\|)*:?-+:?\|?\Z")
_DASHES: Final = re.compile(r"-+")
_BULLET: Final = re.compile(r"\A([ \t]*)[-*+][ \t]+(?=\S)")
_BEGINS: Final = re.compile(r"[ \t]*(?:[-*+>|<#]|[0-9]{1,9}[.)](?:[ \t]|\Z)|=+\Z)")
"""What begins something else than another line of a paragraph."""
_ALONE: Final = re.compile(r"[ \t]*[#|<=]")
"""What ends with its line: headings, rows of tables, HTML."""
_EMPHASIS: Final = re.compile(r"(?<![\w\\])_|(?<!\\)_(?!\w)")


def is_same(name: str, one: str, other: str) -> bool:
    """Tell whether two texts of a file called ``name`` differ in nothing but their layout.

    Python is compared as code and comments, JSON as values in their order, Markdown but for
    trailing spaces, empty lines, where lines of a paragraph break, the padding of tables and the
    signs for bullets and emphasis.
    Of any other file, spaces at the ends of lines and the last line break make no difference.
    """
    if one == other:
        return True
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix == ".json":  # in which an é may be spelt out too
            return stamp_of(one) == stamp_of(other) and bool(_values(one) == _values(other))
        if without_layout(one) != without_layout(other):
            return False
        if suffix in _PYTHON:
            return _code(one) == _code(other)
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return False
    lines = _markdown if suffix in _MARKDOWN else _stripped
    return list(lines(one)) == list(lines(other))


def _code(text: str) -> tuple[str, list[str]]:
    """Return Python as a tree, with the comments in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
            continue
        if isinstance(node.value.value, str):  # a docstring, whose lines are indented anew
            lines = inspect.cleandoc(node.value.value).split("\n")
            node.value.value = "\n".join(map(str.rstrip, lines))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [one.string for one in tokens if one.type == tokenize.COMMENT]
    return ast.dump(tree), [" ".join(one.lstrip("#").split()) for one in comments]


def _values(text: str) -> Any:
    """Return JSON as values, in which the order of keys counts, and how numbers are written."""
    return json.loads(
        text,
        object_pairs_hook=lambda pairs: ("object", pairs),
        parse_float=lambda number: ("number", number),
        parse_int=lambda number: ("number", number),
    )


def _stripped(text: str) -> Iterator[str]:
    yield from map(str.rstrip, text.rstrip().split("\n"))


def _markdown(text: str) -> Iterator[str]:
    """Yield the lines of Markdown in one layout, paragraphs on one; code stays as it is."""
    paragraph: list[str] = []
    for line, is_code in _told_apart(text):
        if paragraph and (is_code or not line or _BEGINS.match(line)):
            yield " ".join(paragraph)
            paragraph = []
        if is_code or not line or _ALONE.match(line):
            yield line
        else:
            paragraph.append(line.lstrip() if paragraph else line)
    yield " ".join(paragraph)


def _told_apart(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of Markdown, and whether each is code; of empty lines in a row, only one."""
    fence = before = ""
    for line in _stripped(text.lstrip("\n")):
        mark = _FENCE.match(line)
        if fence:
            is_end = mark and mark[1].startswith(fence) and line.strip() == mark[1]
            fence = "" if is_end else fence
            yield line, True
        elif mark:
            fence = mark[1]
            yield line, True
        elif line or before:
            yield _settled(line), False
        before = line


def _settled(line: str) -> str:
    if line.lstrip().startswith("|"):
        line = "|".join(cell.strip() for cell in _PIPE.split(line))
        if _RULE_OF_TABLE.match(line):
            return _DASHES.sub("-", line)
    return _EMPHASIS.sub("*", _BULLET.sub(r"\1- ", line))
