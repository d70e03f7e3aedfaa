"""How the values of an API hang together: which are one value, and when two say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import JsonValue

from errorbook.problems import found, shortened

Path = tuple[str, ...]
"""Keys that lead from an API to one of its values."""

_ANY: Final = "*"
_MAPPINGS: Final = frozenset(
    tuple(path.split("."))
    for path in (
        *("errors", "statuses", "groups", "operations", "exit_codes", "retired", "docs", "sdk"),
        *("errors.*", "statuses.*", "groups.*", "operations.*", "exit_codes.*", "retired.*"),
        *("contract", "sdk.*", "sdk.*.parents", "sdk.*.aliases"),
        *("errors.*.retry", "errors.*.details", "errors.*.placeholders", "errors.*.sdk"),
        *("errors.*.details.*", "errors.*.placeholders.*", "errors.*.sdk.*"),
    )
)
"""Mappings that are filled key by key; any other is one value, as a body or an example is."""
_JOINED: Final = frozenset(
    {"causes", "operations", "renamed_from", "aliases", "troubleshooting", "envelopes", "for"}
)
_PROSE: Final = frozenset(
    {"meaning", "message", "causes", "fix", "how", "title", "summary", "reason", "promise"}
)
_IN_ANY_ORDER: Final = frozenset(
    {"status", "causes", "operations", "renamed_from", "aliases", "for"}
)
_TEXTS: Final = frozenset(
    {"version", "since", "deprecated", "sunset", "removed", "replaced_by", "renamed_from"}
)
"""Texts that may stand in a file like a number."""
_DEFAULTS: Final[Mapping[str, JsonValue]] = {
    "required": False,
    "sensitive": False,
    "when": "unknown",
    "visibility": "public",
    "stability": "stable",
}


def leaves(path: Path, value: JsonValue) -> Iterator[tuple[Path, JsonValue]]:
    """Yield the values that ``value`` at ``path`` is made of, each with its path.

    A mapping of which nothing but its name is known is the value ``{}``.
    """
    if not (isinstance(value, dict) and is_mapping(path)):
        yield path, value
        return
    if not value:
        yield path, {}
    for key, inner in value.items():
        yield from leaves((*path, key), inner)


def is_mapping(path: Path) -> bool:
    """Tell whether the value at ``path`` is filled key by key."""
    return not path or _pattern(path) in _MAPPINGS


def is_joined(path: Path) -> bool:
    """Tell whether several facts about ``path`` are one list."""
    return path[-1] in _JOINED and not is_mapping(path)


def is_prose(path: Path) -> bool:
    """Tell whether the value at ``path`` is text for people."""
    return path[-1] in _PROSE and not is_mapping(path)


def is_default(path: Path, value: JsonValue) -> bool:
    """Tell whether ``value`` says no more than a catalog without it."""
    if is_mapping(path):
        return _pattern(path)[-1] != _ANY or "sdk" in path[:-1]
    if value in ("", [], None):
        return True
    return path[-1] in _DEFAULTS and _DEFAULTS[path[-1]] == value


def same(path: Path, one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values of ``path`` say the same, however they are written."""
    if path[-1] in _IN_ANY_ORDER:
        return _words(path, one) == _words(path, other)
    return _comparable(path, one) == _comparable(path, other)


def as_list(value: JsonValue) -> list[JsonValue]:
    """Return a value that may be one or several as several."""
    return list(value) if isinstance(value, list) else [value]


def joined(path: Path, known: JsonValue, more: JsonValue) -> list[JsonValue]:
    """Return a list with what ``more`` adds to it."""
    found = as_list(known)
    for one in as_list(more):
        if not any(same((*path[:-1], ""), one, other) for other in found):
            found.append(one)
    return found


def _words(path: Path, value: JsonValue) -> list[str]:
    return sorted({str(_comparable(path, one)) for one in as_list(value)})


def _comparable(path: Path, value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return " ".join(value.split())
    if path[-1] in _TEXTS and isinstance(value, (int, float)):
        return str(value).lower()
    if isinstance(value, list):
        return [_comparable(path, one) for one in value]
    if isinstance(value, dict):
        return {key: _comparable((*path, key), one) for key, one in value.items()}
    return value


def _pattern(path: Path) -> Path:
    """Return ``path`` with the names of the writer's own replaced."""
    pattern: list[str] = []
    for key in path:
        named = (*pattern, _ANY) in _MAPPINGS
        pattern.append(_ANY if named else key)
    return tuple(pattern)


def shown(value: JsonValue) -> str:
    """Return how a message shows a value: short, and lists of words as such."""
    plain = isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value)
    if plain and isinstance(value, list):
        return f"[{', '.join(map(found, value))}]".replace("the number ", "")
    if isinstance(value, dict | list):
        return shortened(json.dumps(value, ensure_ascii=False))
    return found(value).removeprefix("the number ")


def differing(path: Path, one: JsonValue, other: JsonValue) -> tuple[Path, JsonValue, JsonValue]:
    """Return which values to show of two at ``path`` that are not the same, and where they are.

    Of two that would look alike, since a message cuts what is long, it is what first differs.
    """
    while shown(one) == shown(other):
        difference = _first_difference(one, other)
        if difference is None:
            break
        key, one, other = difference
        path = (*path, key)
    return path, one, other


def _first_difference(one: JsonValue, other: JsonValue) -> tuple[str, JsonValue, JsonValue] | None:
    """Return a key at which two values differ, and what stands there in each."""
    if isinstance(one, list) and isinstance(other, list):
        one, other = ({str(at): item for at, item in enumerate(items)} for items in (one, other))
    if not isinstance(one, dict) or not isinstance(other, dict):
        return None
    keys = (key for key in (*one, *other) if one.get(key) != other.get(key))
    return next(((key, one.get(key), other.get(key)) for key in keys), None)


def fits(pattern: JsonValue, known: JsonValue) -> bool:
    """Tell whether a pattern of a body is ``known`` without something that is optional there."""
    if isinstance(pattern, list) and isinstance(known, list):
        return len(pattern) == len(known) and all(map(fits, pattern, known))
    if not isinstance(pattern, dict) or not isinstance(known, dict):
        return pattern == known
    mine, theirs = _by_name(pattern), _by_name(known)
    if any(name not in mine for name in theirs if name in known and name != "*"):
        return False
    return all(name in theirs and fits(value, theirs[name]) for name, value in mine.items())


def _by_name(pattern: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the keys of a pattern without the ``?`` of those that are optional."""
    return {
        key[:-1] if key.endswith("?") and not key.endswith("\\?") else key: value
        for key, value in pattern.items()
    }


def described(path: Path) -> str:
    """Return what the value at ``path`` is called: ``errors.rate_limited.status``."""
    return shortened(".".join(path)) if path else "the API"
