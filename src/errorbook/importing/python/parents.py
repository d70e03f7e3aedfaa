"""The classes between the base and the errors: of a status, a family of statuses, or a group."""

from __future__ import annotations

import re
from typing import Final

from errorbook.catalog.statuses import family
from errorbook.catalog.values import identifier_like
from errorbook.importing.gathered import Gathered
from errorbook.importing.python.codes import Codes
from errorbook.importing.python.docstrings import docstring, first_sentence
from errorbook.importing.python.package import STATUS, STATUSES, Package, short
from errorbook.problems import Place

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SUFFIX: Final = re.compile(r"(?:_?(?:api|client))?_?(?:error|exception)\Z")
PARENTS: Final = ("sdk", "python", "parents")


def statuses_of(package: Package, codes: Codes, path: str) -> dict[int, Place]:
    """Return the statuses of a class, as it says them itself, else as it is chosen by them."""
    told = package.told(path, STATUS)
    said = [one for one in (told.values or ()) if type(one) is int] if told else []
    if told is not None and said and all(one in STATUSES for one in said):
        return dict.fromkeys(said, package.place(told.file, told.line))
    for one in package.own(path):
        if one.path in codes.statuses:
            return dict(sorted(codes.statuses[one.path].items()))
    return {}


def add_parents(package: Package, codes: Codes, gathered: Gathered) -> set[str]:
    """Remember the classes that errors have in common, and return them by path.

    A class with a status and without a code of its own is raised for whatever has that status. One
    that two or more errors come below, and that has no status, stands for a group: the group is
    named after it.
    """
    found: set[str] = set()
    taken: dict[str, str] = {}
    common = codes.common(package)
    for path in package.exceptions:
        if path == package.base or codes.of(path) or short(path).startswith("_"):
            continue
        below = _errors_below(package, codes, path)
        statuses = statuses_of(package, codes, path)
        if statuses:
            for status, place in statuses.items():
                if _add(gathered, taken, str(status), path, place):
                    found.add(path)
                    _meaning(package, gathered, ("statuses", str(status)), path)
            continue
        if len(below) < 2 or path in common:
            continue
        found.add(path)
        place = package.place_of(path)
        statuses_in_common = _family_of(package, codes, below)
        if statuses_in_common and statuses_in_common not in taken:
            _add(gathered, taken, statuses_in_common, path, place)
            continue
        group = _group_name(path)
        if group and group not in taken:
            _add(gathered, taken, group, path, place)
            gathered.add(("groups", group), {}, place)
            _meaning(package, gathered, ("groups", group), path)
            for code in _nearest(package, codes, below, path):
                gathered.add(("errors", code, "group"), group, place)
    return found


def _add(gathered: Gathered, taken: dict[str, str], selector: str, path: str, place: Place) -> bool:
    """Remember a class for a selector; of two classes for one, the second is told."""
    if selector in taken:
        if short(taken[selector]) != short(path):
            message = f"{short(path)} is for {selector}, as {short(taken[selector])} is"
            gathered.wonder(place, message, "a catalog has one class for it: the first was taken")
        return False
    taken[selector] = path
    gathered.add((*PARENTS, selector), short(path), place)
    return True


def _meaning(package: Package, gathered: Gathered, path: tuple[str, ...], of: str) -> None:
    said = first_sentence(docstring(package.classes.get(of).node))
    if said:
        gathered.add((*path, "meaning"), said, package.place_of(of))


def _errors_below(package: Package, codes: Codes, path: str) -> list[str]:
    """Return the classes with codes that come below one."""
    return [
        one
        for one in package.exceptions
        if one != path and path in package.classes.line_of(one) and codes.of(one)
    ]


def _family_of(package: Package, codes: Codes, below: list[str]) -> str:
    """Return the family that the statuses of some errors are all of, and those of no others."""
    families = {_families(package, codes, path) for path in below}
    others = {
        _families(package, codes, path)
        for path in package.exceptions
        if path not in below and codes.of(path)
    }
    common = families.pop() if len(families) == 1 else frozenset()
    if len(common) != 1 or any(common & other or not other for other in others) or not others:
        return ""
    return next(iter(common))


def _families(package: Package, codes: Codes, path: str) -> frozenset[str]:
    return frozenset(map(family, statuses_of(package, codes, path)))


def _group_name(path: str) -> str:
    """Return the id of the group that a class is for: `OrderError` is for `order`."""
    name = _SUFFIX.sub("", _HUMP.sub("_", short(path)).lower())
    return (identifier_like(name) or name) if name[:1].isalpha() else ""


def _nearest(package: Package, codes: Codes, below: list[str], path: str) -> list[str]:
    """Return the codes whose classes have no other such class nearer than ``path``."""
    found: list[str] = []
    for one in below:
        between = [up for up in package.classes.line_of(one)[1:] if up != path]
        nearer = between[: package.classes.line_of(one).index(path) - 1]
        is_nearest = not any(
            len(_errors_below(package, codes, up)) >= 2 for up in nearer if up in package.exceptions
        )
        if is_nearest:
            found += codes.of(one)
    return found
