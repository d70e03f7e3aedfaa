"""Texts: messages with their holes, meanings, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from errorbook.catalog.models import MESSAGE_HOLE, Error, message_holes
from errorbook.contract.pair import Draft, ErrorPair

Drafts = Iterator[Draft]


def text_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the texts of one error, but for how they are laid out."""
    yield from _message(one)
    meanings = one.before.meaning, one.after.meaning
    if meanings[0] != meanings[1] and _line(meanings[0]) != _line(meanings[1]):
        told = (one.before.meaning, one.after.meaning)
        yield Draft("meaning-reworded", one.at("meaning"), one.code, *told)
    if one.before.actions == one.after.actions:
        return
    before, after = _actions(one.before), _actions(one.after)
    if before != after:
        told = (before or "nothing", after or "nothing")
        yield Draft("actions-changed", one.at("actions"), one.code, *told)


def _message(one: ErrorPair) -> Drafts:
    if one.before.message == one.after.message:
        return
    before, after = _line(one.before.message), _line(one.after.message)
    if before == after:
        return
    path = one.at("message")
    holes, new_holes = message_holes(before), message_holes(after)
    if before and MESSAGE_HOLE.sub("{}", before) == MESSAGE_HOLE.sub("{}", after):
        told = (", ".join(holes), ", ".join(new_holes))
        if not _is_told_by_details(one, holes, new_holes):
            yield Draft("placeholder-renamed", path, one.code, *told)
        return
    lost = [name for name in holes if name not in new_holes and _is_kept(one, name)]
    gained = [name for name in new_holes if name not in holes and _was_there(one, name)]
    is_written = bool(before and after)  # a message that nobody wrote down before is still sent
    for name in lost if is_written else ():
        case = "" if name in one.after.details else "only"
        yield Draft("placeholder-removed", path, f"{one.code}.{name}", name, "", case)
    for name in gained if is_written else ():
        yield Draft("placeholder-added", path, f"{one.code}.{name}", "", name)
    is_promised = one.api.before.contract.messages == "permanent"
    is_told = is_written and (lost or gained or (holes != new_holes and not is_promised))
    if not is_told:
        yield Draft("message-reworded", path, one.code, before, after)


def _is_told_by_details(one: ErrorPair, holes: list[str], new_holes: list[str]) -> bool:
    """Tell whether every hole that went did so with its detail."""
    lost = [name for name in holes if name not in new_holes]
    return bool(lost) and not any(_is_kept(one, name) for name in lost)


def _is_kept(one: ErrorPair, name: str) -> bool:
    """Tell whether the hole is not one that went with its detail."""
    return name not in one.before.details or name in one.after.details


def _was_there(one: ErrorPair, name: str) -> bool:
    """Tell whether the hole is not one that came with its detail."""
    return name not in one.after.details or name in one.before.details


def _actions(error: Error) -> str:
    return ", ".join(dict.fromkeys(action.do for action in error.actions))


def _line(text: str) -> str:
    return " ".join(text.split())
