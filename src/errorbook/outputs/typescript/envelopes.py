"""Envelopes as TypeScript source: functions that take a decoded body apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import Key
from errorbook.outputs.envelope_walk import EnvelopeWriter, Matcher, called, only_hole
from errorbook.outputs.typescript.source import WIDTH, function_heading, literal, width

APART: Final = "fitsApart"
SOME: Final = "fitsSome"
TEXT: Final = "fitsText"
_INDENT: Final = "  "
_LARGEST: Final = 2**53 - 1
"""The largest whole number that is a number in JavaScript, and not kept as it was written."""


@dataclass(frozen=True)
class Function(Matcher):
    """A generated function, which puts what the holes take into a map."""

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
    found: list[Function] = []
    if envelope.headers:
        writer = _Writer(f"fitsHeaders{number}", envelope)
        lines = [line for one in envelope.headers.items() for line in writer.header(*one)]
        found.append(Function(writer.name, (*lines, writer.FITS), is_of_body=False))
    if envelope.body is not None:
        writer = _Writer(f"fitsEnvelope{number}", envelope)
        writer.function(envelope.body)
        found.extend(Function(name, lines) for name, lines in writer.functions)
    return tuple(found)


def reading_lines(functions: tuple[Function, ...]) -> list[str]:
    """Return the statements that try one envelope."""
    number = functions[0].name.removeprefix("fitsHeaders").removeprefix("fitsEnvelope")
    name = f"found{number.partition('Part')[0]}"
    calls = [one.call.replace(", found", f", {name}") for one in called(functions)]
    lines = [f"const {name}: Found = new Map();"]
    indent = ""
    for call in calls:
        lines.append(f"{indent}if ({call}) {{")
        indent += "  "
    lines += [f'{indent}if ({name}.has("code")) {{', f"{indent}  return {name};", f"{indent}}}"]
    lines += [f"{'  ' * level}}}" for level in reversed(range(len(calls)))]
    return lines


class _Writer(EnvelopeWriter):
    APART = APART
    SOME = SOME
    TEXT = TEXT
    FITS = "return true;"
    NOT = "!"
    NO_OBJECT = "!isObject({0})"
    NO_ARRAY = "!Array.isArray({0})"
    NO_CODE = "!isCode({0})"
    DIFFERS = "{0} !== {1}"
    MISFITS: ClassVar[Mapping[str, str]] = {
        "string": 'typeof {0} !== "string"',
        "integer": "!isWhole({0})",
        "number": "!isNumber({0})",
        "boolean": 'typeof {0} !== "boolean"',
    }

    def header(self, name: str, pattern: str) -> Iterator[str]:
        """Yield the lines that match one header: its value is a text, whatever it is."""
        value = f"header{self.next_number()}"
        yield self.let(value, f"headers.get({literal(name.lower())})")
        yield from self.unless(f"{value} === undefined")
        hole = only_hole(pattern)
        if hole:
            yield self.statement(self.kept(hole, value))
        else:
            yield from self.text(pattern, value)

    def part_name(self, number: int) -> str:
        return f"{self.name}Part{number}"

    def literal(self, text: str) -> str:
        return literal(text)

    def statement(self, expression: str) -> str:
        return f"{expression};"

    def unless(self, misfit: str) -> tuple[str, ...]:
        line = f"if ({misfit}) {{"
        fits = len(_INDENT) + width(line) <= WIDTH
        opening = (line,) if fits else ("if (", f"  {misfit}", ") {")
        return (*opening, "  return false;", "}")

    def is_no(self, value: str, constant: float | bool | None) -> str:
        """Return the condition that ``value`` is another one; 1 and 1.0 are two."""
        if constant is None or isinstance(constant, bool):
            return f"{value} !== {str(constant).lower().replace('none', 'null')}"
        if not isinstance(constant, int) and constant.is_integer():
            return f"!isDecimal({value}, {constant})"
        if abs(constant) > _LARGEST:
            return f"wholeText({value}) !== {literal(str(constant))}"
        return f"{value} !== {constant}"

    def has(self, value: str, key: str) -> str:
        return f"has({value}, {key})"

    def lacks(self, value: str, key: str) -> str:
        return f"!{self.has(value, key)}"

    def when(self, condition: str, statement: str) -> tuple[str, str, str]:
        return f"if ({condition}) {{", f"  {statement}", "}"

    def variable(self, number: int) -> str:
        return f"value{number}"

    def let(self, name: str, expression: str) -> str:
        return f"const {name} = {expression};"

    def keep(self, name: str, value: str, *, is_only: bool) -> str:
        return f"found.set({name}, {value})" if is_only else f"setDefault(found, {name}, {value})"

    def rest(self, keys: Sequence[Key], value: str) -> tuple[str]:
        names = self.list_of([literal(key.name) for key in keys])
        return (f'found.set("details", without({value}, {names}));',)

    def list_of(self, literals: Sequence[str]) -> str:
        return f"[{', '.join(literals)}]"
