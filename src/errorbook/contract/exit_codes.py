"""Exit codes: in which a command ends, told once for all errors that a change moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from errorbook.catalog.facts import exit_code, exit_codes_by_selector
from errorbook.catalog.models import Api
from errorbook.contract.pair import Draft, ErrorPair, Pair
from errorbook.problems import CatalogPath

Drafts = Iterator[Draft]
_Move = tuple[int | None, int | None]


def exit_code_changes(pair: Pair) -> Drafts:
    """Yield the exit codes that changed; not those that follow from a changed status."""
    before, after = pair.before.exit_codes, pair.after.exit_codes
    by_move = _moved_selectors(pair)
    told = set(by_move)
    moved = before != after
    by_code: dict[_Move, list[ErrorPair]] = {}
    for one in pair.kept if moved else pair.changed:
        if not moved and _ends_alike(one):
            continue
        move = exit_code(pair.before, one.former_code), exit_code(pair.after, one.code)
        if move[0] == move[1] or not one.same_status:
            continue
        if one.before.exit_code != one.after.exit_code:
            yield _draft(move, one.code, one.at("exit_code"))
        elif move not in told:
            by_code.setdefault(move, []).append(one)
    for move, selectors in by_move.items():
        yield _draft(move, ", ".join(selectors), _place(pair, move))
    for move, some in by_code.items():
        yield _draft(move, ", ".join(one.code for one in some), _place(pair, move))
    if moved:
        yield from _entries(pair, {number for move in (*by_move, *by_code) for number in move})


def _ends_alike(one: ErrorPair) -> bool:
    """Tell whether nothing of an error changed that its exit code is decided by."""
    before, after = one.before, one.after
    is_same = before.status == after.status and before.exit_code == after.exit_code
    return is_same and one.former_code == one.code


def _moved_selectors(pair: Pair) -> dict[_Move, list[str]]:
    """Return what is no code and ends otherwise now: statuses, families and words."""
    before, after = (exit_codes_by_selector(api) for api in (pair.before, pair.after))
    codes = {*pair.before.errors, *pair.after.errors}
    moves: dict[_Move, list[str]] = {}
    for selector in sorted({*before, *after} - codes):
        move = before.get(selector), after.get(selector)
        if move[0] != move[1]:
            moves.setdefault(move, []).append(selector)
    return moves


def _draft(move: _Move, subject: str, path: CatalogPath) -> Draft:
    before, after = ("" if number is None else str(number) for number in move)
    if not before:
        return Draft("exit-code-added", path, subject, before, after)
    rule = "exit-code-changed" if after else "exit-code-removed"
    return Draft(rule, path, subject, before, after)


def _place(pair: Pair, move: _Move) -> CatalogPath:
    return pair.at("exit_codes") if move[1] is None else pair.at("exit_codes", move[1])


def _entries(pair: Pair, told: set[int | None]) -> Drafts:
    """Yield the entries that came, went or were renamed by themselves, not with their codes."""
    before, after = pair.before.exit_codes, pair.after.exit_codes
    removed, added = frozenset(pair.removed()), frozenset(pair.added())
    for number, entry in before.items():
        now = after.get(number)
        path = pair.at("exit_codes", number)
        if now is None and number not in told and not _is_only_for(pair.before, number, removed):
            yield Draft("exit-code-removed", path, entry.name, str(number), "")
        elif now is not None and now.name != entry.name and number not in told:
            named = (f"{number} {entry.name}", f"{number} {now.name}")
            yield Draft("exit-code-renamed", path, str(number), *named)
    for number, entry in after.items():
        is_new = number not in before and number not in told
        if is_new and not _is_only_for(pair.after, number, added):
            path = pair.at("exit_codes", number)
            yield Draft("exit-code-added", path, entry.name, "", str(number))


def _is_only_for(api: Api, number: int, codes: Collection[str]) -> bool:
    """Tell whether nothing but errors of ``codes`` ends in ``number``."""
    named = {code for code, error in api.errors.items() if error.exit_code == number}
    users = {*named, *api.exit_codes[number].applies_to}
    return bool(users) and users.issubset(codes)
