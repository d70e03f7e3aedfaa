"""What docstrings and comments say of errors: a first sentence, causes, a fix; as our prose."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from itertools import pairwise
from typing import Final

_LONGEST: Final = 20_000
"""Characters of a docstring that is looked at."""
_LONGEST_SENTENCE: Final = 500
_ROLE: Final = re.compile(
    r":[\w+.-]{1,40}(?::[\w+.-]{1,40})?:`~?\.?([^`<\n]{1,200})(?:<[^`\n]{0,200})?`"
)
_LITERAL: Final = re.compile(r"``([^`\n]{1,200})``")
_END: Final = re.compile(r"[.!?](?=\s)")
_ABBREVIATIONS: Final = ("e.g.", "i.e.", "etc.", "cf.", "vs.", "resp.")
_SECTION: Final = re.compile(r"(Causes?|Fix|Fixes|Solution|Resolution):(?:\s+(.*))?\Z", re.I)
_WORD: Final = re.compile(r"\w+")
_ITEM: Final = re.compile(r"[-*•]\s+(.*)\Z")
_NO_COMMENT: Final = re.compile(
    r"noqa|type:|pragma|pylint|fmt:|ruff:|mypy:|pyright|TODO|FIXME|nosec"
)


def docstring(node: ast.ClassDef) -> str:
    """Return the docstring of a class, in the order of its lines; "" where there is none."""
    found = ast.get_docstring(node) or ""
    return found if len(found) <= _LONGEST else ""


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring; "" where it has none that ends."""
    paragraph = plain(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0])
    if not re.match(r"\w|[`\"'(]", paragraph):
        return ""
    for end in _END.finditer(paragraph):
        sentence = paragraph[: end.end()]
        if not sentence.endswith(_ABBREVIATIONS):
            return sentence if len(sentence) <= _LONGEST_SENTENCE else ""
    return paragraph if len(paragraph) <= _LONGEST_SENTENCE else ""


def sections(text: str) -> tuple[list[str], str]:
    """Return what stands as a list under "Causes:", and what stands behind "Fix:"."""
    causes: list[str] = []
    fix = ""
    for title, lines in _sections(text):
        if title.startswith("cause"):
            causes += [plain(" ".join(one)) for one in _items(lines)]
        elif not fix:
            fix = plain(" ".join(lines))
    return causes, fix


def says_more(text: str) -> bool:
    """Tell whether a docstring has words beyond its first sentence, its causes and its fix."""
    causes, fix = sections(text)
    taken = " ".join((first_sentence(text), *causes, fix))
    left = Counter(_WORD.findall(plain(text))) - Counter(_WORD.findall(taken))
    return any(not _SECTION.match(f"{word}:") for word in left)


def comment_behind(lines: Sequence[str], node: ast.stmt) -> str:
    """Return the comment that stands behind a statement of a file, on its last line."""
    if node.end_lineno is None or node.end_lineno > len(lines):
        return ""
    line = lines[node.end_lineno - 1].encode()[node.end_col_offset or 0 :].decode(errors="ignore")
    mark, hash_sign, said = line.partition("#")
    is_prose = hash_sign and not mark.strip(" ,;") and not _NO_COMMENT.search(said)
    return plain(said) if is_prose else ""


def docstring_behind(body: list[ast.stmt], one: ast.stmt) -> str:
    """Return the text that stands below a statement as its documentation, up to its first end."""
    for before, after in pairwise(body):
        said = after.value if isinstance(after, ast.Expr) else None
        if before is one and isinstance(said, ast.Constant) and isinstance(said.value, str):
            return first_sentence(cleandoc(said.value)) if len(said.value) <= _LONGEST else ""
    return ""


def plain(text: str) -> str:
    """Return one line of prose: roles and literals of reStructuredText become `code`."""
    text = _LITERAL.sub(r"`\1`", _ROLE.sub(_named, text))
    return " ".join(text.split())


def _named(role: re.Match[str]) -> str:
    return f"`{role[1].strip()}`"


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections that are known: the title, and the lines up to the next empty one.

    A list may stand behind an empty line.
    """
    title, lines, has_text = "", list[str](), False
    for line in [*text.split("\n"), ""]:
        found = _SECTION.match(line.strip())
        is_item = bool(_ITEM.match(line.strip()))
        if has_text and (found or not line.strip()):
            yield title, lines
            title, lines, has_text = "", [], False
        if found:
            title, lines = found[1].lower(), [found[2]] if found[2] else []
            has_text = bool(found[2])
        elif title and line.strip():
            if title.startswith("cause") and not has_text and not is_item:
                title = ""
                continue
            lines.append(line.strip())
            has_text = True


def _items(lines: list[str]) -> Iterator[list[str]]:
    item: list[str] = []
    for line in lines:
        found = _ITEM.match(line)
        if found and item:
            yield item
            item = []
        item.append(found[1] if found else line)
    if item:
        yield item
