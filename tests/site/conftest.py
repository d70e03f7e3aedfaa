"""What the tests of the site share."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, cast

import pytest
from markdown.util import get_installed_extensions

from tests.site.own_sites import OwnSites
from tests.site.project import ROOT, Project


@pytest.fixture(scope="session", autouse=True)
def entry_points(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make the names that pyproject.toml gives known, where Errorbook is not installed.

    Processes that a test starts know them too.
    """
    try:
        distribution("errorbook")
    except PackageNotFoundError:
        folder = tmp_path_factory.mktemp("installed")
        _write_metadata(folder / "errorbook-0.dist-info")
        sys.path.append(str(folder))
        cast("Any", get_installed_extensions).cache_clear()
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(folder)])
        yield
        sys.path.remove(str(folder))
    else:
        yield


def _write_metadata(folder: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [
        "\n".join([f"[{group}]", *(f"{name} = {target}" for name, target in points.items())])
        for group, points in project["entry-points"].items()
    ]
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: errorbook\nVersion: 0\n")
    (folder / "entry_points.txt").write_text("\n\n".join(groups) + "\n")


@pytest.fixture(scope="session")
def own_sites(tmp_path_factory: pytest.TempPathFactory) -> OwnSites:
    return OwnSites(tmp_path_factory)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
