"""What the tests of `errorbook explain` share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.explain.running import ROOT, Command


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def explain(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return the command, as run at the root of this repository."""
    monkeypatch.chdir(ROOT)
    return Command(monkeypatch, capsys)
