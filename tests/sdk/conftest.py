"""The generated modules as packages that can be imported, here and in processes started here."""

from __future__ import annotations

import copy
import importlib
import pickle
import py_compile
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from errorbook.outputs.python import files
from tests.outputs.modules import FOLDERS
from tests.sdk import awkward
from tests.sdk.packages import Package


@pytest.fixture(scope="session", name="folders")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Where each package is imported from: those of this repository, and the awkward one."""
    folder = tmp_path_factory.mktemp("packages")
    for path, text in files.render(awkward.catalog()).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        if file.suffix == ".py":  # once, and not in each process that imports it
            py_compile.compile(str(file), doraise=True)
    folders = {**FOLDERS, awkward.API: folder}
    added = [str(one) for one in folders.values() if str(one) not in sys.path]
    sys.path.extend(added)
    yield folders
    for one in added:
        sys.path.remove(one)


@pytest.fixture(scope="session", params=[*FOLDERS, awkward.API], name="package")
def _package(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Package:
    """Return each package in turn."""
    return Package(importlib.import_module(f"{request.param}.errors"), folders[request.param])


@pytest.fixture(scope="session", name="awkward_package")
def _awkward_package(folders: dict[str, Path]) -> Package:
    """Return the package of 1,000 awkward codes, and no other."""
    module = importlib.import_module(f"{awkward.API}.errors")
    return Package(module, folders[awkward.API])


def _pickled(protocol: int, error: Any) -> Any:
    return pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # our own


DUPLICATES: dict[str, Callable[[Any], Any]] = {
    **{
        f"protocol {protocol}": partial(_pickled, protocol)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.fixture(params=list(DUPLICATES.values()), ids=list(DUPLICATES), name="duplicate")
def _duplicate(request: pytest.FixtureRequest) -> Callable[[Any], Any]:
    """Return each way to get a second one of an exception in turn."""
    duplicate: Callable[[Any], Any] = request.param
    return duplicate
