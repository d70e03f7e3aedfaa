"""Where operations are: method and path, and which operations only have another id."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import Final

from errorbook.catalog.facts import retryable
from errorbook.catalog.models import Api, Error, Operation
from errorbook.contract.pair import Draft, ErrorPair, Pair

Drafts = Iterator[Draft]
Operations = Mapping[str, Operation]

_NOT_IDEMPOTENT: Final = frozenset({"POST", "PATCH"})
_HOLE: Final = re.compile(r"\{[^{}]*\}")


def is_idempotent(api: Api, error: Error) -> bool:
    """Tell whether no operation that ``error`` names is known to do something twice.

    Of an error that any operation may answer nothing is known.
    """
    if error.retry.needs == "idempotency_key":
        return True
    named = (api.operations.get(one) for one in error.operations)
    return all(one is None or one.method not in _NOT_IDEMPOTENT for one in named)


def renamed_operations(pair: Pair, gone: Operations, come: Operations) -> Mapping[str, str]:
    """Return the operations that only have another id, each with it.

    They have the same method and path; or, where one side does not tell them, the same title, or
    the same errors. What two operations share tells nothing.
    """
    found: dict[str, str] = {}
    before, after = _errors_of(pair.before, pair), _errors_of(pair.after)
    keys: tuple[Callable[[str, Operation, Mapping[str, frozenset[str]]], Hashable], ...] = (
        lambda _, one, __: _route(one) if one.method and one.path else None,
        lambda _, one, __: one.title or None,
        lambda name, _, errors: errors.get(name),
    )
    for key in keys:
        old = _alone({name: key(name, one, before) for name, one in gone.items()}, found)
        new = _alone({name: key(name, one, after) for name, one in come.items()}, found.values())
        for value, name in old.items():
            if value in new and _may_be_one(gone[name], come[new[value]]):
                found[name] = new[value]
    return found


def server_changes(pair: Pair) -> Drafts:
    """Yield that the API has another address; one that is no longer written down is none."""
    before, after = pair.before.server, pair.after.server
    if after is not None and before != after:
        case = "first" if before is None else ""
        yield Draft("server-changed", pair.at("server"), "", before or "none", after, case)


def route_changes(pair: Pair, now: Callable[[str], str]) -> Drafts:
    """Yield the operations that are asked for otherwise. ``now`` tells the id that one has now."""
    for former, before in pair.before.operations.items():
        name = now(former)
        after = pair.after.operations.get(name)
        if after is None or _route(before) == _route(after):
            continue
        told = (_shown(before), _shown(after))
        if all(told):  # what is written down for the first time is no change
            became_risky = after.method in _NOT_IDEMPOTENT and before.method is not None
            is_new = became_risky and before.method not in _NOT_IDEMPOTENT
            case = "not_idempotent" if is_new and _is_sent_again(pair, name) else ""
            yield Draft("operation-changed", pair.at("operations", name), name, *told, case)


def _is_sent_again(pair: Pair, operation: str) -> bool:
    """Tell whether an error that ``operation`` answers said to send again, and still does."""
    return any(
        operation in one.after.operations and _has_said_so(one) and _says_so(one.after)
        for one in pair.kept
    )


def _has_said_so(one: ErrorPair) -> bool:
    return _says_so(one.before)


def _says_so(error: Error) -> bool:
    return retryable(error) is True and error.retry.needs != "idempotency_key"


def _may_be_one(before: Operation, after: Operation) -> bool:
    """Tell whether nothing that both say of themselves is different."""
    methods, paths = (before.method, after.method), (before.path, after.path)
    return all(None in both or both[0] == both[1] for both in (methods, paths))


def _errors_of(api: Api, pair: Pair | None = None) -> Mapping[str, frozenset[str]]:
    """Return the codes of each operation; of former ones those that they have now, by ``pair``."""
    renamed = pair.renames.renamed if pair else {}
    found: dict[str, set[str]] = {}
    for code, error in api.errors.items():
        for operation in error.operations:
            found.setdefault(operation, set()).add(renamed.get(code, code))
    return {name: frozenset(codes) for name, codes in found.items()}


def _alone(keys: Mapping[str, Hashable], taken: Collection[str]) -> dict[Hashable, str]:
    """Return the names by key that have one which no other has."""
    found: dict[Hashable, list[str]] = {}
    for name, key in keys.items():
        if key is not None and name not in taken:
            found.setdefault(key, []).append(name)
    return {key: names[0] for key, names in found.items() if len(names) == 1}


def _route(one: Operation) -> tuple[str | None, str | None]:
    """Return method and path; what a hole of it is called makes no difference to clients."""
    return one.method, None if one.path is None else _HOLE.sub("{}", one.path)


def _shown(one: Operation) -> str:
    return " ".join(filter(None, (one.method, one.path)))
