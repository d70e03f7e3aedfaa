"""What somebody says of errors, and where what several of them say differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.checks.html_facts import NONE, listed
from errorbook.checks.printing import one_line

__all__ = ["NONE", "Statement", "contradictions", "listed"]

_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Statement:
    """What ``voice`` says about one aspect of one error: ``status`` is ``429``, in a page."""

    api: str
    code: str
    """The code; empty for what is said of the API itself."""
    aspect: str
    value: str
    voice: str


def contradictions(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield a line for each aspect of an error that not all say the same of."""
    told: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    for one in statements:
        values = told.setdefault((one.api, one.code, one.aspect), {})
        values.setdefault(one.value, {})[one.voice] = None
    for (api, code, aspect), values in told.items():
        if len(values) > 1:
            said = "; ".join(f"{value} in {_and(voices)}" for value, voices in values.items())
            subject = f"{api}/{code}" if code else api
            yield one_line(f"{subject}: {aspect}: {said}")


def _and(voices: Iterable[str]) -> str:
    names = list(voices)
    if len(names) > _MOST_NAMED + 1:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
