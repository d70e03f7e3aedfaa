"""Compare two catalogs: what changed for those who use the errors of each API, and how bad it is.

Both sides are what the same readers may see. Each cause is told once, by the module that knows it
best; what follows from it is told by nobody. Order, comments and layout make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import BaseModel

from errorbook.catalog.models import Api, Catalog
from errorbook.contract.changes import SEVERITIES, Change, Level, Severity, Who, shown
from errorbook.contract.codes import code_changes, is_repurposed, repurposed
from errorbook.contract.details import detail_changes
from errorbook.contract.docs_addresses import docs_changes
from errorbook.contract.envelopes import carries_address, envelope_changes
from errorbook.contract.exit_codes import exit_code_changes
from errorbook.contract.kind import Profile
from errorbook.contract.kinds import KINDS
from errorbook.contract.lifecycle import lifecycle_changes
from errorbook.contract.operations import operation_changes
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.contract.promises import promise_changes, severity
from errorbook.contract.retries import retry_changes
from errorbook.contract.sdk import class_changes, sdk_changes
from errorbook.contract.statuses import (
    group_changes,
    group_renames,
    renamed_groups,
    status_changes,
)
from errorbook.contract.texts import text_changes
from errorbook.problems import CatalogPath, suggest

Drafts = Iterator[Draft]

_SHARED: Final = 3
"""Steps that most paths have in common: to the errors of an API."""
_NO_LEVELS: Final[Mapping[str, Level]] = {}


def compare(
    before: Catalog,
    after: Catalog,
    *,
    profile: Profile = "default",
    levels: Mapping[str, Level] = _NO_LEVELS,
    today: date | None = None,
) -> list[Change]:
    """Return what changed from ``before`` to ``after``, the worst first.

    ``levels`` gives rules another severity, or switches them off. ``today`` is what sunsets are
    judged by; without it, none is known to have passed.

    Raises:
        ValueError: if ``levels`` names a rule that there is not.
    """
    unknown = next((rule for rule in levels if rule not in KINDS), None)
    if unknown is not None:
        raise ValueError(f"there is no rule {unknown!r} ({suggest(unknown, KINDS)})")
    catalog = _Steps(after)
    changes: dict[Change, None] = {}
    for pair in _pairs(before, after):
        rulings = _Rulings(pair, profile, levels)
        for draft in _drafts(pair, before, after, today):
            if levels.get(draft.rule) != "off":
                ruling = rulings[draft.rule, draft.case]
                changes[_change(pair.name, draft, ruling, catalog)] = None
    return sorted(changes, key=_order)


def _pairs(before: Catalog, after: Catalog) -> Iterator[Pair]:
    for name in dict.fromkeys((*after.apis, *before.apis)):
        yield Pair(name, before.apis.get(name, Api()), after.apis.get(name, Api()))


def _drafts(pair: Pair, before: Catalog, after: Catalog, today: date | None) -> Drafts:
    if pair.name not in after.apis:
        yield Draft("api-removed", ("apis",), "", pair.name, "")
    elif pair.name not in before.apis:
        yield Draft("api-added", pair.at(), "", "", pair.name)
    elif pair.before != pair.after:
        yield from _api(pair, today)


def _api(pair: Pair, today: date | None) -> Drafts:
    yield from promise_changes(pair)
    yield from envelope_changes(pair)
    yield from docs_changes(pair, is_told=carries_address(pair))
    yield from sdk_changes(pair)
    yield from code_changes(pair, today)
    yield from operation_changes(pair)
    yield from exit_code_changes(pair)
    groups = renamed_groups(pair)
    yield from group_renames(pair, groups)
    for one in pair.changed:
        yield from _error(one, groups, today)


def _error(one: ErrorPair, groups: Mapping[str, str], today: date | None) -> Drafts:
    if is_repurposed(one):
        yield repurposed(one)
        return
    yield from status_changes(one)
    yield from group_changes(one, groups)
    yield from detail_changes(one)
    yield from retry_changes(one)
    yield from text_changes(one)
    yield from class_changes(one)
    yield from lifecycle_changes(one, today)


@dataclass(frozen=True)
class _Ruling:
    """What is the same for all changes of one kind and case within an API."""

    severity: Severity
    who: tuple[Who, ...]
    says: str
    tail: str
    """What the message ends with: the case, and what any change of the kind means."""
    hint: str


class _Rulings(dict[tuple[str, str], _Ruling]):
    """The rulings of one comparison, by rule and case, each made once."""

    def __init__(self, pair: Pair, profile: Profile, levels: Mapping[str, Level]) -> None:
        super().__init__()
        self._pair = pair
        self._profile: Profile = profile
        self._levels = levels

    def __missing__(self, key: tuple[str, str]) -> _Ruling:
        rule, wanted = key
        kind = KINDS[rule]
        case = kind.case(wanted)
        level = self._levels.get(rule)
        decided = severity(self._pair, kind, case, self._profile)
        if level is not None and level != "off":
            decided = level
        why = f" ({case.when})" if case else ""
        meaning = kind.meaning
        tail = f"{why}: {meaning[:1].lower()}{meaning[1:]}"
        ruling = self[key] = _Ruling(decided, kind.who, kind.says, tail, kind.fix)
        return ruling


def _change(api: str, draft: Draft, ruling: _Ruling, catalog: _Steps) -> Change:
    values = {
        "subject": shown(draft.subject),
        "before": shown(draft.before),
        "after": shown(draft.after),
    }
    return Change(
        rule=draft.rule,
        severity=ruling.severity,
        api=api,
        who=ruling.who if draft.who is None else draft.who,
        message=ruling.says.format_map(values) + ruling.tail,
        hint=ruling.hint,
        path=catalog.nearest(draft.path),
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
