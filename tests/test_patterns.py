"""Regular expressions of the package mean the same in every Python that it runs on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1] / "src/errorbook"
POSSESSIVE_GROUP: Final = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")
"""Before 3.11.5, Python may not match such a group where it should (python/cpython#106052)."""


def patterns() -> Iterator[tuple[str, str]]:
    """Yield every text that is given to ``re.compile``, with its file and line."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{path.relative_to(PACKAGE)}:{part.lineno}", part.value


def test_no_group_is_possessive() -> None:
    found = dict(patterns())
    assert len(found) > 100
    assert [place for place, text in found.items() if POSSESSIVE_GROUP.search(text)] == []


def test_such_a_group_would_be_seen() -> None:
    assert all(map(POSSESSIVE_GROUP.search, ("(?:a)*+", "(a)?+", "(a){1,2}+", "(?>a)")))
    assert not any(map(POSSESSIVE_GROUP.search, ("[ab]*+", r"\)++", "(a)+")))
