"""What a catalog does not say of its errors yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

Fields = Mapping[str, Any]

_WANTED: Final[Mapping[str, Callable[[Fields], Any]]] = {
    "meaning": lambda error: error.get("meaning"),
    "status": lambda error: error.get("status"),
    "message": lambda error: error.get("message"),
    "causes": lambda error: error.get("causes"),
    "fix": lambda error: error.get("fix"),
    "actions": lambda error: error.get("actions"),
    "retry policy": lambda error: (error.get("retry") or {}).get("when"),
}
"""What a reader looks for first, and where an error says it."""


def missing(errors: Mapping[str, Fields | None]) -> dict[str, list[str]]:
    """Return which errors do not say what is wanted of each; nothing that all of them say."""
    found = {
        name: [code for code, error in errors.items() if not says(error or {})]
        for name, says in _WANTED.items()
    }
    return {name: codes for name, codes in found.items() if codes}
