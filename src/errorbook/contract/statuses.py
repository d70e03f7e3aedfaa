"""Statuses and groups: what an error comes with, and where it is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errorbook.catalog.statuses import family
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.outputs.python.naming import parents

Drafts = Iterator[Draft]


def status_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the statuses of one error: one change, however many moved."""
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
    elif gained:
        yield Draft("status-added", path, one.code, *told, case="" if before else "first")
    elif lost:
        yield Draft("status-removed", path, one.code, *told, case="" if after else "last")


def renamed_groups(pair: Pair) -> Mapping[str, str]:
    """Return the groups that only have another id: all their errors moved to the same new one."""
    moved: dict[str, set[str | None]] = {}
    for one in pair.kept:
        if one.before.group is not None:
            moved.setdefault(one.before.group, set()).add(one.after.group)
    found: dict[str, str] = {}
    for old, targets in moved.items():
        new = next(iter(targets))
        if len(targets) > 1 or new is None or new in found.values():
            continue
        if old not in pair.after.groups and new not in pair.before.groups:
            found[old] = new
    return found


def group_renames(pair: Pair, renamed: Mapping[str, str]) -> Drafts:
    """Yield the groups that have another id."""
    for old, new in renamed.items():
        yield Draft("group-renamed", pair.at("groups", new), "", old, new)


def group_changes(one: ErrorPair, renamed: Mapping[str, str]) -> Drafts:
    """Yield that one error is in another group."""
    before, after = one.before.group, one.after.group
    if before == after or (before is not None and renamed.get(before, before) == after):
        return
    lost_class = before in parents(one.api.before) or before in parents(one.api.after)
    case = "class" if lost_class else "" if before is not None else "first"
    yield Draft("group-changed", one.at("group"), one.code, before or "none", after or "none", case)


def _listed(statuses: list[int]) -> str:
    return ", ".join(map(str, statuses))
