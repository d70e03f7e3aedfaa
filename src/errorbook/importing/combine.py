"""What several sources say -> one claim a value. The first that says something is believed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic import JsonValue

from errorbook.importing.gathered import Fact, Gathered
from errorbook.importing.shape import (
    Path,
    as_list,
    described,
    differing,
    fits,
    is_joined,
    is_mapping,
    joined,
    leaves,
    same,
    shown,
)
from errorbook.problems import Place, Problem

CONFLICT: Final = "import-conflict"
"""Rule: two places say something different."""
UNUSABLE: Final = "import-unusable"
"""Rule: something of a source would make the catalog invalid, and was left out."""

_DEEPEST: Final = 20
_LONGEST: Final = 100_000
_LARGEST: Final = 10**18
_LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Claim:
    """What a value of an API is, and where that was read."""

    path: Path
    value: JsonValue
    place: Place


@dataclass
class Claims:
    """What all sources say together, and where they contradict one another."""

    by_path: dict[Path, Claim] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def combined(sources: Iterable[Gathered]) -> Claims:
    """Return what ``sources`` say, in their order."""
    claims = Claims()
    for source in sources:
        own: dict[Path, Claim] = {}
        for fact in source.facts:
            for path, value in leaves(fact.path, fact.value) if _is_sound(fact, claims) else ():
                claim = Claim(path, value, fact.place)
                if is_mapping(path) and value != {}:
                    claims.problems.append(_unusable(claim, "expected a mapping"))
                else:
                    _claim(own, claim, claims.problems, joins=True)
        for claim in own.values():
            joins = claim.path[-1] != "envelopes"
            _claim(claims.by_path, claim, claims.problems, joins=joins)
    return claims


def _claim(known: dict[Path, Claim], claim: Claim, problems: list[Problem], *, joins: bool) -> None:
    first = known.setdefault(claim.path, claim)
    if first is claim or same(claim.path, first.value, claim.value):
        return
    if claim.path == ("envelopes",) and _is_wider(claim, first):
        known[claim.path] = claim
        return
    if claim.path == ("envelopes",) and _is_wider(first, claim):
        return
    if joins and is_joined(claim.path):
        value = joined(claim.path, first.value, claim.value)
        known[claim.path] = replace(first, value=value)
        return
    path, one, other = differing(claim.path, claim.value, first.value)
    message = f"{described(path)} is {shown(one)} here and {shown(other)}"
    hint = "the first was taken"
    problems.append(Problem(CONFLICT, claim.place, f"{message} at {first.place}", hint, "warning"))


def _is_wider(claim: Claim, other: Claim) -> bool:
    """Tell whether each envelope of ``other`` is one of ``claim`` that lacks what is optional."""
    envelopes = as_list(claim.value)
    return all(any(fits(one, wide) for wide in envelopes) for one in as_list(other.value))


def _is_sound(fact: Fact, claims: Claims) -> bool:
    """Tell whether a fact can be written in a catalog at all."""
    reason = _unsound(list(fact.path), 0) or _unsound(fact.value, 0) or _unplaced(fact.path)
    if reason:
        claims.problems.append(_unusable(Claim(fact.path, None, fact.place), reason))
    return not reason


def _unusable(claim: Claim, reason: str) -> Problem:
    message = f"{described(claim.path)} was left out: {reason}"
    return Problem(UNUSABLE, claim.place, message, "", "warning")


def _unplaced(path: Path) -> str:
    """Return why nothing can stand at ``path``; "" if something can."""
    if not path or any(len(key) > _LONGEST_NAME or not key for key in path):
        return "a name is empty or far too long"
    inner = next((n for n in range(1, len(path)) if not is_mapping(path[:n])), None)
    return f"{described(path[:inner])} holds no keys" if inner else ""


def _unsound(value: JsonValue, depth: int) -> str:
    """Return why no file can hold ``value``; "" if one can."""
    if depth > _DEEPEST:
        return "it is nested too deep"
    if isinstance(value, str):
        return _unsound_text(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return "" if abs(value) < _LARGEST else "the number is too large"
    if isinstance(value, float):
        plain = math.isfinite(value) and "e" not in repr(value)
        return "" if plain else "the number cannot be written plainly"
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    return next(filter(None, (_unsound(one, depth + 1) for one in inner)), "")


def _unsound_text(text: str) -> str:
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST:,} characters"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "it holds half a character"
    return "it holds control characters" if "\0" in text else ""
