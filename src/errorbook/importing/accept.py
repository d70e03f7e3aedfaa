"""Whether a catalog is still valid with what is imported; what makes it invalid is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any, Final

from errorbook import outputs
from errorbook.catalog.audience import seen_by
from errorbook.catalog.load import validate
from errorbook.catalog.models import NO_EXCEPTION, Catalog
from errorbook.catalog.sources import to_json
from errorbook.importing.changes import Change
from errorbook.importing.combine import UNUSABLE
from errorbook.importing.shape import Path, described
from errorbook.outputs.python.naming import constant
from errorbook.problems import Finding, Problem

_MOST_ROUNDS: Final = 12
"""Rounds after which nothing is taken, rather than looking on."""
_API: Final = 2
_ERROR: Final = 4
_CLASS_RULES: Final = frozenset(
    {"bad-class-name", "builtin-class-name", "reserved-class-name", "class-name-clash"}
    | {"class-name-taken-over"}
)
_CONSTANT_RULES: Final = frozenset({"constant-name-clash", "bad-constant-name"})


@dataclass
class Accepted:
    """The changes that leave the catalog valid, and why the others were left out."""

    changes: list[Change]
    problems: list[Problem] = field(default_factory=list)


def accepted(changes: Iterable[Change], data: Callable[[], dict[str, Any]]) -> Accepted:
    """Return which of ``changes`` can be made; ``data`` gives a fresh copy of the catalog."""
    result = Accepted(list(changes))
    for _ in range(_MOST_ROUNDS):
        findings, catalog = _findings(result.changes, data())
        if not findings:
            return result
        _mend(result, findings, catalog)
    findings, _ = _findings(result.changes, data())
    if findings:
        leaving = _Leaving()
        leaving.take(result.changes, findings[0])
        leaving.leave(result)
    return result


def _findings(
    changes: Sequence[Change], data: dict[str, Any]
) -> tuple[list[Finding], Catalog | None]:
    """Return everything that is wrong with ``data`` once it is changed, and what that is."""
    if not changes:
        return [], None
    for change in changes:
        change.apply(data)
    catalog, findings = validate(to_json(data))
    if catalog is None or findings:
        return findings, catalog
    seen = (seen_by(catalog, one) for one in ("public", "internal"))
    return list(dict.fromkeys(chain.from_iterable(map(outputs.problems, seen)))), catalog


def _mend(result: Accepted, findings: Iterable[Finding], catalog: Catalog | None) -> None:
    """Leave out what the findings are about, or give it another name."""
    known, leaving = _Known(result.changes), _Leaving()
    several = list(findings)
    before = len(result.changes)
    for finding in several:
        if not _renamed(result, finding, known, catalog):
            leaving.take(known.culprits(finding, widely=False), finding)
    if not leaving and len(result.changes) == before:
        leaving.take(known.culprits(several[0], widely=True), several[0])
    leaving.leave(result)


def _renamed(result: Accepted, finding: Finding, known: _Known, catalog: Catalog | None) -> bool:
    """Tell whether an error can stay under another name in Python, and give it that."""
    path = tuple(map(str, finding.path))
    changes = known.below(path) if len(path) == _ERROR else []
    if not changes or catalog is None:
        return False
    if finding.rule in _CLASS_RULES:
        name, value = "exception", NO_EXCEPTION
        hint = "its class is the base class until sdk.python.exception names one"
    elif finding.rule in _CONSTANT_RULES:
        name, value = "constant", known.free_constant(catalog, path[1], path[3])
        hint = f"its constant is {value} until sdk.python.constant names another"
    else:
        return False
    place = changes[0].place
    change = Change((*path, "sdk", "python", name), value, place, "derive")
    if not known.add(change):
        return False
    result.changes.append(change)
    message = f"{described(path[2:])}: {finding.message}"
    result.problems.append(Problem(UNUSABLE, place, message, hint, "warning"))
    return True


class _Leaving:
    """What is left out in one round: whole changes, or single entries of a list."""

    def __init__(self) -> None:
        self._gone: set[Path] = set()
        self._entries: dict[Path, set[int]] = {}
        self._problems: list[Problem] = []

    def __bool__(self) -> bool:
        return bool(self._gone or self._entries)

    def take(self, culprits: Sequence[Change], finding: Finding) -> None:
        """Leave out ``culprits``, or the one entry of a list that is at fault."""
        fresh = [change for change in culprits if change.path not in self._gone]
        if not fresh:
            return
        first = fresh[0]
        what = described(_common([change.within for change in fresh]))
        at = _index(first, finding) if len(fresh) == 1 else None
        if at is None:
            self._gone |= {change.path for change in fresh}
        else:
            self._entries.setdefault(first.path, set()).add(at)
            what = f"{what}[{at}]"
        message = f"{what} was left out: {finding.message}"
        problem = Problem(UNUSABLE, first.place, message, finding.hint, "warning")
        self._problems.append(problem)

    def leave(self, result: Accepted) -> None:
        """Take everything out of ``result`` that was found, and say so there."""
        left = (self._without(change) for change in result.changes)
        result.changes = [change for change in left if change is not None]
        result.problems += dict.fromkeys(self._problems)

    def _without(self, change: Change) -> Change | None:
        gone = self._entries.get(change.path, set())
        if change.path in self._gone:
            return None
        if not gone or not isinstance(change.value, list):
            return change
        kept = [one for at, one in enumerate(change.value) if at not in gone]
        return replace(change, value=kept) if kept else None


def _index(change: Change, finding: Finding) -> int | None:
    """Return which entry of the list in ``change`` is at fault, if one is."""
    steps = finding.path[len(change.path) : len(change.path) + 1]
    is_list = isinstance(change.value, list)
    return next((step for step in steps if is_list and isinstance(step, int)), None)


def _common(paths: Sequence[Path]) -> Path:
    """Return what all of ``paths`` begin with."""
    if len(paths) == 1:
        return paths[0]
    steps = zip(*paths, strict=False)
    same = 0
    for keys in steps:
        if len(set(keys)) > 1:
            break
        same += 1
    return paths[0][:same]


class _Known:
    """The changes of one round, found by their path."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._by_path: Mapping[Path, Change] = {change.path: change for change in changes}
        self._sorted = sorted(self._by_path)
        self._new: set[Path] = set()
        self._constants: dict[str, set[str | None]] = {}

    def add(self, change: Change) -> bool:
        """Tell whether a change is the first at its path, and remember it."""
        is_new = change.path not in self._by_path and change.path not in self._new
        self._new.add(change.path)
        return is_new

    def free_constant(self, catalog: Catalog, api: str, code: str) -> str:
        """Return the name of a constant that no code of the API has, and take it."""
        errors = catalog.apis[api].errors
        if api not in self._constants:
            self._constants[api] = {constant(one, error) for one, error in errors.items()}
        taken = self._constants[api]
        derived = constant(code, errors[code]) or "CODE"
        name = next(one for n in count(2) if (one := f"{derived}_{n}") not in taken)
        taken.add(name)
        return name

    def below(self, path: Path) -> list[Change]:
        """Return the changes at ``path`` and below it."""
        found: list[Change] = []
        for at in range(bisect_left(self._sorted, path), len(self._sorted)):
            one = self._sorted[at]
            if one[: len(path)] != path:
                break
            found.append(self._by_path[one])
        return found

    def culprits(self, finding: Finding, *, widely: bool) -> list[Change]:
        """Return the changes that ``finding`` comes from: the nearest to the place it names.

        A rule between several values may name one that is not new; then it is the other that
        goes. ``widely`` looks as far as the whole API.
        """
        path = tuple(map(str, finding.path))
        for length in range(len(path), 0, -1):
            change = self._by_path.get(path[:length])
            if change is not None and change.value != {}:
                return [change]
        chosen = _OTHERS.get(finding.rule)
        by_rule = self._around(path, _API, lambda one: chosen(one, path)) if chosen else []
        if by_rule:
            return by_rule
        return self.below(path) or self._around(path, 0 if widely else _ERROR, lambda _: True)

    def _around(self, path: Path, least: int, wanted: Callable[[Change], bool]) -> list[Change]:
        """Return the changes that are ``wanted`` and share most of ``path``, ``least`` at least."""
        for length in range(len(path), min(len(path), least) - 1, -1):
            found = [one for one in self.below(path[:length]) if wanted(one)]
            if found:
                return found
        return []


_Choice = Callable[[Change, Path], bool]
"""Tells whether a change may be the one that has to go, by where the finding is."""


def _in(*fields: str) -> _Choice:
    return lambda change, _: (
        change.within[0] == "errors" and change.within[2:3] in {(name,) for name in fields}
    )


def _is_retired(change: Change, path: Path) -> bool:
    return change.within[:2] == ("retired", *path[3:4])


def _is_no_number(change: Change, _: Path) -> bool:
    return change.within[0] == "errors" and not change.within[1].isdecimal()


_OTHERS: Final[Mapping[str, _Choice]] = {
    "action-contradicts-retry": _in("retry", "actions"),
    "detail-without-place": _in("details"),
    "placeholder-is-detail": _in("details", "placeholders"),
    "undeclared-placeholder": _in("message"),
    "unused-placeholder": _in("message", "placeholders"),
    "unknown-retry-after": _in("retry"),
    "retired-code-reused": _is_retired,
    "code-without-place": _is_no_number,
}
"""What goes instead where a rule names a value that was in the catalog before."""
