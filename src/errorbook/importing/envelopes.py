"""The envelope that error bodies have in common, as a pattern with holes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.envelope import KNOWN_HOLES
from errorbook.importing.bodies import Path, Shape, is_flag, shape_of

_HOLE: Final = re.compile(r"[A-Za-z_][\w-]*\Z")


def envelope_of(bodies: Iterable[JsonValue]) -> JsonValue:
    """Return the pattern of the commonest shape of ``bodies``; None where none has a code."""
    return next(iter(envelopes_of(bodies)), None)


def envelopes_of(bodies: Iterable[JsonValue]) -> list[JsonValue]:
    """Return the pattern of each shape that ``bodies`` have, the commonest first.

    A key that is not in all of them is optional. Equal shapes are those whose code is at one place.
    """
    found: dict[tuple[Path, str], list[tuple[JsonValue, Shape]]] = {}
    for body in bodies:
        shape = shape_of(body)
        if shape is not None:
            found.setdefault((shape.code, shape.prefix), []).append((body, shape))
    counts = Counter({place: len(alike) for place, alike in found.items()})
    return [_pattern(found[place]) for place, _ in counts.most_common()]


def _pattern(alike: Sequence[tuple[JsonValue, Shape]]) -> JsonValue:
    """Return the pattern of bodies that have their code at one place."""
    return _inner([body for body, _ in alike], (), [shape for _, shape in alike])


def _inner(values: Sequence[JsonValue], path: Path, shapes: Sequence[Shape]) -> JsonValue:
    """Return the pattern of what stands at ``path`` of the bodies, on the way to their code."""
    if isinstance(values[0], list):
        firsts = [value[0] for value in values if isinstance(value, list)]
        return [_inner(firsts, (*path, 0), shapes)]
    mappings = [value for value in values if isinstance(value, dict)]
    has_object = any(shape.details for shape in shapes)
    pattern: dict[str, JsonValue] = {}
    rest = False
    for key in dict.fromkeys(key for mapping in mappings for key in mapping):
        there = [mapping[key] for mapping in mappings if mapping.get(key) is not None]
        inside = (*path, key)
        text: JsonValue = _hole(inside, there, shapes) if there else None
        if inside == shapes[0].code[: len(inside)] != shapes[0].code:
            text = _inner(there, inside, shapes)
        elif text is None and _all_alike(there) and is_flag(key, there[0]):
            text = pattern_constant(there[0]) if isinstance(there[0], str) else there[0]
        elif text is None and path == shapes[0].code[:-1] and there:
            rest = rest or not has_object
            text = f"{{{key}}}" if has_object and _may_be_hole(key) else None
        if text is not None:
            optional = len(there) < len(mappings) and inside != shapes[0].code
            pattern[pattern_key(key) + "?" * optional] = text
    return {**pattern, "*": "{details}"} if rest else pattern


def _hole(path: Path, values: Sequence[JsonValue], shapes: Sequence[Shape]) -> str | None:
    """Return the hole that stands at ``path``; None where it is none that is known."""
    is_text = all(isinstance(value, str) for value in values)
    if path == shapes[0].code:
        is_number = all(isinstance(value, int) for value in values)
        return pattern_constant(shapes[0].prefix) + ("{code:integer}" if is_number else "{code}")
    if any(path == shape.message for shape in shapes):
        return "{message}"
    if any(path == shape.status for shape in shapes):
        return "{status:string}" if is_text else "{status}"
    if any(path == shape.request_id for shape in shapes):
        return "{request_id}"
    return "{details}" if any(path == shape.details for shape in shapes) else None


def _all_alike(values: Sequence[JsonValue]) -> bool:
    return bool(values) and all(value == values[0] for value in values)


def pattern_constant(text: str) -> str:
    """Return a constant as a pattern writes it."""
    return text.replace("{", "{{").replace("}", "}}")


def _may_be_hole(name: str) -> bool:
    return bool(_HOLE.match(name)) and name not in KNOWN_HOLES


def pattern_key(name: str) -> str:
    """Return a key of the wire as a pattern writes it."""
    return name.replace("*", "\\*").replace("?", "\\?")
