"""What a check is given, and what it says: what was looked at, what is wrong, what was left."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Catalog
from errorbook.checks.accepted_content import Content
from errorbook.problems import Problem
from errorbook.project import LoadedProject, Workspace

_DIGITS = 8
_GENERATE = "errorbook generate"


@dataclass(frozen=True)
class Context:
    """What every check is given."""

    workspace: Workspace
    audience: Audience
    command: str
    """The `errorbook generate` that mends generated files, with the options of this run."""
    start: Path
    """The folder that problems name files from."""
    accepted: Content = field(default_factory=Content)
    """What the file of accepted findings says."""
    html: tuple[str, ...] = ()
    """Folders of built sites to compare beside those that errorbook.yaml names."""

    @property
    def command_to_accept(self) -> str:
        """The command that writes the file of accepted findings, with the options of this run."""
        return self.command.replace(_GENERATE, "errorbook check --write-baseline", 1)

    @property
    def project(self) -> LoadedProject:
        """The project, valid."""
        return self.workspace.project

    @property
    def catalog(self) -> Catalog:
        """All of the catalog, valid, with what is internal."""
        return self.workspace.catalog.catalog


@dataclass(frozen=True)
class Reported:
    """One thing that is wrong.

    ``subject`` is what it is about within its file: `artifacta/rate_limited`, a class, an anchor;
    with the rule and the file, it tells this finding from every other in every run. ``value`` is
    what was found there, if it may be found to be something else and is worth another look then:
    whoever accepts that 404 is told when it becomes 500. ``diff`` is a unified diff of bounded
    length, and ``is_mended`` tells whether the command of the run mends it. What runs the checks
    adds the rest: ``file`` is the path of the place as seen from the project, and ``may_wait``
    tells whether the finding may be accepted for now, which nothing may that one command mends.
    """

    problem: Problem
    subject: str = ""
    diff: tuple[str, ...] = ()
    file: str = ""
    may_wait: bool = True
    value: str = ""
    is_mended: bool = False

    @property
    def fingerprint(self) -> str:
        """What tells this finding from any other, wherever its line has moved to.

        It is the same from whichever folder the command is run.
        """
        file = self.file or self.problem.place.path
        return fingerprint(self.problem.rule, file, self.subject, self.value)


def fingerprint(rule: str, file: str, subject: str, value: str = "") -> str:
    """Return the fingerprint of what ``rule`` says of ``subject`` in ``file`` of the project.

    ``value`` is what was found there.
    """
    said = "\0".join((rule, file, subject, value) if value else (rule, file, subject))
    return f"F-{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()[:_DIGITS]}"


@dataclass(frozen=True)
class Checked:
    """What one check did: ``looked_at`` counts what it compared, such as `18 generated files`.

    ``not_checked`` says what could not be looked at, and why: each is one line, and makes the
    whole check incomplete. ``notes`` are what is worth a line but nothing wrong. ``completeness``
    is how complete the texts of each API are, in percent, where that was asked for. ``within`` are
    the files and folders that its findings can be in, where another run may look at others.
    ``is_blocked`` tells whether the command that mends generated files would refuse to.
    """

    looked_at: str
    found: tuple[Reported, ...] = ()
    not_checked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    completeness: Mapping[str, float] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    is_blocked: bool = False

    def below(self, folder: str, *, may_wait: bool) -> Checked:
        """Return this with the paths of its findings as seen from ``folder``, the project's."""
        shown = {one.problem.place.path for one in self.found}
        files = {path: _from(folder, path) for path in shown}
        found = tuple(
            replace(one, file=files[one.problem.place.path], may_wait=one.may_wait and may_wait)
            for one in self.found
        )
        within = tuple(_from(folder, path) for path in self.within)
        return replace(self, found=found, within=within)


def _from(folder: str, path: str) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path
