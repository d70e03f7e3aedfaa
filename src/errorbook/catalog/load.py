"""Load a catalog: read errors.yaml and what it includes, merge, validate, place every problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from errorbook.catalog.docs_holes import filled
from errorbook.catalog.merge import merge
from errorbook.catalog.models import Catalog
from errorbook.catalog.published import without
from errorbook.catalog.refusals import findings_of_parts, findings_of_refused
from errorbook.catalog.rules import check_catalog
from errorbook.catalog.sources import Reading, Source, place, source_of, to_json
from errorbook.problems import ErrorbookError, Finding, Problem

MAX_PROBLEMS: Final = 10_000

__all__ = ["CatalogError", "LoadedCatalog", "Source", "load", "place", "validate"]


class CatalogError(ErrorbookError):
    """The catalog cannot be used."""

    files: tuple[Path, ...]
    """Those that were read, for whoever watches them."""

    def __init__(self, problems: Iterable[Problem], files: Iterable[Path]) -> None:
        super().__init__(problems)
        self.files = tuple(files)


@dataclass(frozen=True)
class LoadedCatalog:
    """A valid catalog, and the files it came from."""

    catalog: Catalog
    """All that the files say, merged."""
    sources: tuple[Source, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The files the catalog came from, the one that includes the others first."""
        return tuple(source.path for source in self.sources)

    def place(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return ``findings`` with the file, line and column each speaks of."""
        return place(self.sources, findings)


def load(path: Path, *, name: str | None = None, content: bytes | None = None) -> LoadedCatalog:
    """Load the catalog at ``path``: an errors.yaml with what it includes, or an errors.json.

    Problems call the file ``name``; its path as given if absent. ``content`` is what the file
    holds, where it is not to be read.

    Raises:
        CatalogError: with every problem found, if there is any.
    """
    reading = Reading(path, name or str(path), content)
    content = _merged(reading)
    if content is None:
        raise CatalogError(reading.problems, reading.files)
    catalog, findings = (
        _validated(reading, content)
        if reading.whole
        else (None, _limited(findings_of_parts(content)))
    )
    problems = [*reading.problems, *place(reading.sources, findings)]
    if catalog is None or problems:
        raise CatalogError(sorted(problems, key=lambda one: one.place), reading.files)
    return LoadedCatalog(catalog, tuple(reading.sources))


def _validated(reading: Reading, content: bytes) -> tuple[Catalog | None, list[Finding]]:
    """Validate, without the keys that published files may have gained since their format began."""
    catalog, findings = validate(content)
    if not any(source.is_published for source in reading.sources):
        return catalog, findings
    unknown = [
        finding.path
        for finding in findings
        if finding.rule == "unknown-key" and source_of(reading.sources, finding).is_published
    ]
    return validate(without(content, unknown)) if unknown else (catalog, findings)


def validate(content: bytes) -> tuple[Catalog | None, list[Finding]]:
    """Return the catalog that ``content`` (JSON) holds, and everything wrong in it.

    Where a model refuses a value, the rules still look at the rest, so that nobody mends one
    problem only to be shown the next.
    """
    try:
        catalog = filled(Catalog.model_validate_json(content))
    except ValidationError as error:
        return None, _limited(findings_of_refused(content, error))
    return catalog, _limited(check_catalog(catalog))


def _limited(findings: Iterable[Finding]) -> list[Finding]:
    """Return ``findings``, if nobody made the file to keep us busy for hours."""
    limited = list(islice(findings, MAX_PROBLEMS + 1))
    if len(limited) > MAX_PROBLEMS:
        message = f"there are more than {MAX_PROBLEMS:,} problems; the others are left out"
        limited[-1] = Finding("too-many-problems", (), message)
    return limited


def _merged(reading: Reading) -> bytes | None:
    """Return all files as one JSON document, or None where the first could not be read."""
    content = reading.content()
    if content is None or b'"include"' not in content:
        return content
    data, problems = merge(reading.pieces(content))
    reading.problems += problems
    return to_json(data)
