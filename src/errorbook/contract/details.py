"""Details: the fields beside the code, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from errorbook.catalog.facts import seconds_in
from errorbook.catalog.models import Detail
from errorbook.contract.pair import Draft, ErrorPair

Drafts = Iterator[Draft]


def detail_changes(one: ErrorPair) -> Drafts:
    """Yield what happened to the details of one error."""
    before, after = one.before.details, one.after.details
    if before == after:
        return
    renamed = {} if "detail-renamed" in one.api.off else _renames(before, after)
    for old, new in renamed.items():
        path = one.at("details", new)
        yield Draft("detail-renamed", path, f"{one.code}.{old}", old, new)
    for name, detail in before.items():
        if name not in after and name not in renamed:
            subject = f"{one.code}.{name}"
            yield Draft("detail-removed", one.at("details"), subject, detail.type, "")
    for name, detail in after.items():
        if name in before:
            yield from _detail_changes(one, name, before[name], detail)
        elif name not in renamed.values():
            path, subject = one.at("details", name), f"{one.code}.{name}"
            yield Draft("detail-added", path, subject, "", detail.type)


def _renames(before: Mapping[str, Detail], after: Mapping[str, Detail]) -> Mapping[str, str]:
    """Return the details that are spelt otherwise, or that alone are described in the same way."""
    gone = {name: one for name, one in before.items() if name not in after}
    come = {name: one for name, one in after.items() if name not in before}
    found: dict[str, str] = {}
    for key in (_spelling, _definition):
        before_by, after_by = _index(key, gone), _index(key, come)
        for alike, old in before_by.items():
            new = after_by.get(alike, [])
            if len(old) == len(new) == 1:
                found[old[0]] = new[0]
                del gone[old[0]], come[new[0]]
    return found


def _index(
    key: Callable[[str, Detail], str | None], details: Mapping[str, Detail]
) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name, detail in details.items():
        found = key(name, detail)
        if found is not None:
            index.setdefault(found, []).append(name)
    return index


def _spelling(name: str, detail: Detail) -> str:
    return f"{detail.type} {''.join(filter(str.isalnum, name.casefold())) or name}"


def _definition(_: str, detail: Detail) -> str | None:
    is_described = detail.meaning or detail.unit or detail.format
    return detail.model_dump_json() if is_described else None


def _detail_changes(one: ErrorPair, name: str, before: Detail, after: Detail) -> Drafts:
    path, subject = one.at("details", name), f"{one.code}.{name}"
    if before.type != after.type:
        is_narrower = (before.type, after.type) == ("number", "integer")
        rule = "detail-type-narrowed" if is_narrower else "detail-type-changed"
        yield Draft(rule, (*path, "type"), subject, before.type, after.type)
    if before.required and not after.required:
        yield Draft("detail-became-optional", path, subject, "required", "optional")
    if after.required and not before.required:
        yield Draft("detail-became-required", path, subject, "optional", "required")
    if not _is_same_unit(before.unit, after.unit):
        yield _text_change("detail-unit-changed", path, subject, before.unit, after.unit)
    is_told = before.type != after.type
    if before.format != after.format and not is_told:
        yield _text_change("detail-format-changed", path, subject, before.format, after.format)
    if before.sensitive and not after.sensitive:
        yield Draft("detail-no-longer-sensitive", path, subject, "sensitive", "")
    if after.sensitive and not before.sensitive:
        yield Draft("detail-became-sensitive", path, subject, "", "sensitive")


def _text_change(
    rule: str, path: tuple[str | int, ...], subject: str, before: str | None, after: str | None
) -> Draft:
    case = "first" if before is None else "last" if after is None else ""
    return Draft(rule, path, subject, before or "none", after or "none", case)


def _is_same_unit(before: str | None, after: str | None) -> bool:
    """Tell whether two units are one: ``ms`` and ``milliseconds`` are."""
    if before == after:
        return True
    known = None not in (before, after, seconds_in(before), seconds_in(after))
    return known and seconds_in(before) == seconds_in(after)
