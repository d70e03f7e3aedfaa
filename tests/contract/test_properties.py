"""What holds for any two catalogs."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook.contract.changes import Change
from errorbook.contract.compare import compare
from tests.catalog.catalogs import BOUNDED
from tests.contract.catalogs import catalog, data, edited
from tests.contract.mutations import ROWS, Row

TODAY = date(2026, 6, 1)
FEW = settings(BOUNDED, max_examples=70)
"""For whole catalogs, which take long to draw."""
GONE_RULES = {
    "code-removed",
    "code-renamed",
    "code-case-changed",
    "code-split",
    "code-merged",
    "code-removed-without-sunset",
    "code-removed-after-sunset",
    "code-removed-before-sunset",
}

texts = st.sampled_from(["", "Not found.", "Wait {a}.", "Wait {b}.", "Too large."])
details = st.dictionaries(
    st.sampled_from(["a", "b", "B", "c"]),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["string", "integer", "number"])},
        optional={
            "required": st.booleans(),
            "unit": st.sampled_from(["seconds", "ms"]),
            "sensitive": st.booleans(),
        },
    ),
    max_size=3,
)


@st.composite
def errors(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an error that the rules of catalogs have nothing against."""
    message, fields = draw(texts), draw(details)
    holes = [name for name in ("a", "b") if f"{{{name}}}" in message and name not in fields]
    return {
        "status": draw(st.lists(st.sampled_from([200, 404, 409, 500]), unique=True, max_size=2)),
        "message": message,
        "meaning": draw(texts).replace("{", "").replace("}", ""),
        "details": fields,
        "placeholders": {name: {} for name in holes},
        "operations": draw(st.lists(st.sampled_from(["get", "put"]), unique=True)),
        "retry": {"when": draw(st.sampled_from(["never", "as_is", "unknown", "after_change"]))},
        "stability": draw(st.sampled_from(["stable", "experimental"])),
        **draw(st.sampled_from([{}, {"deprecated": "v1"}, {"deprecated": "v1", "sunset": "v2"}])),
    }


@st.composite
def catalogs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the data of a catalog of one API."""
    codes = st.sampled_from(["one", "One", "two", "two_", "three", "four"])
    api = {
        "envelopes": [{"body": {"code": "{code}", "details": "{details}"}}],
        "operations": {"get": {"method": "GET"}, "put": {"method": "POST"}},
        "errors": draw(st.dictionaries(codes, errors(), max_size=5)),
    }
    return {"apis": {"demo": api}}


@FEW
@given(catalogs(), catalogs(), st.randoms(use_true_random=True))
def test_what_holds_for_any_two_catalogs(one: Any, other: Any, chance: random.Random) -> None:
    """Two catalogs take long to draw, so that all is asked of the same ones."""
    before, after = catalog(one), catalog(other)
    found = compare(before, after, today=TODAY)

    assert compare(before, catalog(one), profile="strict", today=TODAY) == []
    order_makes_no_difference(one, other, found, chance)
    fingerprints_are_unique_and_stay(found, compare(before, after, profile="strict", today=TODAY))
    errors_before, errors_after = (content["apis"]["demo"]["errors"] for content in (one, other))
    whatever_is_gone_is_told_once(errors_before, errors_after, found)
    a_status_that_became_another_is_breaking(errors_before, errors_after, found)


def order_makes_no_difference(
    one: Any, other: Any, found: list[Change], chance: random.Random
) -> None:
    turned, others = catalog(shuffled(one, chance)), catalog(shuffled(other, chance))

    assert compare(turned, catalog(one), today=TODAY) == []
    assert compare(turned, others, today=TODAY) == found


def fingerprints_are_unique_and_stay(default: list[Change], strict: list[Change]) -> None:
    fingerprints = [change.fingerprint for change in default]
    assert len(set(fingerprints)) == len(fingerprints)
    assert sorted(change.fingerprint for change in strict) == sorted(fingerprints)


def whatever_is_gone_is_told_once(before: Any, after: Any, found: list[Change]) -> None:
    told = [code for change in found if change.rule in GONE_RULES for code in formers(change)]
    assert sorted(told) == sorted(set(before) - set(after))
    lost = [change.subject for change in with_claims(found) if change.rule in LOST_DETAIL]
    for code in set(before) & set(after):
        gone = set(before[code]["details"]) - set(after[code]["details"])
        told = [subject for subject in lost if subject.startswith(f"{code}.")]
        assert sorted(told) == sorted(f"{code}.{name}" for name in gone)


LOST_DETAIL = {"detail-removed", "detail-renamed"}


def a_status_that_became_another_is_breaking(before: Any, after: Any, found: list[Change]) -> None:
    told = {change.subject for change in with_claims(found) if change.rule in STATUS_RULES}
    for code in set(before) & set(after):
        lost = set(before[code]["status"]) - set(after[code]["status"])
        gained = set(after[code]["status"]) - set(before[code]["status"])
        assert (code in told) == bool(lost and gained)


STATUS_RULES = {"status-changed", "status-family-changed"}


def test_the_order_of_everything_else_makes_no_difference_either() -> None:
    turned = turn(data())

    assert compare(edited(()), catalog(turned), profile="strict", today=TODAY) == []


@BOUNDED
@given(st.lists(st.sampled_from([row for row in ROWS if not row.first]), min_size=2, max_size=6))
def test_mutations_that_do_not_touch_one_another_are_all_found(rows: list[Row]) -> None:
    chosen: list[Row] = []
    touched: set[str] = set()
    for row in rows:
        if not touched & touches(row):
            chosen.append(row)
            touched |= touches(row)
    base = edited(())

    alone = [compare(base, edited(row.then), today=TODAY)[0] for row in chosen]
    together = compare(base, edited([edit for row in chosen for edit in row.then]), today=TODAY)

    found = {change.fingerprint: change.severity for change in together}
    expected = {change.fingerprint: change.severity for change in alone}
    assert expected.items() <= found.items()


def touches(row: Row) -> set[str]:
    """Return the parts of the API that a row speaks of: codes, or parts beside them."""
    found: set[str] = set()
    for path, _ in row.then:
        first, *more = path.replace(" -> ", "/").split("/")
        found |= set(more) if first in ("errors", "retired") else {first}
    if "sdk" in found:  # the only error below the one parent of the base
        found.add("forbidden")
    shared = {"sdk", "exit_codes", "groups", "operations", "docs", "envelopes", "contract"}
    return found | ({"shared"} if found & shared else set())


def with_claims(changes: Iterable[Change]) -> list[Change]:
    """Return ``changes`` and those that some of them stand for."""
    return [one for change in changes for one in (change, *change.claims)]


def formers(change: Change) -> list[str]:
    """Return the codes that a change says are gone."""
    if change.rule in ("code-renamed", "code-case-changed", "code-merged"):
        return change.before.split(", ")
    return [change.subject]


def shuffled(content: Any, chance: random.Random) -> Any:
    """Return ``content`` with the entries of every mapping in another order."""
    if not isinstance(content, dict):
        return content
    keys = list(content)
    chance.shuffle(keys)
    return {key: shuffled(content[key], chance) for key in keys}


def turn(content: Any) -> Any:
    """Return ``content`` with the entries of every mapping, and lists of names, turned round."""
    if isinstance(content, dict):
        return {key: turn(content[key]) for key in reversed(list(content))}
    if isinstance(content, list) and is_set(content):
        return content[::-1]
    return content


def is_set(items: Iterable[Any]) -> bool:
    return all(isinstance(one, str | int) for one in items)
