"""Files of TypeScript are found to differ as any other output is, and generated again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from errorbook import cli

CATALOG: Final = """\
apis:
  shop:
    sdk: {typescript: {}}
    errors:
      unpaid: {status: 402}
"""
PROJECT: Final = "generate: [{output: typescript, to: sdk}]\n"
CHANGES: Final[dict[str, Callable[[Path], object]]] = {
    "edited-file": lambda folder: _add(folder / "sdk/shop/errors.ts", "// mine\n"),
    "missing-file": lambda folder: (folder / "sdk/shop/errors.ts").unlink(),
    "stale-file": lambda folder: _write(folder, CATALOG.replace("402", "409")),
    "orphaned-file": lambda folder: _write(
        folder, CATALOG.replace("typescript: {}", "typescript: {package: store}")
    ),
}


def _write(folder: Path, catalog: str) -> None:
    (folder / "errors.yaml").write_text(catalog, "utf-8")


def _add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, CATALOG)
    (tmp_path / "errorbook.yaml").write_text(PROJECT, "utf-8")
    assert cli.run(["generate"]) == 0
    return tmp_path


@pytest.mark.parametrize("rule", CHANGES)
def test_a_module_that_differs_is_found_and_generated_again(
    folder: Path, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check"]) == 0
    CHANGES[rule](folder)
    capsys.readouterr()
    assert cli.run(["check"]) == 1
    printed = "".join(capsys.readouterr())
    assert rule in re.findall(r"error\[([a-z-]+)\]", printed)
    assert "sdk/shop/errors.ts" in printed
    assert cli.run(["generate"]) == 0
    assert cli.run(["check"]) == 0, "".join(capsys.readouterr())
