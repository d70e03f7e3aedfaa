"""Read a former catalog, as far as it can be: rules of today may refuse what was fine then."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from errorbook.baseline.refusals import BaselineError
from errorbook.baseline.tree import Tree
from errorbook.catalog import Catalog, CatalogError, load
from errorbook.catalog.docs_holes import filled
from errorbook.catalog.merge import merge
from errorbook.catalog.sources import Reading, to_json
from errorbook.checks.printing import counted, one_line
from errorbook.problems import CatalogPath

_MOST_ROUNDS: Final = 20
_MAPPINGS: Final = ("dict_type", "model_type")
_DEPTH_OF_API: Final = 2
_INCLUDE: Final = b'"include"'


@dataclass(frozen=True)
class Read:
    """A former catalog, and what is to be said about how it was read."""

    catalog: Catalog
    notes: tuple[str, ...] = ()


def read(path: Path, name: str, whose: str) -> Read:
    """Return the catalog at ``path``, which problems call ``name`` and notes ``whose``.

    Raises:
        BaselineError: if it cannot be read at all, or a file of it is missing.
    """
    try:
        return Read(load(path, name=name).catalog)
    except CatalogError as error:
        problems = error.problems
    first = one_line(str(problems[0]))
    catalog = _as_far_as_possible(path, name)
    if catalog is None:
        raise BaselineError(f"the catalog of {whose} cannot be read: {first}")
    found = f"{counted(len(problems), 'problem')} by today's rules"
    note = f"the catalog of {whose} has {found}, and was read as far as it can be; first: {first}"
    return Read(catalog, (note,))


def write_out(tree: Tree, path: str, folder: Path) -> Path:
    """Write the catalog that ``tree`` has at ``path``, with all it includes, into ``folder``.

    Returns the first of its files. What it includes and ``tree`` lacks is left out.
    """
    root = folder.resolve()
    first = root / path
    _write(first, tree.read(path))
    asked = {first}
    while True:
        files = {Path(os.path.normpath(file)) for file in _files(first, path)}
        wanted = sorted(file for file in files - asked if file.is_relative_to(root))
        if not wanted:
            return first
        asked.update(wanted)
        for file in wanted:
            _write(file, tree.read(file.relative_to(root).as_posix()))


def _write(file: Path, content: bytes | None) -> None:
    if content is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _files(first: Path, name: str) -> list[Path]:
    """Return the files that belong to a catalog, as far as those that are there tell."""
    reading = Reading(first, name)
    content = reading.content()
    if content is not None and _INCLUDE in content:
        reading.pieces(content)
    return reading.files


def _as_far_as_possible(path: Path, name: str) -> Catalog | None:
    """Return the catalog without what its models refuse; None where a part could not be read.

    A file that is missing must not look like codes that were never there.
    """
    reading = Reading(path, name)
    content = reading.content()
    if content is not None and _INCLUDE in content:
        content = to_json(merge(reading.pieces(content))[0])
    if content is None or not reading.whole:
        return None
    data: Any = json.loads(content)
    for _ in range(_MOST_ROUNDS):
        try:
            return filled(Catalog.model_validate_json(json.dumps(data)))
        except ValidationError as error:
            refused = {_entry(detail["loc"], detail["type"]): detail for detail in error.errors()}
        if any(map(_has_codes, refused)):
            return None
        for steps, detail in refused.items():
            _take_out(data, steps, detail["type"])
    return None


def _entry(path: CatalogPath, kind: str) -> CatalogPath:
    """Return the path of the entry that is refused, be it for its key or for what it lacks."""
    return path[:-1] if kind == "missing" or path[-1:] == ("[key]",) else path


def _has_codes(path: CatalogPath) -> bool:
    """Tell whether a whole list of codes would go with what stands at ``path``."""
    is_api = path[:1] == ("apis",) and len(path) <= _DEPTH_OF_API
    return not path or is_api or path[_DEPTH_OF_API:] == ("errors",)


def _take_out(data: Any, steps: CatalogPath, kind: str) -> None:
    """Remove the value at ``steps``, with the list it is in; what must be a mapping is emptied."""
    holder: Any = None
    key = ""
    for step in steps:
        if not isinstance(data, dict) or str(step) not in data:
            break
        holder, key = data, str(step)
        data = data[key]
    if holder is None:
        return
    if kind in _MAPPINGS and holder[key] != {}:
        holder[key] = {}
    else:
        del holder[key]
