"""What is said at the end of an import: what was read, what that changes, and what nobody told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from errorbook.checks.printing import counted, one_line, problem_line
from errorbook.importing.changes import Change
from errorbook.importing.shape import described, differing, shown
from errorbook.problems import Problem, shortened

_MOST_NAMED: Final = 4
_MOST_ALIKE: Final = 3
"""Problems with one message, of which each is shown; of more, the first and how many follow."""


@dataclass(frozen=True)
class Read:
    """A source, the reader it was read by, and how many errors it speaks of."""

    name: str
    reader: str
    errors: int
    absent: int
    """Errors the catalog had before that are not in it."""


@dataclass(frozen=True)
class Report:
    """All that an import has to say."""

    catalog: str
    """The file that the catalog begins in."""
    api: str
    sources: Sequence[Read]
    changes: Sequence[Change]
    kept: int
    conflicts: Sequence[Problem]
    untold: Sequence[Problem]
    missing: Mapping[str, Sequence[str]]
    errors: int
    """How many errors the API has in the end."""
    new_errors: Sequence[str]
    """Codes that it did not have before."""
    files: Sequence[str] = field(default_factory=tuple)
    """The files that change."""
    written: bool = True

    @property
    def replaced(self) -> list[Change]:
        """What the catalog said otherwise and says no longer."""
        return [change for change in self.changes if change.kind == "replace"]

    @property
    def added(self) -> list[Change]:
        """What the catalog did not say before."""
        return [change for change in self.changes if change.kind != "replace"]


def lines_of(report: Report) -> Iterator[str]:
    """Yield the lines of a report for people."""
    for source in report.sources:
        yield one_line(f"{source.name}: {counted(source.errors, 'error')}, read as {source.reader}")
        if source.absent:
            are = "is" if source.absent == 1 else "are"
            of_catalog = counted(source.absent, "error")
            yield one_line(f"    {of_catalog} of the catalog {are} not in {source.name}")
    yield from _changes(report)
    yield from map(problem_line, report.conflicts)
    yield from _grouped(report.untold)
    yield from _missing(report)


def as_json(report: Report) -> str:
    """Return a report for programs."""
    data: dict[str, Any] = {
        "format": 1,
        "catalog": report.catalog,
        "api": report.api,
        "sources": [vars(one) for one in report.sources],
        "errors": report.errors,
        "new_errors": list(report.new_errors),
        "written": report.written,
        "files": list(report.files),
        "kept": report.kept,
        "changes": [_change(change) for change in report.changes],
        "conflicts": [_problem(one) for one in report.conflicts],
        "untold": [_problem(one) for one in report.untold],
        "missing": {name: list(codes) for name, codes in report.missing.items()},
    }
    return json.dumps(data, indent=2, ensure_ascii=True)


def _changes(report: Report) -> Iterator[str]:
    new = counted(len(report.new_errors), "new error")
    values = counted(sum(change.value != {} for change in report.added), "value")
    does = "added" if report.written else "would add"
    where = ", ".join(report.files) or report.catalog
    if not report.changes:
        yield one_line(f"{report.catalog} ({report.api}): nothing new; {_kept(report)}")
        return
    others = f", {counted(len(report.replaced), 'value')} replaced" if report.replaced else ""
    yield one_line(f"{where} ({report.api}): {does} {new}, {values}{others}; {_kept(report)}")
    for change in report.replaced:
        path, former, value = differing(change.within, change.former, change.value)
        was = f"was {shown(former)}, is now {shown(value)}"
        yield one_line(f"{change.place}: {described(path)} {was}")


def _kept(report: Report) -> str:
    conflicts = counted(len(report.conflicts), "conflict")
    return f"{counted(report.kept, 'value')} known before, {conflicts}"


def _grouped(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield problems; many that differ in nothing but their place are one line."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        key = problem.rule, problem.message, problem.hint, problem.place.path
        groups.setdefault(key, []).append(problem)
    for (_, _, _, path), alike in groups.items():
        if len(alike) <= _MOST_ALIKE:
            yield from map(problem_line, alike)
            continue
        yield problem_line(alike[0])
        more = alike[1:]
        lines = ", ".join(str(one.place.line) for one in more[:_MOST_NAMED] if one.place.line)
        dots = ", …" if len(more) > _MOST_NAMED else ""
        at = f" ({path}: lines {lines}{dots})" if lines else ""
        yield one_line(f"    the same {len(more):,} times more{at}")


def _missing(report: Report) -> Iterator[str]:
    if not report.missing:
        return
    yield one_line(f"still missing in {report.api}, of {counted(report.errors, 'error')}:")
    for name, codes in report.missing.items():
        named = ", ".join(map(shortened, codes[:_MOST_NAMED]))
        dots = ", …" if len(codes) > _MOST_NAMED else ""
        who = "" if len(codes) == report.errors else f" ({named}{dots})"
        yield one_line(f"    no {name}: {len(codes):,}{who}")


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "path": list(change.within),
        "value": change.value,
        "former": change.former,
        "place": str(change.place),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "rule": problem.rule,
        "place": str(problem.place),
        "message": problem.message,
        "hint": problem.hint,
    }
