"""Generated files that nothing generates any more: of errors that are gone, or are internal now."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.catalog.audience import Audience
from errorbook.checks.disk import link_on_the_way
from errorbook.checks.origin import Origin, is_made_from, is_plausible, origin_of
from errorbook.outputs.languages import LANGUAGES
from errorbook.problems import Place, Problem
from errorbook.project import ExpectedFile, LoadedProject, Workspace, fetched_files
from errorbook.project_file import PROJECT_FILE, Target

OTHERS: Final = frozenset({PROJECT_FILE, ".git", "pyvenv.cfg"})
"""What the folder of another project, repository or environment has."""
_HERE: Final = "."


@dataclass(frozen=True)
class Orphans:
    """Files in the folders of targets that none of them writes, by their paths in the project.

    Of those ``of_project`` it is known that it wrote them: they may be removed. The others have a
    stamp that may be that of another project.
    """

    of_project: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """A file with a stamp that nothing generates, and the target in whose folder it stands."""

    path: str
    target: Target
    origin: Origin

    @property
    def below(self) -> str:
        """Its path below the folder of the target."""
        return PurePosixPath(self.path).relative_to(PurePosixPath(self.target.to)).as_posix()


def orphans(
    workspace: Workspace,
    files: Iterable[ExpectedFile],
    audience: Audience,
    named: Collection[str] = (),
) -> Orphans:
    """Return the files that look as if a target of ``audience`` had written them once.

    Only targets of the outputs that are ``named`` are looked at, if any are.

    ``files`` are all that the project generates, for every audience. The folder of each target is
    looked at, or where that is the project's own, the folders that its files stand in. A file is
    known by its stamp, which names the output that wrote it; what belongs to a module goes with
    it. What the catalog comes from, and files that were fetched, may have a stamp of their own:
    none of them is one.

    A file is of the project if it is of an API that its target writes, or is not told of because
    it is internal; or of one that the target wrote by the last commit.

    Raises:
        OSError: if a folder or file cannot be read.
    """
    project = workspace.project
    known: dict[Target, set[str]] = {
        target: set() for target in project.targets(audience) if not named or target.output in named
    }
    expected: set[str] = set()
    for file in files:
        expected.add(file.path)
        if file.target in known:
            known[file.target].add(file.path)
    found = {
        one.path: one
        for target, paths in known.items()
        for folder in _folders(target, paths)
        for one in _stamped(project.root, folder, target, expected)
    }
    for path in _spared(workspace) & set(found) if found else ():
        del found[path]
    ours, others = _told_apart(workspace, list(found.values()))
    with_them = {one for path in ours for one in companions(project.root, path)} - expected
    return Orphans(tuple(sorted({*ours, *with_them})), tuple(sorted(others)))


def orphan_problem(project: LoadedProject, path: str, command: str) -> Problem:
    """Return what is said of a file of the project that nothing generates any more."""
    message = "is generated from nothing that is in the catalog"
    hint = f"run: {command}; it removes the file"
    return Problem("orphaned-file", Place(project.shown(path)), message, hint)


def unclaimed_problem(project: LoadedProject, path: str, message: str) -> Problem:
    """Return what is said of a generated file of which nobody knows whether it is left over."""
    paths = [path, *companions(project.root, path)]
    command = shlex.join(["git", "rm", "--", *map(project.shown, paths)])
    hint = f"if it is left over, run: {command}"
    return Problem("unclaimed-file", Place(project.shown(path)), message, hint, "warning")


def companions(root: Path, path: str) -> Iterator[str]:
    """Yield the files beside a module that were generated for it, and for nothing else.

    Raises:
        OSError: if one cannot be read.
    """
    module = PurePosixPath(path)
    of_name = (one for one in LANGUAGES.values() if module.name == one.FILE)
    for name in (name for language in of_name for name in language.BESIDE):
        file = root / module.with_name(name)
        if file.is_file() and (not file.stat().st_size or origin_of(file) is not None):
            yield str(module.with_name(name))


def _told_apart(workspace: Workspace, found: list[_Found]) -> tuple[list[str], list[str]]:
    """Return which of what was found is the project's, and which may be another's."""
    ours, left = [], []
    for one in found:
        of_today = workspace.catalog.catalog
        if is_made_from(of_today, one.target.apis, one.origin, one.below):
            ours.append(one.path)
        else:
            left.append(one)
    if not left:
        return ours, []
    # It takes long to import, and seldom is anything left.
    from errorbook.checks.committed_project import committed_project  # noqa: PLC0415

    former = committed_project(workspace.project)
    others: list[str] = []
    for one in left:
        whose = [] if former is None else [to for to in former.targets if _is_same(to, one.target)]
        is_ours = former is not None and any(
            is_made_from(former.catalog, to.apis, one.origin, one.below) for to in whose
        )
        (ours if is_ours else others).append(one.path)
    return ours, others


def _is_same(one: Target, other: Target) -> bool:
    """Tell whether two targets write the same output to the same folder, of whichever APIs."""
    return one.output == other.output and PurePosixPath(one.to) == PurePosixPath(other.to)


def _spared(workspace: Workspace) -> set[str]:
    """Return the paths below the project of what is fetched, and what the catalog comes from."""
    root = workspace.project.root
    files = [*workspace.catalog.files, *(root / name for name in fetched_files(workspace.project))]
    real = root.resolve()
    inside = (Path(file).resolve() for file in files)
    return {file.relative_to(real).as_posix() for file in inside if file.is_relative_to(real)}


def _folders(target: Target, paths: Iterable[str]) -> Iterable[str]:
    if PurePosixPath(target.to) != PurePosixPath(_HERE):
        return [str(PurePosixPath(target.to))]
    return {parts[0] for path in paths if len(parts := PurePosixPath(path).parts) > 1}


def _stamped(root: Path, folder: str, target: Target, expected: Set[str]) -> Iterator[_Found]:
    for path in _below(root, folder):
        origin = None if path in expected else origin_of(root / path)
        if origin is not None and origin.output == target.output and is_plausible(origin, path):
            yield _Found(path, target, origin)


def _below(root: Path, folder: str) -> Iterator[str]:
    """Yield the plain files in a folder of the project, hidden ones and links left out.

    So are folders that are somebody else's: another project, repository or environment.
    """
    if not (root / folder).is_dir() or link_on_the_way(root, folder):
        return
    for where, folders, names in os.walk(root / folder):
        if Path(where) != root and not OTHERS.isdisjoint((*folders, *names)):
            folders[:] = []
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = PurePosixPath(Path(where).relative_to(root).as_posix())
        at = "" if below == PurePosixPath() else f"{below}/"
        for name in sorted(names):
            if not os.path.islink(f"{where}/{name}"):  # noqa: PTH114  # five times as quick
                yield f"{at}{name}"
