"""Write fetched files and the lock: all of them, or none."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write each file beside its place, then move all there; what was there comes back on failure.

    Raises:
        OSError: if one cannot be written.
    """
    batch = _Batch()
    try:
        for path, content in contents.items():
            batch.stage(path, content)
        for path in contents:
            batch.replace(path)
    except BaseException:
        batch.undo()
        raise


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

    def undo(self) -> None:
        """Put everything back, as far as that can be done."""
        for temporary in self._staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for path, content in self._former.items():
            with suppress(OSError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(content)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()
