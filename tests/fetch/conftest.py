"""What the tests of `errorbook fetch` share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetch.running import Command, Site, serving, shop


@pytest.fixture(autouse=True)
def _on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)


@pytest.fixture(name="docs")
def _docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a repository, which is the current one."""
    folder = tmp_path / "docs"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(name="api")
def _api(docs: Path) -> Path:
    """Return the errors.yaml of a repository beside the docs."""
    file = docs.parent / "api" / "errors.yaml"
    file.parent.mkdir()
    file.write_text(shop(410, version="1.0"), encoding="utf-8")
    return file


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with serving() as site:
        yield site
