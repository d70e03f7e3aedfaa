"""What a correct client sees of a response, by the catalog alone.

This is the reference that SDKs are tested against, so it shares nothing with what generates them
but the names of their classes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.envelope import match_envelope
from errorbook.catalog.facts import (
    exit_code,
    exit_codes_by_selector,
    former_codes,
    retryable,
    seconds_in,
)
from errorbook.catalog.models import HEADER_PREFIX, DetailType
from errorbook.catalog.statuses import family
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES, languages_of

REDACTED: Final = "[redacted]"
"""What stands in a message instead of the value of a sensitive detail."""

_REQUEST_IDS: Final = ("x-request-id", "request-id", "x-correlation-id")
_NOT_DETAILS: Final = ("code", "message", "status", "details", "request_id")
_EPOCH: Final = 1e9
"""A number above this is a time since 1970, and no delta; above 1e11 it is in milliseconds."""
_DIGITS: Final = re.compile(r"[0-9]{1,20}(?:\.[0-9]+)?\Z")
_TYPES: Final[Mapping[DetailType, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@dataclass(frozen=True)
class Response:
    """What a client is given. The body is JSON, or a ``text`` that is none."""

    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: JsonValue = None
    text: str | None = None


def sensitive(api: Api) -> frozenset[str]:
    """Return the names of details that some error of ``api`` calls sensitive."""
    errors = api.errors.values()
    return frozenset(
        name for one in errors for name, detail in one.details.items() if detail.sensitive
    )


def expectation(
    name: str, api: Api, response: Response, known: frozenset[str] | None = None
) -> dict[str, JsonValue]:
    """Return what an exception for ``response`` says, by attribute.

    ``known`` is what ``sensitive`` gives, for those who ask more than once.
    """
    headers = _folded(response.headers)
    holes = _holes(api, headers, response)
    sent = None if holes.get("code") is None else str(holes["code"])
    code = former_codes(api).get(sent, sent) if sent is not None else None
    error = api.errors.get(code) if code is not None else None
    details = _details(holes)
    hidden = _hidden(sensitive(api) if known is None else known, error)
    secrets = _secrets(hidden, details)
    left = {key: value for key, value in details.items() if key not in hidden}
    shown = {key: _discreet(value, hidden, secrets) for key, value in left.items()}
    message = holes.get("message")
    status = _status(response, holes.get("status"), error)
    classes = _classes(name, api, code if error else None, status)
    action = error.actions[0].do if error and error.actions else None
    return {
        "class": {**classes},
        "code": code,
        "status": status,
        "message": _redacted(message, secrets) if isinstance(message, str) else "",
        "request_id": _discreet(_request_id(holes.get("request_id"), headers), hidden, secrets),
        "retryable": retryable(error) if error else None,
        "retry_after": _retry_after(error, details, headers),
        "exit_code": _exit_code(api, code if error else None, status),
        "action": action,
        "docs_url": docs_url(name, api, code) if error and code is not None else None,
        "details": shown,
        "attributes": {
            key: dict(_attributes(LANGUAGES[key].attribute, error, shown))
            if cls not in _shared(name, api, LANGUAGES[key]).values()
            else {}
            for key, cls in classes.items()
        },
    }


def _folded(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return headers by lower-case name; repeated ones are joined."""
    folded: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        folded[key] = f"{folded[key]}, {value}" if key in folded else value
    return folded


def _holes(api: Api, headers: Mapping[str, str], response: Response) -> dict[str, JsonValue]:
    """Return what the holes of the first envelope that fits and names a code take."""
    body = response.body if response.text is None else response.text
    for envelope in api.envelopes:
        found = match_envelope(envelope, headers, body)
        if found is not None and "code" in found:
            return found
    return {}


def _details(holes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    rest = holes.get("details")
    named = {key: value for key, value in holes.items() if key not in _NOT_DETAILS}
    return {**named, **rest} if isinstance(rest, dict) else named


def _hidden(known: frozenset[str], error: Error | None) -> frozenset[str]:
    """Return the names of details that must not be kept.

    What is sensitive in one error is so in all, unless another declares it and says otherwise.
    """
    declared = error.details.items() if error else ()
    return known - {name for name, detail in declared if not detail.sensitive}


def _status(response: Response, told: JsonValue, error: Error | None) -> int | None:
    if response.status is not None:
        return response.status
    if isinstance(told, int) and not isinstance(told, bool) and 100 <= told <= 999:
        return told
    return error.status[0] if error and error.status else None


def _classes(name: str, api: Api, code: str | None, status: int | None) -> dict[str, str]:
    """Return the class by language: that of the code, else of the status, else the base class."""
    found = {}
    for language in languages_of(api):
        key, shared = language.NAME, _shared(name, api, language)
        own = language.raised_class(name, api, code) if code is not None else None
        by_status = [shared[one] for one in _selectors(status) if one in shared]
        is_own = own is not None and own not in shared.values()
        found[key] = own if is_own else next(iter(by_status), shared[""])
    return {key: cls for key, cls in found.items() if cls is not None}


def _shared(name: str, api: Api, language: Language) -> dict[str, str]:
    """Return the classes that several codes are raised as, the base class under no name."""
    return {**language.parents(api), "": language.base_class(name, api)}


def _selectors(status: int | None) -> Iterator[str]:
    if status is not None:
        yield from (str(status), family(status))


def _secrets(hidden: frozenset[str], details: Mapping[str, JsonValue]) -> list[str]:
    """Return what sensitive details hold as it may stand in a text, the longest first."""
    texts = {text for text in _held(dict(details), hidden, is_secret=False) if text}
    return sorted(texts, key=len, reverse=True)


def _held(value: JsonValue, hidden: frozenset[str], *, is_secret: bool) -> Iterator[str]:
    """Yield the texts and numbers that stand below a hidden name, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _held(one, hidden, is_secret=is_secret or key in hidden)
    elif isinstance(value, list):
        for one in value:
            yield from _held(one, hidden, is_secret=is_secret)
    elif is_secret and value is not None and not isinstance(value, bool):
        yield str(value)


def _redacted(text: str, secrets: list[str]) -> str:
    whole = [re.escape(one) if len(one) > 3 else rf"\b{re.escape(one)}\b" for one in secrets]
    return re.sub("|".join(whole), REDACTED, text) if whole else text


def _discreet(value: JsonValue, hidden: frozenset[str], secrets: list[str]) -> JsonValue:
    """Return ``value`` without sensitive details and what they hold, however deep it stands."""
    if isinstance(value, str):
        return _redacted(value, secrets)
    if isinstance(value, list):
        return [_discreet(one, hidden, secrets) for one in value]
    if isinstance(value, dict):
        left = {key: one for key, one in value.items() if key not in hidden}
        return {key: _discreet(one, hidden, secrets) for key, one in left.items()}
    return value


def _request_id(told: JsonValue, headers: Mapping[str, str]) -> str | None:
    if isinstance(told, int) and not isinstance(told, bool):
        return str(told)
    if isinstance(told, str) and told:
        return told
    return next((headers[name] for name in _REQUEST_IDS if name in headers), None) or None


def _exit_code(api: Api, code: str | None, status: int | None) -> int | None:
    """Return the exit code: that of the code, else of the status, else of what is not known."""
    if code is not None:
        return exit_code(api, code)
    known = exit_codes_by_selector(api)
    for selector in _selectors(status):
        if selector in known:
            return known[selector]
    return known.get("unknown")


def _attributes(
    named: Callable[[Error, str], str | None], error: Error | None, details: dict[str, JsonValue]
) -> Iterator[tuple[str, JsonValue]]:
    """Yield the attribute of each declared detail; None where it is missing or of another type.

    A waiting time that is called so is the attribute of every exception, and none of its own.
    """
    if error is None:
        return
    for name, detail in error.details.items():
        attribute = named(error, name)
        is_wait = name == "retry_after" and name in error.retry.after
        if attribute is not None and not detail.sensitive and not is_wait:
            value = details.get(name)
            yield attribute, value if _has_type(detail.type, value) else None


def _has_type(name: DetailType, value: JsonValue) -> bool:
    return isinstance(value, _TYPES[name]) and isinstance(value, bool) == (name == "boolean")


def _retry_after(
    error: Error | None, details: Mapping[str, JsonValue], headers: Mapping[str, str]
) -> float | None:
    """Return the first waiting time, in seconds; ``Retry-After`` comes after what is named."""
    now = _moment(headers.get("date", ""))
    sources = error.retry.after if error else ()
    for source in (*sources, f"{HEADER_PREFIX}Retry-After"):
        if source.startswith(HEADER_PREFIX):
            value: JsonValue = headers.get(source.removeprefix(HEADER_PREFIX).lower())
            seconds = _seconds(value, 1.0, now)
        else:
            declared = error.details.get(source) if error else None
            unit = seconds_in(declared.unit if declared else None)
            seconds = None if unit is None else _seconds(details.get(source), unit, now)
        if seconds is not None:
            return seconds
    return None


def _seconds(value: JsonValue, unit: float, now: datetime | None) -> float | None:
    """Return a number of units, or the time from ``now`` to a date."""
    number: float | None = None
    if isinstance(value, str) and _DIGITS.match(value.strip()):
        number = float(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    if number is not None and number <= _EPOCH:
        return number * unit if number >= 0 else None
    if number is not None:
        at = datetime.fromtimestamp(number / 1000 if number > _EPOCH * 100 else number, UTC)
    else:
        moment = _moment(value) if isinstance(value, str) else None
        if moment is None:
            return None
        at = moment
    return None if now is None else max(0.0, (at - now).total_seconds())


def _moment(text: str) -> datetime | None:
    """Return the time of a date as headers have it, or of an ISO 8601 date with a zone."""
    try:
        found = datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
