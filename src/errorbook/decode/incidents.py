"""What happened, as far as a text tells: what its parts say, put together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from errorbook.catalog.models import LONGEST_CODE
from errorbook.decode.bodies import MOST_WITHIN, Body, By, Fit, Reading, fit_of, read_body
from errorbook.decode.brackets import Span, find_json
from errorbook.decode.frames import TRACEBACK, frames_of, outside
from errorbook.decode.heads import Head, find_heads
from errorbook.decode.known import Known
from errorbook.decode.lines import SPACES, lines_of, places_of
from errorbook.decode.mentions import Mentions
from errorbook.decode.printed import with_facts
from errorbook.decode.stacks import Stack, stacks_of
from errorbook.decode.words import read_line, status_of

Kind = Literal["error", "retired", "unknown_code", "several", "many", "no_envelope", "not_json"]

APART_NAME: Final = 8
"""Lines within which the name of an exception stands before its stack."""
_QUOTES: Final = ("'", '"')
Causes = dict[int, tuple[int, int]]
"""Where the causes of exceptions stand, by where these stand."""

STRENGTH: Final = ("body", "headers", "problem", "nested", "exception", "code", "message")
"""What decides is the one of these that comes first."""
APART: Final = 60
"""Lines within which one error may be told twice."""
APART_WORDS: Final = 2
"""Lines within which the words of a log are of one error, as code and message."""

_EXIT = re.compile(
    r"(?:exit(?:ed|s)?(?:[ _-]?(?:status|code))?(?: with)?(?: (?:exit )?(?:status|code))?[\"']?"
    r"[ :=(]{1,3}"
    r"|\b(?:rc|return(?:ed|s)? ?code)[\"']?[ :=]{1,3}"
    r"|\$\?[\"']?[ \t]?=?[ \t\r\n]{0,3}"
    r"|\*\*\* \[[^\]\n]{1,200}\] Error )([0-9]{1,3})\b",
    re.IGNORECASE | re.ASCII,
)
_CHAINED = re.compile(
    r"During handling of the above exception|The above exception was the direct cause"
)
# What colours a terminal; as many spaces take its place.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_BACKSLASHES = re.compile(r"\\+\"?")
_SPACE = re.compile(f"[{SPACES}]")
_SPACE_RUN = re.compile(f"[{SPACES}]+")
_SHOWN = re.compile(r"[\n=({]|: |<title")


@dataclass(frozen=True)
class Sighting:
    """Part of a text that says which error it is; the best fit is the first."""

    fits: Sequence[Fit]
    by: By
    start: int
    end: int


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


@dataclass(frozen=True)
class Decoding:
    """What a text is about; the incidents are in the order of the text."""

    kind: Kind
    incidents: Sequence[Incident] = ()


def decode(known: Known, written: str, *, always: bool = False) -> Decoding | None:
    """Say what a text is about.

    None for a text that looks like a query, unless ``always``, and for one that says nothing.
    """
    text = _COLOUR.sub(lambda sequence: " " * len(sequence[0]), written)
    stacks, printed = stacks_of(written)
    frames, heads = sorted([*frames_of(text), *printed]), find_heads(text)
    spans = list(outside(find_json(text), frames))
    sightings, covered = _read_spans(known, text, spans, heads)
    sightings.extend(_read_words(known, text, sorted([*covered, *frames]), heads))
    sightings.sort(key=lambda one: one.start)
    sightings, causes = _with_facts(sightings, stacks)
    mentions = Mentions(text)
    ordered = [replace(one, fits=mentions.order(one.fits, one.by)) for one in sightings]
    incidents = _incidents(text, ordered, causes)
    begin = text.strip(SPACES)
    shown = bool(spans or heads) or begin in ("{}", "[]")
    is_query = not always and not shown and _looks_like_query(begin)
    if not incidents and not is_query:
        incidents = _read_numbers(known, text, heads)
        for incident in incidents:
            incident.fits = mentions.order(incident.fits, incident.by)
    if incidents:
        if is_query and incidents[0].by != "message":
            return None
        return Decoding(_kind(incidents), incidents)
    if shown:
        return Decoding("no_envelope")
    return Decoding("not_json") if begin.startswith(("{", "[")) else None


def _looks_like_query(text: str) -> bool:
    """Tell whether somebody asks for an error, rather than showing one."""
    return not _SHOWN.search(text) and len(_SPACE_RUN.split(text)) <= 6


def _kind(incidents: Sequence[Incident]) -> Kind:
    if len(incidents) > 1:
        return "many"
    (incident,) = incidents
    # Others than these may have the number, so it is never more than a guess.
    if incident.by in ("status", "exit"):
        return "several"
    entry = incident.fits[0].entry
    if entry is None:
        return "unknown_code"
    return "retired" if entry.is_retired else "error"


def _read_spans(
    known: Known, text: str, spans: Sequence[Span], heads: Sequence[Head]
) -> tuple[list[Sighting], list[tuple[int, int]]]:
    """Read the JSON of a text, and the responses that have none; say what that covers."""
    sightings: list[Sighting] = []
    covered = [(head.start, head.end) for head in heads]
    bare = set(range(len(heads)))
    following = 0
    for span in spans:
        number = None
        while following < len(heads) and heads[following].end <= span.start:
            number = following
            following += 1
        # A header may hold JSON as well.
        if following < len(heads) and heads[following].start < span.start:
            continue
        readings = _read_span(known, span, None if number is None else heads[number])
        # What the words within say is better than an unknown code.
        if not any(one.is_known for one in readings) and _says_more(
            known, text[span.start : span.end], readings
        ):
            continue
        if readings:
            covered.append((span.start, span.end))
            bare.discard(-1 if number is None else number)
        sightings.extend(Sighting(one.fits, one.by, span.start, span.end) for one in readings)
    for number in sorted(bare):
        head = heads[number]
        # A redirect, or what a proxy said first, is not the answer.
        if head.status < 400 and number < len(heads) - 1:
            continue
        read = read_body(known, None, head)
        if read.fits:
            sightings.append(Sighting(read.fits, read.by, head.start, head.end))
    return sightings, covered


def _read_span(known: Known, span: Span, head: Head | None) -> list[Reading]:
    """Return the readings of JSON that some API may have sent."""
    whole = read_body(known, Body(span.value), head)
    parts = [whole]
    # A list may be a body, but also a list of bodies.
    if isinstance(span.value, list) and not (whole.is_known and whole.by == "body"):
        items = [item for item in span.value if isinstance(item, dict)]
        parts = [read_body(known, Body(item), head) for item in items]
    credible = (Reading([fit for fit in one.fits if _is_credible(fit)], one.by) for one in parts)
    return [one for one in credible if one.fits]


def _is_credible(fit: Fit) -> bool:
    """Tell a code, be it known or not, from a sentence in the place of a code."""
    if fit.entry:
        return True
    if len(fit.code) > LONGEST_CODE:
        return False
    return not _SPACE.search(fit.code) or fit.api.has_spaced_codes


def _says_more(known: Known, text: str, readings: Sequence[Reading]) -> bool:
    """Tell whether the words of a body name an error otherwise than by the codes it has."""
    codes = {fit.code for one in readings for fit in one.fits}
    if not codes:
        return False
    for _, line in lines_of(text):
        said = read_line(known.vocabulary, line)
        if said and said.fits[0].entry and said.fits[0].code not in codes:
            return True
    return False


def _read_words(
    known: Known, text: str, covered: Sequence[tuple[int, int]], heads: Sequence[Head]
) -> Iterator[Sighting]:
    """Read the lines outside of what is covered, whose places must be in order."""
    is_curl = any(text[head.start] == "<" for head in heads)
    following = 0
    for start, line in lines_of(text):
        if not line:
            continue
        while following < len(covered) and covered[following][1] <= start:
            following += 1
        if following < len(covered) and covered[following][0] < start + len(line):
            continue
        # What curl sent is not the answer.
        if is_curl and line.startswith(("> ", "* ")):
            continue
        said = _read_escaped(known, line) or read_line(known.vocabulary, line)
        if said:
            yield Sighting(said.fits, said.by, start + said.start, start + said.end)


def _read_escaped(known: Known, line: str) -> Sighting | None:
    """Read JSON that stands within quotes, as in logs."""
    if "{\\" not in line:
        return None
    plain = _BACKSLASHES.sub(lambda signs: '"' if signs[0][-1] == '"' else signs[0], line)
    for span in find_json(plain, MOST_WITHIN):
        read = read_body(known, Body(span.value), None)
        if read.is_known:
            return Sighting(read.fits, "nested", 0, len(line))
    return None


def _with_facts(
    sightings: Sequence[Sighting], stacks: Sequence[Stack]
) -> tuple[list[Sighting], Causes]:
    """Give exceptions what their properties say; return, too, where their causes stand."""
    starts = [one.start for one in sightings]
    told: dict[int, Sighting] = dict(enumerate(sightings))
    causes: Causes = {}
    for stack in stacks:
        number = bisect_left(starts, stack.end) - 1
        sighting = told.get(number)
        if sighting is None or sighting.by != "exception" or sighting.start < stack.start:
            continue
        fits = with_facts(sighting.fits, stack.facts) if stack.facts else sighting.fits
        if fits:
            told[number] = replace(sighting, fits=fits)
            causes[sighting.start] = stack.causes
        else:
            del told[number]
    return list(told.values()), causes


def _incidents(text: str, sightings: Sequence[Sighting], causes: Causes) -> list[Incident]:
    """Put together what belongs to the same incident, and order what could be several errors."""
    places = places_of(text, [one.start for one in sightings])
    chained = [match.start() for match in _CHAINED.finditer(text)]
    incidents: list[Incident] = []
    for sighting, place in zip(sightings, places, strict=True):
        last = incidents[-1] if incidents else None
        if last and _merged(text, last, sighting, place.number - last.line):
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
        if last and _is_cause(last, incident, causes):
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
        or (sighting.by in last.kinds and not _is_named_before(text, last, sighting, apart))
    ):
        return False
    both = _left(last.fits, sighting.fits)
    if not both:
        return False
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


def _is_cause(last: Incident, incident: Incident, causes: Causes) -> bool:
    """Tell whether the last exception was printed with this one as its cause."""
    start, end = causes.get(last.start, (0, 0))
    return incident.by == "exception" and start <= incident.start < end


def _set_exits(text: str, incidents: Sequence[Incident]) -> None:
    """Give each incident the exit status that stands behind it."""
    place = 0
    for match in _EXIT.finditer(text) if incidents else ():
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


def _read_numbers(known: Known, text: str, heads: Sequence[Head]) -> list[Incident]:
    """Return the errors that have the status or exit status in a text that names none."""
    head = heads[-1] if heads else None
    status, start, end = (head.status, head.start, head.end) if head else _first_status(text)
    endings = list(_EXIT.finditer(text))
    exit_status = int(endings[-1][1]) if endings else None
    live = [entry for entry in known.entries if not entry.is_retired]
    entries = [entry for entry in live if status in entry.statuses]
    by: By = "status"
    if entries:
        entries = [one for one in entries if endings and one.exit == exit_status] or entries
    elif endings:
        by, start, end = "exit", endings[-1].start(), endings[-1].end()
        entries = [entry for entry in live if entry.exit == exit_status]
    if not entries:
        return []
    fits = [fit_of(one.api, one.code, head, status) for one in entries]
    (place,) = places_of(text, [start])
    return [Incident(fits, by, start, end, place.number, exit=exit_status)]


def _first_status(text: str) -> tuple[int | None, int, int]:
    for start, line in lines_of(text):
        status = status_of(line)
        if status:
            return status, start, start + len(line)
    return None, 0, 0
