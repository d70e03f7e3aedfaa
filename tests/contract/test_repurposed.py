"""Codes that are used for another error: what proves it, what does not, and what it stands for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from errorbook.contract.changes import Change
from errorbook.contract.compare import compare
from errorbook.contract.waivers import Waiver, sort_out
from tests.contract.catalogs import Edit, catalog, edited

TODAY = date(2026, 6, 1)
REPURPOSED: list[Edit] = [
    ("errors/payment_failed/sdk/python/exception", "QuotaError"),
    ("errors/payment_failed/meaning", "The quota is used up."),
]
MORE: list[Edit] = [
    ("errors/payment_failed/status", 500),
    ("errors/payment_failed/operations", ["get"]),
    ("errors/payment_failed/details", {"limit": {"type": "integer"}}),
]


def _numeric(**errors: tuple[str, int] | str) -> Any:
    """Return the catalog of an API with numbers for codes: the words of each, and its status."""
    told = {code: (one, 400) if isinstance(one, str) else one for code, one in errors.items()}
    entries = {
        code.removeprefix("n"): {
            "status": status,
            "meaning": f"{words.capitalize()}.",
            "message": f"Hm: {words}.",
        }
        for code, (words, status) in told.items()
    }
    return catalog({"apis": {"calls": {"errors": entries}}})


def _told(before: Any, after: Any, **settings: Any) -> list[tuple[str, str, str]]:
    found = compare(before, after, today=TODAY, **settings)
    return [(one.severity, one.rule, one.subject) for one in found]


def _rules(before: Any, after: Any) -> list[tuple[str, str]]:
    return [(rule, subject) for _, rule, subject in _told(before, after)]


def test_a_number_that_gets_another_error_while_the_next_takes_over_its_own() -> None:
    before = _numeric(
        n31208="not connected", n31209="the leg is busy", n31210="gateway unreachable"
    )
    after = _numeric(n31208="not connected", n31209="trunk closed", n31210="the leg is busy")

    assert _rules(before, after) == [("code-repurposed", "31209"), ("code-repurposed", "31210")]


def test_a_number_of_which_the_error_has_a_new_number() -> None:
    before = _numeric(n31209="the leg is busy")
    after = _numeric(n31209="trunk closed by operator", n31210="the leg is busy")

    assert _rules(before, after) == [("code-repurposed", "31209"), ("code-added", "31210")]


def test_numbers_that_moved_up_by_one_are_told_once_each() -> None:
    before = _numeric(n1="alpha failed", n2="beta broke", n3="gamma stopped")
    after = _numeric(n1="new thing", n2="alpha failed", n3="beta broke", n4="gamma stopped")

    told = [f"{rule} {subject}" for rule, subject in _rules(before, after)]

    assert told == ["code-repurposed 1", "code-repurposed 2", "code-repurposed 3", "code-added 4"]


def test_a_swap_is_two_changes_however_much_differs() -> None:
    content: list[Edit] = [
        ("errors/odd/operations", ["get"]),
        ("errors/odd/details", {"why": {"type": "string"}}),
        ("errors/odd/retry", {"when": "as_is"}),
        ("errors/odd/group", "limits"),
        ("errors/odd/sdk", {}),
        ("errors/odd/status", 503),
    ]
    before = edited(content)
    errors = before.apis["demo"].errors
    swapped = {
        **errors,
        "odd": errors["forbidden"],
        "forbidden": errors["odd"].model_copy(update={"renamed_from": ()}),
        "not_found": errors["not_found"],
    }
    after = before.model_copy(
        update={"apis": {"demo": before.apis["demo"].model_copy(update={"errors": swapped})}}
    )

    assert _rules(before, after) == [("code-repurposed", "forbidden"), ("code-repurposed", "odd")]


@pytest.mark.parametrize(
    "then",
    [
        {"n1": "a call is lost for good", "n2": "busy"},  # other words
        {"n1": ("nothing like it was", 400), "n2": "busy"},  # though none of them stayed
        {"n1": ("the call is lost", 500), "n2": "busy"},  # another status and the same words
        {"n1": ("the calls are lost", 500), "n2": "busy"},  # another status and nearly the same
    ],
)
def test_other_words_or_another_status_alone_prove_nothing(then: Any) -> None:
    before = _numeric(n1="the call is lost", n2="busy")

    assert "code-repurposed" not in dict(_rules(before, _numeric(**then)))


def test_neither_a_status_nor_one_text_alone_makes_another_error() -> None:
    before = _numeric(n1=("the call is lost", 400))
    after = _numeric(n1=("disk full", 500))
    assert _told(before, after) == [("breaking", "code-repurposed", "1")]
    message = before.apis["calls"].errors["1"].message
    kept = edited([("errors/forbidden/message", message)])
    moved: list[Edit] = [
        ("errors/forbidden/message", message),
        ("errors/forbidden/meaning", "Disk full."),
        ("errors/forbidden/status", 507),
    ]
    assert _rules(kept, edited(moved)) == [
        ("status-family-changed", "forbidden"),
        ("meaning-reworded", "forbidden"),
    ]


def test_a_text_that_two_codes_share_proves_nothing() -> None:
    before = _numeric(n1="not found", n2="not found", n3="no such line")
    after = _numeric(n1="not found", n2="not found", n3="not found")
    assert {rule for rule, _ in _rules(before, after)} == {"meaning-reworded", "message-reworded"}
    after = _numeric(n1="no such line", n2="not found", n3="no such line")
    assert {rule for rule, _ in _rules(before, after)} == {"meaning-reworded", "message-reworded"}


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_code_that_takes_the_place_of_another_takes_its_words_too(is_kept: bool) -> None:
    edits: list[Edit] = [
        ("errors/odd/meaning", "The key may not do this."),
        ("errors/forbidden/meaning", "See odd."),
        ("errors/forbidden/replaced_by", "odd"),
    ]
    gone: list[Edit] = [
        edits[0],
        ("errors/forbidden", None),
        ("retired/forbidden", {"replaced_by": "odd"}),
    ]

    found = _rules(edited(()), edited(edits if is_kept else gone))

    assert "code-repurposed" not in dict(found)


def test_a_code_that_was_renamed_or_merged_is_told_as_that() -> None:
    merged: list[Edit] = [
        ("errors/forbidden", None),
        ("retired/forbidden", {}),
        ("errors/odd/meaning", "The key may not do this."),
        ("errors/odd/renamed_from", ["strange", "forbidden"]),
    ]
    assert _rules(edited(()), edited(merged)) == [
        ("code-merged", "odd"),
        ("meaning-reworded", "odd"),
    ]
    renamed: list[Edit] = [("errors/forbidden -> verboten", {"status": 507})]
    assert _rules(edited(()), edited(renamed)) == [
        ("code-renamed", "verboten"),
        ("status-family-changed", "verboten"),
    ]


def _waived(change: Change, changes: list[Change]) -> list[str]:
    """Return the rules of what counts of ``changes`` where ``change`` is waived."""
    waiver = Waiver(
        rule=change.rule,
        subject=change.subject,
        fingerprint=change.fingerprint,
        reason="agreed",
        expires=TODAY,
    )
    return [one.rule for one in sort_out(changes, [waiver], TODAY).counted]


def test_where_it_is_waived_what_else_changed_counts() -> None:
    (change,) = compare(edited(()), edited([*REPURPOSED, *MORE]), today=TODAY)

    rules = _waived(change, [change])

    assert sorted(rules) == [
        "class-renamed",
        "detail-added",
        "meaning-reworded",
        "operation-gained-code",
        "operation-lost-code",
        "status-family-changed",
    ]
    assert sorted(rules) == sorted(one.rule for one in change.claims)


def test_what_it_claims_can_be_waived_in_its_turn() -> None:
    (change,) = compare(edited(()), edited(REPURPOSED), today=TODAY)
    waivers = [
        Waiver(
            rule=one.rule,
            subject=one.subject,
            fingerprint=one.fingerprint,
            reason="agreed",
            expires=TODAY,
        )
        for one in (change, *change.claims)
    ]

    result = sort_out([change], waivers, TODAY, strict=True)

    assert (result.counted, result.findings) == ((), ())
    assert len(result.waived) == len(waivers) == 3


@pytest.mark.parametrize("more", MORE, ids=lambda one: one[0])
def test_a_waiver_ends_with_any_other_change_of_the_error(more: Edit) -> None:
    (former,) = compare(edited(()), edited(REPURPOSED), today=TODAY)
    (change,) = compare(edited(()), edited([*REPURPOSED, more]), today=TODAY)

    assert (change.before, change.after) == (former.before, former.after)
    assert _waived(former, [change]) == ["code-repurposed"]


def test_prose_and_layout_end_no_waiver() -> None:
    (former,) = compare(edited(()), edited(REPURPOSED), today=TODAY)
    prose: list[Edit] = [
        ("errors/payment_failed/fix", "Wait."),
        ("errors/payment_failed/meaning", "The quota  is used up."),
    ]

    (change,) = compare(edited(()), edited([*REPURPOSED, *prose]), today=TODAY)

    assert _waived(former, [change]) == ["class-renamed", "meaning-reworded"]


def test_where_it_is_switched_off_all_of_it_is_told() -> None:
    sides = edited(()), edited([*REPURPOSED, MORE[0]])

    found = _told(*sides, levels={"code-repurposed": "off"})

    assert [rule for _, rule, _ in found] == [
        "class-renamed",
        "status-family-changed",
        "meaning-reworded",
    ]
