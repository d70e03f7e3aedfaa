"""What holds for all tests: a cache of their own, and an order in which no worker is left alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest

from tests.packaging.pythons import told

_FIRST: Final = (
    "tests/sdk/test_typing.py",
    "tests/init/test_init_in_an_environment.py",
    "tests/ci/test_github.py",
    "tests/site/test_crawl.py",
    "tests/site/test_zensical.py",
    "tests/packaging/",
    "tests/test_docs_match_sdk.py",
    "tests/site/explorer/",
    "tests/site/",
    "tests/decode/",
    "tests/testing/",
    "tests/contract/",
    "tests/catalog/test_load_anything.py",
    "tests/explain/test_stream.py",
    "tests/outputs/",
)
"""Files and folders that take long; within a folder the order stays."""


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is kept away from the user's own folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ERRORBOOK_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_report_header() -> str:
    """Name what this machine has to try the wheel with: what is not there, has no test."""
    return told()


def pytest_collection() -> None:
    """Collect without the garbage collector, which would look through it all again and again."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Spare the collector all that was imported and collected: it would look at it for ever."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first. The order within a file stays."""
    items.sort(key=lambda item: _rank(item.nodeid.partition("::")[0]))


@cache
def _rank(file: str) -> int:
    ranks = (rank for rank, begin in enumerate(_FIRST) if file.startswith(begin))
    return next(ranks, len(_FIRST))
