"""Incidents: what happened once, put together from all that tells of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from errorbook.decode.fits import By, Fit
from errorbook.decode.frames import TRACEBACK
from errorbook.decode.lines import places_of
from errorbook.decode.sightings import Causes, Sighting

STRENGTH: Final = ("body", "headers", "problem", "nested", "exception", "code", "message")
"""What decides is the one of these that comes first."""
APART: Final = 60
"""Lines within which one error may be told twice."""
APART_WORDS: Final = 2
"""Lines within which the words of a log are of one error, as code and message."""
APART_NAME: Final = 8
"""Lines within which the name of an exception stands before its stack."""
EXIT = re.compile(
    r"(?:exit(?:ed|s)?(?:[ _-]?(?:status|code))?(?: with)?(?: (?:exit )?(?:status|code))?[\"']?"
    r"[ :=(]{1,3}"
    r"|\b(?:rc|return(?:ed|s)? ?code)[\"']?[ :=]{1,3}"
    r"|\$\?[\"']?[ \t]?=?[ \t\r\n]{0,3}"
    r"|\*\*\* \[[^\]\n]{1,200}\] Error )([0-9]{1,3})\b",
    re.IGNORECASE | re.ASCII,
)
"""How a text tells the exit status of a command."""

_QUOTES: Final = ("'", '"')
_CHAINED = re.compile(
    r"During handling of the above exception|The above exception was the direct cause"
)
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)


@dataclass
class Incident:
    """Something that happened once, as far as the text tells."""

    fits: Sequence[Fit]
    by: By
    """What decided; it stands from ``start`` to ``end``."""
    start: int
    end: int
    line: int
    time: str = ""
    """What stands in that line."""
    exit: int | None = None
    """With which the command ended."""
    chain: list[Incident] = field(default_factory=list)
    """Exceptions during whose handling this one was raised."""
    kinds: set[str] = field(default_factory=set)


def incidents_of(text: str, sightings: Sequence[Sighting], causes: Causes) -> list[Incident]:
    """Put together what belongs to the same incident, and order what could be several errors."""
    places = places_of(text, [one.start for one in sightings])
    chained = [match.start() for match in _CHAINED.finditer(text)]
    incidents: list[Incident] = []
    for sighting, place in zip(sightings, places, strict=True):
        last = incidents[-1] if incidents else None
        is_cause = last is not None and _is_cause(last, sighting, causes)
        if last and not is_cause and _merged(text, last, sighting, place.number - last.line):
            continue
        time = _TIME.search(text[place.start : place.start + 200].split("\n", maxsplit=1)[0])
        incident = Incident(
            sighting.fits,
            sighting.by,
            sighting.start,
            sighting.end,
            place.number,
            time[0] if time else "",
            kinds={sighting.by},
        )
        if last and is_cause:
            last.chain.append(incident)
            continue
        if last and _is_chained(text, last, incident, chained):
            incidents.pop()
            # One list for all, which may be long.
            incident.chain, last.chain = last.chain, []
            incident.chain.append(last)
        incidents.append(incident)
    _set_exits(text, incidents)
    _prefer_known_apis(incidents)
    return incidents


def _merged(text: str, last: Incident, sighting: Sighting, apart: int) -> bool:
    """Add a sighting, so many lines ``apart``, to an incident if it tells of the same."""
    one, other = STRENGTH.index(last.by), STRENGTH.index(sighting.by)
    # Words of a log are counted line by line.
    is_words = min(one, other) > STRENGTH.index("exception")
    if (
        apart >= APART
        or (is_words and apart > APART_WORDS)
        or (
            sighting.by in last.kinds
            and not _is_named_before(text, last, sighting, apart)
            and not _is_same_request(last, sighting)
        )
    ):
        return False
    both = _left(last.fits, sighting.fits)
    if not both:
        return False
    if _is_same_request(last, sighting):
        # Whichever was printed with more.
        if not last.fits[0].status and sighting.fits[0].status:
            last.fits = _left(sighting.fits, last.fits)
        return True
    if other < one or sighting.by == last.by:
        both = _left(sighting.fits, last.fits)
        last.by, last.start, last.end = sighting.by, sighting.start, sighting.end
    last.fits = both
    last.kinds.add(sighting.by)
    return True


def _is_named_before(text: str, last: Incident, sighting: Sighting, apart: int) -> bool:
    """Tell whether a log has the name of an exception by itself before it has its stack."""
    return (
        sighting.by == last.by == "exception"
        and apart <= APART_NAME
        and _is_quoted(text, last)
        and not _is_quoted(text, sighting)
    )


def _is_same_request(last: Incident, sighting: Sighting) -> bool:
    """Tell whether an exception was printed again, as its request tells."""
    request = last.fits[0].request
    return (
        last.by == sighting.by == "exception"
        and bool(request)
        and request == sighting.fits[0].request
    )


def _is_quoted(text: str, one: Incident | Sighting) -> bool:
    return (
        one.start > 0 and text[one.start - 1] in _QUOTES and text[one.end : one.end + 1] in _QUOTES
    )


def _left(fits: Sequence[Fit], others: Sequence[Fit]) -> list[Fit]:
    """Return the fits that others are as well, with the message of either."""
    by_ref = {fit.ref: fit for fit in others}
    return [
        fit if fit.message else replace(fit, message=other.message, values=other.values)
        for fit in fits
        if (other := by_ref.get(fit.ref))
    ]


def _is_chained(text: str, last: Incident, incident: Incident, chained: Sequence[int]) -> bool:
    """Tell whether an exception was raised while the last one was handled."""
    if "exception" not in last.kinds or incident.by != "exception":
        return False
    index = bisect_right(chained, last.start - 1)
    if index == len(chained) or chained[index] >= incident.start:
        return False
    return text.find(TRACEBACK, last.end, chained[index]) < 0


def _is_cause(last: Incident, incident: Sighting, causes: Causes) -> bool:
    """Tell whether the last exception was printed with this one as its cause."""
    start, end = causes.get(last.start, (0, 0))
    return incident.by == "exception" and start <= incident.start < end


def _set_exits(text: str, incidents: Sequence[Incident]) -> None:
    """Give each incident the exit status that stands behind it."""
    place = 0
    for match in EXIT.finditer(text) if incidents else ():
        while place + 1 < len(incidents) and incidents[place + 1].start < match.start():
            place += 1
        incidents[place].exit = int(match[1])


def _prefer_known_apis(incidents: Sequence[Incident]) -> None:
    """Where lines could be of several APIs, put those first that other lines are of."""
    sure = {one.fits[0].api for one in incidents if len(one.fits) == 1}
    for incident in incidents:
        if incident.by in ("code", "message"):
            likely = [fit for fit in incident.fits if fit.api in sure]
            incident.fits = likely or incident.fits
