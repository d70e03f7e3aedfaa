"""Hostile responses, read from ``hostile.json``, which SDKs of every language are tested with.

A body is one of these, and so is any text within headers::

    {"text": "..."}            a text
    {"base64": "..."}          bytes
    {"json": value}            a decoded body
    {"repeat": ["a", 1000]}    a text, that many times
    {"join": [body, ...]}      texts, one behind the other

Headers are pairs, or ``{"many": number}`` for that many of them; where they are anything else,
that is what is hostile about them.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("hostile.json")


@dataclass(frozen=True)
class Hostile:
    """A response that nobody should send."""

    name: str
    headers: Any
    body: Any


def statuses() -> list[Any]:
    """Return what may stand where a status belongs."""
    found: list[Any] = _read()["statuses"]
    return found


def responses() -> list[Hostile]:
    """Return the responses; large ones are made, not stored."""
    return [
        Hostile(one["name"], _headers(one.get("headers", [])), _body(one["body"]))
        for one in _read()["responses"]
    ]


def _read() -> Any:
    return json.loads(_FILE.read_text("utf-8"))


def _body(said: dict[str, Any]) -> Any:
    ((kind, value),) = said.items()
    if kind == "base64":
        return base64.b64decode(value)
    if kind == "repeat":
        text, times = value
        return text * times
    if kind == "join":
        return "".join(map(_body, value))
    assert kind in ("text", "json"), kind
    return value


def _headers(said: Any) -> Any:
    if isinstance(said, dict):
        return [(f"X-{number}", str(number)) for number in range(said["many"])]
    return [_pair(one) for one in said] if isinstance(said, list) else said


def _pair(said: Any) -> Any:
    return tuple(map(_part, said)) if isinstance(said, list) else said


def _part(said: Any) -> Any:
    is_made = isinstance(said, dict) and said.keys() <= {"base64", "repeat"}
    return _body(said) if is_made else said
