"""What the tests of the catalog share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.catalogs import Folder


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", "")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
