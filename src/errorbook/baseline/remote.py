"""A file of a repository that is elsewhere: fetched, and nothing of it is checked out or run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from errorbook.baseline.git import Program, shown
from errorbook.baseline.refs import Commit
from errorbook.baseline.refusals import UnknownBaselineError
from errorbook.baseline.tags import by_version
from errorbook.baseline.tree import Tree
from errorbook.problems import nearest, quoted

LATEST_TAG: Final = "latest-tag"
USUAL_PATH: Final = "errors.json"
FORM: Final = "git+https://HOST/REPOSITORY@REF#PATH"
_BEGIN: Final = re.compile(r"git\+[a-z]+://", re.IGNORECASE)
_PROTOCOLS: Final = {"https": "https:ssh", "ssh": "https:ssh", "file": "file"}
"""Which protocols git may speak where it is given an address of one of them: what a user's own
settings make of an https address may be an ssh one."""
_HOST: Final = re.compile(
    r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
)
_USER: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*")
_REF: Final = re.compile(r"(?!.*(?:\.\.|@\{))[^\s~^:?*\[\\-][^\s~^:?*\[\\]*")
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PEELED: Final = "^{}"
_SETTINGS: Final = """
[core]
	hooksPath = /dev/null
[gc]
	auto = 0
[maintenance]
	auto = false
"""
"""What holds for the repository that is made, whatever its user has set for others."""
_FETCH: Final = ("fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags")


@dataclass(frozen=True)
class RemoteFile:
    """A file in a repository at an address, as it was in one commit."""

    address: str
    """What git is given."""
    protocols: str
    ref: str
    """A tag, a branch, a whole hash, or `latest-tag`; the default branch if empty."""
    path: str


def is_remote(word: str) -> bool:
    """Tell whether ``word`` is meant as a file of a repository elsewhere."""
    return _BEGIN.match(word) is not None


def remote_file(word: str) -> RemoteFile:
    """Return the file that ``word``, such as ``git+https://host/x.git@v1#errors.json``, means.

    Raises:
        UnknownBaselineError: if it means none, or has a password in it.
    """
    try:
        parts = urlsplit(word)
        _ = parts.port
    except ValueError as error:
        raise UnknownBaselineError(f"{quoted(word)} is no address: {error}") from None
    scheme = parts.scheme.removeprefix("git+")
    _check(word, scheme, parts)
    repository, at, ref = parts.path.partition("@")
    if at and _REF.fullmatch(ref) is None:
        raise UnknownBaselineError(f"{quoted(ref)} cannot be the name of a commit, branch or tag")
    path = unquote(parts.fragment) or USUAL_PATH
    steps = PurePosixPath(path)
    if steps.is_absolute() or ".." in steps.parts or not path.isprintable():
        raise UnknownBaselineError(f"{quoted(path)} is no path in a repository")
    address = f"{scheme}://{parts.netloc}{repository}"
    return RemoteFile(address, _PROTOCOLS[scheme], ref, path)


class Remote:
    """A repository elsewhere, of which as little as possible is fetched."""

    def __init__(self, file: RemoteFile, folder: Path) -> None:
        """Make a repository in ``folder``, which is empty.

        Raises:
            BaselineError: if there is no git.
        """
        variables = {"GIT_DIR": str(folder), "GIT_ALLOW_PROTOCOL": file.protocols}
        self._git = Program(folder, variables)
        self._git.told("init", "--quiet", "--bare", "--template=")
        with (folder / "config").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
        self._file = file

    def commit(self) -> Commit:
        """Return the commit that is meant now.

        Raises:
            UnknownBaselineError: if there is none of that name.
            BaselineError: if the repository cannot be reached.
        """
        ref = self._file.ref
        if _HASH.fullmatch(ref):
            return Commit(ref, ref[:7])
        refs = self._refs()
        if ref == LATEST_TAG:
            tags = by_version(name.removeprefix("refs/tags/") for name in refs if _is_tag(name))
            if not tags:
                raise UnknownBaselineError(f"{self._shown} has no tag of a release")
            return Commit(refs[f"refs/tags/{tags[0]}"], shown(tags[0]))
        for name in (f"refs/tags/{ref}", f"refs/heads/{ref}", ref) if ref else ("HEAD",):
            if name in refs:
                return Commit(refs[name], shown(ref or name))
        close = nearest(ref, (name.split("/", 2)[-1] for name in refs))
        hint = f"; did you mean {quoted(close)}?" if close else ""
        raise UnknownBaselineError(
            f"{self._shown} has no branch or tag called {quoted(ref or 'HEAD')}{hint}"
        )

    def tree(self, commit: Commit) -> Tree:
        """Return the files of ``commit``, of which each is fetched when it is read.

        Raises:
            BaselineError: if it cannot be fetched.
        """
        self._git.told(*_FETCH, "--no-recurse-submodules", "--", self._file.address, commit.hash)
        return Tree(self._git, commit)

    @property
    def _shown(self) -> str:
        return shown(self._file.address)

    def _refs(self) -> dict[str, str]:
        """Return the commit of each branch and tag."""
        output = os.fsdecode(self._git.told("ls-remote", "--", self._file.address))
        pairs = (line.split("\t", 1) for line in output.splitlines() if "\t" in line)
        found = {name: commit for commit, name in pairs if _HASH.fullmatch(commit)}
        peeled = {name: found.get(f"{name}{_PEELED}", commit) for name, commit in found.items()}
        return {name: commit for name, commit in peeled.items() if not name.endswith(_PEELED)}


@contextmanager
def opened(file: RemoteFile) -> Iterator[Remote]:
    """Open the repository of ``file``; what is fetched of it is gone in the end."""
    with TemporaryDirectory(prefix="errorbook-", ignore_cleanup_errors=True) as folder:
        yield Remote(file, Path(folder))


def _check(word: str, scheme: str, parts: SplitResult) -> None:
    """Refuse what git must not be given.

    Raises:
        UnknownBaselineError: with the reason.
    """
    if scheme not in _PROTOCOLS:
        raise UnknownBaselineError(
            f"{quoted(word)}: repositories are asked by git+https, git+ssh or git+file alone"
        )
    if parts.password is not None or (parts.username is not None and scheme != "ssh"):
        raise UnknownBaselineError(
            "an address with a password or somebody's name is not asked: let git's own "
            "settings, or a credential helper, know it"
        )
    is_named = scheme == "file" or _HOST.fullmatch(parts.hostname or "") is not None
    is_user = parts.username is None or _USER.fullmatch(parts.username) is not None
    is_file = scheme != "file" or parts.netloc == ""
    if not word.isprintable() or any(sign.isspace() for sign in word) or parts.query:
        raise UnknownBaselineError(f"{quoted(word)} is no address: expected {FORM}")
    if not (is_named and is_user and is_file and parts.path.strip("/")):
        raise UnknownBaselineError(f"{quoted(word)} is no address: expected {FORM}")


def _is_tag(name: str) -> bool:
    return name.startswith("refs/tags/")
