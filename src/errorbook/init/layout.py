"""The files that are to be written: new ones, and changes that somebody has to agree to."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from errorbook.checks.disk import link_on_the_way
from errorbook.init.refusal import Refusal


@dataclass(frozen=True)
class Step:
    """A file to be written: its path below the folder, what it holds, and what it is for.

    ``former`` is what it holds now, where it is changed.
    """

    path: str
    content: bytes
    why: str
    former: bytes | None = None

    def diff(self) -> Iterator[str]:
        """Yield the change as a unified diff."""
        before, after = (
            (content or b"").decode("utf-8", errors="replace").splitlines()
            for content in (self.former, self.content)
        )
        names = (f"a/{self.path}", f"b/{self.path}")
        return difflib.unified_diff(before, after, *names, lineterm="")


@dataclass
class Layout:
    """What is to become of a folder. Nothing that stands there is among the new files."""

    root: Path
    steps: list[Step] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Files that are there already, and stay as they are."""
    notes: list[str] = field(default_factory=list)
    """What somebody has to do by hand: one line each."""
    remarks: list[str] = field(default_factory=list)
    """What somebody may wonder at: one line each."""

    def new(self, path: str, content: bytes, why: str) -> bool:
        """Add a file, unless something stands in its place; tell whether it was added.

        Raises:
            Refusal: if a file or a link stands where a folder belongs.
        """
        if os.path.lexists(self.root / path):
            self.left.append(path)
            return False
        self._check_folders(path)
        self.steps.append(Step(path, content, why))
        return True

    def change(self, path: str, content: bytes, why: str) -> None:
        """Add a change of a file, if it is one.

        Raises:
            Refusal: if the file is a link, or stands behind one.
        """
        former = (self.root / path).read_bytes()
        if former == content:
            self.left.append(path)
            return
        self._check_folders(path)
        if (self.root / path).is_symlink():
            raise Refusal(f"{path} is a symbolic link, which is never written through.")
        self.steps.append(Step(path, content, why, former))

    def _check_folders(self, path: str) -> None:
        for above in list(PurePosixPath(path).parents)[:-1]:
            folder = self.root / above
            if folder.exists() and not folder.is_dir():
                raise Refusal(f"{above} is a file where a folder is needed: move it away.")
        link = link_on_the_way(self.root, str(PurePosixPath(path).parent))
        if link:
            raise Refusal(
                f"{link} is a symbolic link, which is never followed: put a folder there."
            )
