"""JSON Schema of an envelope: what any body of it has, and what those of one error have more.

What an envelope asks of every body is said once. What an error adds, the constant of its code and
the types of its details, is a schema to stand beside it, so that many errors stay small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Detail, Envelope
from errorbook.catalog.envelope import Hole, Part, parse_key, parse_text
from errorbook.catalog.models import EnvelopeField

Schema = dict[str, Any]
Describe = Callable[[str], str]
"""Turns prose into what a description may hold."""

_INTEGER: Final = re.compile(r"-?[0-9]+\Z")
_SPECIAL: Final = re.compile(r"[\\^$.*+?()\[\]{}|/]")
"""What a regular expression of ECMA-262 must escape; it refuses to have anything else escaped."""
_ANYTHING: Final = r"[\s\S]*"
_BY_MEANING: Final[Mapping[str, Schema]] = {
    "code": {"type": ["string", "integer"]},
    "message": {"type": "string"},
    "details": {"type": "object"},
}
"""What a hole takes where the pattern names no type; any other hole takes anything."""
_NO_DETAIL: Final = frozenset({"code", "message", "status", "details"})
"""Holes that no detail fills."""


@dataclass(frozen=True)
class Told:
    """What is known of a body beyond its envelope: its code is one of ``codes``, and the rest."""

    codes: Sequence[str]
    statuses: Sequence[int] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    """Details with a hole of their own, which therefore need not stand among the others."""


def envelope_schema(envelope: Envelope, describe: Describe, codes: Iterable[str] = ()) -> Schema:
    """Return the schema of every body of ``envelope``, whichever its code.

    Where none of the API's ``codes`` is a number, no code that comes later will be one.
    """
    known = list(codes)
    are_texts = bool(known) and not any(map(_INTEGER.match, known))
    code_schema = {"type": "string"} if are_texts else _BY_MEANING["code"]
    return _General(envelope.fields, describe, code_schema).of(envelope.body)


def told_schema(envelope: Envelope, told: Told, describe: Describe) -> Schema | None:
    """Return what is told of a body, to stand beside the envelope's schema; None if nothing is."""
    return _Narrowing(told, envelope.fields, describe).of(envelope.body, is_optional=False)[0]


def detail_schema(detail: Detail, describe: Describe) -> Schema:
    """Return the schema of one detail."""
    schema: Schema = {"type": detail.type}
    if detail.format:
        schema["format"] = detail.format
    if detail.meaning:
        schema["description"] = describe(detail.meaning)
    if detail.example is not None and not has_reference(detail.example):
        schema["examples"] = [detail.example]
    if detail.unit:
        schema["x-unit"] = detail.unit
    if detail.sensitive:
        schema["x-sensitive"] = True
    return schema


def has_reference(value: JsonValue) -> bool:
    """Tell whether ``value``, as an example, holds what tools may take for a reference."""
    if isinstance(value, dict):
        return "$ref" in value or any(map(has_reference, value.values()))
    return isinstance(value, list) and any(map(has_reference, value))


def text_schema(pattern: str, codes: Sequence[str] = ()) -> Schema:
    """Return the schema of a text with holes; where ``codes`` are given, one of them is in it."""
    parts = parse_text(pattern)
    if all(isinstance(part, str) or (codes and part.name == "code") for part in parts):
        return _one_of(["".join(_filled(parts, code)) for code in codes or ("",)])
    expression = _expression(parts, codes)
    if expression == _ANYTHING:
        return {"type": "string"}
    return {"type": "string", "pattern": f"^{expression}$"}


@dataclass(frozen=True)
class _General:
    """Says of each place of a pattern what stands there in every body."""

    fields: Mapping[str, EnvelopeField]
    describe: Describe | None
    code: Schema

    def of(self, pattern: JsonValue) -> Schema:
        if isinstance(pattern, dict):
            return self._of_object(pattern)
        if isinstance(pattern, list):
            met = [{"contains": self.of(item)} for item in pattern]
            return {"type": "array", **(met[0] if len(met) == 1 else {"allOf": met} if met else {})}
        if not isinstance(pattern, str):
            return {"const": pattern}
        parts = parse_text(pattern)
        if len(parts) != 1 or not isinstance(parts[0], Hole):
            return text_schema(pattern)
        return self._of_hole(parts[0])

    def _of_object(self, pattern: dict[str, JsonValue]) -> Schema:
        required, properties = [], {}
        for written, value in pattern.items():
            key = parse_key(written)
            if key is not None:
                properties[key.name] = self.of(value)
                if not key.optional:
                    required.append(key.name)
        return _object(required, properties)

    def _of_hole(self, hole: Hole) -> Schema:
        untyped = self.code if hole.name == "code" else _BY_MEANING.get(hole.name, {})
        schema = {"type": hole.type} if hole.type else dict(untyped)
        if hole.name in self.fields and self.fields[hole.name].meaning and self.describe:
            schema["description"] = self.describe(self.fields[hole.name].meaning)
        return schema


def _object(required: Sequence[str], properties: Schema) -> Schema:
    schema: Schema = {"type": "object"}
    if required:
        schema["required"] = list(dict.fromkeys(required))
    if properties:
        schema["properties"] = properties
    return schema


@dataclass(frozen=True)
class _Narrowing:
    """Says of each place of a pattern what is told of it, and whether it must be there then."""

    told: Told
    fields: Mapping[str, EnvelopeField]
    describe: Describe

    def of(self, pattern: JsonValue, *, is_optional: bool) -> tuple[Schema | None, bool]:
        if isinstance(pattern, dict):
            return self._of_object(pattern)
        if isinstance(pattern, list):
            return self._of_list(pattern)
        if not isinstance(pattern, str):
            return None, False
        parts = parse_text(pattern)
        if len(parts) == 1 and isinstance(parts[0], Hole):
            return self._of_hole(parts[0], is_optional=is_optional)
        if any(isinstance(part, Hole) and part.name == "code" for part in parts):
            return text_schema(pattern, self.told.codes), True
        return None, False

    def _of_object(self, pattern: dict[str, JsonValue]) -> tuple[Schema | None, bool]:
        required: list[str] = []
        properties: Schema = {}
        is_needed = False
        keys = {written: parse_key(written) for written in pattern}
        for written, value in pattern.items():
            key = keys[written]
            if key is None:
                taken = {key.name for key in keys.values() if key}
                beside = {n: one for n, one in self.told.details.items() if n not in taken}
                needed = list(self._required(beside))
                properties |= self._schemas(beside)
                required += needed
                is_needed |= bool(needed)
                continue
            schema, needs = self.of(value, is_optional=key.optional)
            if schema is not None:
                properties[key.name] = schema
            if needs:
                required.append(key.name)
            is_needed |= needs
        return _object(required, properties) if properties else None, is_needed

    def _of_list(self, pattern: list[JsonValue]) -> tuple[Schema | None, bool]:
        met: list[Schema] = []
        is_needed = False
        for item in pattern:
            schema, needs = self.of(item, is_optional=False)
            is_needed |= needs
            if schema is not None:
                general = _General(self.fields, None, _BY_MEANING["code"]).of(item)
                met.append({"contains": {"allOf": [general, schema]}})
        if not met:
            return None, False
        return met[0] if len(met) == 1 else {"allOf": met}, is_needed

    def _of_hole(self, hole: Hole, *, is_optional: bool) -> tuple[Schema | None, bool]:
        if hole.name == "code":
            return _one_of([one for code in self.told.codes for one in _on_wire(code, hole)]), True
        if hole.name == "status":
            return self._of_status(hole), False
        if hole.name == "details" and self.told.details and hole.type is None:
            required = list(self._required(self.told.details))
            return _object(required, self._schemas(self.told.details)), bool(required)
        detail = self.told.details.get(hole.name)
        if detail is None or hole.name in _NO_DETAIL:
            return None, False
        schema = detail_schema(detail, self.describe)
        may_lack = not is_optional and not detail.required and detail.example is None
        if may_lack or hole.type not in (None, detail.type):
            # What stands there without a value, or as another type, is not known to be such.
            schema = {key: one for key, one in schema.items() if key in _ABOUT}
        return schema or None, detail.required

    def _of_status(self, hole: Hole) -> Schema | None:
        statuses = dict.fromkeys(self.told.statuses)
        if not statuses:
            return None
        return _one_of([str(one) if hole.type == "string" else one for one in statuses])

    def _required(self, details: Mapping[str, Detail]) -> Iterator[str]:
        for name, detail in details.items():
            if detail.required and name not in self.told.elsewhere:
                yield name

    def _schemas(self, details: Mapping[str, Detail]) -> Schema:
        return {name: detail_schema(one, self.describe) for name, one in details.items()}


_ABOUT: Final = frozenset({"description", "x-unit", "x-sensitive"})
"""What a schema of a detail says without asking anything of a value."""


def _one_of(values: Sequence[JsonValue]) -> Schema:
    return {"const": values[0]} if len(values) == 1 else {"enum": list(dict.fromkeys(values))}


def _on_wire(code: str, hole: Hole) -> Iterator[str | int]:
    """Yield how ``code`` may be sent: where no type is given, a number comes as either."""
    is_number = bool(_INTEGER.match(code))
    if not is_number or hole.type not in ("integer", "number"):
        yield code
    if is_number and (hole.type in ("integer", "number") or _is_canonical(code, hole)):
        yield int(code)


def _is_canonical(code: str, hole: Hole) -> bool:
    return hole.type is None and str(int(code)) == code


def _filled(parts: Sequence[Part], code: str) -> Iterator[str]:
    return (part if isinstance(part, str) else code for part in parts)


def _expression(parts: Sequence[Part], codes: Sequence[str]) -> str:
    """Return a regular expression of the text: how it begins and ends, and the code.

    Constants between holes are left out otherwise, lest matching take time without measure.
    """
    known = "|".join(map(_escaped, codes))
    stretches: list[str] = [""]
    kept: set[int] = set()
    for part in parts:
        if isinstance(part, str):
            stretches[-1] += _escaped(part)
        elif part.name == "code" and codes:
            kept.add(len(stretches) - 1)
            stretches[-1] += f"(?:{known})" if len(codes) > 1 else known
        else:
            stretches.append("")
    first, last = 0, len(stretches) - 1
    places = sorted({first, last, *sorted(kept)[:1]})
    return _ANYTHING.join(stretches[place] for place in places)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
