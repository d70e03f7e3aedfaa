"""Statuses: what an error comes with, and which exceptions that makes it."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.catalog.statuses import family
from errorbook.contract.ancestry import Ancestries
from errorbook.contract.pair import Draft, ErrorPair

Drafts = Iterator[Draft]


def status_changes(one: ErrorPair, ancestries: Ancestries) -> Drafts:
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
        lost_in = ancestries.where(lambda known: known.lost_by_status(one))
        yield _told("status-added", one, told, "class", lost_in)
    elif lost and after:
        gained_in = ancestries.where(lambda known: known.gained_by_status(one))
        yield _told("status-removed", one, told, "ancestor", gained_in)
    elif gained:
        yield from _first(one, told, ancestries)
    elif lost:
        yield from _last(one, told, ancestries)


def _told(
    rule: str, one: ErrorPair, told: tuple[str, str], case: str, languages: tuple[str, ...]
) -> Draft:
    """Return a change that is one in a ``case`` where there are ``languages`` that it is one in."""
    if not languages:
        return Draft(rule, one.at("status"), one.code, *told)
    return Draft(rule, one.at("status"), one.code, *told, case=case, languages=languages)


def _first(one: ErrorPair, told: tuple[str, str], ancestries: Ancestries) -> Drafts:
    path, named = one.at("status"), f"{one.code} ({told[1]})"
    found = list(ancestries.by_classes(lambda known: known.gained_by_status(one)))
    for classes, languages in found:
        yield Draft("ancestor-gained", path, one.code, named, classes, languages=languages)
    if not found:
        yield Draft("status-added", path, one.code, *told, case="first")


def _last(one: ErrorPair, told: tuple[str, str], ancestries: Ancestries) -> Drafts:
    path, named = one.at("status"), f"{one.code} ({told[0]})"
    found = list(ancestries.by_classes(lambda known: known.lost_by_status(one)))
    for classes, languages in found:
        yield Draft("ancestor-lost", path, one.code, classes, named, languages=languages)
    if not found:
        yield Draft("status-removed", path, one.code, *told, case="last")


def _listed(statuses: list[int]) -> str:
    return ", ".join(map(str, statuses))
