"""Every kind of change: one edit of a catalog is told once, at its place, as bad as it is."""

from __future__ import annotations

from datetime import date

import pytest

from errorbook.contract.changes import Change, shown
from errorbook.contract.compare import compare
from errorbook.contract.kind import Kind, Profile
from errorbook.contract.kinds import KINDS
from errorbook.contract.report import Found, Report
from errorbook.problems import Place
from tests.contract.catalogs import catalog, data, edited
from tests.contract.mutations import APARTS, ROWS, Row

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.parametrize("profile", ["default", "strict"])
def test_a_change_is_told_once_as_bad_as_it_is(row: Row, profile: Profile) -> None:
    before, after = row.sides

    changes = compare(before, after, profile=profile, today=TODAY, audience=row.audience)

    assert [(one.rule, one.severity) for one in changes] == [(row.rule, row.severities[profile])]
    change = changes[0]
    assert change.api == "demo"
    assert (change.subject, change.before, change.after) == tuple(map(shown, row.told))
    assert change.who == row.who
    assert "/".join(map(str, change.path[2:])) == row.at
    assert change.hint == KINDS[row.rule].fix


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_message_says_what_changed_and_what_it_does(row: Row) -> None:
    change = _only(row)

    assert "\n" not in change.message
    assert all(value in change.message for value in _values(row.rule, change))
    kind = KINDS[row.rule]
    case = next((one for one in kind.cases if f" ({one.when}): " in change.message), None)
    assert change.message.endswith(kind.meaning_of(case)[1:])
    assert change.who == row.who


def test_every_kind_is_made_by_some_mutation() -> None:
    assert {row.rule for row in ROWS} | APARTS == set(KINDS)


@pytest.mark.parametrize(
    "kind", [one for one in KINDS.values() if one.cases], ids=lambda one: one.id
)
def test_every_case_of_a_kind_is_made_by_some_mutation(kind: Kind) -> None:
    rows = [row for row in ROWS if row.rule == kind.id]
    messages = [_only(row).message for row in rows]

    assert [case.id for case in kind.cases if not _has(messages, f" ({case.when}): ")] == []
    plain = [row for row, said in zip(rows, messages, strict=True) if not _any_case(kind, said)]
    assert plain  # the rule itself, too


@pytest.mark.parametrize(
    "row", [one for one in ROWS if one.severities["default"] == "safe"], ids=str
)
def test_what_is_safe_fails_nobody(row: Row) -> None:
    change = _only(row)
    report = Report("errors.yaml", "v1", codes=6, found=(Found(change, lambda _: Place("e", 1)),))

    assert not report.has_failed
    assert report.bump in ("minor", "patch")


def test_an_api_that_is_gone_is_one_change() -> None:
    content = data()
    content["apis"]["other"] = {"errors": {"a": {}, "b": {}}}

    changes = compare(catalog(content), catalog(data()))

    assert [told(one) for one in changes] == [("api-removed", "breaking", "other")]
    assert changes[0].path == ("apis",)


def test_an_api_that_is_new_is_one_change() -> None:
    content = data()
    content["apis"]["other"] = {"errors": {"a": {}, "b": {}}}

    changes = compare(catalog(data()), catalog(content))

    assert [told(one) for one in changes] == [("api-added", "safe", "other")]
    assert changes[0].path == ("apis", "other")


def test_the_page_of_a_code_moves_when_one_that_differs_in_case_comes_before_it() -> None:
    new = ("retired/ODD", {"removed": "v0"})

    changes = compare(edited(()), edited((new,)))

    assert [told(one) for one in changes] == [
        ("docs-url-changed", "dangerous", "demo"),
        ("tombstone-added", "safe", "demo"),
    ]
    assert (changes[0].before, changes[0].after) == ("demo/errors/odd/", "demo/errors/odd~2/")


def _only(row: Row) -> Change:
    before, after = row.sides
    (change,) = compare(before, after, today=TODAY, audience=row.audience)
    return change


def _has(messages: list[str], words: str) -> bool:
    return any(words in message for message in messages)


def _any_case(kind: Kind, message: str) -> bool:
    return any(f" ({case.when}): " in message for case in kind.cases)


def told(change: Change) -> tuple[str, str, str]:
    return change.rule, change.severity, change.api


def _values(rule: str, change: Change) -> list[str]:
    """Return the values that the message of a kind has to name."""
    says = KINDS[rule].says
    fields = {"subject": change.subject, "before": change.before, "after": change.after}
    return [value for name, value in fields.items() if f"{{{name}}}" in says]
