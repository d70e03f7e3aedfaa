"""The walk over an envelope's pattern, of which each language writes functions.

They answer as ``match_envelope`` does, in straight lines rather than by walking a pattern. What a
line reads like is for the language to say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from pydantic import JsonValue

from errorbook.catalog import Envelope
from errorbook.catalog.envelope import Hole, Key, parse_key, parse_text


@dataclass(frozen=True)
class Matcher:
    """A generated function: its name and the lines of its body."""

    name: str
    lines: tuple[str, ...]
    is_of_body: bool = True
    """Whether it is given the body, and not the headers."""


AnyMatcher = TypeVar("AnyMatcher", bound=Matcher)


def called(functions: Iterable[AnyMatcher]) -> list[AnyMatcher]:
    """Return those of an envelope's functions that are called for a response, headers first.

    Of those for its body, the last calls all.
    """
    of_body = [one for one in functions if one.is_of_body]
    return [*(one for one in functions if not one.is_of_body), *of_body[-1:]]


def calls(functions: Iterable[Matcher], name: str) -> bool:
    """Tell whether one of ``functions`` calls ``name``."""
    return any(f"{name}(" in line for function in functions for line in function.lines)


class EnvelopeWriter(ABC):
    """Writes one function for every place where a misfit is not the end of the whole."""

    APART: ClassVar[str]
    """The function that matches a part, of which nothing is kept unless all of it fits."""
    SOME: ClassVar[str]
    """The function that looks for an item which fits."""
    TEXT: ClassVar[str]
    """The function that matches a text with holes in it."""
    FITS: ClassVar[str]
    """The statement that ends a function: all of it fitted."""
    NOT: ClassVar[str]
    NO_OBJECT: ClassVar[str]
    NO_ARRAY: ClassVar[str]
    NO_CODE: ClassVar[str]
    """Conditions, with a place for the value."""
    DIFFERS: ClassVar[str]
    """The condition that a value is not a text, with places for both."""
    MISFITS: ClassVar[Mapping[str, str]]
    """The conditions under which a value is not of a type."""

    def __init__(self, name: str, envelope: Envelope) -> None:
        self.name = name
        self.functions: list[tuple[str, tuple[str, ...]]] = []
        self._holes = _holes([envelope.body, *envelope.headers.values()])
        self._started = 0
        self._variables = 0

    @abstractmethod
    def part_name(self, number: int) -> str:
        """Return what the function for a part is called."""

    @abstractmethod
    def literal(self, text: str) -> str:
        """Return ``text`` as a literal."""

    @abstractmethod
    def statement(self, expression: str) -> str:
        """Return ``expression`` as a statement."""

    @abstractmethod
    def unless(self, misfit: str) -> Iterable[str]:
        """Return the lines that end a function under a condition."""

    @abstractmethod
    def is_no(self, value: str, constant: float | bool | None) -> str:
        """Return the condition that ``value`` is not ``constant``."""

    @abstractmethod
    def has(self, value: str, key: str) -> str:
        """Return the condition that an object has a key."""

    @abstractmethod
    def lacks(self, value: str, key: str) -> str:
        """Return the condition that it has not."""

    @abstractmethod
    def when(self, condition: str, statement: str) -> Iterable[str]:
        """Return the lines that run a statement under a condition."""

    @abstractmethod
    def variable(self, number: int) -> str:
        """Return what the variable of a value is called."""

    @abstractmethod
    def let(self, name: str, expression: str) -> str:
        """Return the line that gives a value a name."""

    @abstractmethod
    def keep(self, name: str, value: str, *, is_only: bool) -> str:
        """Return the expression that keeps ``value`` for a hole, unless something is kept."""

    @abstractmethod
    def rest(self, keys: Sequence[Key], value: str) -> Iterable[str]:
        """Return the lines that keep what stands beside ``keys``."""

    @abstractmethod
    def list_of(self, literals: Sequence[str]) -> str:
        """Return the list of ``literals``."""

    def function(self, pattern: JsonValue) -> str:
        """Write the function for ``pattern`` behind those it calls, and return its name."""
        name = self.part_name(self._started) if self._started else self.name
        self._started += 1
        lines = [*self._value(pattern, "value"), self.FITS]
        self.functions.append((name, tuple(lines)))
        return name

    def text(self, pattern: str, value: str) -> Iterator[str]:
        """Yield the lines that match a text, or what stands where one may stand."""
        hole = only_hole(pattern)
        if hole:
            for misfit in self._misfits(hole):
                yield from self.unless(misfit.format(value))
            yield self.statement(self.kept(hole, value))
            return
        # One constant before, between and after the holes each.
        constants, names = [""], []
        for part in parse_text(pattern):
            if isinstance(part, Hole):
                names.append(self.literal(part.name))
                constants.append("")
            else:
                constants[-1] = part
        written = [self.literal(one) for one in constants]
        if names:
            arguments = f"{value}, {self.list_of(written)}, {self.list_of(names)}, found"
            yield from self.unless(f"{self.NOT}{self.TEXT}({arguments})")
        else:
            yield from self.unless(self.DIFFERS.format(value, *written))

    def kept(self, hole: Hole, value: str) -> str:
        """Return the expression that keeps ``value`` for ``hole``."""
        return self.keep(self.literal(hole.name), value, is_only=self._holes[hole.name] == 1)

    def next_number(self) -> int:
        """Return the number of the next variable."""
        self._variables += 1
        return self._variables

    def _value(self, pattern: JsonValue, value: str) -> Iterator[str]:
        if isinstance(pattern, dict):
            yield from self._object(pattern, value)
        elif isinstance(pattern, list):
            yield from self.unless(self.NO_ARRAY.format(value))
            for item in pattern:
                fits = f"{self.SOME}({self.function(item)}, {value}, found)"
                yield from self.unless(f"{self.NOT}{fits}")
        elif isinstance(pattern, str):
            yield from self.text(pattern, value)
        else:
            yield from self.unless(self.is_no(value, pattern))

    def _object(self, pattern: dict[str, JsonValue], value: str) -> Iterator[str]:
        yield from self.unless(self.NO_OBJECT.format(value))
        keys = {written: parse_key(written) for written in pattern}
        for written, key in keys.items():
            if key is None:
                continue
            name = self.literal(key.name)
            if key.optional:
                matched = self._optional(pattern[written], f"{value}[{name}]")
                yield from self.when(self.has(value, name), self.statement(matched))
            else:
                yield from self.unless(self.lacks(value, name))
                yield from self._item(pattern[written], f"{value}[{name}]")
        if None in keys.values():
            yield from self.rest([key for key in keys.values() if key], value)

    def _optional(self, pattern: JsonValue, expression: str) -> str:
        hole = only_hole(pattern)
        if hole and not self._misfits(hole):
            return self.kept(hole, expression)
        return f"{self.APART}({self.function(pattern)}, {expression}, found)"

    def _item(self, pattern: JsonValue, expression: str) -> Iterator[str]:
        """Give a value that is looked at more than once a name."""
        hole = only_hole(pattern)
        if hole and not self._misfits(hole):
            yield self.statement(self.kept(hole, expression))
            return
        name = self.variable(self.next_number())
        yield self.let(name, expression)
        yield from self._value(pattern, name)

    def _misfits(self, hole: Hole) -> list[str]:
        """Return the conditions under which ``hole`` does not take a value."""
        typed = [self.MISFITS[hole.type]] if hole.type else []
        if hole.name != "code" or hole.type in ("string", "integer"):
            return typed
        return [*typed, self.NO_CODE]


def only_hole(pattern: JsonValue) -> Hole | None:
    """Return the hole that ``pattern`` is, and nothing beside it."""
    parts = parse_text(pattern) if isinstance(pattern, str) else ()
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Hole) else None


def _holes(pattern: JsonValue) -> Counter[str]:
    """Count the holes of ``pattern`` by name."""
    if isinstance(pattern, dict):
        return sum(map(_holes, pattern.values()), Counter())
    if isinstance(pattern, list):
        return sum(map(_holes, pattern), Counter())
    parts = parse_text(pattern) if isinstance(pattern, str) else ()
    return Counter(part.name for part in parts if isinstance(part, Hole))
