"""Entries as they are written into a YAML file: on one line, or on lines of their own."""

from __future__ import annotations

import json
import re
from typing import Final

from pydantic import JsonValue

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*(?<! )\Z")
_WORDS: Final = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def flow(value: JsonValue) -> str:
    """Return ``value`` as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def block(value: JsonValue, column: int) -> list[str]:
    """Return the lines of a list or mapping that begin in ``column``."""
    space = " " * column
    lines = []
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and len(item) > 1:
                first, *rest = block(item, column + 2)
                lines += [f"{space}- {first.lstrip()}", *rest]
            elif isinstance(item, dict):
                lines.append(f"{space}- {flow(item)[1:-1]}")
            else:
                lines.append(f"{space}- {flow(item)}")
    elif isinstance(value, dict):
        for key, one in value.items():
            if (isinstance(one, dict | list) and column == 0) or _holds_mappings(one):
                lines += [f"{space}{key}:", *block(one, column + 2)]
            else:
                lines.append(f"{space}{key}: {flow(one)}")
    return lines


def _holds_mappings(value: JsonValue) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
