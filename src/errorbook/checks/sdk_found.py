"""What was read of an SDK, and how its findings are put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from errorbook.catalog.models import Api
from errorbook.checks.result import Reported
from errorbook.checks.sdk_matching import Candidates, Matches
from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_settings import HandwrittenSdk
from errorbook.problems import CatalogPath, Finding, Place, Problem, nearest, quoted
from errorbook.project import Workspace
from errorbook.python_source.classes import Classes, Told
from errorbook.python_source.codes import Call, Listing, Registry, Table
from errorbook.python_source.sources import SourceFile
from errorbook.python_source.written import SdkClass


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
    tables: tuple[Table, ...]
    calls: tuple[Call, ...]
    is_whole: bool
    """Whether every file could be read: what is not found may be in one that could not."""
    is_fixed: bool
    """Whether no public module makes names while it is run, by `__getattr__` or `globals()`."""

    @cached_property
    def documented(self) -> frozenset[str]:
        """The classes that the catalog documents, by path."""
        found = {*self.matches.classes.values(), *self.matches.parents.values()}
        return frozenset(found | ({self.matches.base} if self.matches.base else set()))

    @cached_property
    def mistaken(self) -> frozenset[str]:
        """Paths of the members of enumerations whose codes the catalog lacks.

        That is told of the member, and of nothing that uses it.
        """
        return frozenset(
            f"{listing.path}.{name}"
            for listing in self.listings
            if listing.is_enum and self.lists_codes(listing)
            for name, code, _ in listing.members
            if not self.knows(code)
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        former = (old for error in self.api.errors.values() for old in error.renamed_from)
        return frozenset((*self.api.errors, *self.api.retired, *former))

    def knows(self, code: str) -> bool:
        """Tell whether the catalog has a code, or had it."""
        return code in self._known

    def lists_codes(self, listing: Listing) -> bool:
        """Tell whether at least half of what a list holds are codes of the catalog."""
        if self.lists_exit_codes(listing):
            return False
        codes = {value for _, value, _ in listing.members}
        known = [code for code in codes if self.knows(code)]
        is_of_codes = "code" in listing.name.casefold()
        if not is_of_codes and all(map(str.isdecimal, known)):
            return False  # numbers may count anything
        return len(known) >= (1 if is_of_codes else 2) and 2 * len(known) >= len(codes)

    def lists_exit_codes(self, listing: Listing) -> bool:
        """Tell whether an enumeration is one of exit codes."""
        is_exit = listing.is_enum and "exit" in listing.name.casefold()
        return bool(self.api.exit_codes) and is_exit

    def place(self, file: SourceFile, line: int) -> Place:
        """Return the place of a line of the SDK."""
        path = str(PurePosixPath(self.settings.package, file.below))
        return Place(self.workspace.project.shown(path), line)

    def reported(
        self, rule: str, place: Place, said: tuple[str, str], subject: str, value: str = ""
    ) -> Reported:
        """Return a finding; ``said`` is what is wrong and how to mend it."""
        return Reported(Problem(rule, place, *said), f"{self.name}/{subject}", value=value)

    def at_class(
        self, rule: str, path: str, said: tuple[str, str], subject: str, value: str = ""
    ) -> Reported:
        """Return a finding at the line of a class."""
        one = self.classes.get(path)
        return self.reported(rule, self.place(one.file, one.line), said, subject, value)

    def at_told(
        self,
        rule: str,
        path: str,
        told: Told | None,
        said: tuple[str, str],
        subject: tuple[str, str],
    ) -> Reported:
        """Return a finding where a class says something, else at the class that inherits it.

        ``subject`` is a code and what was found.
        """
        if told is None or told.owner != path:
            return self.at_class(rule, path, said, *subject)
        return self.reported(rule, self.place(told.file, told.line), said, *subject)

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
