"""The commands that the pages show, and what tests/docs/commands.yaml says of each."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
TABLE: Final = "tests/docs/commands.yaml"
_FENCE: Final = re.compile(r"^( *)(```+|~~~+) *(\w*)")
_SHELLS: Final = frozenset({"sh", "console", "shell", "bash"})
_WRITTEN: Final = frozenset({"docs/cli.md", "docs/reference.md", "docs/api.md"})
"""Pages that are generated: their examples are those of the commands, which have a test."""


@dataclass(frozen=True)
class Step:
    """A command of a page in its order: what it ends with, or why it is not run."""

    run: str
    exit: int = 0
    why: str = ""
    test: str = ""
    """The test that runs the like of what is not run."""
    first: tuple[dict[str, str], ...] = ()
    """Edits to make before: ``file`` and ``text``, or ``below`` and ``block``; or ``release``."""
    instead: dict[str, str] = field(default_factory=dict)
    """What stands in the place of words of the command, such as an address that is nobody's."""


@dataclass(frozen=True)
class Page:
    """What the table says of a page: where its commands run, and each of them."""

    where: str
    steps: tuple[Step, ...]


def table() -> tuple[tuple[Step, ...], dict[str, Page]]:
    """Return what no command that is run begins with, and what there is to know of each page."""
    data: dict[str, Any] = yaml.safe_load((ROOT / TABLE).read_text("utf-8"))
    pages = {
        name: Page(said.get("in", "project"), tuple(map(_step, said["steps"])))
        for name, said in data["pages"].items()
    }
    return tuple(Step(run=begin, **said) for begin, said in data["never run"].items()), pages


def _step(said: str | dict[str, Any]) -> Step:
    if isinstance(said, str):
        return Step(said)
    return Step(**{**said, "first": tuple(said.get("first", ()))})


def page_paths() -> list[str]:
    """Return the pages that show commands to people."""
    docs = sorted((ROOT / "docs").glob("*.md"))
    names = ["README.md", *(path.relative_to(ROOT).as_posix() for path in docs)]
    return [name for name in names if name not in _WRITTEN]


def commands_of(page: str) -> list[str]:
    """Return the commands of a page: lines of shell blocks, and those behind `$ ` in any block."""
    found: list[str] = []
    for language, lines in blocks(page):
        prompts = [line[2:] for line in lines if line.startswith("$ ")]
        if language in _SHELLS and not prompts:
            prompts = [line for line in _joined(lines) if not line.startswith("#")]
        found += [line for line in map(_plain, prompts) if line]
    return found


def blocks(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the fenced blocks of a page: language and lines, without their indentation."""
    fence, language, lines, indent = "", "", list[str](), 0
    for line in (ROOT / page).read_text("utf-8").split("\n"):
        found = _FENCE.match(line)
        if not fence and found:
            indent, fence, language, lines = len(found[1]), found[2], found[3], []
        elif fence and line.strip() == fence:
            yield language, lines
            fence = ""
        elif fence:
            lines.append(line[indent:])


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those that end in a backslash with what follows."""
    whole = ""
    for line in lines:
        whole += line.rstrip().removesuffix("\\")
        if not line.rstrip().endswith("\\"):
            yield whole.strip()
            whole = ""


def _plain(line: str) -> str:
    """Return a command without the comment behind it and spare spaces."""
    bare = re.sub(r"\s+#\s.*", "", line) if "'" not in line and '"' not in line else line
    return " ".join(bare.split())


def words(command: str) -> list[str]:
    """Return the words of a command; `|` and `<` are words of their own."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>;&")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    return list(lexer)
