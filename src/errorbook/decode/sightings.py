"""Parts of a text that say which error it is: responses, JSON, and words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from errorbook.catalog.models import LONGEST_CODE
from errorbook.decode.bodies import MOST_WITHIN, Body, Reading, read_body
from errorbook.decode.brackets import Span, find_json
from errorbook.decode.fits import By, Fit
from errorbook.decode.heads import Head
from errorbook.decode.known import Known
from errorbook.decode.lines import SPACES, lines_of
from errorbook.decode.printed import is_said, with_facts
from errorbook.decode.stacks import Stack
from errorbook.decode.words import read_line

Causes = dict[int, tuple[int, int]]
"""Where the causes of exceptions stand, by where these stand."""

_BACKSLASHES = re.compile(r"\\+\"?")
_SPACE = re.compile(f"[{SPACES}]")


@dataclass(frozen=True)
class Sighting:
    """Part of a text that says which error it is; the best fit is the first."""

    fits: Sequence[Fit]
    by: By
    start: int
    end: int


def sightings_of(
    known: Known,
    text: str,
    spans: Sequence[Span],
    frames: Sequence[tuple[int, int]],
    heads: Sequence[Head],
) -> list[Sighting]:
    """Return what the JSON ``spans``, ``heads`` and words of a text say, in its order.

    The words of ``frames`` name none.
    """
    sightings, covered = _read_spans(known, text, spans, heads)
    sightings.extend(_read_words(known, text, sorted([*covered, *frames]), heads))
    return sorted(sightings, key=lambda one: one.start)


def with_properties(
    text: str, sightings: Sequence[Sighting], stacks: Sequence[Stack]
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
        if stack.is_whole and "code" not in stack.facts:
            fits = [fit for fit in fits if is_said(fit, text, sighting.end)]
        if fits:
            told[number] = replace(sighting, fits=fits)
            causes[sighting.start] = stack.causes
        else:
            del told[number]
    return list(told.values()), causes


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
