"""Envelopes as TypeScript source: functions that take a decoded body apart.

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
from errorbook.outputs.typescript.source import WIDTH, function_heading, literal, width

APART: Final = "fitsApart"
SOME: Final = "fitsSome"
TEXT: Final = "fitsText"
_FITS: Final = {
    "string": 'typeof {0} !== "string"',
    "integer": "!isWhole({0})",
    "number": "!isNumber({0})",
    "boolean": 'typeof {0} !== "boolean"',
}
_INDENT: Final = "  "
_LARGEST: Final = 2**53 - 1
"""The largest whole number that is a number in JavaScript, and not kept as it was written."""


@dataclass(frozen=True)
class Function:
    """A generated function: its name and the lines of its body."""

    name: str
    lines: tuple[str, ...]
    is_of_body: bool = True

    @property
    def heading(self) -> str:
        """Its first line; what it does not use it does not take."""
        first = "value: unknown" if self.is_of_body else "headers: HeaderMap"
        uses_found = any("found" in line for line in self.lines)
        taken = [first, "found: Found"] if uses_found else [first]
        return function_heading(f"function {self.name}", taken, "boolean")

    @property
    def call(self) -> str:
        """How a response is given to it."""
        source = "body" if self.is_of_body else "headers"
        uses_found = any("found" in line for line in self.lines)
        return f"{self.name}({source}{', found' if uses_found else ''})"


def functions_of(number: int, envelope: Envelope) -> tuple[Function, ...]:
    """Return the functions that match one envelope; of those for its body, the last calls all."""
    holes = _holes([envelope.body, *envelope.headers.values()])
    found: list[Function] = []
    if envelope.headers:
        writer = _Writer(f"fitsHeaders{number}", holes)
        lines = [line for one in envelope.headers.items() for line in writer.header(*one)]
        found.append(Function(writer.name, (*lines, "return true;"), is_of_body=False))
    if envelope.body is not None:
        writer = _Writer(f"fitsEnvelope{number}", holes)
        writer.function(envelope.body)
        found.extend(writer.functions)
    return tuple(found)


def reading_lines(functions: tuple[Function, ...]) -> list[str]:
    """Return the statements that try one envelope."""
    of_body = [one for one in functions if one.is_of_body]
    called = [*(one for one in functions if not one.is_of_body), *of_body[-1:]]
    number = functions[0].name.removeprefix("fitsHeaders").removeprefix("fitsEnvelope")
    name = f"found{number.partition('Part')[0]}"
    calls = [one.call.replace(", found", f", {name}") for one in called]
    lines = [f"const {name}: Found = new Map();"]
    indent = ""
    for call in calls:
        lines.append(f"{indent}if ({call}) {{")
        indent += "  "
    lines += [f'{indent}if ({name}.has("code")) {{', f"{indent}  return {name};", f"{indent}}}"]
    lines += [f"{'  ' * level}}}" for level in reversed(range(len(calls)))]
    return lines


def calls(functions: tuple[Function, ...], name: str) -> bool:
    """Tell whether one of ``functions`` calls ``name``."""
    return any(f"{name}(" in line for function in functions for line in function.lines)


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
        name = f"{self.name}Part{self._started}" if self._started else self.name
        self._started += 1
        lines = [*self._value(pattern, "value"), "return true;"]
        self.functions.append(Function(name, tuple(lines)))
        return name

    def header(self, name: str, pattern: str) -> Iterator[str]:
        """Yield the lines that match one header: its value is a text, whatever it is."""
        self._variables += 1
        value = f"header{self._variables}"
        yield f"const {value} = headers.get({literal(name.lower())});"
        yield from _unless(f"{value} === undefined")
        hole = _only_hole(pattern)
        if hole:
            yield self._keep(hole, value)
        else:
            yield from self._text(pattern, value)

    def _value(self, pattern: JsonValue, value: str) -> Iterator[str]:
        if isinstance(pattern, dict):
            yield from self._object(pattern, value)
        elif isinstance(pattern, list):
            yield from self._list(pattern, value)
        elif isinstance(pattern, str):
            yield from self._text(pattern, value)
        else:
            yield from _unless(_is_not(pattern, value))

    def _object(self, pattern: dict[str, JsonValue], value: str) -> Iterator[str]:
        yield from _unless(f"!isObject({value})")
        keys = {written: parse_key(written) for written in pattern}
        for written, key in keys.items():
            if key and key.optional:
                yield f"if (has({value}, {literal(key.name)})) {{"
                yield f"  {self._optional(pattern[written], f'{value}[{literal(key.name)}]')};"
                yield "}"
            elif key:
                yield from _unless(f"!has({value}, {literal(key.name)})")
                yield from self._item(pattern[written], f"{value}[{literal(key.name)}]")
        if None in keys.values():
            yield from _rest([key for key in keys.values() if key], value)

    def _optional(self, pattern: JsonValue, expression: str) -> str:
        hole = _only_hole(pattern)
        if hole and not _misfits(hole):
            return self._keep(hole, expression).removesuffix(";")
        return f"{APART}({self.function(pattern)}, {expression}, found)"

    def _item(self, pattern: JsonValue, expression: str) -> Iterator[str]:
        """Give a value that is looked at more than once a name."""
        hole = _only_hole(pattern)
        if hole and not _misfits(hole):
            yield self._keep(hole, expression)
            return
        self._variables += 1
        name = f"value{self._variables}"
        yield f"const {name} = {expression};"
        yield from self._value(pattern, name)

    def _list(self, patterns: list[JsonValue], value: str) -> Iterator[str]:
        yield from _unless(f"!Array.isArray({value})")
        for pattern in patterns:
            yield from _unless(f"!{SOME}({self.function(pattern)}, {value}, found)")

    def _text(self, pattern: str, value: str) -> Iterator[str]:
        hole = _only_hole(pattern)
        parts = parse_text(pattern)
        if hole:
            for misfit in _misfits(hole):
                yield from _unless(misfit.format(value))
            yield self._keep(hole, value)
        elif any(isinstance(part, Hole) for part in parts):
            yield from _unless(f"!{TEXT}({value}, {_text_arguments(parts)}, found)")
        else:
            yield from _unless(f"{value} !== {literal(''.join(map(str, parts)))}")

    def _keep(self, hole: Hole, value: str) -> str:
        if self.holes[hole.name] == 1:
            return f"found.set({literal(hole.name)}, {value});"
        return f"setDefault(found, {literal(hole.name)}, {value});"


def _is_not(constant: float | bool | None, value: str) -> str:
    """Return the condition that ``value`` is another one; 1 and 1.0 are two."""
    if constant is None or isinstance(constant, bool):
        return f"{value} !== {str(constant).lower().replace('none', 'null')}"
    if not isinstance(constant, int) and constant.is_integer():
        return f"!isDecimal({value}, {constant})"
    if abs(constant) > _LARGEST:
        return f"wholeText({value}) !== {literal(str(constant))}"
    return f"{value} !== {constant}"


def _unless(misfit: str) -> tuple[str, ...]:
    line = f"if ({misfit}) {{"
    fits = len(_INDENT) + width(line) <= WIDTH
    opening = (line,) if fits else ("if (", f"  {misfit}", ") {")
    return (*opening, "  return false;", "}")


def _rest(keys: list[Key], value: str) -> Iterator[str]:
    """Take what stands beside ``keys``."""
    names = ", ".join(literal(key.name) for key in keys)
    yield f'found.set("details", without({value}, [{names}]));'


def _only_hole(pattern: JsonValue) -> Hole | None:
    parts = parse_text(pattern) if isinstance(pattern, str) else ()
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Hole) else None


def _misfits(hole: Hole) -> list[str]:
    """Return the conditions, with a place for the value, under which ``hole`` does not take it."""
    typed = [_FITS[hole.type]] if hole.type else []
    if hole.name != "code" or hole.type in ("string", "integer"):
        return typed
    return [*typed, "!isCode({0})"]


def _text_arguments(parts: tuple[Part, ...]) -> str:
    """Return a text's constants, one before, between and after its holes, and the holes' names."""
    constants, names = [""], []
    for part in parts:
        if isinstance(part, Hole):
            names.append(literal(part.name))
            constants.append("")
        else:
            constants[-1] = part
    return f"[{', '.join(map(literal, constants))}], [{', '.join(names)}]"
