"""The table of kinds: complete, and of a piece."""

from __future__ import annotations

import re
import string

import pytest

from errorbook.contract.changes import SEVERITIES
from errorbook.contract.kind import Kind, by_id
from errorbook.contract.kinds import KINDS

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)


@EVERY
def test_a_kind_has_its_mirror_or_a_reason_why_not(kind: Kind) -> None:
    assert bool(kind.mirror) != bool(kind.no_mirror)
    assert kind.mirror is None or kind.mirror in KINDS


@EVERY
def test_the_mirror_of_a_mirror_is_a_change_of_the_same_kind_or_of_a_narrower_one(
    kind: Kind,
) -> None:
    if kind.mirror is None:
        assert "told as" in kind.no_mirror or "undone by" in kind.no_mirror
        return
    back = KINDS[kind.mirror].mirror
    assert back is not None
    assert back == kind.id or (back, kind.id) in NARROWER


NARROWER = {
    ("operation-gained-code", "operation-gained-status"),
    ("deprecated", "deprecated-without-sunset"),
    ("sunset-earlier", "sunset-too-soon"),
}
"""Kinds whose opposite does not tell them apart, with what it calls them."""


@EVERY
def test_strict_is_never_milder(kind: Kind) -> None:
    rows = [(row.default, row.strict) for row in kind.cases]
    for default, strict in [(kind.default, kind.strict), *rows]:
        assert SEVERITIES.index(strict) <= SEVERITIES.index(default)


@EVERY
def test_a_kind_says_what_it_means_and_how_it_is_mended(kind: Kind) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", kind.id)
    fields = {field for _, field, _, _ in string.Formatter().parse(kind.says) if field}
    assert fields
    assert fields <= {"subject", "before", "after"}
    assert kind.meaning[0].isupper()
    assert kind.meaning.endswith(".")
    assert kind.title[0].islower() or kind.title.startswith("API")
    assert kind.fix
    assert kind.who
    assert all(case.when for case in kind.cases)


def test_two_kinds_cannot_share_an_id() -> None:
    kind = KINDS["code-removed"]

    with pytest.raises(ValueError, match="two kinds of change are called code-removed"):
        by_id([kind, kind])
