"""Which commit a user means: by name, the latest release, or where a branch began."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from errorbook.baseline.git import Git, shown
from errorbook.baseline.refusals import BaselineError, UnknownBaselineError
from errorbook.baseline.tags import by_version, is_version
from errorbook.problems import nearest, quoted

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT: Final = 7
_HASH: Final = re.compile(r"[0-9a-f]{7,64}")
_REVISION: Final = re.compile(r"[~^@:]")
"""Signs of a name that is worked out from others, such as ``HEAD~3``."""
_MOST_REFS: Final = 10_000
_TRUNKS: Final = ("main", "master")


@dataclass(frozen=True)
class Commit:
    """A commit: its hash, what to call it, and what its user should know about the choice."""

    hash: str
    name: str
    notes: tuple[str, ...] = ()
    is_release: bool = False
    """Whether it was found as the latest release, and not named."""


@dataclass(frozen=True)
class _Branch:
    """A branch that others are merged into: its short name, what to call it, its last commit."""

    short: str
    name: str
    hash: str


class Refs:
    """The commits of one repository, by what users call them.

    ``tag_prefix`` is what tags of releases begin with, where a repository has some of others too.
    """

    def __init__(self, git: Git, tag_prefix: str = "") -> None:
        self._git = git
        self._tag_prefix = tag_prefix
        self.head = self._resolve("HEAD")
        """Hash of the commit that is checked out; None where there is none yet."""

    def named(self, word: str) -> Commit:
        """Return the commit that ``word`` names: a hash, branch, tag, or an expression of git.

        Raises:
            UnknownBaselineError: if there is none.
            BaselineError: if a shallow clone may lack it.
        """
        _check(word)
        commit = self._resolve(word) or self._resolve(f"refs/remotes/{self._remote}/{word}")
        if commit:
            return Commit(commit, shown(word))
        if self._is_shallow and self._remote:
            command = self._fetching(word)  # the last of the message: it is there to be copied
            raise BaselineError(f"{quoted(word)} is not in this shallow clone; run: {command}")
        close = nearest(word, self._names())
        hint = f"; did you mean {quoted(close)}?" if close else ""
        raise UnknownBaselineError(
            f"there is no file and no commit, branch or tag called {quoted(word)}{hint}"
        )

    def latest_tag(self) -> Commit:
        """Return the release with the highest version that leads to what is checked out.

        Raises:
            UnknownBaselineError: if there is none.
            BaselineError: if a shallow clone may lack it.
        """
        latest = next(self._releases(), None)
        if latest is None:
            self._refuse_shallow(f"has no {self._release}")
            raise UnknownBaselineError(
                f"no {self._release} leads to this commit: name a commit, a branch or a file"
            )
        return latest

    def release_before(self, latest: Commit) -> Commit | None:
        """Return the release before ``latest``, in another commit; None if that is the first.

        Raises:
            BaselineError: if a shallow clone may lack it.
        """
        earlier = next((one for one in self._releases() if one.hash != latest.hash), None)
        if earlier is None:
            self._refuse_shallow(f"has no release before {latest.name}")
            return None
        note = f"{latest.name} is what is checked out: this compares with the release before it"
        return replace(earlier, notes=(note,))

    def merge_base(self, branch: str | None) -> Commit:
        """Return where this branch left ``branch``, or else the one that others are merged into.

        Raises:
            UnknownBaselineError: if there is no such branch.
            BaselineError: if they share no history, or a shallow clone lacks it.
        """
        target = self._target(branch)
        if target is None:
            raise self._no_target(branch)
        return self._base(target)

    def usual(self, branch: str | None) -> Commit | None:
        """Return the merge-base in a branch, else the latest release.

        It is also the latest release where that is checked out by its tag. Where nothing was ever
        released, it is the last commit of ``branch`` if that is checked out itself, else None.

        Raises:
            UnknownBaselineError, BaselineError: as the two do.
        """
        current = self._git.line("symbolic-ref", "--quiet", "--short", "HEAD")
        if branch is None and current is None:
            latest = next(self._releases(), None)
            if latest and latest.hash == self.head:
                return latest
        target = self._target(branch)
        is_lacking = self._is_shallow and bool(self._remote) and current not in _TRUNKS
        if target is None and (branch is not None or is_lacking):
            raise self._no_target(branch)
        if target is None or current == target.short:
            latest = self._latest_if_any()
            return self._base(target) if latest is None and branch and target else latest
        base = self._base(target)
        is_on_it = base.hash == self.head and current is None
        return self._latest_if_any() if is_on_it else base

    def _latest_if_any(self) -> Commit | None:
        """Return the latest release; None if nothing was ever released, here or elsewhere.

        Raises:
            UnknownBaselineError, BaselineError: as `latest_tag` does, if there may be one.
        """
        latest = next(self._releases(), None)
        if latest is not None or self._tag_prefix or self._is_shallow:
            return latest or self.latest_tag()
        return self.latest_tag() if by_version(self._tags(leading_here=False)) else None

    def _base(self, target: _Branch) -> Commit:
        base = self._git.line("merge-base", "HEAD", target.hash)
        if base is None or not _COMMIT.fullmatch(base):
            if self._is_shallow and self._remote:
                command = self._fetching_branch(target.short)
                message = f"this shallow clone does not reach back to {target.name}"
                raise BaselineError(f"{message}; run: {command}")
            raise BaselineError(f"this branch and {target.name} share no history")
        return Commit(base, f"{target.name} (merge-base {base[:_SHORT]})")

    def _target(self, branch: str | None) -> _Branch | None:
        """Return the branch that this one is for, as the remote has it, else as it is here."""
        if branch is not None:
            _check(branch)
            spelt = (f"refs/remotes/{self._remote}/{branch}", f"refs/heads/{branch}", branch)
            found = ((place, self._resolve(place)) for place in spelt)
            commit = next(((place, one) for place, one in found if one), None)
            return _Branch(branch, shown(_short(commit[0])), commit[1]) if commit else None
        begin = f"refs/remotes/{self._remote}/"
        head = self._git.line("symbolic-ref", "--quiet", f"{begin}HEAD")
        places = tuple(f"{one}{trunk}" for one in (begin, "refs/heads/") for trunk in _TRUNKS)
        for place in (head, *places) if head else places:
            resolved = self._resolve(place)
            if resolved:
                short = place.removeprefix(begin).removeprefix("refs/heads/")
                return _Branch(short, shown(_short(place)), resolved)
        return None

    def _no_target(self, branch: str | None) -> Exception:
        if self._is_shallow and self._remote:
            command = self._fetching_branch(branch or _TRUNKS[0])
            what = quoted(branch) if branch else "the branch this one is for"
            return BaselineError(f"{what} is not in this shallow clone; run: {command}")
        if branch is None:
            return UnknownBaselineError("there is no main or master: name the branch with --branch")
        close = nearest(branch, self._names())
        hint = f"; did you mean {quoted(close)}?" if close else ""
        return UnknownBaselineError(f"there is no branch called {quoted(branch)}{hint}")

    def _resolve(self, word: str) -> str | None:
        name = f"{word}^{{commit}}"
        found = self._git.line("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return found if found and _COMMIT.fullmatch(found) else None

    def _releases(self) -> Iterator[Commit]:
        """Yield the releases that lead to what is checked out, the latest first."""
        for tag in by_version(self._tags(), self._tag_prefix):
            commit = self._resolve(f"refs/tags/{tag}")
            if commit:
                yield Commit(commit, shown(tag), is_release=True)

    def _refuse_shallow(self, lack: str) -> None:
        """Refuse to go on in a shallow clone, which may only seem to lack a release.

        Raises:
            BaselineError: with the command that fetches the rest, if there is where from.
        """
        if not self._is_shallow:
            return
        command = shown_command(["git", "fetch", "--unshallow", "--tags", self._remote])
        hint = f"; run: {command}" if self._remote else ", and no remote to fetch it from"
        raise BaselineError(f"this shallow clone {lack}{hint}")

    def _tags(self, *, leading_here: bool = True) -> list[str]:
        """Return the tags of the repository, or those that lead to what is checked out."""
        if self.head is None:
            return []
        merged = (f"--merged={self.head}",) if leading_here else ()
        asked = ("for-each-ref", *merged, "--format=%(refname)", "refs/tags")
        return [name.removeprefix("refs/tags/") for name in (self._git.line(*asked) or "").split()]

    def _names(self) -> list[str]:
        asked = ("for-each-ref", f"--count={_MOST_REFS}", "--format=%(refname:short)")
        return (self._git.line(*asked, "refs/heads", "refs/tags", "refs/remotes") or "").split()

    @property
    def _release(self) -> str:
        """What to call the tags that are looked for."""
        named = f" that begins with {quoted(self._tag_prefix)}" if self._tag_prefix else ""
        return f"tag of a release{named}"

    @property
    def _is_shallow(self) -> bool:
        return self._git.line("rev-parse", "--is-shallow-repository") == "true"

    @property
    def _remote(self) -> str:
        """The remote that commands speak of; empty where there is none."""
        names = (self._git.line("remote") or "").splitlines()
        return "origin" if "origin" in names else next(iter(names), "")

    def _fetching(self, word: str) -> str:
        """Return the command that brings ``word`` into a shallow clone."""
        remote = self._remote
        if _HASH.fullmatch(word):
            words = ["--depth=1", remote, word]
        elif _REVISION.search(word):
            words = ["--unshallow", remote]
        elif is_version(word.removeprefix(self._tag_prefix)):
            words = ["--depth=1", remote, f"refs/tags/{word}:refs/tags/{word}"]
        else:
            short = word.removeprefix(f"{remote}/")
            words = ["--depth=1", remote, f"+refs/heads/{short}:refs/remotes/{remote}/{short}"]
        return shown_command(["git", "fetch", *words])

    def _fetching_branch(self, branch: str) -> str:
        """Return the command that brings in all that HEAD and ``branch`` come from."""
        remote = self._remote
        short = branch.removeprefix(f"{remote}/")
        refspec = f"+refs/heads/{short}:refs/remotes/{remote}/{short}"
        return shown_command(["git", "fetch", "--unshallow", remote, refspec])


def shown_command(words: list[str]) -> str:
    """Return ``words`` as a line for a shell, with nothing in it that acts on a terminal."""
    return shlex.join(word if word.isprintable() else ascii(word)[1:-1] for word in words)


def _short(place: str) -> str:
    return place.removeprefix("refs/").removeprefix("remotes/").removeprefix("heads/")


def _check(word: str) -> None:
    """Refuse what git would take for an option, or what cannot be a name."""
    if word.startswith("-"):
        raise UnknownBaselineError(f"{quoted(word)} begins with '-', as no commit or branch does")
    if not word.strip() or not word.isprintable():
        raise UnknownBaselineError(f"{quoted(word)} cannot be the name of a commit or branch")
