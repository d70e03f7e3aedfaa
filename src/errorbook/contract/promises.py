"""Promises: what an API says that clients may build on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errorbook.contract.changes import Severity
from errorbook.contract.kind import Case, Kind, Profile
from errorbook.contract.pair import Draft, Pair

Drafts = Iterator[Draft]

_PROMISES: Final = ("codes", "new_codes", "messages", "statuses", "details")
_STRENGTH: Final = {
    "permanent": 2,
    "with_a_new_version": 2,
    None: 1,
    "may_change": 0,
    "may_come": 0,
}

_EXEMPT: Final = frozenset({"experimental", "first", "internal"})
"""Cases that no promise covers: what was not stable, not public, or written down by nobody."""


def promise_changes(pair: Pair) -> Drafts:
    """Yield the promises that were made or taken back."""
    for name in _PROMISES:
        before: str | None = getattr(pair.before.contract, name)
        after: str | None = getattr(pair.after.contract, name)
        path, told = pair.at("contract", name), (f"{name}: {_said(before)}", _said(after))
        if _STRENGTH[after] > _STRENGTH[before]:
            yield Draft("contract-strengthened", path, "", *told)
        elif _STRENGTH[after] < _STRENGTH[before]:
            case = "unsaid" if before is None else ""
            yield Draft("contract-weakened", path, "", *told, case=case)


def severity(pair: Pair, kind: Kind, case: Case | None, profile: Profile) -> Severity:
    """Return how bad a change is, by its kind, its case and what the API had promised.

    What was promised to be permanent is breaking, unless the version of the API rose as far as that
    needs. What it said may change is at most dangerous, but to the strict profile, which takes no
    such excuse.
    """
    row = case or kind
    decided = row.strict if profile == "strict" else row.default
    if kind.promise is None or (case is not None and case.id in _EXEMPT):
        return decided
    promise = getattr(pair.before.contract, kind.promise)
    if promise == "permanent" and pair.is_bound:
        return "breaking"
    if promise == "may_change" and profile == "default" and decided == "breaking":
        return "dangerous"
    return decided


def _said(promise: str | None) -> str:
    return (promise or "nothing said").replace("_", " ")
