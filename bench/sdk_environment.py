"""The environment of the SDKs that the generated exceptions are compared with.

It is apart from .venv: what the SDKs ask for must not decide what the site is built with.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.measure import show_progress

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements/peers.txt"
FOLDER = ROOT / ".venv/peers"
STAMP = FOLDER / "installed"
PYTHON = str(FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def ensure_peers() -> None:
    """Install the locked SDKs, unless they are there; the stamp comes last."""
    key = hashlib.sha256(f"{sys.version} {ROOT}".encode() + LOCKED.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text("utf-8") == key:
        return
    show_progress("installing the SDKs to compare with")
    venv.create(FOLDER, clear=True, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--require-hashes", "--requirement", str(LOCKED)]) != 0:
        sys.exit(f"pip could not install {LOCKED.relative_to(ROOT)}: see above")
    STAMP.write_text(key, "utf-8")


def run_python(arguments: Sequence[str], folder: Path, python: str = PYTHON) -> str:
    """Run a process that may keep its bytecode, as a user's does, and return what it prints."""
    paths = os.pathsep.join((str(folder), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [python, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"python {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
