"""Mock servers, and the command of the example as its user starts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mock.processes import ROOT, running

WAIT = "type: integer\n            unit: seconds\n            required: true\n            example: "


@pytest.fixture(scope="session")
def mock() -> Iterator[str]:
    """The address of `errorbook mock` for errors.yaml."""
    with running() as server:
        yield server.address


@pytest.fixture(scope="session")
def quick_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, but for `retry_after_seconds`, which is 0, so that nobody waits for long."""
    catalog: Path = tmp_path_factory.mktemp("quick") / "errors.yaml"
    text = (ROOT / "errors.yaml").read_text("utf-8").partition("\ninclude:")[0]
    assert text.count(f"{WAIT}5") == 1
    catalog.write_text(text.replace(f"{WAIT}5", f"{WAIT}0"), "utf-8")
    with running("--port", "0", "--catalog", catalog) as server:
        yield server.address
