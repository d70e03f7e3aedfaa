"""A copy of Errorbook with the blocks of docs/add-a-language.md in it, and what it answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = "docs/add-a-language.md"
_COPIED: Final = (
    "src/errorbook",
    "rules",
    "published",
    "README.md",
    "errors.yaml",
    "errorbook.yaml",
)
_BLOCK: Final = re.compile(
    r'^```(?P<language>\w+) title="(?P<path>[^"\n]+)"\n(?P<text>.*?)^```$', re.M | re.S
)
# What runs in the copy: each step is the words of a command, an edit, or Markdown to render.
_STEPS: Final = """
import contextlib, io, json, pathlib, sys
from markdown import Markdown
import errorbook
from errorbook.cli import run
from errorbook.site.markdown import ErrorbookExtension

assert pathlib.Path(errorbook.__file__).is_relative_to(pathlib.Path.cwd())

def answer(step):
    if "write" in step:
        path = pathlib.Path(step["write"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step["text"], encoding="utf-8")
        return None
    if "edit" in step:
        path = pathlib.Path(step["edit"])
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace(step["old"], step["new"]), encoding="utf-8")
        return before.count(step["old"])
    if "markdown" in step:
        return Markdown(extensions=[ErrorbookExtension(catalog="errors.yaml")]).convert(
            step["markdown"]
        )
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(step["run"])
    return [code, said.getvalue()]

print(json.dumps([answer(step) for step in json.load(sys.stdin)]))
"""


@dataclass(frozen=True)
class Block:
    """A block of the page: the file that it is, or a change of one."""

    language: str
    path: str
    text: str

    def apply(self, root: Path) -> None:
        """Write the file below ``root``, or make the change, which must fit in one place."""
        file = root / self.path
        if self.language != "diff":
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        old, new = (
            "".join(line[1:] for line in self.text.splitlines(keepends=True) if line[0] in signs)
            for signs in (" -", " +")
        )
        before = file.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"the change of {self.path} fits in no place, or in several"
        file.write_text(before.replace(old, new), encoding="utf-8")


def blocks() -> list[Block]:
    """Return the blocks of the page that have the path of a file as their title."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    return [Block(**found.groupdict()) for found in _BLOCK.finditer(page)]


@dataclass(frozen=True)
class Copy:
    """A copy of Errorbook and its project."""

    root: Path

    def take(self, *steps: dict[str, Any]) -> list[Any]:
        """Take ``steps`` in a process that imports the copy, and return what became of each."""
        path = os.pathsep.join([str(self.root / "src"), *sys.path])
        done = subprocess.run(
            [sys.executable, "-c", _STEPS],
            input=json.dumps(steps),
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answers: list[Any] = json.loads(done.stdout)
        return answers

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")


def copy_to(root: Path) -> Copy:
    """Return a copy in ``root`` that the blocks have been applied to, and nothing else."""
    for name in _COPIED:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # With the bytecode, which is good as long as the times of the files are the same.
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    for block in blocks():
        block.apply(root)
    return Copy(root)
