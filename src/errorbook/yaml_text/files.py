"""What people write in YAML in a project: errorbook.yaml, and the catalog in its parts."""

from __future__ import annotations

import os
from pathlib import Path

from errorbook.catalog.sources import Reading
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import ErrorbookError
from errorbook.project_file import CATALOG_FILE


def project_files(file: Path, name: str) -> list[Path]:
    """Return the errorbook.yaml or errors.yaml at ``file``, and what belongs to it.

    ``name`` is what problems call it. A catalog in another folder than below that of errorbook.yaml
    belongs to somebody else, as does a published errors.json. What the catalog says need not be
    valid, only its YAML.

    Raises:
        ErrorbookError: if a file is not valid YAML, or includes one that cannot be read.
        OSError: if errorbook.yaml cannot be read.
    """
    if file.name == CATALOG_FILE:
        return _catalog_files(file, name)
    catalog = file.parent / _catalog_of(file, name)
    root = file.parent.resolve()
    is_own = catalog.is_file() and catalog.resolve().is_relative_to(root)
    shown = (Path(name).parent / os.path.relpath(catalog, file.parent)).as_posix()
    return [file, *(_catalog_files(catalog, shown) if is_own else ())]


def _catalog_of(file: Path, name: str) -> str:
    data, problems = read_yaml(file.read_bytes(), name, first_key="generate")
    if problems and [problem.rule for problem in problems] != ["empty-file"]:
        raise ErrorbookError(problems)
    catalog = (data or {}).get("catalog", CATALOG_FILE)
    return catalog if isinstance(catalog, str) else CATALOG_FILE


def _catalog_files(path: Path, name: str) -> list[Path]:
    reading = Reading(path, name)
    content = reading.content()
    if content is not None:
        reading.pieces(content)
    if reading.problems and [one.rule for one in reading.problems] != ["empty-file"]:
        raise ErrorbookError(reading.problems)
    return [source.path for source in reading.sources if not source.is_published]
