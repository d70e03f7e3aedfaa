"""A catalog as large as one is asked for: every error differs, and every run gives the same."""

from __future__ import annotations

import json
from typing import Any

_NOUNS = ("artifact", "session", "upload", "account", "invoice", "webhook", "region", "token")
_FAULTS = ("not_found", "expired", "too_large", "sealed", "already_exists", "limit_exceeded")
_STATUSES = (404, 410, 413, 409, 409, 429)
_DO = ("abort", "redo_step", "use_alternative", "use_alternative", "abort", "wait")
_RETRY = ("never", "after_change", "after_change", "after_change", "never", "as_is")
_ENVELOPE = {"code": "{code}", "message": "{message}", "*": "{details}"}
PER_GROUP = 250


def catalog(count: int) -> dict[str, Any]:
    """Return the data of a catalog with one API of ``count`` errors."""
    groups = {f"group_{number}": {"title": f"Group {number}"} for number in range(_groups(count))}
    return {
        "apis": {
            "synthetic": {
                "title": "Synthetic API",
                "version": "v1",
                "envelopes": [{"body": {"error": _ENVELOPE}}],
                "groups": groups,
                "errors": {_code(number): _error(number) for number in range(count)},
                "exit_codes": {
                    1: {"name": "CLIENT_ERROR", "for": ["4xx"]},
                    2: {"name": "SERVER_ERROR", "for": ["5xx"]},
                },
            }
        }
    }


def as_yaml(count: int) -> str:
    """Return the same as YAML, laid out as people write it."""
    return "".join(lines(catalog(count), 0))


def _groups(count: int) -> int:
    return -(-count // PER_GROUP)


def _code(number: int) -> str:
    noun, fault = _NOUNS[number % len(_NOUNS)], _FAULTS[number % len(_FAULTS)]
    return f"{noun}_{number}_{fault}"


def _error(number: int) -> dict[str, Any]:
    noun, kind = _NOUNS[number % len(_NOUNS)], number % len(_FAULTS)
    waits = _RETRY[kind] == "as_is"
    seconds = {"type": "integer", "unit": "seconds", "example": number % 60, "required": True}
    return {
        "status": _STATUSES[kind],
        "group": f"group_{number // PER_GROUP}",
        "meaning": f"The {noun} with number `{number}` cannot be used for what was asked.",
        "message": f"The {noun} {{name}} cannot be used ({number}).",
        "placeholders": {"name": {"example": f"{noun}-{number}"}},
        "causes": [f"The {noun} was changed by somebody else.", f"Case {number} of the rules."],
        "fix": f"Look the {noun} up again, then repeat step {number}.",
        "actions": [{"do": _DO[kind], "how": f"Read the `{noun}` again, then decide."}],
        "retry": {"when": _RETRY[kind], **({"after": ["retry_after"]} if waits else {})},
        "details": {"retry_after": {**seconds, "meaning": "How long to wait."}} if waits else {},
    }


def lines(data: dict[str, Any], depth: int) -> list[str]:
    """Return the lines of a catalog as YAML."""
    found = []
    for key, value in data.items():
        nested = isinstance(value, dict) and value and depth < 5  # down to a field
        if nested:
            found += [f"{'  ' * depth}{key}:\n", *lines(value, depth + 1)]
        else:
            found.append(f"{'  ' * depth}{key}: {json.dumps(value)}\n")
    return found
