"""errors.json of an installed SDK, found without importing a line of that SDK."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from errorbook.problems import quoted

FILE: Final = "errors.json"


class NotInstalledError(Exception):
    """There is no such package, or none with an errors.json; its text says which."""


def installed_catalog(package: str) -> Path:
    """Return the errors.json beside the generated module of ``package``.

    ``package`` is its import name, such as ``artifacta``, ``acme.sdk`` or ``artifacta.errors``.

    Raises:
        NotInstalledError: if there is none.
    """
    steps = package.split(".")
    if not all(step.isidentifier() for step in steps):
        raise NotInstalledError(f"{quoted(package)} is no name of a Python package")
    folders = _folders(steps)
    if not folders:
        raise NotInstalledError(
            f"the package {quoted(package)} is not installed beside errorbook; "
            f"name its {FILE} with --catalog"
        )
    for folder in folders:
        file = folder / FILE
        if file.is_file():
            return file
    raise NotInstalledError(
        f"the package {quoted(package)} has no {FILE}, as `errorbook generate` writes it"
    )


def _folders(steps: list[str]) -> list[Path]:
    """Return where the files of a package lie, or of a module.

    ``find_spec`` is asked for the first name alone: of a dotted one it would import the parents.
    """
    try:
        spec = find_spec(steps[0])
    except (ImportError, ValueError):  # ValueError: a module in memory that came from no file
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations is None:
        is_file = len(steps) == 1 and spec.has_location and spec.origin
        return [Path(spec.origin).parent] if is_file and spec.origin else []
    folders = list(map(Path, spec.submodule_search_locations))
    for index, step in enumerate(steps[1:], 2):
        within = [folder / step for folder in folders if (folder / step).is_dir()]
        if not within and index == len(steps):
            return [folder for folder in folders if (folder / f"{step}.py").is_file()]
        folders = within
    return folders
