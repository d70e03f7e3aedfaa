"""How complete the texts of an API are: one figure, in percent.

It is the share of fields that are filled among those that apply, over all errors that are neither
deprecated nor experimental. `fields` says which apply. The figure has one decimal and is rounded
down, so that 100.0 means that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.models import Api, Detail, Error, Placeholder
from errorbook.problems import shortened

_MOST_NAMED: Final = 3
_PASSES: Final = frozenset({"wait", "retry"})
"""Actions that a person need not help with."""


@dataclass(frozen=True)
class Completeness:
    """What is filled of one API, and by code the fields that are not."""

    filled: int
    applying: int
    missing: dict[str, tuple[str, ...]]

    @property
    def percent(self) -> float:
        """The figure."""
        return self.filled * 1000 // self.applying / 10 if self.applying else 100.0

    def gaps(self, known: Container[str] = ()) -> str:
        """Return the errors with most fields missing, and these fields, for a message.

        Those that are not ``known`` come first: they have likely lowered the figure.
        """
        most = sorted(self.missing.items(), key=lambda one: (one[0] in known, -len(one[1]), one[0]))
        named = [f"{shortened(code)} ({', '.join(dict.fromkeys(names))})" for code, names in most]
        more = len(named) - _MOST_NAMED
        others = f" and {more:,} more" if more > 0 else ""
        return f"{', '.join(named[:_MOST_NAMED])}{others}"


def completeness(api: Api) -> Completeness:
    """Return how complete the texts of ``api`` are."""
    filled = applying = 0
    missing: dict[str, tuple[str, ...]] = {}
    for code, error in api.errors.items():
        if not is_settled(error):
            continue
        found = list(fields(error))
        gaps = tuple(name for name, is_filled in found if not is_filled)
        applying += len(found)
        filled += len(found) - len(gaps)
        if gaps:
            missing[code] = gaps
    return Completeness(filled, applying, missing)


def fields(error: Error) -> Iterator[tuple[str, bool]]:
    """Yield each field that applies to ``error``, and whether it is filled."""
    yield "meaning", is_said(error.meaning)
    yield "causes", any(map(is_said, error.causes))
    if has_to_be_mended(error):
        yield "fix", is_said(error.fix)
    if error.status:
        yield "message", is_said(error.message)
        yield "actions", bool(error.actions)
        yield "retry", error.retry.when != "unknown"
    for action in error.actions:
        yield "how", is_said(action.how)
    values: list[Detail | Placeholder] = [*error.details.values(), *error.placeholders.values()]
    for value in values:
        yield "meaning of values", is_said(value.meaning)
        yield "example of values", value.example is not None


def is_settled(error: Error) -> bool:
    """Tell whether ``error`` is there to stay: neither on trial nor on its way out."""
    return error.deprecated is None and error.stability != "experimental"


def has_to_be_mended(error: Error) -> bool:
    """Tell whether a person has something to do: not if it passes, or is what was wanted."""
    words: Iterable[str] = [action.do for action in error.actions]
    return "treat_as_success" not in words and not (words and _PASSES.issuperset(words))


def is_said(text: str) -> bool:
    """Tell whether ``text`` says anything."""
    return bool(text.strip())
