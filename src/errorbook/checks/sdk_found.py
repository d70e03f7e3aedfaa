"""What was read of an SDK, and how its findings are put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from errorbook.catalog.models import Api
from errorbook.checks.result import Reported
from errorbook.checks.sdk_classes import Classes, SdkClass, Told
from errorbook.checks.sdk_codes import Call, Listing, Registry
from errorbook.checks.sdk_matching import Candidates, Matches
from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_settings import HandwrittenSdk
from errorbook.checks.sdk_sources import SourceFile
from errorbook.problems import CatalogPath, Finding, Place, Problem, nearest, quoted
from errorbook.project import Workspace


@dataclass(frozen=True)
class Sdk:
    """Everything that was read of one SDK, and the API it is compared with."""

    workspace: Workspace
    settings: HandwrittenSdk
    name: str
    api: Api
    """What the audience of the SDK may read of it."""
    names: Names
    classes: Classes
    candidates: Candidates
    matches: Matches
    registries: tuple[Registry, ...]
    listings: tuple[Listing, ...]
    calls: tuple[Call, ...]
    is_whole: bool
    """Whether every file could be read: what is not found may be in one that could not."""

    def place(self, file: SourceFile, line: int) -> Place:
        """Return the place of a line of the SDK."""
        path = str(PurePosixPath(self.settings.package, file.below))
        return Place(self.workspace.project.shown(path), line)

    def reported(self, rule: str, place: Place, said: tuple[str, str], subject: str) -> Reported:
        """Return a finding; ``said`` is what is wrong and how to mend it."""
        return Reported(Problem(rule, place, *said), f"{self.name}/{subject}")

    def at_class(self, rule: str, path: str, said: tuple[str, str], subject: str) -> Reported:
        """Return a finding at the line of a class."""
        one = self.classes.all[path]
        return self.reported(rule, self.place(one.file, one.line), said, subject)

    def at_told(
        self, rule: str, path: str, told: Told | None, said: tuple[str, str], subject: str
    ) -> Reported:
        """Return a finding where a class says something, else at the class that inherits it."""
        if told is None or told.owner != path:
            return self.at_class(rule, path, said, subject)
        return self.reported(rule, self.place(told.file, told.line), said, subject)

    def in_catalog(
        self, rule: str, path: CatalogPath, said: tuple[str, str], subject: str
    ) -> Iterable[Reported]:
        """Return a finding at the line of the catalog that documents what is not there."""
        finding = Finding(rule, ("apis", self.name, *path), *said, at_key=True)
        placed = self.workspace.catalog.place([finding])
        return [Reported(problem, f"{self.name}/{subject}") for problem in placed]

    def family(self, path: str) -> list[SdkClass]:
        """Return a class and those of the SDK that it inherits from."""
        return self.classes.family(path)

    def unknown(self, code: str) -> str:
        """Return the hint for a code that the catalog lacks."""
        retired = self.api.retired.get(code)
        if retired is not None:
            instead = (
                f"; {quoted(retired.replaced_by)} took its place" if retired.replaced_by else ""
            )
            return f"the catalog lists it as retired{instead}"
        close = None if code.isdecimal() else nearest(code, self.api.errors)
        if close is not None:
            return f"did you mean {quoted(close)}? Else add it to the catalog"
        return "add it to the catalog, or take it out here"


def short(path: str) -> str:
    """Return the name of a class without its module."""
    return path.rpartition(".")[2]
