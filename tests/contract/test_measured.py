"""The mutations that other tools were measured with: all that break are found, no false alarm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest

from errorbook.contract.changes import Change
from errorbook.contract.compare import compare
from tests.contract.catalogs import Edit, edited

PAYMENT = "errors/payment_failed"
LIMITED = "errors/rate_limited"
BODY = "envelopes/0/body"
CARD = {"status": 402, "renamed_from": ["payment_failed"], "operations": ["create"]}
NEW = {"meaning": "Something new."}

MEASURED: dict[str, tuple[str, list[Edit]]] = {
    "code removed": ("breaking", [(LIMITED, None)]),
    "value of an enum removed": ("breaking", [("errors/forbidden", None)]),
    "code renamed": ("breaking", [(f"{LIMITED} -> too_many_requests", {})]),
    "code renamed by case": ("breaking", [(f"{LIMITED} -> RATE_LIMITED", {})]),
    "code split into two": (
        "breaking",
        [
            (PAYMENT, None),
            ("retired/payment_failed", {}),
            ("errors/card_stolen", CARD),
            ("errors/card_empty", CARD),
        ],
    ),
    "status 402 to 400": ("breaking", [(f"{PAYMENT}/status", 400)]),
    "status 429 to 503": ("breaking", [(f"{LIMITED}/status", 503)]),
    "class renamed": ("breaking", [(f"{PAYMENT}/sdk/python/exception", "RefusedError")]),
    "base class of an error changed": ("breaking", [("errors/forbidden/group", "limits")]),
    "base class of all errors changed": ("breaking", [("sdk/python/base", "ApiError")]),
    "detail removed": ("breaking", [(f"{LIMITED}/details/resets", None)]),
    "type of a detail changed": ("breaking", [(f"{LIMITED}/details/resets/type", "integer")]),
    "detail became optional": ("breaking", [(f"{LIMITED}/details/seconds/required", False)]),
    "key of the envelope renamed": ("breaking", [(f"{BODY}/error/code -> reason", {})]),
    "wrapper of the envelope renamed": ("breaking", [(f"{BODY}/error -> fault", {})]),
    "retry true to false": ("dangerous", [(f"{LIMITED}/retry", {"when": "never"})]),
    "retry false to true": (
        "dangerous",
        [("errors/not_found/retry/when", "as_is")],
    ),
    "placeholder removed": ("dangerous", [(f"{LIMITED}/message", "Wait, then try again.")]),
    "new code with a new 4xx": ("dangerous", [("errors/new", {**NEW, "status": 409})]),
    "new code with a new 5xx": ("dangerous", [("errors/new", {**NEW, "status": 500})]),
    "code at another operation, with a status new to it": (
        "dangerous",
        [(f"{PAYMENT}/operations", ["create", "get"])],
    ),
    "new code with a known status": ("safe", [("errors/new", {**NEW, "status": 403})]),
    "operation no longer answers a code": ("safe", [("errors/odd/operations", ["list"])]),
    "optional detail added": ("safe", [(f"{LIMITED}/details/region", {"type": "string"})]),
    "message reworded": ("safe", [(f"{PAYMENT}/message", "Your card was refused.")]),
}
RULES = {
    "code removed": "code-removed",
    "value of an enum removed": "code-removed",
    "code renamed": "code-renamed",
    "code renamed by case": "code-case-changed",
    "code split into two": "code-split",
    "status 402 to 400": "status-changed",
    "status 429 to 503": "status-family-changed",
    "class renamed": "class-renamed",
    "base class of an error changed": "group-changed",
    "base class of all errors changed": "class-renamed",
    "detail removed": "detail-removed",
    "type of a detail changed": "detail-type-changed",
    "detail became optional": "detail-became-optional",
    "key of the envelope renamed": "envelope-field-renamed",
    "wrapper of the envelope renamed": "envelope-wrapper-changed",
    "retry true to false": "retry-forbidden",
    "retry false to true": "retry-allowed",
    "placeholder removed": "placeholder-removed",
    "new code with a new 4xx": "code-added-with-new-status",
    "new code with a new 5xx": "code-added-in-new-family",
    "code at another operation, with a status new to it": "operation-gained-status",
    "new code with a known status": "code-added",
    "operation no longer answers a code": "operation-lost-code",
    "optional detail added": "detail-added",
    "message reworded": "message-reworded",
}
BEFORE: list[Edit] = [
    ("errors/odd/operations", ["list", "get"]),
    ("errors/not_found/actions", [{"do": "abort", "when": "It was deleted."}]),
]


@pytest.mark.parametrize("name", MEASURED)
def test_a_measured_mutation_is_told_once_as_what_it_is(name: str) -> None:
    severity, edits = MEASURED[name]

    found = compare(edited(BEFORE), edited([*BEFORE, *edits]), today=date(2026, 6, 1))

    assert [(one.rule, one.severity) for one in found] == [(RULES[name], severity)]


def test_all_that_breaks_or_may_is_caught_and_nothing_safe_fails() -> None:
    """15 of 15, 6 of 6 and no false alarm; the best tool that was measured has 12, 0 and 2."""
    found = {name: compare(edited(BEFORE), edited([*BEFORE, *one])) for name, (_, one) in _all()}
    caught = Counter(severity for name, (severity, _) in _all() if _is(found[name], severity))
    alarms = [name for name, (is_safe, _) in _all() if is_safe == "safe" and _is_worse(found[name])]

    assert caught == {"breaking": 15, "dangerous": 6, "safe": 4}
    assert (len(MEASURED), alarms) == (25, [])


def _all() -> Iterable[tuple[str, tuple[str, list[Edit]]]]:
    return MEASURED.items()


def _is(found: list[Change], severity: str) -> bool:
    return [change.severity for change in found] == [severity]


def _is_worse(found: list[Change]) -> bool:
    return any(change.severity != "safe" for change in found)
