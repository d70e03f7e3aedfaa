"""The files an import reads, whatever is in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MAX_BYTES: Final = 32_000_000
PIPED: Final = "-"
"""What names standard input."""
PIPED_NAME: Final = "<stdin>"


@dataclass(frozen=True)
class Source:
    """One file to import, or the folder of a package, which has no content of its own."""

    path: Path | None
    """Where it is on disk; None for what was piped in."""
    name: str
    """What problems call it."""
    content: bytes

    @property
    def suffix(self) -> str:
        """The ending of its name, in lower case with its dot; nothing where it has none."""
        return Path(self.name).suffix.lower()

    def text(self) -> str:
        """Return it as text: UTF-8, with or without a mark; what is none of it becomes U+FFFD.

        UTF-16 is read where a mark says so, as spreadsheets write it.
        """
        if self.content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self.content.decode("utf-16", errors="replace")
        return self.content.decode("utf-8-sig", errors="replace")


class NotASourceError(Exception):
    """Something that was named cannot be imported. The text says why, in one line."""


def opened(word: str, piped: BinaryIO) -> Source:
    """Return the source that ``word`` names: a file, a folder, or ``-`` for what is ``piped`` in.

    Raises:
        NotASourceError: if it is not there, or too large.
        OSError: if it cannot be read.
    """
    if word == PIPED:
        return Source(None, PIPED_NAME, _limited(piped, PIPED_NAME))
    path = Path(word)
    name = path.as_posix()
    if path.is_dir():
        return Source(path, name, b"")
    if not path.is_file():
        why = "is no file" if path.exists() else "does not exist"
        raise NotASourceError(f"{name} {why}: name the file to import")
    with path.open("rb") as file:
        return Source(path, name, _limited(file, name))


def _limited(file: BinaryIO, name: str) -> bytes:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise NotASourceError(f"{name} is larger than the {MAX_BYTES:,} bytes that are read")
    return content
