"""Sources -> what a catalog becomes by them. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errorbook.catalog.load import validate
from errorbook.catalog.values import identifier_like
from errorbook.importing.accept import accepted
from errorbook.importing.catalog_files import CatalogFiles, edited, said
from errorbook.importing.changes import Change
from errorbook.importing.combine import UNUSABLE, combined
from errorbook.importing.gathered import Gathered
from errorbook.importing.merge import Winner, merged
from errorbook.importing.missing import missing
from errorbook.importing.report import Read, Report
from errorbook.problems import ErrorbookError, Problem

UNNAMED: Final = "no source says which API this is: name it with --api ID"
_API: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
_ABOUT: Final = frozenset({"title", "version", "server", "summary", "docs", "operations", "sdk"})


class NoApiError(Exception):
    """Nobody said which API the errors are of. The text says what to do, in one line."""


@dataclass(frozen=True)
class Heard:
    """What one source said, and which reader understood it."""

    name: str
    reader: str
    gathered: Gathered

    @property
    def codes(self) -> set[str]:
        """The errors it speaks of."""
        facts = self.gathered.facts
        return {fact.path[1] for fact in facts if fact.path[:1] == ("errors",) and fact.path[1:]}

    @property
    def tells(self) -> bool:
        """Whether it says more than what its API is called and where it is."""
        return any(fact.path[0] not in _ABOUT for fact in self.gathered.facts if fact.path)

    @property
    def title(self) -> str | None:
        """The title of its API."""
        said = (fact.value for fact in self.gathered.facts if fact.path == ("title",))
        return next((one for one in said if isinstance(one, str)), None)


@dataclass(frozen=True)
class Outcome:
    """What an import would write, and what it has to say."""

    texts: Mapping[Path, tuple[str, bytes]]
    report: Report


def api_of(heard: Sequence[Heard], apis: Mapping[str, object], wished: str | None) -> str:
    """Return the id of the API that is imported into.

    Raises:
        NoApiError: if nothing says which one it is.
    """
    if wished:
        return wished
    if len(apis) == 1:
        return next(iter(apis))
    title = next((one.title for one in heard if one.title), "")
    name = title if _API.match(title) else identifier_like(title)
    if name is None:
        known = f" (one of: {', '.join(apis)})" if apis else ""
        raise NoApiError(f"{UNNAMED}{known}")
    return name


def imported(heard: Sequence[Heard], files: CatalogFiles, api: str, winner: Winner) -> Outcome:
    """Return what becomes of the catalog in ``files``: all of it valid.

    Raises:
        ErrorbookError: if what was made is not what was meant, which is an error of this package.
    """
    before = files.data()["apis"].get(api) or {}
    known = set(before.get("errors") or {})
    claims = combined(one.gathered for one in heard)
    merging = merged(claims, files, api, winner)
    editable, refused = _editable(merging.changes, files)
    result = accepted(editable, files.data)
    after = files.data()
    for change in result.changes:
        change.apply(after)
    texts = edited(files, result.changes)
    if texts:
        _verify(files, texts)
    errors = ((after["apis"].get(api) or {}).get("errors")) or {}
    untold = [problem for one in heard for problem in one.gathered.untold]
    report = Report(
        catalog=files.name,
        api=api,
        sources=[_read(one, known) for one in heard],
        changes=result.changes,
        kept=merging.kept,
        conflicts=[one for one in claims.problems if one.rule != UNUSABLE] + merging.conflicts,
        untold=[
            *untold,
            *(one for one in claims.problems if one.rule == UNUSABLE),
            *refused,
            *result.problems,
        ],
        missing=missing(errors),
        errors=len(errors),
        new_errors=[code for code in errors if code not in known],
        files=[name for name, _ in texts.values()],
    )
    return Outcome(texts, report)


def _read(heard: Heard, known: Collection[str]) -> Read:
    codes = heard.codes
    absent = len(set(known) - codes) if codes else 0
    return Read(heard.name, heard.reader, len(codes), absent)


def _editable(changes: Sequence[Change], files: CatalogFiles) -> tuple[list[Change], list[Problem]]:
    """Return the changes that can be made, and why others cannot: an errors.json is not edited."""
    if not any(piece.source.is_published for piece in files.pieces):
        return list(changes), []
    taken: list[Change] = []
    refused: list[Problem] = []
    for change in changes:
        if files.is_published(files.owner(change.path)):
            message = f"{'.'.join(change.within)} was left out: the catalog includes it published"
            hint = "import it where that errors.json is made"
            refused.append(Problem(UNUSABLE, change.place, message, hint, "warning"))
        else:
            taken.append(change)
    return taken, refused


def _verify(files: CatalogFiles, texts: Mapping[Path, tuple[str, bytes]]) -> None:
    _, findings = validate(said(files, texts))
    if findings:
        raise ErrorbookError(
            Problem(one.rule, files.place_of(one.path), one.message, one.hint) for one in findings
        )
