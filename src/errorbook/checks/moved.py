"""Generated files that git has where no target leads: the target was moved, or taken out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.checks.committed import work_tree
from errorbook.checks.origin import MODULES, origin_of
from errorbook.checks.orphans import OTHERS
from errorbook.project import ExpectedFile, LoadedProject, Workspace
from errorbook.project_file import PROJECT_FILE

_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
"""What git takes for nothing but itself in a pattern."""
_OUTPUTS: Final = frozenset({*MODULES, "vectors"})
"""What has the API in its stamp, so that it is known to be of this catalog."""


def moved(workspace: Workspace, files: Iterable[ExpectedFile]) -> tuple[str, ...]:
    """Return the paths of modules and vectors of the catalog's APIs outside the folders of targets.

    ``files`` are all that the project generates. In folders of targets, others look. Only what
    git has is told, of a project that is called ``errorbook.yaml``: of others, there may be
    several in one folder.

    Raises:
        OSError: if a file cannot be read.
    """
    project = workspace.project
    if project.source is None or project.source.path.name != PROJECT_FILE:
        return ()
    expected = {file.path for file in files}
    apis = workspace.catalog.catalog.apis
    found = []
    for path in _tracked(project, [*MODULES.values(), *(f"{name}.json" for name in apis)]):
        if path in expected or _is_looked_at(project, path) or not _is_own(project.root, path):
            continue
        origin = origin_of(project.root / path)
        if origin is not None and origin.output in _OUTPUTS and origin.api in apis:
            found.append(path)
    return tuple(sorted(found))


def _tracked(project: LoadedProject, names: Sequence[str]) -> Iterator[str]:
    """Yield the paths below the project of the files of these names that git has."""
    if work_tree(project.root) is None:
        return
    # It takes long to import, and not every project is in a repository.
    from errorbook.baseline.git import Program  # noqa: PLC0415
    from errorbook.baseline.refusals import BaselineError  # noqa: PLC0415

    patterns = [f":(glob)**/{name}" for name in names if _PLAIN.fullmatch(name)]
    try:
        git = Program(project.root, {"GIT_LITERAL_PATHSPECS": "0"})
        answer = git.ask("ls-files", "-z", "--cached", "--", *patterns)
    except BaselineError:  # which is told where it is asked whether files are committed
        return
    if answer.code == 0:
        yield from filter(None, os.fsdecode(answer.output).split("\0"))


def _is_looked_at(project: LoadedProject, path: str) -> bool:
    folders = {PurePosixPath(target.to) for target in project.project.generate}
    return any(PurePosixPath(path).is_relative_to(folder) for folder in folders if folder.parts)


def _is_own(root: Path, path: str) -> bool:
    """Tell whether a path leads to a plain file, and not into another project or repository."""
    file = root / path
    if file.is_symlink() or not file.is_file():
        return False
    folders = [root / one for one in PurePosixPath(path).parents if one.parts]
    return not any((one / name).exists() for one in folders for name in OTHERS)
