"""Scratch git repositories that tests give a history."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

GIT = shutil.which("git") or "git"


def catalog_of(codes: Iterable[str]) -> str:
    """Return an errors.yaml with ``codes``, each with a status."""
    lines = (f"      {code}: {{status: 409}}\n" for code in codes)
    return "apis:\n  shop:\n    errors:\n" + "".join(lines)


@dataclass(frozen=True)
class Repository:
    """A working tree, on a branch called main to begin with."""

    root: Path

    def git(self, *words: str) -> str:
        """Run git here, and return what it says."""
        settings = ("user.name=Tester", "user.email=tester@example.com", "commit.gpgsign=false")
        options = [word for setting in settings for word in ("-c", setting)]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        }
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            [GIT, *options, *words],
            cwd=self.root,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def write(self, codes: Iterable[str] | str, path: str = "errors.yaml") -> Path:
        """Write a catalog with ``codes``, or a file with that text."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = codes if isinstance(codes, str) else catalog_of(codes)
        file.write_text(text, encoding="utf-8", newline="\n")
        return file

    def commit(self, *tags: str) -> str:
        """Commit everything, put ``tags`` on it, and return its hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a step")
        for tag in tags:
            self.git("tag", tag)
        return self.git("rev-parse", "HEAD")

    def clone(self, to: Path, *options: str) -> Repository:
        """Return a clone of this repository, made by the protocol that servers speak."""
        self.git("clone", "--quiet", *options, self.root.as_uri(), str(to))
        return Repository(to)

    def copy(self, to: Path) -> Repository:
        """Return a copy of all that is here, which takes less time than to make it again."""
        return Repository(Path(shutil.copytree(self.root, to)))

    def run(self, command: str) -> None:
        """Run a git command that a message printed, as a shell would."""
        subprocess.run(
            ["sh", "-c", command],  # noqa: S607  # wherever a shell is
            cwd=self.root,
            check=True,
            capture_output=True,
        )


def repository(root: Path) -> Repository:
    """Return a new repository without a commit."""
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made.git("init", "--quiet", "--initial-branch=main")
    return made
