"""A folder to import in, and the command that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.catalog import Catalog, load


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Folder:
    """A folder with files, and commands that run in it."""

    path: Path
    run: Callable[..., Said]

    def write(self, **files: str) -> None:
        """Write files; of their names, the first ``_`` is the dot, and ``__`` is a slash."""
        for name, text in files.items():
            file = self.path / name.replace("__", "/").replace("_", ".", 1)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="")

    def read(self, name: str = "errors.yaml") -> str:
        """Return the text of a file."""
        return (self.path / name).read_bytes().decode()

    def catalog(self) -> Catalog:
        """Return the catalog, which is valid."""
        return load(self.path / "errors.yaml").catalog


@pytest.fixture(name="folder")
def _folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Folder:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)  # where the search for a project ends
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = cli.run(arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return Folder(folder, run)
