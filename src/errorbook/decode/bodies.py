"""What a decoded body says: which APIs send such a body, and which error it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.envelope import match_envelope
from errorbook.decode.brackets import find_json
from errorbook.decode.fits import By, Fit, as_status, as_text, values_of
from errorbook.decode.heads import Head
from errorbook.decode.known import Known, KnownApi
from errorbook.decode.logged import read_logged

MOST_NESTED: Final = 10_000
"""Objects within a body that are looked at."""
MOST_WITHIN: Final = 100
"""JSON within a text of a body that is looked at."""
DEEPEST_TEXT: Final = 32
"""Levels that are looked at, those of JSON within texts among them."""
LONGEST_TAIL: Final = 200
"""Characters of a type's end that may be a code."""

_NO_DETAILS: Final = ("code", "message", "status", "details", "request_id")
_PROBLEM: Final = ("title", "status", "detail", "instance")
_PROBLEM_FIELDS: Final = ("type", *_PROBLEM)
_TAIL = re.compile(r"[^/#?:=]*\Z")


@dataclass(frozen=True)
class Reading:
    """Every way to read a body, the best first, and what speaks for them."""

    fits: Sequence[Fit]
    by: By

    @property
    def is_known(self) -> bool:
        """Whether some API knows the code."""
        return _is_known(self.fits)


@dataclass(frozen=True)
class Body:
    """A body, to be told from None for a response without one."""

    value: JsonValue


def read_body(known: Known, body: Body | None, head: Head | None) -> Reading:
    """Return every way to read a body."""
    logged = read_logged(known, body.value) if body else []
    if logged:
        return Reading(logged, "exception")
    whole = _fits(known, body, head)
    if _is_known(whole) or body is None:
        return Reading(_best(whole), "headers" if body is None else "body")
    problem = _read_problem(known, body.value, head)
    if problem:
        return Reading(_best(problem), "problem")
    for value in islice(_nested(body.value), MOST_NESTED + 1):
        logged = read_logged(known, value)
        if logged:
            return Reading(logged, "exception")
        within = _fits(known, Body(value), head)
        if _is_known(within):
            return Reading(_best(within), "nested")
    return Reading(_best(whole), "body")


def _is_known(fits: Sequence[Fit]) -> bool:
    return any(fit.entry for fit in fits)


def _best(fits: Sequence[Fit]) -> list[Fit]:
    """An API that knows the code wins over those that merely send bodies of this shape."""
    known = [fit for fit in fits if fit.entry]
    return sorted(known or fits, key=doubt)


def _fits(known: Known, body: Body | None, head: Head | None) -> list[Fit]:
    return [fit for api in known.apis if (fit := _best_fit(api, body, head))]


def _best_fit(api: KnownApi, body: Body | None, head: Head | None) -> Fit | None:
    """Return what the first envelope that gives a known code says, else the first that fits."""
    headers = head.headers if head else {}
    first = None
    for index, envelope in enumerate(api.envelopes) if body else api.headers_only:
        found = match_envelope(envelope, headers, body.value if body else None)
        if found is None:
            continue
        fit = _fit_with(api, index, found, head)
        if fit.entry:
            return fit
        first = first or fit
    return first


def _fit_with(api: KnownApi, envelope: int, found: dict[str, JsonValue], head: Head | None) -> Fit:
    code, beside = str(found.get("code", "")), found.get("details")
    holes = {name: value for name, value in found.items() if name not in _NO_DETAILS}
    message, status = as_text(found.get("message")), as_status(found.get("status"))
    entry = api.entries.get(code)
    return Fit(
        api,
        code,
        entry,
        head,
        message,
        envelope,
        status or (head.status if head else None),
        as_text(found.get("request_id")),
        {**(beside if isinstance(beside, dict) else {}), **holes},
        values_of(entry, message),
    )


def doubt(fit: Fit) -> tuple[int, ...]:
    """Return how little a fit explains, what weighs most first.

    A retired code, a status that is not the error's, details it must have and does not, details
    nobody knows, a message of other words.
    """
    entry = fit.entry
    if entry is None:
        return (0,) * 5
    described = entry.details or {}
    missing = sum(one.required and name not in fit.details for name, one in described.items())
    unknown = sum(name not in described for name in fit.details)
    says = not entry.message or entry.message == fit.message or bool(fit.values)
    return (
        int(entry.is_retired),
        int(not entry.agrees(fit.status)),
        missing,
        unknown,
        int(not says),
    )


def _read_problem(known: Known, body: JsonValue, head: Head | None) -> list[Fit]:
    """Read a problem of RFC 9457, whose type ends in the code."""
    if not isinstance(body, dict) or not any(name in body for name in _PROBLEM):
        return []
    kind = body.get("type")
    if not isinstance(kind, str) or kind == "about:blank":
        return []
    tail = _TAIL.search(kind[-LONGEST_TAIL:].rstrip("/#"))
    status = as_status(body.get("status")) or (head.status if head else None)
    message = as_text(body.get("detail")) or as_text(body.get("title"))
    details = {name: value for name, value in body.items() if name not in _PROBLEM_FIELDS}
    return [
        Fit(
            entry.api,
            entry.code,
            entry,
            head,
            message,
            None,
            status,
            "",
            details,
            values_of(entry, message),
        )
        for entry in known.vocabulary.by_code(tail[0] if tail else "")
    ]


def _nested(body: JsonValue) -> Iterator[JsonValue]:
    """Yield the objects within a body, those of upper levels first.

    Those in its texts too, as a log holds the answer of another service.
    """
    level: list[JsonValue] = [body]
    for depth in range(DEEPEST_TEXT):
        below: list[JsonValue] = []
        for value in level:
            if isinstance(value, dict):
                if depth:
                    yield value
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and "{" in value:
                below.extend(span.value for span in find_json(value, MOST_WITHIN))
        level = below
