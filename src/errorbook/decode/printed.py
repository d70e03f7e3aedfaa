"""What an exception says of itself where it is printed: behind its name, and in its properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pydantic import JsonValue

from errorbook.decode.fits import Fit, as_seconds, as_status, fit_of, values_of
from errorbook.decode.lines import SPACES

_REQUEST = re.compile(rf" \(request ([^(){SPACES}]{{1,200}})\)\Z")
_FRAME: Final = "\\n    at "
_LONGEST_REQUEST: Final = 220
_LINE_END: Final = "\\n"
"""Of a text within JSON, which has stacks in one line."""


def with_head(fits: Sequence[Fit], line: str, start: int, end: int) -> list[Fit]:
    """Return fits with what stands behind the name of an exception: message and request id."""
    # A log of JSON may have the name by itself before it has the stack.
    again = -1 if line.startswith(": ", end) else line.find(f"{line[start:end]}: ", end)
    if again >= 0:
        start, end = again, again + end - start
    said = line[end:].split(_LINE_END, maxsplit=1)[0]
    if said.startswith((": ", "]: ")) and line.startswith(_FRAME, end + len(said)):
        fits = [fit for fit in fits if is_said(fit, line, end)]
    quote = line[start - 1] if start else ""
    if quote in ("'", '"'):
        said = said.split(quote, maxsplit=1)[0]
    elif quote == "[" and said.startswith("]: "):
        # As Node names a class that its compiler renamed, or one of another thread.
        said = said[1:]
    elif quote == "[":
        said = said[: said.rindex("]")] if "]" in said else said
    said = said.rstrip(SPACES)
    request = _REQUEST.search(said[-_LONGEST_REQUEST:])
    if request:
        said = said[: -len(request[0])]
    return [_with_head(fit, said, request[1] if request else "") for fit in fits]


def is_said(fit: Fit, text: str, end: int) -> bool:
    """Tell whether the head of a stack has, behind a class that ends there, its code or message.

    What has neither is a class of the same name, or is only spoken of.
    """
    lead = f": {fit.code}"
    behind = text.startswith(lead, end) or text.startswith(lead, end + 1)
    return not fit.code or bool(fit.message) or behind


def _with_head(fit: Fit, said: str, request: str) -> Fit:
    lead = f": {fit.code}: "
    if not fit.code or not said.startswith(lead):
        return replace(fit, request=request)
    message = said[len(lead) :]
    values = values_of(fit.entry, message) or fit.values
    return replace(fit, request=request, message=message, values=values)


def with_facts(fits: Sequence[Fit], facts: Mapping[str, JsonValue]) -> list[Fit]:
    """Return fits with what the properties of an exception say; none where its code is another.

    A class of ours has its code: with another, it is a class of the same name.
    """
    code = facts.get("code")
    if isinstance(code, (str, int)) and not isinstance(code, bool):
        named = [fit for fit in fits if fit.code == str(code)]
        fits = named or [_with_code(fit, str(code)) for fit in fits if not fit.code]
    status, request = as_status(facts.get("status")), facts.get("requestId")
    details = facts.get("details")
    return [
        replace(
            fit,
            status=status or fit.status,
            request=request if isinstance(request, str) else fit.request,
            details=details if isinstance(details, dict) else fit.details,
            wait=as_seconds(facts.get("retryAfter")),
        )
        for fit in fits
    ]


def _with_code(fit: Fit, code: str) -> Fit:
    return replace(fit_of(fit.api, code, fit.head, fit.status), request=fit.request)
