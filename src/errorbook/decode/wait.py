"""How long a response asks to wait: ``Retry-After`` and its like, or a detail of the body.

After RFC 9110, section 10.2.3.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.facts import seconds_in
from errorbook.catalog.models import HEADER_PREFIX
from errorbook.decode.fits import Fit
from errorbook.decode.lines import SPACES

_RETRY_AFTER: Final = "Retry-After"
_ATTRIBUTE: Final = "retryAfter"
"""What an exception of JavaScript's calls it."""
_EPOCH: Final = 1e9
"""A number above this is a time since 1970, and no delta."""
_EPOCH_MS: Final = 1e11
"""A number above this is such a time in milliseconds."""
_LAST: Final = 253402300799999
"""The end of the year 9999."""
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_NUMBER = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,9})?\Z")
_DATE = re.compile(
    r"\w{3,9},? (?:(\d\d)[ -](\w{3})[ -](\d{2,4})|(\w{3}) ([ \d]\d)) (\d\d):(\d\d):(\d\d)"
    r"(?: GMT| (\d{4}))\Z",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-]\d\d):?(\d\d))\Z",
    re.ASCII,
)


@dataclass(frozen=True)
class Wait:
    """How long to wait, and where that stands.

    ``seconds`` count from the response, ``at`` is in milliseconds since 1970. Either is None where
    the paste does not give it: a delta is no time without a ``Date``.
    """

    source: str
    seconds: float | None
    at: int | None

    @property
    def time(self) -> str | None:
        """``at`` in the form of ISO 8601."""
        if self.at is None:
            return None
        time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.at)
        precision = "milliseconds" if self.at % 1000 else "seconds"
        return time.isoformat(timespec=precision).replace("+00:00", "Z")


def wait_of(fit: Fit) -> Wait | None:
    """Return the first waiting time that a response gives; None if it gives none."""
    headers = fit.head.headers if fit.head else {}
    now = _time_of(headers.get("date", ""))
    described = (fit.entry.details if fit.entry else None) or {}
    for source in (*(fit.entry.after if fit.entry else ()), HEADER_PREFIX + _RETRY_AFTER):
        if source.startswith(HEADER_PREFIX):
            name = source.removeprefix(HEADER_PREFIX)
            found = _read(headers.get(name.lower()), 1, now)
        else:
            name = source
            unit = seconds_in(described[name].unit if name in described else None)
            if unit is None:
                continue
            # A detail may stand in the message alone.
            value = fit.details.get(name, fit.values.get(name))
            found = _read(value, unit, now)
        if found:
            return Wait(name, *found)
    return None if fit.wait is None else Wait(_ATTRIBUTE, fit.wait, None)


def _read(value: JsonValue, unit: float, now: int | None) -> tuple[float | None, int | None] | None:
    text = value.strip(SPACES) if isinstance(value, str) else ""
    number = _number(float(text) if _NUMBER.match(text) else value)
    if number is not None and 0 <= number <= _EPOCH:
        milliseconds = math.floor(number * unit * 1000 + 0.5)
        return milliseconds / 1000, None if now is None else _within(now + milliseconds)
    at = _time_of(text) if number is None else _within(number * _to_milliseconds(number))
    if at is None:
        return None
    return None if now is None else max(0, (at - now) / 1000), at


def _number(value: JsonValue) -> float | None:
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else value


def _to_milliseconds(number: float) -> int:
    return 1 if number > _EPOCH_MS else 1000


def _within(time: float) -> int | None:
    return math.floor(time) if 0 <= time <= _LAST else None


def _time_of(text: str) -> int | None:
    """Return the milliseconds since 1970 of a date as headers have it, or of an ISO date."""
    iso = _ISO.match(text[:40])
    if iso:
        ahead = int(iso[7]) * 60 + int(iso[7][0] + iso[8]) if iso[7] else 0
        return _utc(int(iso[1]), int(iso[2]), iso[3], iso.group(4, 5, 6), ahead)
    match = _DATE.match(text[:40])
    if not match:
        return None
    month, rest = divmod(_MONTHS.find(match[2] or match[4]), 3)
    year = int(match[3] or match[9])
    # The oldest form but one has two digits of the year.
    full = year + (2000 if year < 70 else 1900) if year < 100 else year
    return _utc(full, 0 if rest else month + 1, match[1] or match[5], match.group(6, 7, 8), 0)


def _utc(year: int, month: int, day: str, clock: tuple[str, ...], ahead: int) -> int | None:
    if year < 1970 or not 1 <= month <= 12:
        return None
    days = date(year, month, 1).toordinal() + int(day) - 1 - date(1970, 1, 1).toordinal()
    hours, minutes, seconds = map(int, clock)
    return _within((((days * 24 + hours) * 60 + minutes - ahead) * 60 + seconds) * 1000)
