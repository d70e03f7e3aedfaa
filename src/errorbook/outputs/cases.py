"""The responses that an SDK is tested with: what may come of each error, and what of none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Api, Detail, Envelope, Error, Retry
from errorbook.catalog.envelope import hole_types, parse_key
from errorbook.catalog.facts import envelopes_of, example_response
from errorbook.catalog.models import HEADER_PREFIX, DetailType
from errorbook.outputs.expectations import Response

_INTEGER: Final = re.compile(r"-?[0-9]+\Z")
_NOW: Final = datetime(2026, 7, 1, 12, tzinfo=UTC)
_WAIT: Final = 30
_RETRY_AFTER: Final = "retry-after"
_AMOUNTS: Final[Mapping[str, JsonValue]] = {
    "a number": _WAIT,
    "a number in a text": str(_WAIT),
    "below zero": -_WAIT,
}
_COOKIE: Final = "secret-cookie-4b1d"
_WRONG: Final[Mapping[DetailType, JsonValue]] = {
    "string": 7,
    "integer": "x",
    "number": "x",
    "boolean": "x",
    "array": "x",
    "object": ["x"],
}
"""For each type a value of another."""
_CLOSE: Final[Mapping[DetailType, JsonValue]] = {
    "string": None,
    "integer": True,
    "number": False,
    "boolean": 1,
    "array": {"0": "x"},
    "object": [],
}
"""For each type a value that some languages take for one of it."""
_HTML: Final = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n"
)
_SHAPES: Final[Mapping[str, JsonValue]] = {
    "null": None,
    "a flag": True,
    "a number": 429,
    "a text": "upstream connect error",
    "an empty list": [],
    "a list": [{"unexpected": "shape"}],
    "an empty object": {},
}
_TEXTS: Final[Mapping[str, str]] = {
    "an empty body": "",
    "a page from a gateway": _HTML,
    "JSON that ends early": '{"error": {"code": "',
    "spaces alone": " \r\n",
}
_CODES: Final[Mapping[str, JsonValue]] = {
    "a code of the future as a number": 40199,
    "a code that is empty": "",
    "a code that is null": None,
    "a code that is a flag": True,
    "a code that is a fraction": 1.5,
    "a code that is a list": ["a"],
    "a code that is an object": {"a": "b"},
}


@dataclass(frozen=True)
class Case:
    """A response and what is special about it; ``error`` is the code it is about, if any."""

    error: str | None
    case: str
    response: Response
    absent: tuple[str, ...] = ()


def cases_of(api: Api) -> Iterator[Case]:
    """Yield the cases of every error of ``api``, then those that are about none."""
    for code in api.errors:
        envelopes = envelopes_of(api, code)
        for number, envelope in enumerate(envelopes, 1):
            case = f"in form {number}" if number > 1 else "as documented"
            yield Case(code, case, _dated(api.errors[code], _shown(api, code, envelope)))
            yield from _secret(api, code, envelope, number)
        if envelopes:
            yield from _of_error(api, code, envelopes[0])
    yield from _of_envelopes(api)
    yield from _without_code(api)


def _of_error(api: Api, code: str, envelope: Envelope) -> Iterator[Case]:
    error = api.errors[code]
    shown = _dated(error, _shown(api, code, envelope))
    for status in error.status[1:]:
        other = api.model_copy(update={"errors": {code: _with(error, status=(status,))}})
        yield Case(code, f"with {status}", _dated(error, _shown(other, code, envelope)))
    yield Case(code, "the least there is", _least(api, code, envelope))
    yield Case(code, "with more than is known", replace(shown, body=_grown(shown.body)))
    yield Case(code, "with odd headers", _with_odd_headers(shown), (_COOKIE,))
    if error.details:
        for case, values in {"other": _WRONG, "close": _CLOSE}.items():
            wrong = {name: values[detail.type] for name, detail in error.details.items()}
            response = _dated(error, _shown(_given(api, code, wrong), code, envelope))
            yield Case(code, f"details of {case} types", response)
    yield from _waits(api, code, envelope)


def _shown(api: Api, code: str, envelope: Envelope) -> Response:
    """Return the response with ``code`` as the catalog's example has it, in ``envelope``."""
    alone = api.model_copy(update={"envelopes": (envelope,)})
    example = example_response(alone, code)
    if example is None:
        return Response(None, text="")
    headers = tuple(example.headers.items())
    if envelope.body is None:
        return Response(example.status, headers, text="")
    return Response(example.status, headers, example.body)


def _with(error: Error, **fields: Any) -> Error:
    return error.model_copy(update=fields)


def _given(api: Api, code: str, details: Mapping[str, JsonValue], **fields: Any) -> Api:
    """Return ``api`` with ``details`` alone in the examples of ``code``, and no header of it."""
    error = api.errors[code]
    known = {
        name: error.details.get(name, Detail(type="string")).model_copy(update={"example": value})
        for name, value in details.items()
    }
    given = _with(error, details=known, retry=Retry(), **fields)
    return api.model_copy(update={"errors": {code: given}})


def _least(api: Api, code: str, envelope: Envelope) -> Response:
    """Return what the envelope requires and nothing else."""
    bare = envelope.model_copy(update={"body": _required(envelope.body)})
    return _shown(_given(api, code, {}), code, bare)


def _required(pattern: JsonValue) -> JsonValue:
    if isinstance(pattern, list):
        return [_required(one) for one in pattern]
    if not isinstance(pattern, dict):
        return pattern
    keys = {written: parse_key(written) for written in pattern}
    return {
        written: _required(pattern[written])
        for written, key in keys.items()
        if key is None or not key.optional
    }


def _grown(body: JsonValue) -> JsonValue:
    """Return ``body`` with a new field in every object of it."""
    if isinstance(body, list):
        return [_grown(one) for one in body]
    if not isinstance(body, dict):
        return body
    return {**{key: _grown(one) for key, one in body.items()}, "x_new": {"since": [2, None]}}


def _with_odd_headers(response: Response) -> Response:
    names = {name.lower() for name, _ in response.headers}
    named = () if "x-request-id" in names else (("x-REQUEST-id", "req_4f2a9c"),)
    repeated = (("X-Note", "one"), ("x-note", "two"))
    cookie = (("SET-COOKIE", f"session={_COOKIE}"),)
    shouted = tuple((name.upper(), value) for name, value in response.headers)
    return replace(response, headers=(*shouted, *named, *repeated, *cookie))


def _dated(error: Error, response: Response) -> Response:
    """Return ``response`` with a date, if it may hold a time that only a date makes sense of."""
    names = {name.lower() for name, _ in response.headers}
    if "date" in names or not (error.retry.after or _RETRY_AFTER in names):
        return response
    return replace(response, headers=(("Date", _http_date(_NOW)), *response.headers))


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _secret(api: Api, code: str, envelope: Envelope, number: int) -> Iterator[Case]:
    """Yield a response whose sensitive details stand in its message too."""
    error = api.errors[code]
    secrets = {
        name: f"secret-detail-{index}-9e07"
        for index, (name, detail) in enumerate(error.details.items())
        if detail.sensitive
    }
    if secrets:
        told = " and ".join(secrets.values())
        given = _given(api, code, secrets, message=f"Refused: {told}.", placeholders={})
        response = _dated(error, _shown(given, code, envelope))
        sent = json.dumps([response.headers, response.body])
        case = f"sensitive details in form {number}" if number > 1 else "sensitive details"
        yield Case(code, case, response, tuple(one for one in secrets.values() if one in sent))


def _waits(api: Api, code: str, envelope: Envelope) -> Iterator[Case]:
    """Yield a response for each way in which it can say how long to wait."""
    error = api.errors[code]
    nothing = _dated(error, _shown(_given(api, code, {}), code, envelope))
    together: list[tuple[str, str]] = []
    amounts: dict[str, JsonValue] = {}
    for number, source in enumerate(error.retry.after):
        name = source.removeprefix(HEADER_PREFIX)
        if name != source:
            together.append((name, str(_WAIT + number)))
            for form, value in _times(name):
                headers = (*nothing.headers, (name, value))
                case = f"to wait by {name}, {form}"
                yield Case(code, case, replace(nothing, headers=headers))
        else:
            amounts[name] = _WAIT + number
            for form, amount in _AMOUNTS.items():
                alone = _shown(_given(api, code, {name: amount}), code, envelope)
                yield Case(code, f"to wait by {name}, {form}", _dated(error, alone))
    if len(error.retry.after) > 1:
        given = _dated(error, _shown(_given(api, code, amounts), code, envelope))
        headers = (*given.headers, *together)
        yield Case(code, "to wait by the first of several", replace(given, headers=headers))
    if not any(name.lower() == _RETRY_AFTER for name, _ in together) and error.retry.after:
        headers = (*nothing.headers, ("Retry-After", str(_WAIT)))
        case = "to wait by Retry-After, where nothing else says it"
        yield Case(code, case, replace(nothing, headers=headers))


def _times(header: str) -> Iterator[tuple[str, str]]:
    """Yield the forms that the time in a header has: what to call each, and its value."""
    then = _NOW + timedelta(seconds=_WAIT)
    yield "in seconds", str(_WAIT)
    if header.lower() == _RETRY_AFTER:
        yield "until a date", _http_date(then)
        yield "until a date that has passed", _http_date(_NOW - timedelta(days=1))
    else:
        yield "since 1970", str(int(then.timestamp()))
        yield "since 1970, in milliseconds", str(int(then.timestamp() * 1000))
    yield "below zero", str(-_WAIT)
    yield "which says nothing", "soon"


def _of_envelopes(api: Api) -> Iterator[Case]:
    """Yield bodies of the documented form with codes that are not known, or are none."""
    for number, envelope in enumerate(api.envelopes, 1):
        suffix = f" in form {number}" if number > 1 else ""
        for status in _statuses(api) if number == 1 else (500,):
            response = _of_future(api, envelope, status)
            yield Case(None, f"a code of the future with {status}{suffix}", response)
        sent = _of_future(api, envelope, 400)
        if sent.text is None:
            for case, code in _CODES.items():
                body = _swapped(sent.body, _future(api, envelope), code)
                if body != sent.body:
                    yield Case(None, f"{case}{suffix}", replace(sent, body=body))
    for code in list(api.errors)[:1]:
        for envelope in envelopes_of(api, code)[:1]:
            response = replace(_least(api, code, envelope), status=418)
            yield Case(code, "with a status of another", response)
            yield Case(code, "without a status", replace(response, status=None))


def _of_future(api: Api, envelope: Envelope, status: int) -> Response:
    code = str(_future(api, envelope))
    error = _with(Error(message="Not known yet."), status=(status,))
    return _shown(api.model_copy(update={"errors": {code: error}}), code, envelope)


def _future(api: Api, envelope: Envelope) -> str | int:
    """Return a code, as it is sent, that no error has."""
    if hole_types(envelope).get("code") == "integer":
        return next(code for code in range(987654321, 10**10) if str(code) not in api.errors)
    code = "code_of_the_future"
    while code in api.errors:
        code = f"{code}_"
    return code


def _swapped(body: JsonValue, old: str | int, new: JsonValue) -> JsonValue:
    if isinstance(body, dict):
        return {key: _swapped(one, old, new) for key, one in body.items()}
    if isinstance(body, list):
        return [_swapped(one, old, new) for one in body]
    return new if body == old else body


def _without_code(api: Api) -> Iterator[Case]:
    """Yield responses that have nothing of the documented form."""
    for status in _statuses(api):
        yield Case(None, f"another form with {status}", Response(status, body={"x_new": 1}))
    for case, body in _SHAPES.items():
        yield Case(None, case, Response(502, body=body))
    for case, text in _TEXTS.items():
        name = "X-Correlation-ID" if text else "Request-Id"
        headers = (("Retry-After", str(_WAIT)), (name, "cor_81"))
        yield Case(None, case, Response(503, headers, text=text))
    yield Case(None, "neither a status nor a body", Response(None, text=""))


def _statuses(api: Api) -> list[int]:
    """Return a status of every kind that the catalog treats in a way of its own."""
    selectors = {key for entry in api.exit_codes.values() for key in entry.applies_to}
    selectors.update(*(one.parents for one in api.sdk.values()))
    named = {int(key) for key in selectors if re.fullmatch(r"[1-5][0-9]{2}", key)}
    known = {status for error in api.errors.values() for status in error.status}
    return sorted({302, 418, 503, *named, *known})
