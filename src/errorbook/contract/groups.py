"""Groups: where an error is put, and which groups have another id or are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from errorbook.contract.ancestry import Ancestries, Ancestry
from errorbook.contract.pair import Draft, ErrorPair, Pair

Drafts = Iterator[Draft]


def renamed_groups(pair: Pair) -> Mapping[str, str]:
    """Return the groups that only have another id: all their errors moved to the same new one."""
    if "group-renamed" in pair.off:
        return {}
    found: dict[str, str] = {}
    for old, targets in _targets(pair).items():
        new = next(iter(targets))
        if len(targets) > 1 or new is None or new in found.values():
            continue
        if old not in pair.after.groups and new not in pair.before.groups:
            found[old] = new
    return found


def removed_groups(pair: Pair, renamed: Mapping[str, str]) -> Mapping[str, str]:
    """Return the groups that are gone, though errors of theirs are not, with where those are."""
    if "group-removed" in pair.off:
        return {}
    used = {error.group for error in pair.new.values()}
    return {
        old: ", ".join(sorted(target or "no group" for target in targets))
        for old, targets in _targets(pair).items()
        if old not in renamed and old not in pair.after.groups and old not in used
    }


def whole_group_changes(
    pair: Pair, renamed: Mapping[str, str], removed: Mapping[str, str], ancestries: Ancestries
) -> Drafts:
    """Yield the groups that have another id, and those that are gone, each once."""
    for old, new in renamed.items():
        yield Draft("group-renamed", pair.at("groups", new), "", old, new)
    for old, targets in removed.items():
        moved = [one for one in pair.kept if one.before.group == old]
        lost_in = ancestries.where(partial(_lost_of_any, moved))
        case = "class" if lost_in else ""
        path, languages = pair.at("groups"), lost_in or None
        yield Draft("group-removed", path, old, old, targets, case, languages=languages)


def group_changes(
    one: ErrorPair,
    renamed: Mapping[str, str],
    removed: Collection[str],
    ancestries: Ancestries,
) -> Drafts:
    """Yield that one error is in another group, and what catches its exception if that changed."""
    before, after = one.before.group, one.after.group
    is_told = before is not None and (before in removed or renamed.get(before, before) == after)
    if before == after or is_told:
        return
    lost_in = ancestries.where(lambda known: known.lost_by_group_alone(one))
    gained_in = ancestries.where(lambda known: known.gained_by_group(one))
    rest = "" if before is not None else "first"
    case = "class" if lost_in else "ancestor" if gained_in else rest
    path, told = one.at("group"), (before or "none", after or "none")
    languages = lost_in or gained_in or None
    yield Draft("group-changed", path, one.code, *told, case, languages=languages)


def _lost_of_any(moved: Collection[ErrorPair], ancestry: Ancestry) -> set[str]:
    """Return the classes that no longer catch some error that left its group."""
    return set().union(*map(ancestry.lost_by_group, moved))


def _targets(pair: Pair) -> dict[str, set[str | None]]:
    """Return the groups that each group's errors are in now."""
    found: dict[str, set[str | None]] = {}
    for one in pair.kept:
        if one.before.group is not None:
            found.setdefault(one.before.group, set()).add(one.after.group)
    return found
