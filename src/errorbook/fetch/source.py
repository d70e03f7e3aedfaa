"""Where a file is fetched from, as its user said it: a file, an address, or a file in git."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from errorbook.baseline import LATEST_TAG
from errorbook.baseline.git import Git
from errorbook.baseline.reading import write_out
from errorbook.baseline.refs import Commit, Refs
from errorbook.baseline.refusals import UnknownBaselineError
from errorbook.baseline.remote import is_remote, opened, remote_file
from errorbook.baseline.tree import Tree
from errorbook.download import AddressError, check_address, download
from errorbook.fetch.condition import condition
from errorbook.fetch.lock import Pin, digest
from errorbook.fetch.published import Published, published, published_at
from errorbook.problems import quoted, shortened
from errorbook.published import is_address


class SourceError(OSError):
    """A source could not be reached, or does not have what it was asked for."""


class NoSourceError(ValueError):
    """What was named cannot be a source."""


@dataclass(frozen=True)
class Found:
    """What a source has now; ``published`` is None where it is known to be what it was."""

    published: Published | None
    commit: str = ""


@dataclass(frozen=True)
class _InGit:
    """A file in a repository on this machine, as it was in one commit."""

    folder: str
    """Empty for the repository of the project itself."""
    ref: str
    path: str

    def __str__(self) -> str:
        at = f"{self.folder}@" if self.folder else ""
        return f"{at}{self.ref}:{self.path}"


def kept_source(word: str, start: Path, root: Path) -> str:
    """Return ``word`` as the lock keeps it: paths from the folder ``start`` are from ``root`` then.

    Raises:
        NoSourceError: if it cannot be a source.
    """
    if not word.strip() or not word.isprintable():
        raise NoSourceError(f"{quoted(word)} cannot be a source")
    try:
        if is_remote(word):
            remote_file(word)
            return word
        if is_address(word):
            check_address(word)
            return word
    except (UnknownBaselineError, AddressError) as error:
        raise NoSourceError(str(error)) from None
    if "://" in word:
        raise NoSourceError(
            f"{quoted(word)}: only addresses of https, git+https, git+ssh and git+file are asked"
        )
    in_git = _in_git(word, start)
    if in_git is None:
        return _relative(start / word, root)
    if not in_git.folder:
        return str(in_git)
    return str(_InGit(_relative(start / in_git.folder, root), in_git.ref, in_git.path))


def look(source: str, root: Path, known: Pin | None = None) -> Found:
    """Return what ``source``, as the lock of the folder ``root`` keeps it, has now.

    ``known`` is what it had before: at the same commit nothing is read again, and the same bytes
    are not looked into.

    Raises:
        OSError: if it cannot be reached, has no such file, or has it in a newer format.
        ErrorbookError: with every problem, if it is no valid catalog.
    """
    try:
        if is_remote(source):
            return _remote(source, known.commit if known else "")
        if is_address(source):
            content = download(source)
            is_same = known is not None and digest(content) == known.sha256
            return Found(None if is_same else published(content, source))
        in_git = _in_git(source, root)
        if in_git is not None:
            return _local(in_git, root, known.commit if known else "")
    except (UnknownBaselineError, AddressError) as error:
        raise SourceError(f"{shortened(source)}: {error}") from None
    file = root / source
    if not file.is_file():
        raise SourceError(f"there is no file {quoted(source)}")
    is_same = known is not None and condition(file, known) == "whole"
    return Found(None if is_same else published_at(file, source))


def _remote(source: str, known: str) -> Found:
    file = remote_file(source)
    with opened(file) as remote:
        commit = remote.commit()
        if commit.hash == known:
            return Found(None, known)
        return Found(_at(remote.tree(commit), commit, file.path), commit.hash)


def _local(in_git: _InGit, root: Path, known: str) -> Found:
    git = Git(root / in_git.folder)
    refs = Refs(git)
    commit = refs.latest_tag() if in_git.ref == LATEST_TAG else refs.named(in_git.ref)
    if commit.hash == known:
        return Found(None, known)
    return Found(_at(Tree(git, commit), commit, in_git.path), commit.hash)


def _at(tree: Tree, commit: Commit, path: str) -> Published:
    """Return what the catalog at ``path`` was in one commit, with all that it included."""
    steps = PurePosixPath(path)
    is_inside = not steps.is_absolute() and ".." not in steps.parts
    if not is_inside or tree.read(path) is None:
        raise SourceError(f"there is no file {quoted(path)} at {commit.name}")
    with tempfile.TemporaryDirectory(prefix="errorbook-") as folder:
        return published_at(write_out(tree, path, Path(folder)), f"{path} at {commit.name}")


def _in_git(word: str, folder: Path) -> _InGit | None:
    """Return what ``word`` means if it is no file but ``REF:PATH`` or ``REPOSITORY@REF:PATH``."""
    if (folder / word).is_file():
        return None
    for before, after in _splits(word):
        ref, colon, path = after.partition(":")
        if ref and colon and path and before.strip() and (folder / before).is_dir():
            return _InGit(before, ref, path)
    ref, colon, path = word.partition(":")
    return _InGit("", ref, path) if ref and colon and path else None


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each `@`."""
    for at, sign in enumerate(word):
        if sign == "@":
            yield word[:at], word[at + 1 :]


def _relative(path: Path, root: Path) -> str:
    """Return how ``path`` is called from ``root``; whole where no path leads there."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()
