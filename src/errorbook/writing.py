"""Write files: all of them or none; and names for copies of what they replace."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path


class NotWrittenError(OSError):
    """Writing failed. The message says why, and what has become of the files."""


def free_copy_name(file: Path) -> Path:
    """Return a name for a copy beside ``file`` that nothing has: ``NAME.orig``, ``NAME.1.orig``."""
    return next(name for name in _copy_names(file) if not os.path.lexists(name))


def from_here(path: Path) -> str:
    """Return what a user calls ``path``: its way from the current folder, if it is below that."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def write_all(contents: Mapping[Path, bytes], shown: Callable[[Path], str] = from_here) -> None:
    """Write each file beside its place, then move all there; what was there comes back on failure.

    ``shown`` is what to call a file that cannot be written, or was changed and not restored.

    Raises:
        NotWrittenError: if one cannot be written.
    """
    batch, at = _Batch(), Path()
    try:
        for at, content in contents.items():
            batch.stage(at, content)
        for at in contents:
            batch.replace(at)
    except OSError as error:
        lost = list(map(shown, batch.undo()))
        raise NotWrittenError(_account(error, shown(at), lost)) from error
    except BaseException:
        batch.undo()
        raise


def _copy_names(file: Path) -> Iterator[Path]:
    yield file.with_name(f"{file.name}.orig")
    yield from (file.with_name(f"{file.name}.{number}.orig") for number in count(1))


def _account(error: OSError, name: str, lost: list[str]) -> str:
    why = f"{name}: {error.strerror or error}"
    if not lost:
        return f"{why}; nothing was changed"
    return f"{why}; changed and not restored: {', '.join(lost)}"


class _Batch:
    """Files on their way to disk, and what stood in their places."""

    def __init__(self) -> None:
        self._folders: list[Path] = []
        self._staged: dict[Path, Path] = {}
        self._former: dict[Path, bytes | None] = {}

    def stage(self, path: Path, content: bytes) -> None:
        """Write a file under a name of its own, in the folder it belongs in."""
        for folder in reversed([one for one in path.parents if not one.exists()]):
            folder.mkdir()
            self._folders.append(folder)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        self._staged[path] = temporary
        with temporary.open("xb") as file:
            file.write(content)
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))

    def replace(self, path: Path) -> None:
        """Move a file that is staged to its place."""
        former = path.read_bytes() if path.exists() else None
        self._staged[path].replace(path)
        del self._staged[path]
        self._former[path] = former

    def undo(self) -> list[Path]:
        """Put everything back, and return the files for which that failed."""
        lost = [path for path in reversed(self._former) if not self._restored(path)]
        for temporary in self._staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()
        return lost

    def _restored(self, path: Path) -> bool:
        former = self._former[path]
        try:
            if former is None:
                path.unlink()
            else:
                self.stage(path, former)
                self._staged[path].replace(path)
                del self._staged[path]
        except OSError:
            return False
        return True
