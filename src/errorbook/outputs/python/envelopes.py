"""Envelopes as Python source: functions that take a decoded body apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import Key
from errorbook.outputs.envelope_walk import EnvelopeWriter, Matcher, only_hole
from errorbook.outputs.python.source import literal, tuple_of

APART: Final = "_fits_apart"
SOME: Final = "_fits_some"
TEXT: Final = "_fits_text"
_STEP: Final = " " * 4
_FAIL: Final = f"{_STEP}return False"


@dataclass(frozen=True)
class Function(Matcher):
    """A generated function, which puts what the holes take into a dictionary."""

    @property
    def parameters(self) -> str:
        """What it takes."""
        first = "value: object" if self.is_of_body else "headers: Mapping[str, str]"
        return f"{first}, found: dict[str, object]"

    @property
    def call(self) -> str:
        """How a response is given to it."""
        return f"{self.name}({'body' if self.is_of_body else 'headers'}, found)"


def functions_of(number: int, envelope: Envelope) -> tuple[Function, ...]:
    """Return the functions that match one envelope; of those for its body, the last calls all.

    Each tells whether what it is given fits. There is none for what the envelope says nothing of.
    """
    found: list[Function] = []
    if envelope.headers:
        writer = _Writer(f"_fits_headers_{number}", envelope)
        lines = [line for one in envelope.headers.items() for line in writer.header(*one)]
        found.append(Function(writer.name, (*lines, writer.FITS), is_of_body=False))
    if envelope.body is not None:
        writer = _Writer(f"_fits_envelope_{number}", envelope)
        writer.function(envelope.body)
        found.extend(Function(name, lines) for name, lines in writer.functions)
    return tuple(found)


class _Writer(EnvelopeWriter):
    APART = APART
    SOME = SOME
    TEXT = TEXT
    FITS = "return True"
    NOT = "not "
    NO_OBJECT = "not _is_object({0})"
    NO_ARRAY = "not _is_array({0})"
    NO_CODE = "not isinstance({0}, (str, int)) or isinstance({0}, bool)"
    DIFFERS = "{0} != {1}"
    MISFITS: ClassVar[Mapping[str, str]] = {
        "string": "not isinstance({0}, str)",
        "integer": "not isinstance({0}, int) or isinstance({0}, bool)",
        "number": "not isinstance({0}, (int, float)) or isinstance({0}, bool)",
        "boolean": "not isinstance({0}, bool)",
    }

    def header(self, name: str, pattern: str) -> Iterator[str]:
        """Yield the lines that match one header: its value is a text, whatever it is."""
        value = f"headers[{literal(name.lower())}]"
        yield from self.unless(self.lacks("headers", literal(name.lower())))
        hole = only_hole(pattern)
        if hole:
            yield self.kept(hole, value)
        else:
            yield from self.text(pattern, value)

    def part_name(self, number: int) -> str:
        return f"{self.name}_{number}"

    def literal(self, text: str) -> str:
        return literal(text)

    def statement(self, expression: str) -> str:
        return expression

    def unless(self, misfit: str) -> tuple[str, str]:
        return f"if {misfit}:", _FAIL

    def is_no(self, value: str, constant: float | bool | None) -> str:
        if constant is None or isinstance(constant, bool):
            return f"{value} is not {constant}"
        return f"type({value}) is not {type(constant).__name__} or {value} != {constant!r}"

    def has(self, value: str, key: str) -> str:
        return f"{key} in {value}"

    def lacks(self, value: str, key: str) -> str:
        return f"{key} not in {value}"

    def when(self, condition: str, statement: str) -> tuple[str, str]:
        return f"if {condition}:", _STEP + statement

    def variable(self, number: int) -> str:
        return f"value_{number}"

    def let(self, name: str, expression: str) -> str:
        return f"{name}: object = {expression}"

    def keep(self, name: str, value: str, *, is_only: bool) -> str:
        return f"found[{name}] = {value}" if is_only else f"found.setdefault({name}, {value})"

    def rest(self, keys: Sequence[Key], value: str) -> Iterator[str]:
        """Yield the lines that keep what stands beside ``keys``; required ones are there."""
        yield f"rest: dict[str, object] = dict({value})"
        for key in keys:
            name = literal(key.name)
            yield f"rest.pop({name}, None)" if key.optional else f"del rest[{name}]"
        yield 'found["details"] = rest'

    def list_of(self, literals: Sequence[str]) -> str:
        return tuple_of(literals)
