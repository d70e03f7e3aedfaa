"""Write generated files: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from errorbook.checks.disk import OnDisk, look
from errorbook.checks.origin import origin_of
from errorbook.outputs.stamp import state
from errorbook.problems import ErrorbookError, Place, Problem
from errorbook.project import ExpectedFile, LoadedProject
from errorbook.writing import free_copy_name, write_all

if TYPE_CHECKING:  # it takes long to import, and most projects have none
    from errorbook.markdown_files import MarkdownFile

_PUBLISHED: Final = frozenset({"pages", "error-pages"})
"""Outputs whose files stand among the sources of a site."""


@dataclass(frozen=True)
class Generated:
    """What was done: files written and unchanged, and copies kept of what hands had edited."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Cleared:
    """Files that nothing generates any more: removed, or moved aside if hands had edited them."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


class RefusedError(ErrorbookError):
    """Something stands in the way that errorbook must not overwrite, or cannot make sense of."""


class ForeignFileError(RefusedError):
    """Something that errorbook did not write stands where it would have to write."""


def generate(
    project: LoadedProject,
    files: Iterable[ExpectedFile],
    markdown: Iterable[MarkdownFile] = (),
) -> Generated:
    """Write those of ``files`` that differ from what stands on disk, in UTF-8 with LF newlines.

    Of each file of ``markdown``, only text between markers is written. Where hands have edited
    what is overwritten, the file as it was is kept beside it as ``NAME.orig``, a page of a site
    as ``.NAME.orig``.

    Raises:
        ForeignFileError: if a file of somebody else is in the way; nothing was written.
        RefusedError: if a newer errorbook wrote a file, or markers are not in order; nothing was
            written.
        NotWrittenError: if a file or folder cannot be written.
        OSError: if a file cannot be read; nothing was written.
    """
    found = [(file, look(project.root / file.path, file)) for file in files]
    texts = list(markdown)
    _refuse(project, found, texts)
    copies: dict[str, bytes] = {}
    writes: dict[str, bytes] = {}
    for file, on_disk in found:
        if on_disk.condition == "edited" and on_disk.content is not None:
            copies[_copy(project, file.path, file.target.output)] = on_disk.content
        if on_disk.condition != "fresh":
            writes[file.path] = file.text.encode()
    for text in texts:
        if any(kept.condition == "edited" for kept in text.kept):
            copies[_copy(project, text.path)] = text.content
        if any(kept.condition != "fresh" for kept in text.kept):
            writes[text.path] = text.written()
    contents = {project.root / path: content for path, content in {**copies, **writes}.items()}
    names = {project.root / path: project.shown(path) for path in writes}
    write_all(contents, lambda path: names.get(path, path.name))
    paths = (*(file.path for file, _ in found), *(text.path for text in texts))
    return Generated(
        written=tuple(map(project.shown, writes)),
        unchanged=tuple(project.shown(path) for path in paths if path not in writes),
        kept=tuple(map(project.shown, copies)),
    )


def _refuse(
    project: LoadedProject,
    found: Iterable[tuple[ExpectedFile, OnDisk]],
    texts: Iterable[MarkdownFile],
) -> None:
    """Raise what stands in the way, if anything does."""
    foreign, others = [], [problem for text in texts for problem in text.problems]
    for file, on_disk in found:
        shown = project.shown(file.path)
        if on_disk.condition == "foreign":
            foreign.append(_refusal(shown))
        elif on_disk.condition == "newer":
            others.append(_newer(shown))
    if foreign:
        raise ForeignFileError([*foreign, *others])
    if others:
        raise RefusedError(others)


def clear(project: LoadedProject, paths: Iterable[str]) -> Cleared:
    """Remove generated files that nothing generates any more, and folders that are empty then.

    One that was edited by hand is kept as ``NAME.orig``, a page of a site as ``.NAME.orig``.

    Raises:
        OSError: if a file cannot be read, removed or moved.
    """
    removed, kept = [], []
    for path in paths:
        file = project.root / path
        if state(file.read_text("utf-8", errors="replace")) == "edited":
            origin = origin_of(file)
            copy = _copy(project, path, origin.output if origin else "")
            file.rename(project.root / copy)
            kept.append(project.shown(copy))
        else:
            file.unlink()
            removed.append(project.shown(path))
        for folder in file.parents:
            if folder == project.root or any(folder.iterdir()):
                break
            folder.rmdir()
    return Cleared(tuple(removed), tuple(kept))


def _refusal(shown: str) -> Problem:
    hint = "move it away or change the target in errorbook.yaml"
    message = "errorbook did not generate this file and does not overwrite it"
    return Problem("foreign-file", Place(shown), message, hint)


def _newer(shown: str) -> Problem:
    hint = "upgrade errorbook; to go back instead, remove the file first"
    return Problem("newer-format-file", Place(shown), "was written by a newer errorbook", hint)


def _copy(project: LoadedProject, path: str, output: str = "") -> str:
    """Return the path below the project of a copy to keep of a file there.

    That of a page has a name that begins with a dot: builders publish whatever else stands
    among the pages, and its error may be internal now.
    """
    file = project.root / path
    if output in _PUBLISHED:
        file = file.with_name(f".{file.name}")
    return str(PurePosixPath(path).with_name(free_copy_name(file).name))
