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


def described(path: Path) -> str:
    """Return what the value at ``path`` is called: ``errors.rate_limited.status``."""
    return shortened(".".join(path)) if path else "the API"
