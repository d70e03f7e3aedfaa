"""Errors do what they should beside saying what a response did, under every target."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.sdk.typescript.modules import HERE, ROOT, scripts

pytestmark = pytest.mark.browser  # Node comes where the browser does
COMMITTED: Final = ROOT / "sdk/typescript/artifacta/errors.ts"


def _run(*command: str | Path) -> None:
    node = shutil.which("node") or "node"
    run = subprocess.run(
        [node, *command], check=False, capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_errors_behave() -> None:
    _run(HERE / "behaviour.mjs", Path(scripts()["artifacta"]).parents[1])


def test_instances_are_known_under_every_target() -> None:
    _run(HERE / "targets.cjs", COMMITTED)
