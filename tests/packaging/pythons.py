"""The Pythons that Errorbook is for, and one that is too old, where this machine has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

VERSIONS: Final = ("3.11", "3.12", "3.13")
TOO_OLD: Final = "3.10"
SHELLS: Final = ("bash",)


@cache
def python(version: str) -> Path | None:
    """Return a Python of that version, from the search path or from pyenv."""
    if version == "{}.{}".format(*sys.version_info[:2]):
        return Path(sys.executable)
    return next((path for path in _candidates(version) if _answers(path, version)), None)


def here(*versions: str) -> list[str]:
    """Return those of ``versions`` that this machine has: tests are made for these alone."""
    return [version for version in versions if python(version)]


def told() -> str:
    """Return what the head of a report says of what this machine has."""
    shells = [name for name in SHELLS if shutil.which(name)]
    found = [f"Python {version}" for version in here(TOO_OLD, *VERSIONS)]
    return f"the wheel is tried with: {', '.join([*found, *shells])}"


def _candidates(version: str) -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(root.glob(f"versions/{version}.*/bin/python"), reverse=True)
    found = shutil.which(f"python{version}")
    if found:
        yield Path(found)


def _answers(path: Path, version: str) -> bool:
    """Tell whether it runs: pyenv leaves scripts on the path for versions that are not chosen."""
    command = [
        str(path),
        "-I",
        "-S",
        "-c",
        "import sys; print('{}.{}'.format(*sys.version_info[:2]))",
    ]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    return run.stdout.strip() == version
