"""Generated files that are on disk but not in git, so that nobody else has them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from errorbook.baseline.refusals import BaselineError
from errorbook.checks.result import Reported
from errorbook.problems import Place, Problem, Severity
from errorbook.project import LoadedProject

if TYPE_CHECKING:
    from errorbook.baseline.git import Program

_MOST_NAMED: Final = 30_000
"""Characters of paths that are given to git one by one; of more, their folders are."""


@dataclass(frozen=True)
class _Why:
    """How it comes that a file is not in git, and how bad that is."""

    message: str
    hint: str = ""
    severity: Severity = "error"


_FORGOTTEN: Final = _Why("was never committed to git")
_NEW: Final = _Why("is not in git yet, and neither is the project", severity="warning")
_IGNORED: Final = _Why(
    "is ignored by git, so that nobody else gets it", "take it out of .gitignore, or ", "warning"
)
"""That may be meant."""


@dataclass(frozen=True)
class Committed:
    """What is not in git, and why it could not be asked, if it could not."""

    found: tuple[Reported, ...] = ()
    notes: tuple[str, ...] = ()


def committed(project: LoadedProject, paths: Iterable[str], start: Path) -> Committed:
    """Find those of ``paths``, files below the project, that git does not track.

    What is staged is as good as committed. Outside of a repository there is nothing to find, and
    where not even errorbook.yaml is in git, the files are new rather than forgotten: a warning.
    ``start`` is the folder that the commands are for which mend it.
    """
    if work_tree(project.root) is None:
        return Committed()
    # It takes long to import, and not every project is in a repository.
    from errorbook.baseline.git import Program  # noqa: PLC0415

    others: dict[str, bool] = {}
    own = [path for path in paths if not _is_in_another(project.root, path, others)]
    if not own:
        return Committed()
    try:
        git = Program(project.root)
        said = _project_file(project)
        tracked = _asked(git, ["--cached"], [*own, *said])
        missing = [path for path in own if path not in tracked]
        ignored = _asked(git, ["--others", "--ignored", "--exclude-standard"], missing)
    except BaselineError as error:
        return Committed(notes=(f"not known whether generated files are committed: {error}",))
    is_elsewhere = bool(missing) and work_tree(start) != work_tree(project.root)
    is_new = not tracked.issuperset(said)
    return Committed(
        tuple(
            _reported(
                project,
                path,
                why=_IGNORED if path in ignored else _NEW if is_new else _FORGOTTEN,
                is_elsewhere=is_elsewhere,
            )
            for path in missing
        )
    )


def work_tree(folder: Path) -> Path | None:
    """Return the folder of the repository that ``folder`` is in."""
    real = folder.resolve()
    return next((one for one in (real, *real.parents) if (one / ".git").exists()), None)


def _is_in_another(root: Path, path: str, known: dict[str, bool]) -> bool:
    """Tell whether a folder between the project and a file is a repository of its own.

    ``known`` is what was found out of folders before.
    """
    folder = path.rpartition("/")[0]
    if folder and folder not in known:
        known[folder] = (root / folder / ".git").exists() or _is_in_another(root, folder, known)
    return bool(folder) and known[folder]


def _asked(git: Program, options: Sequence[str], paths: Sequence[str]) -> frozenset[str]:
    """Return the files among ``paths`` or beside them of which ``options`` ask.

    Raises:
        BaselineError: if git does not say.
    """
    if not paths:
        return frozenset()
    answer = git.ask("ls-files", "-z", *options, "--", *_pathspecs(paths))
    if answer.code:
        raise BaselineError(answer.complaint)
    return frozenset(os.fsdecode(answer.output).split("\0"))


def _pathspecs(paths: Sequence[str]) -> Sequence[str]:
    """Return what to ask git about; it takes none of these for an option or a pattern."""
    if sum(map(len, paths)) <= _MOST_NAMED:
        return paths
    tops = dict.fromkeys(PurePosixPath(path).parts[0] for path in paths)
    return list(tops) if sum(map(len, tops)) <= _MOST_NAMED else ["."]


def _project_file(project: LoadedProject) -> list[str]:
    """Return the name of the file that says what is generated, if there is one."""
    return [project.source.path.name] if project.source else []


def _reported(project: LoadedProject, path: str, *, why: _Why, is_elsewhere: bool) -> Reported:
    """Return what is said of a file, with the command that adds it."""
    shown = project.shown(path)
    place = Place(shown)
    force = ["-f"] if why is _IGNORED else []
    if is_elsewhere:  # git adds nothing from a folder outside of its work tree
        words = ["git", "-C", project.folder, "add", *force, "--", path]
    else:
        words = ["git", "add", *force, "--", shown]
    hint = f"{why.hint}run: {shlex.join(words)}"
    return Reported(Problem("never-committed-file", place, why.message, hint, why.severity))
