"""What stands on disk where a generated file belongs, and which paths may be written at all."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, Literal, Protocol

from errorbook.characters import has_hidden
from errorbook.checks.layout import is_same
from errorbook.outputs import stamp
from errorbook.outputs.kept import digest_of

Condition = Literal[
    "fresh", "missing", "stale", "older", "newer", "edited", "conflicted", "foreign"
]
"""How a file compares with the text that belongs in it.

``stale`` is as it was once generated, ``older`` too, in a former format of its output. ``newer``
is of a format that this errorbook does not know. ``edited`` has been changed by hand since,
``conflicted`` by a merge alone: each side of it is as it was once generated, and ``foreign`` was
never generated. Formatters change nothing of that.
"""

_MARK: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |\Z)")
_TURNS: Final = {
    ("both", "<<<<<<<"): "ours",
    ("ours", "|||||||"): "before",
    ("ours", "======="): "theirs",
    ("before", "======="): "theirs",
    ("theirs", ">>>>>>>"): "both",
}
"""Which side the lines are of behind a mark of a merge, by the side before it."""
_NOT_PORTABLE: Final = re.compile(r'[\\:*?"<>|]')
_PRIVATE: Final = ".git"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_EMPTY: Final = digest_of(b"")


class Wanted(Protocol):
    """What belongs in a file: its digest, and its text for whoever needs that."""

    @property
    def digest(self) -> str:
        """The digest of its text in UTF-8."""

    @property
    def text(self) -> str:
        """All of it, with LF newlines."""


@dataclass(frozen=True)
class OnDisk:
    """A file where a generated one belongs; ``content`` is None where there is no plain file."""

    condition: Condition
    content: bytes | None = None

    @property
    def text(self) -> str:
        """The content as text with LF newlines."""
        return _text(self.content or b"")


def look(path: Path, wanted: Wanted) -> OnDisk:
    """Compare the file at ``path`` with what belongs in it, however that is set.

    How lines end, a byte order mark and what a formatter does make no difference.

    An empty text belongs in a marker such as ``py.typed``: whoever made it, nothing but comments
    may stand in it. All else means something, as ``partial`` does to type checkers.

    Raises:
        OSError: if the file is there but cannot be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return OnDisk("foreign")
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return OnDisk("missing")
    if wanted.digest == digest_of(_with_lf(content)):
        return OnDisk("fresh", content)
    expected = "" if wanted.digest == _EMPTY else wanted.text
    return OnDisk(_condition(path.name, _text(content), expected), content)


def _condition(name: str, text: str, expected: str) -> Condition:
    if not expected:
        return "edited" if any(map(_says_something, text.split("\n"))) else "fresh"
    if is_same(name, text, expected):
        return "fresh"
    state = stamp.state(text)
    if state == "foreign":
        return "foreign"
    found, wanted = stamp.format_of(text), stamp.format_of(expected) or 0
    if found is not None and found > wanted:
        return "newer"
    if state == "edited":
        sides = _sides(text)
        whole = bool(sides) and all(stamp.state(side) == "whole" for side in sides)
        return "conflicted" if whole else "edited"
    if found is None or stamp.stamp_of(text) == stamp.stamp_of(expected):
        return "edited"  # of the same origin, and yet not the same, if only by a comma
    return "older" if found < wanted else "stale"


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _sides(text: str) -> tuple[str, ...]:
    """Return the texts that a merge could not make one of; none where there are no such marks."""
    ours: list[str] = []
    theirs: list[str] = []
    into = {"both": (ours, theirs), "ours": (ours,), "theirs": (theirs,), "before": ()}
    side, is_marked = "both", False
    for line in text.split("\n"):
        mark = _MARK.match(line)
        turn = _TURNS.get((side, mark[1])) if mark else None
        if turn:
            side, is_marked = turn, True
            continue
        for lines in into[side]:
            lines.append(line)
    return ("\n".join(ours), "\n".join(theirs)) if is_marked and side == "both" else ()


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


def _with_lf(content: bytes) -> bytes:
    return content.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n")


def why_not(path: str) -> str | None:
    """Say why a file must not be written to ``path``, by its wording alone; None if it may."""
    if not path.strip():
        return "is empty; '.' is the folder of this file"
    if has_hidden(path) or _NOT_PORTABLE.search(path):
        return "has a character that not every system allows in a path; folders end in '/'"
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor or path.startswith("~"):
        return "is not relative to this file"
    parts = PurePosixPath(path).parts
    if ".." in parts:
        return "leads outside the folder of this file"
    return "is inside git's own folder" if _PRIVATE in map(str.casefold, parts) else None


class Links:
    """Finds symbolic links on the way to files of a project; each folder is looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, str | None] = {"": None}

    def on_the_way(self, path: str) -> str | None:
        """Return the part of ``path`` that is a symbolic link or leads outside, if any.

        Raises:
            OSError: if a folder on the way cannot be looked at.
        """
        return self._of("/".join(PurePosixPath(path).parts))

    def _of(self, path: str) -> str | None:
        above = path.rpartition("/")[0]
        if above not in self._folders:
            self._folders[above] = self._of(above)
        return self._folders[above] or self._at(path)

    def _at(self, path: str) -> str | None:
        """Return ``path`` if it is one, or leads outside though it is none, as in Windows."""
        try:
            mode = os.lstat(f"{self._root}/{path}").st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        may_lead_outside = stat.S_ISDIR(mode) and (os.name == "nt" or ".." in path)
        is_link = stat.S_ISLNK(mode) or (may_lead_outside and self._is_outside(path))
        return path if is_link else None

    def _is_outside(self, path: str) -> bool:
        return not (self._root / path).resolve().is_relative_to(self._root.resolve())


def link_on_the_way(root: Path, path: str) -> str | None:
    """Return the part of ``path`` below ``root`` that is a symbolic link or leads outside, if any.

    Raises:
        OSError: if a folder on the way cannot be looked at.
    """
    return Links(root).on_the_way(path)
