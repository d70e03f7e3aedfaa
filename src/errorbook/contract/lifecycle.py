"""Lifecycle: deprecation and sunset, stability, since when, and under which names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from errorbook.catalog.models import Stability
from errorbook.contract.class_names import derived_class, has_worked, still_works
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.outputs.language import Language

Drafts = Iterator[Draft]

_STABILITIES: Final[tuple[Stability, ...]] = ("experimental", "evolving", "stable")


@dataclass(frozen=True)
class Calendar:
    """What announcements are judged by: which day it is, and how many days they have to leave."""

    today: date | None
    windows: Mapping[Stability, int]


def day(text: str | None) -> date | None:
    """Return the date that ``text`` is; None where it is a version."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def lifecycle_changes(one: ErrorPair, calendar: Calendar) -> Drafts:
    """Yield what happened to the announcements about one error."""
    before, after = one.before, one.after
    if after.deprecated is not None and before.deprecated is None:
        yield _deprecation(one, calendar)
    elif before.deprecated is not None and after.deprecated is None:
        yield Draft("undeprecated", one.at(), one.code, before.deprecated, "")
    elif after.deprecated is not None:
        yield from _announcements(one, calendar)
    if _STABILITIES.index(after.stability) != _STABILITIES.index(before.stability):
        is_less = _STABILITIES.index(after.stability) < _STABILITIES.index(before.stability)
        rule = "stability-lowered" if is_less else "stability-raised"
        yield Draft(rule, one.at("stability"), one.code, before.stability, after.stability)
    if before.since is not None and before.since != after.since:
        told = (before.since, after.since or "nothing said")
        yield Draft("since-rewritten", one.at("since"), one.code, *told)
    yield from _former_codes(one)


def retired_changes(pair: Pair) -> Drafts:
    """Yield the retired codes that another took the place of; not those whose own went away."""
    for code, after in pair.after.retired.items():
        before = pair.before.retired.get(code)
        if before is None or before.replaced_by == after.replaced_by:
            continue
        if before.replaced_by is None or before.replaced_by in pair.new:
            told = (before.replaced_by or "nothing", after.replaced_by or "nothing")
            yield Draft("replacement-changed", pair.at("retired", code), code, *told)


def _deprecation(one: ErrorPair, calendar: Calendar) -> Draft:
    after = one.after
    if after.sunset is None:
        path = one.at("deprecated")
        return Draft("deprecated-without-sunset", path, one.code, "", after.deprecated or "")
    rule = "sunset-too-soon" if _is_too_soon(one, calendar) else "deprecated"
    return Draft(rule, one.at("sunset"), one.code, "", after.sunset)


def _announcements(one: ErrorPair, calendar: Calendar) -> Drafts:
    """Yield what changed about an error that was deprecated and still is."""
    before, after = one.before, one.after
    if before.sunset != after.sunset:
        yield _sunset(one, calendar)
    if before.deprecated != after.deprecated:
        told = (before.deprecated or "", after.deprecated or "")
        yield Draft("deprecation-rewritten", one.at("deprecated"), one.code, *told)
    if before.replaced_by != after.replaced_by:
        told = (before.replaced_by or "nothing", after.replaced_by or "nothing")
        yield Draft("replacement-changed", one.at("replaced_by"), one.code, *told)


def _sunset(one: ErrorPair, calendar: Calendar) -> Draft:
    before, after = one.before.sunset, one.after.sunset
    path = one.at("sunset")
    if after is None:
        return Draft("sunset-removed", path, one.code, before or "", "")
    if before is None:
        rule = "sunset-too-soon" if _is_too_soon(one, calendar) else "sunset-added"
        return Draft(rule, path, one.code, "", after)
    was, now = day(before), day(after)
    if was is None or now is None:
        return Draft("sunset-changed", path, one.code, before, after)
    return Draft("sunset-earlier" if now < was else "sunset-later", path, one.code, before, after)


def _is_too_soon(one: ErrorPair, calendar: Calendar) -> bool:
    """Tell whether less than the window is left. The notice begins no sooner than today."""
    begins = [found for found in (day(one.after.deprecated), calendar.today) if found is not None]
    end = day(one.after.sunset)
    if end is None or not begins:
        return False
    return (end - max(begins)).days < calendar.windows[one.before.stability]


def _former_codes(one: ErrorPair) -> Drafts:
    if one.before.renamed_from == one.after.renamed_from:
        return
    before = set(one.before.renamed_from)
    after = set(one.after.renamed_from) - {one.former_code}
    pair = one.api
    path = one.at("renamed_from")
    merged = set(pair.renames.merged.get(one.code, ()))
    for code in sorted(before - after):
        if code in pair.after.retired or code not in pair.before.retired:
            lost = tuple(
                found.NAME for found in pair.kept_languages if _has_lost_class(one, found, code)
            )
            told = ("class", lost) if lost else ("", None)
            yield Draft(
                "former-code-forgotten", path, one.code, code, "", told[0], languages=told[1]
            )
    for code in sorted(after - before - merged):
        yield Draft("former-code-remembered", path, one.code, "", code)


def _has_lost_class(one: ErrorPair, language: Language, code: str) -> bool:
    """Tell whether the class that followed from a former code worked, and no longer does."""
    name = derived_class(language, code)
    if name is None or language.own_class(one.code, one.after) is None:
        return False
    return has_worked(one.api, language, name) and not still_works(one.api, language, name)
