"""Operations: which of them answer which code, and the statuses that each answered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from errorbook.catalog.models import Error
from errorbook.catalog.statuses import family
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.contract.routes import renamed_operations, route_changes, server_changes

Drafts = Iterator[Draft]
_ANY = "any operation"


class KnownStatuses:
    """The statuses that clients of the API as it was had to cope with, by operation."""

    def __init__(self, pair: Pair) -> None:
        self._is_new = _NewOperations(pair)
        self._anywhere: set[int] = set(pair.before.statuses)
        self._by_operation: dict[str, set[int]] = {}
        for error in pair.old.values():
            if not error.operations:
                self._anywhere.update(error.status)
            for operation in error.operations:
                name = self._is_new.now(operation)
                self._by_operation.setdefault(name, set()).update(error.status)
        self._all = self._anywhere.union(*self._by_operation.values())
        self._families = set(map(family, self._all))

    def new_statuses(self, error: Error, operations: Iterable[str] | None = None) -> list[int]:
        """Return the statuses of ``error`` that one of its operations did not answer before.

        Operations that nobody could call before do not count.
        """
        asked = error.operations if operations is None else tuple(operations)
        if not asked:
            return [one for one in error.status if one not in self._all]
        known = [one for one in asked if not self._is_new(one)]
        return [one for one in error.status if any(self._is_unknown(one, op) for op in known)]

    def new_families(self, error: Error) -> list[str]:
        """Return the families of its statuses that were no error before."""
        if error.operations and all(map(self._is_new, error.operations)):
            return []
        families = dict.fromkeys(map(family, error.status))
        return [one for one in families if one not in self._families]

    def _is_unknown(self, status: int, operation: str) -> bool:
        return status not in self._anywhere and status not in self._by_operation.get(operation, ())


class _NewOperations:
    """Tells operations that are new from those that only have another id."""

    def __init__(self, pair: Pair) -> None:
        before, after = pair.before.operations, pair.after.operations
        gone = {name: one for name, one in before.items() if name not in after}
        come = {name: one for name, one in after.items() if name not in before}
        self.renamed = renamed_operations(pair, gone, come) if gone and come else {}
        taken = set(self.renamed.values())
        self.added = [one for one in come if one not in taken]
        self.removed = [one for one in gone if one not in self.renamed]
        if not before or not after:  # one side lists none: nothing is known about it
            self.added, self.removed = [], []
        self._added = frozenset(self.added)

    def __call__(self, operation: str) -> bool:
        return operation in self._added

    def now(self, operation: str) -> str:
        """Return the id that ``operation`` has now."""
        return self.renamed.get(operation, operation)


@dataclass
class _Moves:
    """The operations that a kept or new code is answered by now, and those it no longer is."""

    gained: dict[str, list[str]]
    lost: dict[str, list[str]]


def operation_changes(pair: Pair) -> Drafts:
    """Yield which operations answer which codes more, less or instead."""
    operations = _NewOperations(pair)
    yield from server_changes(pair)
    yield from route_changes(pair, operations.now)
    for old, new in operations.renamed.items():
        yield Draft("operation-renamed", pair.at("operations", new), new, old, new)
    for name in operations.removed:
        yield Draft("operation-removed", pair.at("operations"), "", name, "")
    for name in operations.added:
        yield Draft("operation-added", pair.at("operations", name), "", "", name)
    moves = _moves(pair, operations)
    for operation, old, new in _substitutions(pair, moves):
        yield _substitution(pair, operation, old, new)
        _drop(moves.lost, old, operation)
        _drop(moves.gained, new, operation)
    known = KnownStatuses(pair)
    for one in pair.changed:
        yield from _opened_or_narrowed(one, known)
        yield from _gained_or_lost(one, moves, known)


def substituted_by(pair: Pair) -> frozenset[str]:
    """Return the codes that operations answer in place of another."""
    found = _substitutions(pair, _moves(pair, _NewOperations(pair)))
    return frozenset(new for _, _, new in found)


def _moves(pair: Pair, operations: _NewOperations) -> _Moves:
    moves = _Moves({}, {})
    removed = frozenset(operations.removed)
    for one in pair.changed:
        before = set(map(operations.now, one.before.operations))
        after = set(one.after.operations)
        if before and after:
            gained = [name for name in after - before if not operations(name)]
            lost = before - after - removed
            moves.gained.update({one.code: sorted(gained)} if gained else {})
            moves.lost.update({one.code: sorted(lost)} if lost else {})
    if moves.lost:
        for code in pair.added():
            moves.gained[code] = sorted(set(pair.new[code].operations))
    return moves


def _substitutions(pair: Pair, moves: _Moves) -> list[tuple[str, str, str]]:
    """Return each operation with the code that it lost and the one it gained for its status."""
    if "operation-code-substituted" in pair.off:
        return []
    waiting: dict[tuple[str, int], list[str]] = {}
    for new in sorted(moves.gained, reverse=True):
        for operation in moves.gained[new]:
            for status in set(pair.new[new].status):
                waiting.setdefault((operation, status), []).append(new)
    found: dict[tuple[str, str], str] = {}
    for old in sorted(moves.lost):
        for operation in moves.lost[old]:
            for status in sorted(set(pair.new[old].status)):
                instead = _next(waiting.get((operation, status), []), operation, found)
                if instead is not None:
                    found[operation, instead] = old
                    break
    return [(operation, old, new) for (operation, new), old in found.items()]


def _next(codes: list[str], operation: str, taken: Mapping[tuple[str, str], str]) -> str | None:
    while codes:
        code = codes.pop()
        if (operation, code) not in taken:
            return code
    return None


def _substitution(pair: Pair, operation: str, old: str, new: str) -> Draft:
    says = pair.new[old].replaced_by == new or old in pair.new[new].renamed_from
    path = pair.at("errors", new, "operations")
    is_new = new not in pair.old and pair.new[new].visibility == "public"
    is_promised = is_new and pair.has_promised_codes
    case = "promised" if is_promised else "replaces" if says else ""
    return Draft("operation-code-substituted", path, operation, old, new, case)


def _drop(moves: dict[str, list[str]], code: str, operation: str) -> None:
    moves[code] = [one for one in moves[code] if one != operation]


def _opened_or_narrowed(one: ErrorPair, known: KnownStatuses) -> Drafts:
    before, after = one.before.operations, one.after.operations
    path = one.at("operations")
    if before and not after:
        rule = "operation-gained-status" if known.new_statuses(one.after, ()) else ""
        named = ", ".join(sorted(before))
        yield Draft(rule or "operation-gained-code", one.at(), one.code, named, _ANY)
    elif after and not before:
        shown = f"{_ANY} but {', '.join(sorted(after))}"
        yield Draft("operation-lost-code", path, one.code, shown, ", ".join(sorted(after)))


def _gained_or_lost(one: ErrorPair, moves: _Moves, known: KnownStatuses) -> Drafts:
    path = one.at("operations")
    if gained := moves.gained.get(one.code):
        is_new = one.same_status and known.new_statuses(one.after, gained)
        rule = "operation-gained-status" if is_new else "operation-gained-code"
        yield Draft(rule, path, one.code, "", ", ".join(gained))
    if lost := moves.lost.get(one.code):
        yield Draft("operation-lost-code", path, one.code, ", ".join(lost), "")
