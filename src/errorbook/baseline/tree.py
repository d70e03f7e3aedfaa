"""Files as they were in one commit, read without a checkout."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from errorbook.baseline.git import Program, shown
from errorbook.baseline.refs import Commit
from errorbook.baseline.refusals import BaselineError
from errorbook.catalog.yaml_events import MAX_BYTES

_BLOB: Final = re.compile(rb"[0-9a-f]+ blob ([0-9]+)\n?")
_SIMILAR: Final = "--find-renames=30%"
_RENAMED: Final = re.compile(r"R[0-9]*")


class Tree:
    """The files of one commit, by their paths from the root of the repository."""

    def __init__(self, git: Program, commit: Commit) -> None:
        self._git = git
        self._commit = commit

    def read(self, path: str) -> bytes | None:
        """Return what the file at ``path`` held; None if there was none. Links are followed.

        Raises:
            BaselineError: if it is too large, or git cannot read it.
        """
        if "\n" in path:
            return None
        name = os.fsencode(f"{self._commit.hash}:{path}\n")
        about = self._git.told("cat-file", "--batch-check", "--follow-symlinks", given=name)
        blob = _BLOB.fullmatch(about)
        if blob is None:
            return None
        if int(blob[1]) > MAX_BYTES:
            where = f"{shown(path)} at {self._commit.name}"
            raise BaselineError(f"{where} is larger than the {MAX_BYTES:,} bytes that are read")
        content = self._git.told("cat-file", "--batch", "--follow-symlinks", given=name)
        return content.partition(b"\n")[2][: int(blob[1])]

    def former_path(self, path: str) -> str | None:
        """Return what the file that is now at ``path`` was called in this commit, if it was there.

        Its renaming may be staged, or lie in one commit or several.
        """
        if self.read(path) is not None:
            return path
        former = (one for one in self._renamings(path) if self.read(one) is not None)
        return next(former, None)

    def _renamings(self, path: str) -> Iterator[str]:
        """Yield the names that the file had, as far as git can tell."""
        options = ("--no-ext-diff", "--no-textconv", "--no-relative", _SIMILAR)
        output = ("--name-status", "-z", "--diff-filter=R")
        asked = ("diff-index", "--cached", *options, *output, self._commit.hash)
        staged = _pairs(self._git.told(*asked))
        yield from (before for before, after in staged if after == path)
        span = f"{self._commit.hash}..HEAD"
        followed = ("log", "--follow", "--no-show-signature", "--format=", *options, *output, span)
        for before, _ in reversed(_pairs(self._git.told(*followed, "--", path))):
            yield before


def _pairs(output: bytes) -> list[tuple[str, str]]:
    """Return the names before and after of every renaming that git lists."""
    words = [word.strip("\n") for word in os.fsdecode(output).split("\0")]
    return [
        (words[at + 1], words[at + 2])
        for at, word in enumerate(words[:-2])
        if _RENAMED.fullmatch(word) and PurePosixPath(words[at + 1]).name
    ]
