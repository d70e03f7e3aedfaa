"""A way to read a paste, and what is taken for a status, a time or a text in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import JsonValue

from errorbook.catalog.envelope import match_parts
from errorbook.decode.heads import Head
from errorbook.decode.known import Entry, KnownApi
from errorbook.decode.templates import parse_message

By = Literal[
    "body", "headers", "nested", "problem", "exception", "code", "message", "status", "exit"
]

_STATUS = re.compile(r"[1-5][0-9][0-9]\Z")


@dataclass(frozen=True)
class Fit:
    """A way to read a paste: the API it comes from, and the error it is."""

    api: KnownApi
    code: str
    entry: Entry | None
    """None where the API is not known to send the code."""
    head: Head | None = None
    message: str = ""
    """What the server says."""
    envelope: int | None = None
    """Which of the API's envelopes fits."""
    status: int | None = None
    request: str = ""
    """Id of the request."""
    details: Mapping[str, JsonValue] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    """Of the message's placeholders."""
    wait: float | None = None
    """The seconds that an exception says to wait."""

    @property
    def ref(self) -> str:
        """The code with its API."""
        return f"{self.api.id}/{self.code}"


def fit_of(api: KnownApi, code: str, head: Head | None, status: int | None) -> Fit:
    """Return a fit of which no more is known than this."""
    return Fit(api, code, api.entries.get(code), head, status=status)


def as_text(value: JsonValue) -> str:
    """Return a text that was sent, if it is one."""
    return value if isinstance(value, str) else ""


def as_status(value: JsonValue) -> int | None:
    """Return a status that was sent, if it is one."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    if isinstance(value, int):
        return value if 100 <= value <= 599 else None
    return int(value) if _STATUS.match(value) else None


def as_seconds(value: JsonValue) -> float | None:
    """Return a waiting time that an exception knows, if it is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if value >= 0 else None


def values_of(entry: Entry | None, message: str) -> Mapping[str, str]:
    """Return the values that a message has for the placeholders of its error's template."""
    found: dict[str, JsonValue] = {}
    if not (entry and entry.message and message):
        return {}
    if not match_parts(parse_message(entry.message), message, found):
        return {}
    return {name: str(value) for name, value in found.items()}
