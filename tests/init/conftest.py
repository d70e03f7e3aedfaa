"""A folder that is current, and `errorbook init` run in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fetch.running import Command

Write = Callable[[str, str], Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, bookshop-docs, which is current."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    made = tmp_path / "bookshop-docs"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def write(folder: Path) -> Write:
    """Return what writes a text to a path below the folder."""

    def write(path: str, text: str) -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    return write


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return `errorbook`, run in the folder."""
    del folder
    return Command(capsys)
