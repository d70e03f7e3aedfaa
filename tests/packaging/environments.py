"""Environments in which nothing is installed but the wheel, and what it says that it needs.

For the Python that runs the tests, nothing is downloaded: what the wheel needs is linked from the
environment that runs them, which has it at the versions of requirements/. What is missing from the
metadata of the wheel is missing here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.builds import CONSTRAINTS, built_sdist, built_wheel, made_once
from tests.packaging.pythons import python

__all__ = ["built_sdist", "built_wheel", "environment", "environment_on", "python_of", "run_in"]


def environment(extras: str = "", *besides: str) -> Path:
    """Return the Python of an environment that has the wheel, and its extras as in "site,mock".

    ``besides`` names further packages, such as pytest; each brings what it needs, too.
    """
    return _environment(",".join(sorted(filter(None, extras.split(",")))), *sorted(besides))


def python_of(folder: Path) -> Path:
    """Return the Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run_in(
    python: Path, *arguments: str, cwd: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a Python of an environment, with nothing set that leads out of it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [python, *arguments],
        check=False,
        cwd=cwd,
        env={**kept, **variables},
        capture_output=True,
        encoding="utf-8",
    )


@cache
def environment_on(version: str) -> Path:
    """Return the Python of an environment that has the wheel alone, on a Python that is here.

    For another Python than the running one, what the wheel needs is downloaded, unless uv has
    kept it. That it cannot be installed is a failure.
    """
    found = python(version)
    assert found is not None, f"no Python {version} here"
    if found == Path(sys.executable):
        return environment()

    def make(folder: Path) -> None:
        subprocess.run([found, "-m", "venv", "--clear", "--without-pip", folder], check=True)
        _install(python_of(folder), "--constraint", str(CONSTRAINTS))

    return python_of(made_once(f"python-{version}", make))


@cache
def _environment(extras: str, *besides: str) -> Path:
    def make(folder: Path) -> None:
        venv.create(folder, clear=True, with_pip=False, symlinks=os.name != "nt")
        _install(python_of(folder), "--offline", "--no-deps")
        (ours,) = metadata.distributions(name="errorbook", path=[str(_site_packages(folder))])
        needed = _needed(ours.requires or (), extras.split(","))
        further = _needed(besides, [""])
        for distribution in {one.name: one for one in (*needed, *further)}.values():
            _link(distribution, _site_packages(folder))

    words = " ".join((extras, *besides))
    key = hashlib.sha256(words.encode()).hexdigest()[:8]
    return python_of(made_once(f"environment-{key}", make))


def _install(python: Path, *options: str) -> None:
    """Install the wheel with uv, which is quicker than pip; where that fails, say why."""
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    command = [*uv, *options, str(built_wheel())]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if run.returncode:
        pytest.fail(f"the wheel cannot be installed: {' '.join(run.stderr.split())}", pytrace=False)


def _site_packages(folder: Path) -> Path:
    if os.name == "nt":
        return folder / "Lib/site-packages"
    return folder / "lib/python{}.{}/site-packages".format(*sys.version_info[:2])


def _needed(requirements: Iterable[str], extras: list[str]) -> Iterator[metadata.Distribution]:
    """Yield what a list of requirements asks for, and what that asks for, each once."""
    seen = set[tuple[str, str]]()
    left = [(Requirement(one), extra) for one in requirements for extra in extras]
    while left:
        requirement, extra = left.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        distribution = metadata.distribution(requirement.name)
        if distribution.version not in requirement.specifier:
            raise AssertionError(f"{requirement} is not met by {distribution.version}")
        for inner in ("", *requirement.extras):
            key = (canonicalize_name(requirement.name), inner)
            if key not in seen:
                seen.add(key)
                left += [(Requirement(one), inner) for one in distribution.requires or ()]
        yield distribution


def _link(distribution: metadata.Distribution, site_packages: Path) -> None:
    """Link the files of a distribution, but for its scripts, which name another Python.

    Bytecode comes along: compiling it again for each environment took longer than all else.
    Of a theme's thousands of icons, the folder is linked.
    """
    icons = set[Path]()
    for file in distribution.files or ():
        if ".." in file.parts or file.suffix == ".pyc":
            continue
        if ".icons" in file.parts and os.name != "nt":
            icons.add(Path(*file.parts[: file.parts.index(".icons") + 1]))
            continue
        source, place = Path(str(distribution.locate_file(file))), site_packages / file
        _link_file(source, place)
        compiled = Path(cache_from_source(source)) if file.suffix == ".py" else source
        if compiled != source and compiled.exists():
            _link_file(compiled, Path(cache_from_source(place)))
    for folder in icons:
        source = Path(str(distribution.locate_file(folder.as_posix())))
        (site_packages / folder).symlink_to(source, target_is_directory=True)


def _link_file(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, place)
    except OSError:  # on another disk
        shutil.copy2(source, place)
