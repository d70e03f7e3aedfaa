"""Markdown files in which the text between markers is kept: which they are, and what belongs there.

A file is found by a path, or by a pattern in which ``*`` and ``?`` stand for letters of a name and
``**`` for any folders. Links are never followed, and hidden folders never looked into.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from errorbook.catalog import Catalog
from errorbook.checks.disk import link_on_the_way, why_not
from errorbook.checks.layout import is_same
from errorbook.markers import MarkedText, read_markers
from errorbook.outputs.markdown_options import NotShownError
from errorbook.outputs.stamp import text_hash
from errorbook.problems import ErrorbookError, Finding, Place, Problem, quoted
from errorbook.project import LoadedProject

MOST_BYTES: Final = 10_000_000
"""Bytes of a file, above which it is not looked at."""
_MARKER: Final = b"errorbook"
_WILD: Final = re.compile(r"[*?]")
_PATTERN: Final = re.compile(r"\*\*/|\*\*|\*|\?")
_TRANSLATED: Final = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__"})
_NAME: Final = "text.md"

Condition = Literal["fresh", "stale", "edited"]


@dataclass(frozen=True)
class Kept:
    """Text between markers as it stands, how it compares, and as it should be."""

    found: MarkedText
    expected: str
    condition: Condition


@dataclass(frozen=True)
class MarkdownFile:
    """A file with markers: its path below the project, its bytes, its texts, what is wrong."""

    path: str
    content: bytes
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]

    @property
    def text(self) -> str:
        """The content as text with LF newlines."""
        return self.content.decode().replace("\r\n", "\n")

    def written(self, only: MarkedText | None = None) -> bytes:
        """Return the content with all its texts as they should be, or ``only`` one of them.

        Texts that are fresh stay as they are set, and every line keeps its line end.
        """
        lines = self.content.decode().split("\n")
        for kept in reversed(self.kept):
            if kept.condition == "fresh" or (only is not None and kept.found is not only):
                continue
            first, last = kept.found.first, kept.found.last
            end = "\r" if lines[first - 1].endswith("\r") else ""
            new = [f"{line}{end}" for line in kept.found.lines(kept.expected)]
            if last == len(lines):
                new[-1] = new[-1].removesuffix("\r")
            lines[first:last] = new
        return "\n".join(lines).encode()


@dataclass(frozen=True)
class MarkdownFiles:
    """The files that a project names, and those of its patterns that are not there, and why."""

    files: tuple[MarkdownFile, ...]
    missing: tuple[str, ...]


def markdown_files(project: LoadedProject, catalog: Catalog) -> MarkdownFiles:
    """Return every file with markers that the project names; ``catalog`` is what they may tell.

    A file that is named must have markers; of those that a pattern finds, the ones with markers
    are returned.

    Raises:
        ErrorbookError: if errorbook.yaml names a path that leads outside or is a link.
        OSError: if a file or folder is there but cannot be read.
    """
    files: dict[str, MarkdownFile] = {}
    missing: list[str] = []
    for index, pattern in enumerate(project.project.markdown):
        is_named = not _WILD.search(pattern)
        _refuse_misplaced(project, index, pattern)
        paths = [str(PurePosixPath(pattern))] if is_named else list(_found(project.root, pattern))
        if not paths:
            missing.append(f"{project.shown(pattern)}: no file is called so")
        for path in paths:
            if path in files:
                continue
            try:
                file = _file(project, catalog, path, is_named=is_named)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                missing.append(f"{project.shown(path)}: there is no such file")
            except ValueError as error:
                missing.append(f"{project.shown(path)}: {error}")
            else:
                files |= {path: file} if file else {}
    return MarkdownFiles(tuple(files.values()), tuple(missing))


def require_all(found: MarkdownFiles) -> None:
    """Refuse to go on where a file is missing.

    Raises:
        FileNotFoundError: if one is.
    """
    for reason in found.missing:
        raise FileNotFoundError(errno.ENOENT, f"{reason}; nothing was changed")


def _refuse_misplaced(project: LoadedProject, index: int, pattern: str) -> None:
    reason = why_not(_WILD.sub("x", pattern))
    if reason is None:
        literal = _literal(pattern)
        link = link_on_the_way(project.root, literal) if literal else None
        reason = f"leads over {quoted(link)}, a link, which is never followed" if link else None
    if reason:
        finding = Finding("bad-markdown-path", ("markdown", index), f"{quoted(pattern)} {reason}")
        raise ErrorbookError(project.place([finding]))


def _literal(pattern: str) -> str:
    """Return the folders that a pattern begins with, or all of a path without one."""
    parts = PurePosixPath(pattern).parts
    wild = next((at for at, part in enumerate(parts) if _WILD.search(part)), len(parts))
    return "/".join(parts[:wild])


def _found(root: Path, pattern: str) -> Iterator[str]:
    """Yield the paths of the files that a pattern means, sorted, without links."""
    whole = str(PurePosixPath(pattern))
    matches = re.compile(f"{_translated(whole)}\\Z").match
    top, depth = root / _literal(whole), len(PurePosixPath(whole).parts)
    deepest = None if "**" in whole else depth
    for where, folders, names in os.walk(top):
        folder = Path(where).relative_to(root)
        is_deep = deepest is not None and len(folder.parts) + 1 >= deepest
        folders[:] = [] if is_deep else sorted(filter(_is_looked_into, folders))
        for name in sorted(names):
            path = (folder / name).as_posix()
            if matches(path) and not (root / path).is_symlink():
                yield path


def _translated(pattern: str) -> str:
    pieces, at = [], 0
    for wild in _PATTERN.finditer(pattern):
        pieces += [re.escape(pattern[at : wild.start()]), _TRANSLATED[wild[0]]]
        at = wild.end()
    return "".join([*pieces, re.escape(pattern[at:])])


def _is_looked_into(folder: str) -> bool:
    return not folder.startswith(".") and folder not in _PASSED_OVER


def _file(
    project: LoadedProject, catalog: Catalog, path: str, *, is_named: bool
) -> MarkdownFile | None:
    """Return a file with what belongs in it; None where a pattern has found one without markers.

    Raises:
        OSError: if it is not there or cannot be read.
        ValueError: if it is no text, or too much.
    """
    with (project.root / path).open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    if _MARKER not in content.lower() and not is_named:
        return None
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES:,} bytes")
    try:
        marked = read_markers(content.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    shown = project.shown(path)
    problems = [
        Problem("bad-marker", Place(shown, one.line), one.message, one.hint)
        for one in marked.problems
    ]
    kept = []
    for text in marked.texts:
        try:
            kept.append(_compared(text, _expected(catalog, text.view, text.options)))
        except NotShownError as error:
            place = Place(shown, text.first)
            problems.append(Problem("bad-marker-view", place, str(error), error.hint))
    if not (marked.texts or problems) and is_named:
        hint = "add <!-- errorbook: codes --> and <!-- /errorbook --> where the text belongs"
        problems.append(Problem("unmarked-file", Place(shown), "has no markers", hint))
    problems.sort(key=lambda one: one.place)
    return MarkdownFile(path, content, tuple(kept), tuple(problems)) if kept or problems else None


def _expected(catalog: Catalog, view: str, options: Mapping[str, tuple[str, ...]]) -> str:
    # It takes long to import, and most files have no markers.
    from errorbook.outputs.markdown_views import markdown_view  # noqa: PLC0415

    return markdown_view(catalog, view, options)


def _compared(found: MarkedText, expected: str) -> Kept:
    generated = text_hash(found.text)
    if is_same(_NAME, found.text, expected):
        condition: Condition = "fresh" if found.hash == generated else "stale"
    elif not found.text.strip():
        condition = "stale"
    elif found.hash == generated:
        # What has the very hash of what belongs there was changed, if only by a comma.
        condition = "edited" if generated == text_hash(expected) else "stale"
    else:
        condition = "edited"
    return Kept(found, expected, condition)
