"""Envelopes: one pattern with holes that renders an example body and decodes what arrives.

A pattern is the body as it is sent, with holes: ``{code}`` takes a value, ``{code:integer}`` a
number, ``"*": "{details}"`` what stands beside it. Constants must match. A key that ends in
``?`` may be absent. ``{{`` and ``}}`` are braces; ``\\*`` and ``\\?`` in a key are themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog.models import Envelope
from errorbook.problems import CatalogPath, Finding, nearest, quoted, shortened, suggest

HOLE_TYPES: Final = ("string", "integer", "number", "boolean")
KNOWN_HOLES: Final = ("code", "message", "status", "details", "request_id")
"""Holes with a meaning of their own. Any other is a detail, or a value nobody looks at."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([A-Za-z_][\w.-]*)(?::([a-z]+))?\}|([{}])")
_REST: Final = "*"
_CODE_TYPES: Final = ("string", "integer")
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]+)?\Z")
_INTEGER = re.compile(r"-?[0-9]+\Z")
_UNKNOWN: Final[dict[str, JsonValue]] = {"integer": 1, "number": 1.5, "boolean": True}
"""What fills a typed hole that nothing is known of; any other is filled with its name."""


@dataclass(frozen=True)
class Hole:
    """A hole of a pattern: its name and, where the pattern says so, the type on the wire."""

    name: str
    type: str | None = None

    def __str__(self) -> str:
        name = shortened(self.name)
        return f"{{{name}:{shortened(self.type)}}}" if self.type else f"{{{name}}}"


Part = str | Hole


@lru_cache(maxsize=4096)
def parse_text(pattern: str) -> tuple[Part, ...]:
    """Split a text of a pattern into constants and holes. A stray brace is a constant."""
    parts: list[Part] = []
    constant, at = "", 0
    for token in _TOKEN.finditer(pattern):
        constant += pattern[at : token.start()]
        at = token.end()
        if token[1] is None:
            constant += token[0][0]
            continue
        if constant:
            parts.append(constant)
        constant = ""
        parts.append(Hole(token[1], token[2]))
    constant += pattern[at:]
    return (*parts, constant) if constant else tuple(parts)


@dataclass(frozen=True)
class Key:
    """A key of a pattern: its name on the wire, and whether it may be absent."""

    name: str
    optional: bool = False


@lru_cache(maxsize=4096)
def parse_key(key: str) -> Key | None:
    """Return what a key of a pattern stands for; None for ``*``, which takes the rest."""
    if key == _REST:
        return None
    optional = key.endswith("?") and not key.endswith("\\?")
    name = key[:-1] if optional else key
    return Key(name.replace("\\?", "?").replace("\\*", "*"), optional)


def holes(envelope: Envelope) -> dict[str, CatalogPath]:
    """Return the holes of an envelope, each with the path of the first place it stands at."""
    found: dict[str, CatalogPath] = {}
    for path, hole in _holes(envelope):
        found.setdefault(hole.name, path)
    return found


def hole_types(envelope: Envelope) -> dict[str, str | None]:
    """Return the holes of an envelope, each with the type its first place gives it."""
    found: dict[str, str | None] = {}
    for _, hole in _holes(envelope):
        found.setdefault(hole.name, hole.type)
    return found


def takes_details(envelope: Envelope) -> bool:
    """Tell whether an envelope has a place that any detail fits into."""
    texts = _texts(envelope)
    return any(path[-1] == _REST or Hole("details") in parse_text(text) for path, text in texts)


def fields_beside_details(envelope: Envelope) -> frozenset[str]:
    """Return the names that stand beside ``"*": "{details}"``: no detail may be called so."""
    return frozenset(_beside(envelope.body))


def wire_path(path: CatalogPath) -> str:
    """Return where on the wire a path of a pattern leads: ``error.code``, or a header's name."""
    kind, *steps = path
    if kind == "headers":
        return f"{steps[0]}:"
    names = [parse_key(step) if isinstance(step, str) else Key("[]") for step in steps]
    return ".".join(key.name if key else _REST for key in names)


def check_envelope(envelope: Envelope) -> Iterator[Finding]:
    """Yield what is wrong with the patterns of one envelope, with paths relative to it."""
    for path, text in _texts(envelope):
        yield from _check_text(path, text)
    places = [path for path, hole in _holes(envelope) if hole.name == "details"]
    for path in places[1:]:
        message = "a second place for the details"
        yield Finding("bad-envelope", path, message, "keep one of them")
    known = holes(envelope)
    if "code" not in known:
        message = "no '{code}' hole: nothing in the body or headers says which error it is"
        close = nearest("code", known)
        hint = f"did you mean {{code}} by {{{close}}}?" if close else "put '{code}' where it stands"
        yield Finding("envelope-without-code", known[close] if close else (), message, hint)


def render_envelope(
    envelope: Envelope, values: Mapping[str, JsonValue]
) -> tuple[dict[str, str], JsonValue]:
    """Return the headers and body that ``envelope`` gives when its holes are filled.

    A hole without a value leaves an optional key out; elsewhere it is filled with its name.
    """
    headers = {name: _as_text(_fill_text(text, values)) for name, text in envelope.headers.items()}
    return headers, _fill(envelope.body, values)


def match_envelope(
    envelope: Envelope, headers: Mapping[str, str], body: JsonValue
) -> dict[str, JsonValue] | None:
    """Return the values of the holes, or None where ``headers`` and ``body`` do not fit.

    Time is linear in the size of the body for every list of the pattern.
    """
    found: dict[str, JsonValue] = {}
    folded = {name.casefold(): value for name, value in headers.items()}
    for name, text in envelope.headers.items():
        value = folded.get(name.casefold())
        if value is None or not _match_text(text, value, found):
            return None
    if envelope.body is not None and not _match(envelope.body, body, found):
        return None
    return found


def match_parts(parts: tuple[Part, ...], text: str, found: dict[str, JsonValue]) -> bool:
    """Match constants from left to right, each at its first place: linear, never backtracking."""
    at, open_hole = 0, None
    for index, part in enumerate(parts):
        if isinstance(part, Hole):
            open_hole = part
            continue
        last = index == len(parts) - 1
        start = text.rfind(part) if last and text.endswith(part) else text.find(part, at)
        if start < at + bool(open_hole) or (open_hole is None and start != at):
            return False
        if open_hole:
            found.setdefault(open_hole.name, text[at:start])
        at, open_hole = start + len(part), None
    if open_hole and at < len(text):
        found.setdefault(open_hole.name, text[at:])
        return True
    return open_hole is None and at == len(text)


def _texts(envelope: Envelope) -> Iterator[tuple[CatalogPath, str]]:
    yield from _walk(("body",), envelope.body)
    for name, text in envelope.headers.items():
        yield ("headers", name), text


def _walk(path: CatalogPath, pattern: JsonValue) -> Iterator[tuple[CatalogPath, str]]:
    if isinstance(pattern, dict):
        for key, value in pattern.items():
            yield from _walk((*path, key), value)
    elif isinstance(pattern, list):
        for index, item in enumerate(pattern):
            yield from _walk((*path, index), item)
    elif isinstance(pattern, str):
        yield path, pattern


def _holes(envelope: Envelope) -> Iterator[tuple[CatalogPath, Hole]]:
    for path, text in _texts(envelope):
        for part in parse_text(text):
            if isinstance(part, Hole):
                yield path, part


def _check_text(path: CatalogPath, text: str) -> Iterator[Finding]:
    parts = parse_text(text)
    for part, following in pairwise(parts):
        if isinstance(part, Hole) and isinstance(following, Hole):
            message = f"nothing separates {part} from {following}"
            yield Finding("bad-envelope", path, message, "put a constant between them")
    for part in parts:
        if isinstance(part, Hole):
            yield from _check_hole(path, part, is_whole=len(parts) == 1 and path[0] == "body")
    if path[-1] == _REST and parts != (Hole("details"),):
        yield Finding("bad-envelope", path, "'*' takes '{details}' and nothing else")
    if any(token[3] for token in _TOKEN.finditer(text)):
        message = f"a brace of {quoted(text)} belongs to no hole"
        yield Finding("bad-envelope", path, message, "write '{{' or '}}' for a brace itself")


def _check_hole(path: CatalogPath, hole: Hole, *, is_whole: bool) -> Iterator[Finding]:
    allowed = _CODE_TYPES if hole.name == "code" else HOLE_TYPES
    if hole.type is not None and hole.type not in allowed:
        message = f"{hole} cannot have the type {quoted(hole.type)}"
        yield Finding("bad-envelope", path, message, suggest(hole.type, allowed))
    elif hole.type is not None and not is_whole:
        message = f"{hole} stands in a text, and is a text there"
        yield Finding("bad-envelope", path, message, f"write '{{{hole.name}}}'")
    if hole.name == "details" and not is_whole:
        message = "the details are fields, and no part of a text"
        yield Finding("bad-envelope", path, message, "give them a key of their own, or '*'")


def _beside(pattern: JsonValue) -> Iterator[str]:
    if isinstance(pattern, list):
        for item in pattern:
            yield from _beside(item)
    if not isinstance(pattern, dict):
        return
    if _REST in pattern:
        yield from (key.name for key in map(parse_key, pattern) if key)
    for value in pattern.values():
        yield from _beside(value)


def _fill(pattern: JsonValue, values: Mapping[str, JsonValue]) -> JsonValue:
    if isinstance(pattern, dict):
        return _fill_mapping(pattern, values)
    if isinstance(pattern, list):
        return [_fill(item, values) for item in pattern]
    return _fill_text(pattern, values) if isinstance(pattern, str) else pattern


def _fill_mapping(
    pattern: dict[str, JsonValue], values: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    filled: dict[str, JsonValue] = {}
    for written, value in pattern.items():
        key = parse_key(written)
        if key is None:
            filled.update(_details_beside(pattern, values.get("details")))
        elif not (key.optional and _lacks_value(value, values)):
            filled[key.name] = _fill(value, values)
    return filled


def _details_beside(pattern: dict[str, JsonValue], details: JsonValue) -> dict[str, JsonValue]:
    """Return the fields that may stand beside those ``pattern`` names."""
    names = {key.name for key in map(parse_key, pattern) if key}
    fields = details if isinstance(details, dict) else {}
    return {name: item for name, item in fields.items() if name not in names}


def _lacks_value(pattern: JsonValue, values: Mapping[str, JsonValue]) -> bool:
    names = [
        part.name
        for _, text in _walk((), pattern)
        for part in parse_text(text)
        if isinstance(part, Hole)
    ]
    return bool(names) and all(values.get(name) in (None, {}) for name in names)


def _fill_text(pattern: str, values: Mapping[str, JsonValue]) -> JsonValue:
    parts = parse_text(pattern)
    if len(parts) == 1 and isinstance(parts[0], Hole):
        return _typed(parts[0], values.get(parts[0].name))
    return "".join(_part_text(part, values) for part in parts)


def _part_text(part: Part, values: Mapping[str, JsonValue]) -> str:
    if isinstance(part, str):
        return part
    value = values.get(part.name)
    return part.name if value is None else _as_text(value)


def _as_text(value: JsonValue) -> str:
    """Return ``value`` as a text of the body or a header would hold it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _typed(hole: Hole, value: JsonValue) -> JsonValue:
    """Return ``value`` as ``hole`` has it on the wire; without one, what stands in for it."""
    if value is None:
        return {} if hole.name == "details" else _UNKNOWN.get(hole.type or "", hole.name)
    if hole.type in ("integer", "number") and isinstance(value, str) and _NUMBER.match(value):
        return int(value) if _INTEGER.match(value) else float(value)
    return _as_text(value) if hole.type == "string" else value


def _match(pattern: JsonValue, value: JsonValue, found: dict[str, JsonValue]) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and _match_mapping(pattern, value, found)
    if isinstance(pattern, list):
        return isinstance(value, list) and all(
            any(_match_apart(item, one, found) for one in value) for item in pattern
        )
    if isinstance(pattern, str):
        return _match_text(pattern, value, found)
    return type(pattern) is type(value) and pattern == value


def _match_mapping(
    pattern: dict[str, JsonValue], value: dict[str, JsonValue], found: dict[str, JsonValue]
) -> bool:
    for written, inner in pattern.items():
        key = parse_key(written)
        if key is None:
            found["details"] = _details_beside(pattern, value)
        elif key.optional:
            if key.name in value:
                _match_apart(inner, value[key.name], found)
        elif key.name not in value or not _match(inner, value[key.name], found):
            return False
    return True


def _match_apart(pattern: JsonValue, value: JsonValue, found: dict[str, JsonValue]) -> bool:
    """Match where a misfit is not the end of the whole: what it held until then is not kept."""
    inner: dict[str, JsonValue] = {}
    if not _match(pattern, value, inner):
        return False
    for name, item in inner.items():
        found.setdefault(name, item)
    return True


def _match_text(pattern: str, value: JsonValue, found: dict[str, JsonValue]) -> bool:
    parts = parse_text(pattern)
    if len(parts) == 1 and isinstance(parts[0], Hole):
        return _match_hole(parts[0], value, found)
    return isinstance(value, str) and match_parts(parts, value, found)


def _match_hole(hole: Hole, value: JsonValue, found: dict[str, JsonValue]) -> bool:
    if hole.name == "code" and (isinstance(value, bool) or not isinstance(value, (str, int))):
        return False
    if hole.type is not None and not _has_type(hole.type, value):
        return False
    found.setdefault(hole.name, value)
    return True


def _has_type(name: str, value: Any) -> bool:
    if name in ("integer", "number"):
        kinds: tuple[type, ...] = (int,) if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, str if name == "string" else bool)
