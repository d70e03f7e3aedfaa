"""What the public is told when what is internal changes: nothing."""

from __future__ import annotations

from datetime import date

import pytest

from errorbook.contract.compare import compare
from errorbook.contract.views import seen_both
from tests.contract.catalogs import Edit, edited

TODAY = date(2026, 6, 1)
INTERNAL: list[Edit] = [
    ("operations/upload", {"method": "POST", "path": "/uploads"}),
    ("groups/storage", {}),
    ("sdk/python/parents/storage", "StorageError"),
    ("sdk/python/parents/507", "FullError"),
    ("exit_codes/9", {"name": "STORAGE", "for": ["disk_full"]}),
    (
        "errors/disk_full",
        {
            "status": 507,
            "meaning": "There is no space left.",
            "visibility": "internal",
            "group": "storage",
            "operations": ["upload"],
            "exit_code": 9,
        },
    ),
]
REST: list[Edit] = [
    ("errors/disk_full", None),
    ("exit_codes/9", {"name": "STORAGE", "for": []}),
]
"""The error goes, and leaves behind what it used."""


@pytest.mark.parametrize("is_removed", [True, False])
def test_what_only_an_internal_error_used_stays_untold_when_it_comes_or_goes(
    *, is_removed: bool
) -> None:
    sides = edited(INTERNAL), edited([*INTERNAL, *REST])
    before, after = sides if is_removed else (sides[1], sides[0])

    assert compare(*seen_both(before, after, "public"), today=TODAY) == []


def test_what_a_public_error_uses_now_is_new_to_the_public() -> None:
    used: list[Edit] = [
        *INTERNAL,
        *REST,
        ("errors/payment_failed/operations", ["create", "upload"]),
    ]

    found = compare(*seen_both(edited(INTERNAL), edited(used), "public"), today=TODAY)

    assert [(one.rule, one.after) for one in found] == [("operation-added", "upload")]


def test_an_operation_that_is_new_with_no_error_is_told() -> None:
    new: list[Edit] = [*INTERNAL, *REST, ("operations/delete", {"method": "DELETE"})]

    found = compare(*seen_both(edited(INTERNAL), edited(new), "public"), today=TODAY)

    assert [(one.rule, one.after) for one in found] == [("operation-added", "delete")]
