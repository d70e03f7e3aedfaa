"""A repository with everything in order, made once; each test gets a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.testing.repository import build, write_repository


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with its site built, which no test may change."""
    folder = tmp_path_factory.mktemp("original")
    write_repository(folder)
    build(folder)
    return folder


@pytest.fixture
def repository(original: Path, tmp_path: Path) -> Path:
    """A copy of the repository."""
    return Path(shutil.copytree(original, tmp_path / "repository"))
