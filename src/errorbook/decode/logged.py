"""An exception as logs of JSON have it: as plain data, or as its properties with its stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from errorbook.decode.fits import Fit, as_seconds, as_status, as_text, fit_of, values_of
from errorbook.decode.known import Known
from errorbook.decode.printed import with_facts, with_head

_EXPORTED: Final = (
    "api",
    "code",
    "status",
    "message",
    "request_id",
    "retryable",
    "retry_after",
    "details",
)


def read_logged(known: Known, value: JsonValue) -> list[Fit]:
    """Return whichever exception an object tells of; nothing where it tells of none."""
    if not isinstance(value, dict):
        return []
    return [*_read_exported(known, value), *_read_stack(known, value)]


def _read_exported(known: Known, value: Mapping[str, JsonValue]) -> list[Fit]:
    """Read what an exception of an SDK gives of itself as plain data."""
    if any(name not in value for name in _EXPORTED):
        return []
    api = next((one for one in known.apis if one.id == value["api"]), None)
    if api is None:
        return []
    code, message, details = as_text(value["code"]), as_text(value["message"]), value["details"]
    entry = api.entries.get(code)
    return [
        Fit(
            api,
            code,
            entry,
            message=message,
            status=as_status(value["status"]),
            request=as_text(value["request_id"]),
            details=details if isinstance(details, dict) else {},
            values=values_of(entry, message),
            wait=as_seconds(value["retry_after"]),
        )
    ]


def _read_stack(known: Known, value: Mapping[str, JsonValue]) -> list[Fit]:
    """Read the properties that an exception of Node's has, where its stack has class and code."""
    code, stack = as_text(value.get("code")), as_text(value.get("stack"))
    line = stack.split("\n", maxsplit=1)[0]
    fits = []
    for api in known.apis:
        entry = api.entries.get(code)
        for name in entry.exceptions if entry else ():
            if line.startswith(f"{name}: {code}"):
                fits += with_head([fit_of(api, code, None, None)], line, 0, len(name))
    told = with_facts(fits, value)
    # Where two have the class and the code, it is the one whose words these are.
    return [fit for fit in told if fit.values] or told
