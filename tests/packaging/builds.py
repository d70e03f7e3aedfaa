"""The wheel and the sdist of this tree, built once for all tests that need one."""

from __future__ import annotations

import getpass
import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from filelock import FileLock

ROOT: Final = Path(__file__).resolve().parents[2]
_KEPT_SECONDS: Final = 24 * 60 * 60
_DIGEST: Final = re.compile(r"[0-9a-f]{16}")
CONSTRAINTS: Final = ROOT / "requirements/site.txt"
_MADE_FROM: Final = (
    *("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "src"),
    CONSTRAINTS.relative_to(ROOT).as_posix(),
)


def built_wheel() -> Path:
    """Return the wheel of the tree as it was when it was first asked for."""
    return _built("wheel", "*.whl")


def built_sdist() -> Path:
    """Return the sdist of the tree as it was when it was first asked for."""
    return _built("sdist", "*.tar.gz")


def build(target: str, tree: Path, folder: Path, **variables: str) -> None:
    """Build a target of a tree into ``folder``, with the hatchling that is installed here."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    environment = {**os.environ, **variables}
    subprocess.run(command, check=True, cwd=tree, env=environment, capture_output=True)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of that name for this tree, which ``make`` fills if it is not there.

    The folder that ``make`` gets has the place it will stay in. Workers wait for one another.
    """
    place = _cache_folder() / name
    done = place.with_name(f"{name}.made")
    with FileLock(f"{place}.lock"):
        if not done.exists():
            make(place)
            done.touch()
    return place


@cache
def _built(target: str, pattern: str) -> Path:
    folder = made_once(target, lambda folder: build(target, ROOT, folder))
    (file,) = folder.glob(pattern)
    return file


@cache
def _cache_folder() -> Path:
    """Return a folder that belongs to nobody else, by what the tree holds."""
    return own_folder(Path(tempfile.gettempdir()), _digest())


def own_folder(temporary: Path, name: str) -> Path:
    """Return the folder ``name`` of ours below a folder that everybody may write to.

    Anybody knows what ours is called there. So it is refused where it is a link, or somebody
    else's: what is old in it is removed, and nothing may lead to what is none of ours.

    Raises:
        PermissionError: if something else has its name.
    """
    folder = temporary / f"errorbook-packaging-{getpass.getuser()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise PermissionError(f"{folder} is no folder: move it away")
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    ours = folder / name
    ours.mkdir(exist_ok=True)
    for former in set(folder.iterdir()) - {ours}:
        is_of_ours = _DIGEST.fullmatch(former.name) and not former.is_symlink()
        if is_of_ours and time.time() - former.lstat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(former, ignore_errors=True)
    return ours


def _digest() -> str:
    """Return what tells apart what would be built, and what would be installed beside it."""
    site_packages = Path(sysconfig.get_path("purelib"))
    installed = sorted(path.name for path in site_packages.glob("*.dist-info"))
    digest = hashlib.sha256(f"{sys.version} {sys.prefix} {ROOT} {installed}".encode())
    for path in sorted(path for name in _MADE_FROM for path in _files(ROOT / name)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc"]
