"""Versions of an API: the one that what breaks needs, and those that kept theirs all the same."""

from __future__ import annotations

from datetime import date

import pytest

from errorbook.catalog.models import Catalog
from errorbook.contract.changes import Change, Level
from errorbook.contract.compare import compare
from errorbook.contract.kind import Profile
from errorbook.contract.versions import (
    Part,
    is_bumped,
    needed_bump,
    needed_versions,
    next_version,
    version_changes,
)
from tests.contract.catalogs import Edit, edited

REMOVED: Edit = ("errors/not_found", None)
ADDED: Edit = ("errors/new", {"status": 404, "meaning": "Something new."})


def _found(
    before: Catalog, after: Catalog, profile: Profile = "default", level: Level | None = None
) -> list[Change]:
    counted = compare(before, after, profile=profile, today=date(2026, 6, 1))
    levels = {} if level is None else {"version-not-bumped": level}
    return list(version_changes(before, after, counted, profile=profile, levels=levels))


def _version(version: str | None, *edits: Edit) -> Catalog:
    return edited([("version", version), *edits])


@pytest.mark.parametrize(
    ("version", "part", "following"),
    [
        ("v1", "major", "v2"),
        ("v1", "minor", None),
        ("3", "major", "4"),
        ("1.4", "major", "2.0"),
        ("1.4", "minor", None),
        ("1.4.2", "major", "2.0.0"),
        ("v1.4.2", "minor", "v1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("0.4.2", "major", "0.5.0"),
        ("0.4", "major", "0.5"),
        ("0", "major", "1"),
        ("2.0.0-rc.1", "major", "3.0.0"),
        ("2026-01-31", "major", None),
        ("beta", "major", None),
        ("", "major", None),
        ("1.2.3.4.5", "major", None),
    ],
)
def test_the_next_version(version: str, part: Part, following: str | None) -> None:
    assert next_version(version, part) == following


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("v1", "v2"),
        ("v9", "v10"),
        ("1.4.2", "2.0.0"),
        ("1.4.2", "2"),
        ("0.4.2", "0.5.0"),
        ("0.4", "1"),
        ("2026-01-31", "2026-02-01"),
        ("beta", "v1"),
        ("v1", "next"),
        (None, "v1"),
        (None, None),
    ],
)
def test_a_version_in_which_something_may_break(before: str | None, after: str | None) -> None:
    assert is_bumped(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("v1", "v1"),
        ("v2", "v1"),
        ("v1", "1.9"),
        ("1.4.2", "1.5.0"),
        ("0.4.2", "0.4.3"),
        ("2026-01-31", "2025-12-31"),
        ("beta", "beta"),
        ("v1", None),
    ],
)
def test_a_version_in_which_nothing_may(before: str, after: str | None) -> None:
    assert not is_bumped(before, after)


def test_an_api_that_keeps_its_version_is_told_once() -> None:
    two: list[Edit] = [REMOVED, ("errors/odd", None)]

    (change,) = _found(_version("v1"), _version("v1", *two))

    assert (change.rule, change.severity, change.api) == ("version-not-bumped", "dangerous", "demo")
    assert (change.before, change.after) == ("v1", "needs v2")
    assert change.path == ("apis", "demo", "version")
    assert change.message.startswith("the version is v1, and what breaks needs v2")


def test_one_that_rose_too_little_is_told_and_one_that_rose_enough_is_not() -> None:
    (change,) = _found(_version("1.4.2"), _version("1.5.0", REMOVED))
    assert (change.before, change.after) == ("1.5.0", "needs 2.0.0")
    assert _found(_version("1.4.2"), _version("2.0.0", REMOVED)) == []


def test_what_breaks_nothing_needs_no_version() -> None:
    assert _found(_version("v1"), _version("v1", ADDED)) == []


def test_the_strict_profile_and_the_project_have_their_say() -> None:
    sides = _version("v1"), _version("v1", REMOVED)
    assert [one.severity for one in _found(*sides, profile="strict")] == ["breaking"]
    assert [one.severity for one in _found(*sides, level="safe")] == ["safe"]
    assert _found(*sides, level="off") == []


@pytest.mark.parametrize(
    ("before", "after", "edit", "told"),
    [
        ("v1", "v1", REMOVED, ("demo v2",)),
        ("v1", "v2", REMOVED, ()),
        ("1.4.2", "1.4.3", REMOVED, ("demo 2.0.0",)),
        ("1.4.2", "1.4.2", ADDED, ("demo 1.5.0",)),
        ("1.4.2", "1.5.0", ADDED, ()),
        ("v1", "v1", ADDED, ()),
        ("2026-01-31", "2026-01-31", REMOVED, ()),
        ("v1", "v1", ("errors/odd/meaning", "Other words."), ()),
    ],
)
def test_the_version_that_is_needed_is_named_unless_it_is_there(
    before: str, after: str, edit: Edit, told: tuple[str, ...]
) -> None:
    sides = _version(before), _version(after, edit)
    assert needed_versions(*sides, compare(*sides)) == told


def test_what_is_added_or_dangerous_is_minor_and_other_words_a_patch() -> None:
    def bump(*edits: Edit) -> str:
        return needed_bump(compare(edited(()), edited(edits)))

    assert bump() == "none"
    assert bump(("errors/odd/meaning", "Other words.")) == "patch"
    assert bump(ADDED) == "minor"
    assert bump(ADDED, REMOVED) == "major"
    assert bump(("errors/going/deprecated", None), ("errors/going/sunset", None)) == "patch"
