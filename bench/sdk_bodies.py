"""Bodies that nobody promised: twelve alike for all, and sixteen that each SDK nearly expects."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

STATUSES = (400, 401, 404, 409, 429, 500, 503)
"""Each body comes with each of them."""
WRONG: tuple[Any, ...] = (None, 42, ["x", None], {"x": 1}, "x")
"""What stands where something else belongs; of these five, those of another type do."""

_BRACKETS = 100_000
_DIGITS = 5_000  # above what Python turns into an integer

RAW: tuple[bytes, ...] = (
    b"",
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n",
    b'{"error": {"code": "rate_limi',
    b"[]",
    b"null",
    b'"upstream connect error"',
    b"429",
    b'{"error": {"message": "\xff\xfe\x80"}}',
    b"x" * 2**20,
    b"[" * _BRACKETS + b"]" * _BRACKETS,
    b'{"error": {"code": ' + b"9" * _DIGITS + b"}}",
    b'{"error": {"message": "\\ud800"}}',
)

Place = Sequence[str | int]
"""The keys and positions that lead to a value of a body."""


def hostile_bodies(body: dict[str, Any], places: Sequence[Place]) -> list[bytes]:
    """Return the bodies: those alike for all, and ``body`` with wrong types in four places."""
    return [
        *RAW,
        *(_wrong(body, place, value) for place in places for value in _others(body, place)),
    ]


def _others(body: dict[str, Any], place: Place) -> list[Any]:
    right = type(_at(body, place))
    return [value for value in WRONG if type(value) is not right]


def _wrong(body: dict[str, Any], place: Place, value: object) -> bytes:
    changed = copy.deepcopy(body)
    _at(changed, place[:-1])[place[-1]] = value
    return json.dumps(changed).encode()


def _at(body: Any, place: Place) -> Any:
    for key in place:
        body = body[key]
    return body
