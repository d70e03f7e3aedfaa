"""Statuses: what an error comes with, and which exceptions that makes it."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.catalog.statuses import family
from errorbook.contract.pair import Draft, ErrorPair
from errorbook.contract.sdk import Ancestry

Drafts = Iterator[Draft]


def status_changes(one: ErrorPair, ancestry: Ancestry) -> Drafts:
    """Yield what happened to the statuses of one error: one change, however many moved.

    Where none was documented on one side, and a class above the exception came or went with it,
    that is what is told.
    """
    before, after = one.before.status, one.after.status
    if before == after:
        return
    lost = sorted(set(before) - set(after))
    gained = sorted(set(after) - set(before))
    path, told = one.at("status"), (_listed(lost), _listed(gained))
    if lost and gained:
        is_new = not set(map(family, gained)) <= set(map(family, before))
        rule = "status-family-changed" if is_new else "status-changed"
        yield Draft(rule, path, one.code, *told)
    elif gained and before:
        case = "class" if ancestry.lost_by_status(one) else ""
        yield Draft("status-added", path, one.code, *told, case=case)
    elif lost and after:
        case = "ancestor" if ancestry.gained_by_status(one) else ""
        yield Draft("status-removed", path, one.code, *told, case=case)
    elif gained:
        classes = ", ".join(sorted(ancestry.gained_by_status(one)))
        if classes:
            yield Draft("ancestor-gained", path, one.code, f"{one.code} ({told[1]})", classes)
        else:
            yield Draft("status-added", path, one.code, *told, case="first")
    elif lost:
        classes = ", ".join(sorted(ancestry.lost_by_status(one)))
        if classes:
            yield Draft("ancestor-lost", path, one.code, classes, f"{one.code} ({told[0]})")
        else:
            yield Draft("status-removed", path, one.code, *told, case="last")


def _listed(statuses: list[int]) -> str:
    return ", ".join(map(str, statuses))
