"""The former catalog that a user means, by whatever name: one function for all of them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.baseline.git import Git, shown
from errorbook.baseline.reading import read, write_out
from errorbook.baseline.refs import Commit, Refs
from errorbook.baseline.refusals import BaselineError, UnknownBaselineError
from errorbook.baseline.remote import (
    LATEST_TAG,
    USUAL_PATH,
    RemoteFile,
    is_remote,
    opened,
    remote_file,
)
from errorbook.baseline.tree import Tree
from errorbook.catalog import Catalog
from errorbook.problems import quoted
from errorbook.published import is_address

MERGE_BASE: Final = "merge-base"
_NOTHING_RELEASED: Final = (
    "first version: no tag here is that of a release; to compare with a commit or a branch, name "
    "it with --against, such as --against HEAD"
)


@dataclass(frozen=True)
class Former:
    """A former catalog: what to call where it comes from, and what is to be said about it.

    ``catalog`` is None where there was none yet.
    """

    name: str
    catalog: Catalog | None
    notes: tuple[str, ...] = ()
    commit: str = ""


def former(
    catalog: Path,
    against: str | None = None,
    branch: str | None = None,
    *,
    tag_prefix: str = "",
) -> Former:
    """Return what the file ``catalog`` said before.

    ``against`` is a file, a commit, branch or tag (``REF:PATH`` for another path at it), an
    address of https or of a repository (``git+https://HOST/REPOSITORY@REF#PATH``),
    ``latest-tag`` or ``merge-base``. If absent, it is the merge-base with ``branch`` (origin's
    default branch, main or master if absent) in a branch, and else the latest release. Releases
    are the tags that are versions behind ``tag_prefix``. The latest is never compared with
    itself: where it is checked out and nothing was changed since, it is the one before it.

    Raises:
        UnknownBaselineError: if there is nothing of that name.
        BaselineError: if it could not be had.
    """
    if against is not None and is_remote(against):
        return _elsewhere(remote_file(against))
    if against is not None and is_address(against):
        return _downloaded(against)
    words = (None, LATEST_TAG, MERGE_BASE)
    if against is not None and against not in words and Path(against).is_file():
        name = shown(against)
        whole = read(Path(against), name, name)
        return Former(name, whole.catalog, whole.notes)
    real = catalog.resolve()
    git = Git(real.parent)
    refs = Refs(git, tag_prefix)
    if refs.head is None and against in words:
        return Former("no commit", None, ("first version: there is no commit yet",))
    commit, named = _chosen(refs, against, branch)
    if commit is None:
        return Former("no release", None, (_NOTHING_RELEASED,))
    if named is not None:
        return _at_named(Tree(git, commit), commit, named)
    if commit.is_release and commit.hash == refs.head and _is_unchanged(git, commit, real):
        earlier = refs.release_before(commit)
        if earlier is None:
            note = f"first version: {commit.name} is checked out, and no release came before it"
            return Former(commit.name, None, (note,), commit.hash)
        commit = earlier
    tree = Tree(git, commit)
    paths = dict.fromkeys(_below(git.root, file) for file in (real, catalog.absolute()))
    found = (tree.former_path(path) for path in paths if path is not None)
    path = next((one for one in found if one is not None), None)
    if path is None:
        note = f"first version: there is no {shown(catalog.name)} at {commit.name}"
        return Former(commit.name, None, (*commit.notes, note), commit.hash)
    return _at(tree, commit, path, is_renamed=path not in paths)


def _elsewhere(file: RemoteFile) -> Former:
    with opened(file) as remote:
        commit = remote.commit()
        return _at_named(remote.tree(commit), commit, file.path)


def _downloaded(address: str) -> Former:
    """Return what stands at an address: an errors.json, or an errors.yaml that includes nothing."""
    from errorbook.download import AddressError, download  # noqa: PLC0415  # seldom needed

    name = shown(address)
    try:
        content = download(address)
    except AddressError as error:
        raise UnknownBaselineError(str(error)) from None
    with tempfile.TemporaryDirectory(prefix="errorbook-") as folder:
        file = Path(folder, USUAL_PATH)
        file.write_bytes(content)
        whole = read(file, name, name)
    return Former(name, whole.catalog, whole.notes)


def file_at(file: Path, commit: str) -> bytes | None:
    """Return what ``file`` held in the commit with that hash; None if it was not there.

    Raises:
        BaselineError: if the repository around ``file`` has no such commit, or git cannot read it.
    """
    real = file.resolve()
    git = Git(real.parent)
    if git.line("cat-file", "-t", commit) != "commit":
        raise BaselineError(f"there is no commit {shown(commit)} in the repository of {file.name}")
    path = _below(git.root, real)
    return None if path is None else Tree(git, Commit(commit, commit)).read(path)


def _chosen(
    refs: Refs, against: str | None, branch: str | None
) -> tuple[Commit | None, str | None]:
    """Return the commit that is meant, and the path if one was named with it.

    There is no commit where none is named and nothing was released yet.
    """
    if against is None:
        return refs.usual(branch), None
    if against == LATEST_TAG:
        return refs.latest_tag(), None
    if against == MERGE_BASE:
        return refs.merge_base(branch), None
    ref, colon, path = against.partition(":")
    if ref and colon and path:
        return refs.named(ref), path
    return refs.named(against), None


def _at_named(tree: Tree, commit: Commit, path: str) -> Former:
    is_inside = not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts
    if not is_inside or tree.read(path) is None:
        raise UnknownBaselineError(f"there is no file {quoted(path)} at {commit.name}")
    return _at(tree, commit, path, is_renamed=False)


def _at(tree: Tree, commit: Commit, path: str, *, is_renamed: bool) -> Former:
    with tempfile.TemporaryDirectory(prefix="errorbook-") as folder:
        whole = read(write_out(tree, path, Path(folder)), path, commit.name)
    renamed = (f"it was called {shown(path)} at {commit.name}",) if is_renamed else ()
    return Former(commit.name, whole.catalog, (*commit.notes, *renamed, *whole.notes), commit.hash)


def _is_unchanged(git: Git, commit: Commit, file: Path) -> bool:
    """Tell whether a catalog, with what it includes, is what it was in ``commit``."""
    path = _below(git.root, file)
    tree = Tree(git, commit)
    if path is None or tree.read(path) is None:
        return False
    with tempfile.TemporaryDirectory(prefix="errorbook-") as folder:
        root = Path(folder).resolve()
        write_out(tree, path, root)
        written = (one for one in root.rglob("*") if one.is_file())
        return all(_is_same(one, git.root / one.relative_to(root)) for one in written)


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same, but for the line breaks of another system."""
    try:
        return _lines(one) == _lines(other)
    except OSError:
        return False


def _lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines()


def _below(root: Path, file: Path) -> str | None:
    """Return the path of ``file`` from the root of the repository; None if it lies elsewhere."""
    real = root.resolve()
    folder = file.parent.resolve()
    return (
        (folder / file.name).relative_to(real).as_posix() if folder.is_relative_to(real) else None
    )
