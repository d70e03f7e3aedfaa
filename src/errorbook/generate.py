"""Write generated files: all of them or none."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from errorbook.checks.disk import OnDisk, look
from errorbook.outputs.stamp import state
from errorbook.problems import ErrorbookError, Place, Problem
from errorbook.project import ExpectedFile, LoadedProject

if TYPE_CHECKING:  # it takes long to import, and most projects have none
    from errorbook.markdown_files import MarkdownFile


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


class NotWrittenError(OSError):
    """Writing failed. The message says why, and what has become of the files."""


def generate(
    project: LoadedProject,
    files: Iterable[ExpectedFile],
    markdown: Iterable[MarkdownFile] = (),
) -> Generated:
    """Write those of ``files`` that differ from what stands on disk, in UTF-8 with LF newlines.

    Of each file of ``markdown``, only text between markers is written. Where hands have edited
    what is overwritten, the file as it was is kept beside it as ``NAME.orig``.

    Raises:
        ForeignFileError: if a file of somebody else is in the way; nothing was written.
        RefusedError: if a newer errorbook wrote a file, or markers are not in order; nothing was
            written.
        NotWrittenError: if a file or folder cannot be written.
        OSError: if a file cannot be read; nothing was written.
    """
    found = [(file, look(project.root / file.path, file.text)) for file in files]
    texts = list(markdown)
    _refuse(project, found, texts)
    copies: list[_Write] = []
    writes: list[_Write] = []
    for file, on_disk in found:
        if on_disk.condition == "edited" and on_disk.content is not None:
            copies.append(_copy(project, file.path, on_disk.content))
        if on_disk.condition != "fresh":
            writes.append(_write(project, file.path, file.text.encode(), on_disk.content))
    for text in texts:
        if any(kept.condition == "edited" for kept in text.kept):
            copies.append(_copy(project, text.path, text.content))
        if any(kept.condition != "fresh" for kept in text.kept):
            writes.append(_write(project, text.path, text.written(), text.content))
    _write_all([*copies, *writes])
    written = {write.shown: None for write in writes}
    paths = (*(file.path for file, _ in found), *(text.path for text in texts))
    every = map(project.shown, paths)
    return Generated(
        written=tuple(written),
        unchanged=tuple(shown for shown in every if shown not in written),
        kept=tuple(copy.shown for copy in copies),
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

    One that was edited by hand is kept as ``NAME.orig``.

    Raises:
        OSError: if a file cannot be read, removed or moved.
    """
    removed, kept = [], []
    for path in paths:
        file = project.root / path
        if state(file.read_text("utf-8", errors="replace")) == "edited":
            copy = _free_name(project, path)
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


@dataclass(frozen=True)
class _Write:
    """One file to write: what to call it, where it is, its bytes and those it had."""

    shown: str
    path: Path
    new: bytes
    old: bytes | None


def _write(project: LoadedProject, path: str, new: bytes, old: bytes | None) -> _Write:
    return _Write(project.shown(path), project.root / path, new, old)


def _copy(project: LoadedProject, path: str, content: bytes) -> _Write:
    """Return the copy to keep of an edited file, under a name that is free."""
    return _write(project, _free_name(project, path), content, None)


def _free_name(project: LoadedProject, path: str) -> str:
    names = (f"{path}{f'.{number}' if number else ''}.orig" for number in count())
    return next(name for name in names if not os.path.lexists(project.root / name))


def _write_all(writes: list[_Write]) -> None:
    """Write all files or none.

    Raises:
        NotWrittenError: if it could not be done.
    """
    batch = _Batch()
    try:
        for write in writes:
            batch.stage(write)
        for write in writes:
            batch.replace(write)
    except OSError as error:
        raise NotWrittenError(_account(error, batch.undo())) from error
    except BaseException:
        batch.undo()
        raise


def _account(error: OSError, lost: list[str]) -> str:
    place = f"{error.filename}: " if error.filename else ""
    if not lost:
        return f"{place}{error.strerror}; nothing was changed"
    return f"{place}{error.strerror}; changed and not restored: {', '.join(lost)}"


class _Batch:
    """Files on their way to disk: each is written beside its place first, then moved there."""

    def __init__(self) -> None:
        self._folders: list[Path] = []
        self._staged: dict[Path, Path] = {}
        self._replaced: list[_Write] = []

    def stage(self, write: _Write) -> None:
        """Write a file under a name of its own, in the folder it belongs in."""
        self._make(write.path.parent)
        temporary = write.path.with_name(f".{write.path.name}.{secrets.token_hex(4)}.tmp")
        self._staged[write.path] = temporary
        with temporary.open("xb") as file:
            file.write(write.new)
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(write.path.stat().st_mode))

    def replace(self, write: _Write) -> None:
        """Move a file that is staged to its place."""
        self._staged[write.path].replace(write.path)
        del self._staged[write.path]
        self._replaced.append(write)

    def undo(self) -> list[str]:
        """Put everything back, and return what to call the files for which that failed."""
        lost = [write.shown for write in reversed(self._replaced) if not self._restored(write)]
        for temporary in self._staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()
        return lost

    def _make(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._folders.append(one)

    def _restored(self, write: _Write) -> bool:
        try:
            if write.old is None:
                write.path.unlink()
            else:
                self.stage(_Write(write.shown, write.path, write.old, None))
                self._staged[write.path].replace(write.path)
                del self._staged[write.path]
        except OSError:
            return False
        return True
