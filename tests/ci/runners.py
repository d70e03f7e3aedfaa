"""Runners of the forges, as far as the files in ci/ need one: variables, a PATH, and a `gh`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from errorbook import cli

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
GH = """\
import json, os, pathlib, sys
calls = pathlib.Path(os.environ["GH_CALLS"])
words = sys.argv[1:]
bodies = [word[6:] for word in words if word.startswith("body=@")]
bodies += words[words.index("--body-file") + 1 :][:1] if "--body-file" in words else []
body = pathlib.Path(bodies[0]).read_text("utf-8") if bodies else ""
with calls.open("a", encoding="utf-8") as file:
    file.write(json.dumps({"words": words, "body": body}) + "\\n")
if "--jq" in words:
    print(os.environ.get("GH_ANSWER", ""))
"""
"""Writes down how it was called; a question is answered with GH_ANSWER."""


@dataclass(frozen=True)
class Ended:
    """How a script ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Runner:
    """A machine of a forge, with a folder for what lasts as long as a job."""

    temporary: Path

    @property
    def summary(self) -> str:
        """What the job's summary says."""
        return _text(self.temporary / "summary")

    @property
    def outputs(self) -> dict[str, str]:
        """What a step gave to those after it."""
        lines = _text(self.temporary / "output").splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def calls(self) -> list[dict[str, Any]]:
        """How `gh` was called, in order."""
        return [json.loads(line) for line in _text(self.temporary / "calls").splitlines()]

    def forget(self) -> None:
        """Begin a new job."""
        for name in ("summary", "output", "calls"):
            (self.temporary / name).unlink(missing_ok=True)

    def run(self, script: str, folder: Path, **variables: str) -> Ended:
        """Run a step as GitHub runs one: by bash, which ends where a command fails."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GIT_", "GITHUB_", "CI_"))
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607  # wherever it is
            cwd=folder,
            env=kept | self._variables() | variables,
            check=False,
            capture_output=True,
            text=True,
            timeout=100,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def _variables(self) -> dict[str, str]:
        who = ("AUTHOR", "COMMITTER")
        people = {f"GIT_{one}_NAME": "Tester" for one in who}
        people |= {f"GIT_{one}_EMAIL": "tester@example.com" for one in who}
        programs = (str(self.temporary / "programs"), str(BIN), os.environ["PATH"])
        return people | {
            "PATH": os.pathsep.join(programs),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GH_CALLS": str(self.temporary / "calls"),
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
        }


def runner(temporary: Path) -> Runner:
    """Return a machine with the errorbook of this environment, and with a `gh`."""
    programs = temporary / "programs"
    programs.mkdir(parents=True)
    gh = programs / "gh"
    gh.write_text(f"#!{sys.executable}\n{GH}", encoding="utf-8")
    gh.chmod(0o755)
    return Runner(temporary)


def errorbook(folder: Path, *words: str) -> None:
    """Run a command that has to work, in this process: it comes before what a job does."""
    with chdir(folder):
        assert cli.run(words) == 0


def steps(file: str) -> list[dict[str, Any]]:
    """Return the steps of an action, or of the only job of a workflow."""
    data = yaml.safe_load((ROOT / file).read_text("utf-8"))
    if "runs" in data:
        found: list[dict[str, Any]] = data["runs"]["steps"]
        return found
    (job,) = data["jobs"].values()
    jobs: list[dict[str, Any]] = job["steps"]
    return jobs


def _text(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""
