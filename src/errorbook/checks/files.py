"""Generated files: those that belong in the project, compared; those that belong no more, found."""

from __future__ import annotations

from errorbook.checks.committed import committed
from errorbook.checks.drift import drift
from errorbook.checks.orphans import orphan_problem, orphans
from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context, Reported
from errorbook.project import all_files

_ABSENT = frozenset({"missing-file", "foreign-file"})


def is_wanted(context: Context) -> bool:
    """Tell whether anything is generated for the audience."""
    return bool(context.project.targets(context.audience))


def check(context: Context) -> Checked:
    """Compare every file that is generated for the audience with what stands on disk.

    Raises:
        ErrorbookError: as `all_files` does.
        OSError: if a file is there but cannot be read.
    """
    project = context.project
    every = all_files(project, context.catalog)
    files = [file for file in every if file.target.audience == context.audience]
    found = list(drift(project, files, context.command))
    absent = {one.problem.place.path for one in found if one.problem.rule in _ABSENT}
    present = [file.path for file in files if project.shown(file.path) not in absent]
    in_git = committed(project, present)
    found += in_git.found
    for path in orphans(project, every, context.audience, context.workspace.catalog.files):
        found.append(Reported(orphan_problem(project, path, context.command)))
    return Checked(counted(len(files), "generated file"), tuple(found), notes=in_git.notes)
