"""Compare two catalogs: what changed for those who use the errors of each API, and how bad it is.

Both sides are what the same readers may see. Each cause is told once, by the module that knows it
best; what follows from it is told by nobody. Order, comments and layout make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Final

from pydantic import BaseModel

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Api, Catalog, Stability
from errorbook.contract.ancestry import Ancestries
from errorbook.contract.attributes import attribute_changes
from errorbook.contract.changes import SEVERITIES, Change, Level, Severity, Who, shown
from errorbook.contract.codes import code_changes
from errorbook.contract.details import detail_changes
from errorbook.contract.docs_addresses import docs_changes
from errorbook.contract.envelopes import carries_address, envelope_changes
from errorbook.contract.exit_codes import exit_code_changes
from errorbook.contract.groups import (
    group_changes,
    removed_groups,
    renamed_groups,
    whole_group_changes,
)
from errorbook.contract.kind import Profile
from errorbook.contract.kinds import KINDS
from errorbook.contract.lifecycle import Calendar, lifecycle_changes, retired_changes
from errorbook.contract.operations import operation_changes
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.contract.parties import is_first, parties
from errorbook.contract.promises import promise_changes, severity
from errorbook.contract.repurposed import RULE as REPURPOSED
from errorbook.contract.repurposed import claims, repurposed, repurposings
from errorbook.contract.retries import retry_changes
from errorbook.contract.sdk import class_changes, sdk_changes
from errorbook.contract.statuses import status_changes
from errorbook.contract.texts import text_changes
from errorbook.contract.windows import WINDOWS
from errorbook.problems import CatalogPath, suggest

Drafts = Iterator[Draft]

_SHARED: Final = 3
"""Steps that most paths have in common: to the errors of an API."""
_NO_LEVELS: Final[Mapping[str, Level]] = {}


def compare(  # noqa: PLR0913  # each is named where it is given
    before: Catalog,
    after: Catalog,
    *,
    profile: Profile = "default",
    levels: Mapping[str, Level] = _NO_LEVELS,
    today: date | None = None,
    audience: Audience = "public",
    windows: Mapping[Stability, int] = WINDOWS,
) -> list[Change]:
    """Return what changed from ``before`` to ``after``, the worst first.

    ``levels`` gives rules another severity, or switches them off. ``today`` is what sunsets are
    judged by; without it, none is known to have passed. ``windows`` are the days that there have to
    be between the notice that a code goes away and its sunset, by its stability.

    ``audience`` says who reads it: to the public, what is internal is not there.

    Raises:
        ValueError: if ``levels`` names a rule that there is not.
    """
    unknown = next((rule for rule in levels if rule not in KINDS), None)
    if unknown is not None:
        raise ValueError(f"there is no rule {unknown!r} ({suggest(unknown, KINDS)})")
    catalog = _Steps(after)
    calendar = Calendar(today, windows)
    changes: dict[Change, None] = {}
    off = frozenset(rule for rule, level in levels.items() if level == "off")
    for pair in _pairs(before, after, audience, off):
        rulings = _Rulings(pair, profile, levels)
        make = partial(_change, pair.name, rulings, catalog)
        for draft, claimed in _told(pair, before, after, calendar):
            if draft.rule not in off:
                parts = partial(_claims, make, claimed, off)
                changes[make(draft, parts)] = None
    return sorted(changes, key=_order)


def _claims(
    make: Callable[[Draft], Change], claimed: Callable[[], Sequence[Draft]], off: Collection[str]
) -> tuple[Change, ...]:
    """Return the changes that another one stands for: seldom asked for, so made only then."""
    return tuple(sorted((make(one) for one in claimed() if one.rule not in off), key=_order))


def _pairs(
    before: Catalog, after: Catalog, audience: Audience, off: Collection[str]
) -> Iterator[Pair]:
    for name in dict.fromkeys((*after.apis, *before.apis)):
        sides = before.apis.get(name, Api()), after.apis.get(name, Api())
        yield Pair(name, *sides, audience, off)


def _told(
    pair: Pair, before: Catalog, after: Catalog, calendar: Calendar
) -> Iterator[tuple[Draft, Callable[[], Sequence[Draft]]]]:
    """Yield what changed, each with the changes that it stands for.

    Of a code that is used for another error nothing else is told: all of it is another one's.
    """
    is_common = pair.name in before.apis and pair.name in after.apis and pair.before != pair.after
    found = repurposed(pair) if is_common and REPURPOSED not in pair.off else {}
    if not found:
        yield from ((draft, tuple) for draft in _drafts(pair, before, after, calendar))
        return
    told = dict.fromkeys(_drafts(pair.without(found), before, after, calendar))

    @cache
    def claimed() -> Mapping[str, Sequence[Draft]]:
        every = _drafts(pair, before, after, calendar)
        return claims(found, [draft for draft in every if draft not in told])

    yield from ((draft, tuple) for draft in told)
    for draft in repurposings(found):
        yield draft, partial(_claimed_by, draft.subject, claimed)


def _claimed_by(code: str, claimed: Callable[[], Mapping[str, Sequence[Draft]]]) -> Sequence[Draft]:
    return claimed()[code]


def _drafts(pair: Pair, before: Catalog, after: Catalog, calendar: Calendar) -> Drafts:
    if pair.name not in after.apis:
        yield Draft("api-removed", ("apis",), "", pair.name, "")
    elif pair.name not in before.apis:
        yield Draft("api-added", pair.at(), "", "", pair.name)
    elif pair.before != pair.after:
        yield from _api(pair, calendar)


def _api(pair: Pair, calendar: Calendar) -> Drafts:
    yield from promise_changes(pair)
    yield from envelope_changes(pair)
    yield from docs_changes(pair, is_told=carries_address(pair))
    groups = renamed_groups(pair)
    removed = removed_groups(pair, groups)
    ancestries = Ancestries(pair, groups)
    yield from sdk_changes(pair, ancestries, removed)
    yield from code_changes(pair, calendar.today)
    yield from operation_changes(pair)
    yield from exit_code_changes(pair)
    yield from whole_group_changes(pair, groups, removed, ancestries)
    yield from retired_changes(pair)
    for one in pair.changed:
        yield from status_changes(one, ancestries)
        yield from group_changes(one, groups, removed, ancestries)
        yield from _error(one, calendar)


def _error(one: ErrorPair, calendar: Calendar) -> Drafts:
    yield from detail_changes(one)
    yield from attribute_changes(one)
    yield from retry_changes(one)
    yield from text_changes(one)
    yield from class_changes(one)
    yield from lifecycle_changes(one, calendar)


@dataclass(frozen=True)
class _Ruling:
    """What is the same for all changes of one kind and case within an API and some languages."""

    severity: Severity
    who: tuple[str, ...]
    says: str
    tail: str
    """What the message ends with: the languages, the case, and what any such change means."""
    hint: str
    languages: tuple[str, ...]


_Languages = tuple[str, ...] | None


class _Rulings(dict[tuple[str, str, _Languages], _Ruling]):
    """The rulings of one comparison, by rule, case and languages, each made once."""

    def __init__(self, pair: Pair, profile: Profile, levels: Mapping[str, Level]) -> None:
        super().__init__()
        self._pair = pair
        self._profile: Profile = profile
        self._levels = levels
        self._parties = parties(pair.before, pair.after)

    def __missing__(self, key: tuple[str, str, _Languages]) -> _Ruling:
        rule, wanted, languages = key
        kind = KINDS[rule]
        case = kind.case(wanted)
        level = self._levels.get(rule)
        decided = severity(self._pair, kind, case, self._profile)
        case = case or kind.promised(decided, self._profile)
        if level is not None and level != "off":
            decided = level
        why = f" ({case.when})" if case else ""
        where = self._parties.where(languages) if kind.is_of_sdk else ""
        is_elsewhere = not is_first(languages)
        meaning = kind.meaning_of(case, is_elsewhere=is_elsewhere)
        ruling = self[key] = _Ruling(
            decided,
            self._parties.named(kind.who_of(case), languages),
            kind.says,
            f"{where}{why}: {meaning[:1].lower()}{meaning[1:]}",
            kind.fix,
            (languages or ()) if kind.is_of_sdk and is_elsewhere else (),
        )
        return ruling

    def named(self, who: Sequence[Who], languages: _Languages) -> tuple[str, ...]:
        """Return whom a change breaks, with the names of languages."""
        return self._parties.named(who, languages)


def _change(
    api: str,
    rulings: _Rulings,
    catalog: _Steps,
    draft: Draft,
    find_claims: Callable[[], tuple[Change, ...]] = tuple,
) -> Change:
    ruling = rulings[draft.rule, draft.case, draft.languages]
    values = {
        "subject": shown(draft.subject),
        "before": shown(draft.before),
        "after": shown(draft.after),
    }
    return Change(
        rule=draft.rule,
        severity=ruling.severity,
        api=api,
        who=ruling.who if draft.who is None else rulings.named(draft.who, draft.languages),
        message=ruling.says.format_map(values) + ruling.tail,
        hint=ruling.hint,
        path=catalog.nearest(draft.path),
        languages=ruling.languages,
        whole=draft.whole,
        find_claims=find_claims,
        **values,
    )


class _Steps:
    """A catalog that paths lead into; where most of them lead is remembered."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[CatalogPath, object] = {}

    def nearest(self, path: CatalogPath) -> CatalogPath:
        """Return ``path`` as far as the catalog says something along it."""
        value = self._known.get(path[:_SHARED]) if len(path) > _SHARED else None
        first = 0 if value is None else _SHARED
        value = self._catalog if value is None else value
        for length in range(first, len(path)):
            value = _below(value, path[length])
            if value is None:
                return path[:length]
            if length + 1 == _SHARED:
                self._known[path[:_SHARED]] = value
        return path


def _below(value: object, step: str | int) -> object:
    """Return what stands below ``value`` at ``step``; None where nothing was written."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, BaseModel):
        name = str(step)
        return getattr(value, name) if name in value.model_fields_set else None
    if isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
        found: object = value[step]
        return found
    return None


def _order(change: Change) -> tuple[int, str, str, str, str, str]:
    severe = SEVERITIES.index(change.severity)
    return (severe, change.api, change.subject, change.rule, change.before, change.after)
