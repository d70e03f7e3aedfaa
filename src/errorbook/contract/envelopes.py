"""Envelopes: how bodies look, told once for the API and never for each of its errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from errorbook.catalog.envelope import KNOWN_HOLES, Hole, Part, parse_key, parse_text
from errorbook.catalog.models import Envelope
from errorbook.contract.docs_addresses import address_pattern
from errorbook.contract.pair import Draft, Pair
from errorbook.problems import CatalogPath

Drafts = Iterator[Draft]
_Steps = tuple[str, ...]
_HEADER = "header"


@dataclass(frozen=True)
class Body:
    """An envelope by its fields: what each holds, and which may be absent."""

    values: Mapping[_Steps, str]
    optional: Mapping[_Steps, bool]


def envelope_changes(pair: Pair) -> Drafts:
    """Yield what happened to the forms of bodies, each change once."""
    before, after = list(pair.before.envelopes), list(pair.after.envelopes)
    kept = [one for one in before if one in after]
    left = [one for one in before if one not in kept]
    come = [(index, one) for index, one in enumerate(after) if one not in kept]
    told: dict[Draft, None] = {}
    for old, (index, new) in zip(left, come, strict=False):
        path = pair.at("envelopes", index)
        for draft in _envelope(pair, old, new, path):
            told.setdefault(replace(draft, path=draft.path), None)
    seen: set[tuple[str, str, str]] = set()
    for draft in told:
        said = (draft.rule, draft.before, draft.after)
        if said not in seen:
            seen.add(said)
            yield draft
    for old in left[len(come) :]:
        yield Draft("envelope-removed", pair.at("envelopes"), "", _shape(old), "")
    for index, new in come[len(left) :]:
        case = "" if before else "first"
        yield Draft("envelope-added", pair.at("envelopes", index), "", "", _shape(new), case)


def carries_address(pair: Pair) -> bool:
    """Tell whether bodies carried the address of the documentation."""
    pattern = address_pattern(pair.name, pair.before)
    return pattern is not None and any(
        pattern in text for one in pair.before.envelopes for text in _body(one).values.values()
    )


def _envelope(pair: Pair, old: Envelope, new: Envelope, path: CatalogPath) -> Drafts:
    before, after = (_media_type(one.content_type) for one in (old, new))
    if before != after:
        yield Draft("envelope-media-type-changed", (*path, "content_type"), "", before, after)
    yield from _fields(_body(old), _body(new), path)
    for name, field in old.fields.items():
        now = new.fields.get(name)
        if field.stable and not (now and now.stable):
            yield Draft("envelope-field-unstable", (*path, "fields", name), "", name, "")
    for name, field in new.fields.items():
        was = old.fields.get(name)
        if field.stable and not (was and was.stable):
            yield Draft("envelope-field-stable", (*path, "fields", name), "", "", name)


def _fields(before: Body, after: Body, path: CatalogPath) -> Drafts:
    where = (*path, "body")
    gone = {at: text for at, text in before.values.items() if after.values.get(at) != text}
    come = {at: text for at, text in after.values.items() if before.values.get(at) != text}
    moved = _moved(gone, come)
    told_after = set(moved.values())
    yield from _moves(moved, where)
    for at, text in gone.items():
        if at in moved:
            continue
        if at in come and at not in told_after:
            told_after.add(at)
            yield from _holds_otherwise(at, text, come[at], where)
        else:
            yield Draft("envelope-field-removed", where, "", _shown(at), "")
    for at in come:
        if at not in told_after:
            yield Draft("envelope-field-added", where, "", "", _shown(at))
    for at, optional in before.optional.items():
        now = after.optional.get(at, optional)
        if now and not optional:
            yield Draft("envelope-field-became-optional", where, "", _shown(at), "optional")
        elif optional and not now:
            yield Draft("envelope-field-became-required", where, "", "optional", _shown(at))


def _moved(gone: Mapping[_Steps, str], come: Mapping[_Steps, str]) -> dict[_Steps, _Steps]:
    """Return the fields that hold the same elsewhere, where only one does on either side."""
    before, after = _by_text(gone), _by_text(come)
    return {
        places[0]: after[text][0]
        for text, places in before.items()
        if len(places) == 1 and len(after.get(text, ())) == 1
    }


def _by_text(values: Mapping[_Steps, str]) -> dict[str, list[_Steps]]:
    found: dict[str, list[_Steps]] = {}
    for at, text in values.items():
        found.setdefault(text, []).append(at)
    return found


def _moves(moved: Mapping[_Steps, _Steps], path: CatalogPath) -> Drafts:
    """Yield fields that moved: those that kept their names below another wrapper, as one."""
    wrappers: dict[tuple[_Steps, _Steps], None] = {}
    for old, new in moved.items():
        common = _common_end(old, new)
        if not common:
            yield Draft("envelope-field-renamed", path, "", _shown(old), _shown(new))
        else:
            wrappers[old[:-common], new[:-common]] = None
    for outer, inner in wrappers:
        yield Draft("envelope-wrapper-changed", path, "", _wrapper(outer), _wrapper(inner))


def _common_end(old: _Steps, new: _Steps) -> int:
    count = 0
    for one, other in zip(reversed(old), reversed(new), strict=False):
        if one != other:
            break
        count += 1
    return count


def _holds_otherwise(at: _Steps, old: str, new: str, path: CatalogPath) -> Drafts:
    """Yield that a field holds something else; another name for a hole nobody knows is nothing."""
    if _is_same_to_clients(parse_text(old), parse_text(new)):
        return
    is_address = old.startswith(("http://", "https://")) and "{code}" in old
    rule = "type-uri-changed" if is_address else "envelope-field-changed"
    told = (old, new) if is_address else (f"{_shown(at)}: {old}", f"{_shown(at)}: {new}")
    yield Draft(rule, path, "", *told)


def _is_same_to_clients(before: tuple[Part, ...], after: tuple[Part, ...]) -> bool:
    """Tell whether both are one hole that nobody knows, whatever it is called."""
    if len(before) != 1 or len(after) != 1:
        return False
    one, other = before[0], after[0]
    if not isinstance(one, Hole) or not isinstance(other, Hole) or one.type != other.type:
        return False
    return one.name not in KNOWN_HOLES and other.name not in KNOWN_HOLES


def _body(envelope: Envelope) -> Body:
    values: dict[_Steps, str] = {}
    optional: dict[_Steps, bool] = {}
    _walk((), envelope.body, values, optional)
    for name, text in envelope.headers.items():
        values[_HEADER, name.casefold()] = text
    return Body(values, optional)


def _walk(
    at: _Steps, pattern: JsonValue, values: dict[_Steps, str], optional: dict[_Steps, bool]
) -> None:
    if isinstance(pattern, dict) and pattern:
        for written, inner in pattern.items():
            key = parse_key(written)
            here = (*at, key.name if key else "*")
            optional[here] = key.optional if key else False
            _walk(here, inner, values, optional)
    elif isinstance(pattern, list) and pattern:
        for index, item in enumerate(pattern):
            _walk((*at, f"[{index}]"), item, values, optional)
    elif pattern is not None or at:
        values[at] = pattern if isinstance(pattern, str) else f"={pattern!r}"


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().casefold()


def _shown(at: _Steps) -> str:
    return ".".join(at) or "the body"


def _wrapper(at: _Steps) -> str:
    return f"{'.'.join(at)}.*" if at else "the top"


def _shape(envelope: Envelope) -> str:
    return ", ".join(map(_shown, _body(envelope).values)) or _media_type(envelope.content_type)
