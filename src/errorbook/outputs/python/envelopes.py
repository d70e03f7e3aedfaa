"""Envelopes as Python source: functions that take a decoded body apart.

They answer as ``match_envelope`` does, in straight lines rather than by walking a pattern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import Hole, Key, Part, parse_key, parse_text
from errorbook.outputs.python.source import literal, tuple_of

APART: Final = "_fits_apart"
SOME: Final = "_fits_some"
TEXT: Final = "_fits_text"
_STEP: Final = " " * 4
_FAIL: Final = f"{_STEP}return False"
_MISFITS: Final = {
    "string": "not isinstance({0}, str)",
    "integer": "not isinstance({0}, int) or isinstance({0}, bool)",
    "number": "not isinstance({0}, (int, float)) or isinstance({0}, bool)",
    "boolean": "not isinstance({0}, bool)",
}
_NO_CODE: Final = "not isinstance({0}, (str, int)) or isinstance({0}, bool)"


@dataclass(frozen=True)
class Function:
    """A generated function: its name and the lines of its body."""

    name: str
    lines: tuple[str, ...]
    parameters: str = "value: object, found: dict[str, object]"

    @property
    def is_of_body(self) -> bool:
        """Whether it is given the body, and not the headers."""
        return self.parameters != _OF_HEADERS

    @property
    def call(self) -> str:
        """How a response is given to it."""
        source = "body" if self.is_of_body else "headers"
        return f"{self.name}({source}, found)"


_OF_HEADERS: Final = "headers: Mapping[str, str], found: dict[str, object]"


def headers_function(number: int, envelope: Envelope) -> Function | None:
    """Return the function that matches the headers of one envelope, if it is about any."""
    writer = _Writer(f"_fits_headers_{number}", _all_holes(envelope))
    lines = [line for name, text in envelope.headers.items() for line in writer.header(name, text)]
    return Function(writer.name, (*lines, "return True"), _OF_HEADERS) if lines else None


def functions_of(number: int, envelope: Envelope) -> tuple[Function, ...]:
    """Return the functions that match the body of one envelope; the last is the one to call.

    Each takes a value and a dictionary, tells whether the value fits, and puts what the holes
    take into the dictionary. There are none where the envelope says nothing of a body.
    """
    if envelope.body is None:
        return ()
    writer = _Writer(f"_fits_envelope_{number}", _all_holes(envelope))
    writer.function(envelope.body)
    return tuple(writer.functions)


def calls(functions: tuple[Function, ...], name: str) -> bool:
    """Tell whether one of ``functions`` calls ``name``."""
    return any(f"{name}(" in line for function in functions for line in function.lines)


def _all_holes(envelope: Envelope) -> Counter[str]:
    return _holes([envelope.body, *envelope.headers.values()])


def _holes(pattern: JsonValue) -> Counter[str]:
    """Count the holes of ``pattern`` by name."""
    if isinstance(pattern, dict):
        return sum(map(_holes, pattern.values()), Counter())
    if isinstance(pattern, list):
        return sum(map(_holes, pattern), Counter())
    parts = parse_text(pattern) if isinstance(pattern, str) else ()
    return Counter(part.name for part in parts if isinstance(part, Hole))


@dataclass
class _Writer:
    """Writes one function for every place where a misfit is not the end of the whole."""

    name: str
    holes: Counter[str]
    functions: list[Function] = field(default_factory=list)
    _started: int = 0
    _variables: int = 0

    def function(self, pattern: JsonValue) -> str:
        """Write the function for ``pattern`` behind those it calls, and return its name."""
        name = f"{self.name}_{self._started}" if self._started else self.name
        self._started += 1
        lines = [*self._value(pattern, "value"), "return True"]
        self.functions.append(Function(name, tuple(lines)))
        return name

    def header(self, name: str, pattern: str) -> Iterator[str]:
        """Yield the lines that match one header: its value is a text, whatever it is."""
        key = literal(name.lower())
        yield from _unless(f"{key} not in headers")
        hole = _only_hole(pattern)
        if hole:
            yield self._keep(hole, f"headers[{key}]")
        else:
            yield from self._text(pattern, f"headers[{key}]")

    def _value(self, pattern: JsonValue, value: str) -> Iterator[str]:
        if isinstance(pattern, dict):
            yield from self._object(pattern, value)
        elif isinstance(pattern, list):
            yield from self._list(pattern, value)
        elif isinstance(pattern, str):
            yield from self._text(pattern, value)
        elif pattern is None or isinstance(pattern, bool):
            yield from _unless(f"{value} is not {pattern}")
        else:
            kind = type(pattern).__name__
            yield from _unless(f"type({value}) is not {kind} or {value} != {pattern!r}")

    def _object(self, pattern: dict[str, JsonValue], value: str) -> Iterator[str]:
        yield from _unless(f"not _is_object({value})")
        keys = {written: parse_key(written) for written in pattern}
        for written, key in keys.items():
            if key and key.optional:
                yield f"if {literal(key.name)} in {value}:"
                yield _STEP + self._optional(pattern[written], f"{value}[{literal(key.name)}]")
            elif key:
                yield from _unless(f"{literal(key.name)} not in {value}")
                yield from self._item(pattern[written], f"{value}[{literal(key.name)}]")
        if None in keys.values():
            yield from _rest([key for key in keys.values() if key], value)

    def _optional(self, pattern: JsonValue, expression: str) -> str:
        hole = _only_hole(pattern)
        if hole and not _misfits(hole):
            return self._keep(hole, expression)
        return f"{APART}({self.function(pattern)}, {expression}, found)"

    def _item(self, pattern: JsonValue, expression: str) -> Iterator[str]:
        """Give a value that is looked at more than once a name."""
        hole = _only_hole(pattern)
        if hole and not _misfits(hole):
            yield self._keep(hole, expression)
            return
        self._variables += 1
        name = f"value_{self._variables}"
        yield f"{name}: object = {expression}"
        yield from self._value(pattern, name)

    def _list(self, patterns: list[JsonValue], value: str) -> Iterator[str]:
        yield from _unless(f"not _is_array({value})")
        for pattern in patterns:
            yield from _unless(f"not {SOME}({self.function(pattern)}, {value}, found)")

    def _text(self, pattern: str, value: str) -> Iterator[str]:
        hole = _only_hole(pattern)
        parts = parse_text(pattern)
        if hole:
            for misfit in _misfits(hole):
                yield from _unless(misfit.format(value))
            yield self._keep(hole, value)
        elif any(isinstance(part, Hole) for part in parts):
            yield from _unless(f"not {TEXT}({value}, {_text_arguments(parts)}, found)")
        else:
            yield from _unless(f"{value} != {literal(''.join(map(str, parts)))}")

    def _keep(self, hole: Hole, value: str) -> str:
        if self.holes[hole.name] == 1:
            return f"found[{literal(hole.name)}] = {value}"
        return f"found.setdefault({literal(hole.name)}, {value})"


def _unless(misfit: str) -> tuple[str, str]:
    return f"if {misfit}:", _FAIL


def _rest(keys: list[Key], value: str) -> Iterator[str]:
    """Take what stands beside ``keys``; the required ones are known to be there."""
    yield f"rest: dict[str, object] = dict({value})"
    for key in keys:
        name = literal(key.name)
        yield f"rest.pop({name}, None)" if key.optional else f"del rest[{name}]"
    yield 'found["details"] = rest'


def _only_hole(pattern: JsonValue) -> Hole | None:
    parts = parse_text(pattern) if isinstance(pattern, str) else ()
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Hole) else None


def _misfits(hole: Hole) -> list[str]:
    """Return the conditions, with a place for the value, under which ``hole`` does not take it."""
    typed = [_MISFITS[hole.type]] if hole.type else []
    if hole.name != "code" or hole.type in ("string", "integer"):
        return typed
    return [*typed, _NO_CODE]


def _text_arguments(parts: tuple[Part, ...]) -> str:
    """Return a text's constants, one before, between and after its holes, and the holes' names."""
    constants, names = [""], []
    for part in parts:
        if isinstance(part, Hole):
            names.append(literal(part.name))
            constants.append("")
        else:
            constants[-1] = part
    return f"{tuple_of([literal(one) for one in constants])}, {tuple_of(names)}"
