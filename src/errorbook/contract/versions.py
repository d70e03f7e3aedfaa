"""Versions of an API: whether one rose as far as what changed needs, and which one would do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from errorbook.catalog.models import Api, Catalog
from errorbook.contract.changes import Change, Level, shown
from errorbook.contract.kind import Profile
from errorbook.contract.kinds import KINDS
from errorbook.contract.parties import parties

RULE: Final = "version-not-bumped"
Part = Literal["major", "minor", "patch"]
"""The part of a version that has to rise."""
Bump = Literal["major", "minor", "patch", "none"]

_ADDS: Final = ("-added", "-gained", "deprecated")
"""Parts of the rules by which something is there, or is announced, that was not."""
_VERSION: Final = re.compile(
    r"(?P<v>v?)(?P<numbers>[0-9]{1,9}(?:\.[0-9]{1,9}){0,2})(?:[-+a-zA-Z][0-9A-Za-z.+-]*)?"
)
_ANOTHER: Final = "another version"
_LATER: Final = "a later date"
_LONG: Final = 3
"""Numbers of a version that tells additions from corrections."""


@dataclass(frozen=True)
class _Numbers:
    """A version that is made of numbers: `v2`, `1.4`, `1.4.2`."""

    v: str
    numbers: tuple[int, ...]

    @property
    def significant(self) -> tuple[int, ...]:
        """The numbers that rise when something breaks; before 1.0, that is the second one too."""
        return self.numbers[: 2 if self.numbers[0] == 0 else 1]

    def after(self, part: Part) -> str:
        """Return the next version in which ``part`` rose."""
        wanted = {"major": len(self.significant), "minor": 2, "patch": 3}[part]
        at = min(wanted, len(self.numbers)) - 1
        raised = (*self.numbers[:at], self.numbers[at] + 1)
        return self.v + ".".join(map(str, (*raised, *([0] * (len(self.numbers) - len(raised))))))


def next_version(version: str, part: Part) -> str | None:
    """Return the version that comes after ``version`` when ``part`` rises: `v1` becomes `v2`.

    Where a version has too few numbers to tell additions apart, nothing has to rise for them, and
    the answer is None; so it is where nobody can count on from ``version``.
    """
    numbers = _numbers(version)
    if numbers is None or (part != "major" and len(numbers.numbers) < _LONG):
        return None
    return numbers.after(part)


def is_bumped(before: str | None, after: str | None) -> bool:
    """Tell whether ``after`` is a version in which something may break that held in ``before``.

    Versions are compared as numbers or as dates where both are; else any other one will do.
    """
    if before is None:
        return True
    if after is None or before == after:
        return False
    days = _day(before), _day(after)
    if days[0] is not None and days[1] is not None:
        return days[0] < days[1]
    old, new = _numbers(before), _numbers(after)
    if old is None or new is None:
        return True
    width = len(old.significant)
    padded = (*new.numbers, *([0] * width))[:width]
    return padded > old.significant


def needed_bump(changes: Iterable[Change]) -> Bump:
    """Return which part of a version has to rise for ``changes``."""
    found = tuple(changes)
    severities = {change.severity for change in found}
    if "breaking" in severities:
        return "major"
    if "dangerous" in severities or any(map(_adds, found)):
        return "minor"
    return "patch" if found else "none"


def needed_versions(before: Catalog, after: Catalog, counted: Iterable[Change]) -> tuple[str, ...]:
    """Return the version that each API needs and does not have yet, such as ``artifacta v2``.

    Corrections need none. Where the next version cannot be told, nothing is said.
    """
    by_api: dict[str, list[Change]] = {}
    for change in counted:
        by_api.setdefault(change.api, []).append(change)
    found = []
    for name, changes in by_api.items():
        former, part = before.apis.get(name), needed_bump(changes)
        if name not in after.apis or former is None or part not in ("major", "minor"):
            continue
        wanted = next_version(former.version or "", part)
        if wanted is not None and not _reaches(after.apis[name].version, wanted):
            found.append(shown(f"{name} {wanted}"))
    return tuple(found)


def version_changes(
    before: Catalog,
    after: Catalog,
    counted: Iterable[Change],
    *,
    profile: Profile = "default",
    levels: Mapping[str, Level],
) -> Iterator[Change]:
    """Yield the APIs that kept their version though a change of ``counted`` is breaking.

    It is asked of what counts when waivers and levels have had their say, and told once for each
    API: what breaks is told already.
    """
    level = levels.get(RULE)
    if level == "off":
        return
    broken = {change.api for change in counted if change.severity == "breaking"}
    kind = KINDS[RULE]
    decided = level or (kind.strict if profile == "strict" else kind.default)
    for name, api in after.apis.items():
        former = before.apis.get(name)
        if name not in broken or former is None or is_bumped(former.version, api.version):
            continue
        now = shown(api.version or "not said")
        wanted = shown(f"needs {_needed(former)}")
        said = kind.says.format_map({"subject": "", "before": now, "after": wanted})
        yield Change(
            rule=RULE,
            severity=decided,
            api=name,
            subject="",
            before=now,
            after=wanted,
            who=parties(former, api).named(kind.who, None),
            message=f"{said}: {kind.meaning[0].lower()}{kind.meaning[1:]}",
            hint=kind.fix,
            path=("apis", name) if api.version is None else ("apis", name, "version"),
        )


def _adds(change: Change) -> bool:
    return any(part in change.rule for part in _ADDS) and change.rule != "undeprecated"


def _reaches(version: str | None, wanted: str) -> bool:
    """Tell whether ``version`` is ``wanted`` or a later one."""
    numbers, least = _numbers(version or ""), _numbers(wanted)
    return numbers is not None and least is not None and numbers.numbers >= least.numbers


def _needed(former: Api) -> str:
    version = former.version or ""
    return _LATER if _day(version) else next_version(version, "major") or _ANOTHER


def _day(version: str) -> date | None:
    try:
        return date.fromisoformat(version)
    except ValueError:
        return None


def _numbers(version: str) -> _Numbers | None:
    """Return the numbers of a version; None for dates, and for what is no version of numbers."""
    match = _VERSION.fullmatch(version)
    if match is None or _day(version) is not None:
        return None
    return _Numbers(match["v"], tuple(map(int, match["numbers"].split("."))))
