"""Generated files that nothing generates any more: of errors that are gone, or are internal now."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.catalog.audience import Audience
from errorbook.checks.disk import link_on_the_way
from errorbook.outputs.stamp import GENERATED
from errorbook.problems import Place, Problem
from errorbook.project import ExpectedFile, LoadedProject, fetched_files
from errorbook.project_file import PROJECT_FILE, Target

_HEAD: Final = 2000
"""Bytes of a file that its stamp stands in."""
_OUTPUT: Final = re.compile(rb"output ([a-z-]+)(?: [^,\n]{1,300})?, format ")
_HERE: Final = "."
_OTHERS: Final = frozenset({PROJECT_FILE, ".git", "pyvenv.cfg"})
"""What the folder of another project, repository or environment has."""
_MODULE: Final = "errors.py"
_KEPT: Final = ".orig"
"""End of the names of copies that were kept of edited files, stamps and all."""


def orphans(
    project: LoadedProject,
    files: Iterable[ExpectedFile],
    audience: Audience,
    sources: Iterable[Path] = (),
) -> tuple[str, ...]:
    """Return the paths, below the project, of files that once were among those of a target.

    ``files`` are all that the project generates, for every audience; the targets of ``audience``
    are looked at: the folder of each, or where that is the project's own, the folders that its
    files stand in. A file is known by its stamp, which names the output that wrote it; what
    belongs to a Python module goes with it. ``sources``, which the catalog comes from, and files
    that were fetched may have a stamp of their own: none of them is one.

    Raises:
        OSError: if a folder or file cannot be read.
    """
    known: dict[Target, set[str]] = {}
    for file in files:
        known.setdefault(file.target, set()).add(file.path)
    expected = set().union(*known.values()) if known else set()
    found = {
        path
        for target, paths in known.items()
        if target.audience == audience
        for folder in _folders(target, paths)
        for path in _below(project.root, folder)
        if path not in expected and _is_of(project.root / path, target.output)
    }
    for path in list(found):
        found |= {one for one in _companions(project.root, path) if one not in expected}
    spared = {Path(source).resolve() for source in sources}
    fetched = {project.root.joinpath(name).resolve() for name in fetched_files(project)}
    kept = spared | fetched if found else set()
    return tuple(sorted(path for path in found if (project.root / path).resolve() not in kept))


def orphan_problem(project: LoadedProject, path: str, command: str) -> Problem:
    """Return what is said of a file that nothing generates any more."""
    message = "is generated from nothing that is in the catalog"
    hint = f"run: {command}; it removes the file"
    return Problem("orphaned-file", Place(project.shown(path)), message, hint)


def _folders(target: Target, paths: Iterable[str]) -> Iterable[str]:
    if PurePosixPath(target.to) != PurePosixPath(_HERE):
        return [str(PurePosixPath(target.to))]
    return {parts[0] for path in paths if len(parts := PurePosixPath(path).parts) > 1}


def _below(root: Path, folder: str) -> Iterator[str]:
    """Yield the plain files in a folder of the project, hidden ones and links left out.

    So are folders that are somebody else's: another project, repository or environment.
    """
    if not (root / folder).is_dir() or link_on_the_way(root, folder):
        return
    for where, folders, names in os.walk(root / folder):
        if Path(where) != root and not _OTHERS.isdisjoint((*folders, *names)):
            folders[:] = []
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(where, name)
            if not name.endswith(_KEPT) and not file.is_symlink():
                yield file.relative_to(root).as_posix()


def _is_of(file: Path, output: str) -> bool:
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    found = _OUTPUT.search(head) if GENERATED.encode() in head else None
    return found is not None and found[1].decode() == output


def _companions(root: Path, path: str) -> Iterator[str]:
    """Yield the files beside a Python module that were generated for it, and for nothing else."""
    module = PurePosixPath(path)
    if module.name != _MODULE:
        return
    catalog, marker = module.with_name("errors.json"), module.with_name("py.typed")
    if (root / catalog).is_file() and _is_of(root / catalog, "catalog"):
        yield str(catalog)
    if (root / marker).is_file() and not (root / marker).stat().st_size:
        yield str(marker)
