"""Facts that follow from a catalog without being written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.envelope import hole_types, holes, render_envelope, takes_details
from errorbook.catalog.kept import kept_by_api
from errorbook.catalog.models import (
    HEADER_PREFIX,
    MESSAGE_HOLE,
    Api,
    DetailType,
    Envelope,
    Error,
)
from errorbook.catalog.statuses import family, reason_phrase

EXIT_CODE_WORDS: Final = ("success", "network", "timeout", "usage", "interrupt", "unknown")
"""What an exit code may be for beside codes, statuses and families: ends without a response."""

_SECONDS: Final[dict[str | None, float]] = {
    None: 1.0,
    "milliseconds": 0.001,
    "ms": 0.001,
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3600.0,
    "days": 86400.0,
}

_INTEGER = re.compile(r"-?[0-9]+\Z")
_DETAIL_EXAMPLES: Final[dict[DetailType, JsonValue]] = {
    "string": "string",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
}


@dataclass(frozen=True)
class Example:
    """A response that shows one error."""

    status: int | None
    headers: dict[str, str]
    body: JsonValue


def status_meaning(api: Api, status: int) -> str:
    """Return what ``status`` means in ``api``: its own words, else the reason phrase."""
    note = api.statuses.get(status)
    return note.meaning if note and note.meaning else reason_phrase(status)


def is_answered(api: Api) -> bool:
    """Tell whether errors of ``api`` come as responses, and not only by a command."""
    return bool(api.envelopes) or any(error.status for error in api.errors.values())


def retryable(error: Error) -> bool | None:
    """Tell whether sending the same request again makes sense; None where nobody knows."""
    if error.retry.when == "unknown":
        return None
    return error.retry.when == "as_is"


def exit_code(api: Api, code: str) -> int | None:
    """Return the exit code of ``code``: its own, else by code, status, then family."""
    error = api.errors[code]
    if error.exit_code is not None:
        return error.exit_code
    by_selector = exit_codes_by_selector(api)
    for selector in _selectors(code, error):
        if selector in by_selector:
            return by_selector[selector]
    return None


@kept_by_api
def exit_codes_by_selector(api: Api) -> Mapping[str, int]:
    """Return the exit code of everything that an entry of ``exit_codes`` is for."""
    return {
        selector: number
        for number, entry in api.exit_codes.items()
        for selector in entry.applies_to
    }


@kept_by_api
def former_codes(api: Api) -> Mapping[str, str]:
    """Return the codes that errors were known by before, each with the one it has now."""
    return {old: code for code, error in api.errors.items() for old in error.renamed_from}


def example_message(error: Error) -> str:
    """Return the message with its holes filled by examples."""
    values = {**_detail_examples(error), **_placeholder_examples(error)}
    return MESSAGE_HOLE.sub(lambda hole: str(values.get(hole[1], hole[1])), error.message)


def example_response(api: Api, code: str) -> Example | None:
    """Return an example of the response with ``code``; None where the API has no envelope."""
    error, envelope = api.errors[code], documented_envelope(api, code)
    if envelope is None:
        return None
    details = _detail_examples(error)
    status = error.status[0] if error.status else None
    examples = {name: field.example for name, field in envelope.fields.items()}
    values: dict[str, JsonValue] = {
        **{name: example for name, example in examples.items() if example is not None},
        **details,
        "code": code,
        "message": example_message(error) or None,
        "status": status,
        "details": details,
    }
    headers, body = render_envelope(envelope, values)
    return Example(status, {**headers, **_retry_headers(error)}, body)


def seconds_in(unit: str | None) -> float | None:
    """Return how many seconds a ``unit`` of time has, one if it is left out; None if unknown."""
    return _SECONDS.get(unit)


def envelopes_of(api: Api, code: str) -> list[Envelope]:
    """Return the envelopes with a place for ``code``, those with one for its details first."""
    fitting = [envelope for envelope in api.envelopes if _takes_code(envelope, code)]
    names = api.errors[code].details.keys()
    return sorted(fitting, key=lambda one: not (takes_details(one) or names <= holes(one).keys()))


def documented_envelope(api: Api, code: str) -> Envelope | None:
    """Return the envelope that examples of ``code`` have: one of its own, else the API's first."""
    if len(api.envelopes) <= 1:
        return next(iter(api.envelopes), None)
    return next(iter((*envelopes_of(api, code), *api.envelopes)))


def _takes_code(envelope: Envelope, code: str) -> bool:
    return hole_types(envelope).get("code") != "integer" or bool(_INTEGER.match(code))


def _selectors(code: str, error: Error) -> Iterator[str]:
    if code not in EXIT_CODE_WORDS:  # these mean an end without a response, never a code
        yield code
    yield from (str(status) for status in error.status)
    yield from (family(status) for status in error.status)


def _detail_examples(error: Error) -> dict[str, JsonValue]:
    return {
        name: _DETAIL_EXAMPLES[detail.type] if detail.example is None else detail.example
        for name, detail in error.details.items()
        if detail.required or detail.example is not None
    }


def _placeholder_examples(error: Error) -> dict[str, JsonValue]:
    return {
        name: placeholder.example
        for name, placeholder in error.placeholders.items()
        if placeholder.example is not None
    }


def _retry_headers(error: Error) -> dict[str, str]:
    """Return ``Retry-After`` where the catalog says that a response carries it."""
    names = [
        source.removeprefix(HEADER_PREFIX)
        for source in error.retry.after
        if source.startswith(HEADER_PREFIX)
    ]
    seconds = next(_seconds(error), 1)
    return {name: str(seconds) for name in names if name.casefold() == "retry-after"}


def _seconds(error: Error) -> Iterator[int]:
    """Yield the examples of waiting times that details of ``error`` give in seconds."""
    for name, detail in error.details.items():
        is_wait = name in error.retry.after and detail.unit in (None, "seconds")
        if is_wait and isinstance(detail.example, int):
            yield detail.example
