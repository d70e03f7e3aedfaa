"""What a text is about: the incidents that it tells of, or what it lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from errorbook.decode.brackets import find_json
from errorbook.decode.fits import By, fit_of
from errorbook.decode.frames import frames_of, outside
from errorbook.decode.heads import Head, find_heads
from errorbook.decode.incidents import EXIT, Incident, incidents_of
from errorbook.decode.known import Known
from errorbook.decode.lines import SPACES, lines_of, places_of
from errorbook.decode.mentions import Mentions
from errorbook.decode.sightings import sightings_of, with_properties
from errorbook.decode.stacks import stacks_of
from errorbook.decode.words import status_of

Kind = Literal["error", "retired", "unknown_code", "several", "many", "no_envelope", "not_json"]

# What colours a terminal; as many spaces take its place.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SPACE_RUN = re.compile(f"[{SPACES}]+")
_SHOWN = re.compile(r"[\n=({]|: |<title")


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
    sightings, causes = with_properties(
        text, sightings_of(known, text, spans, frames, heads), stacks
    )
    mentions = Mentions(text)
    ordered = [replace(one, fits=mentions.order(one.fits, one.by)) for one in sightings]
    incidents = incidents_of(text, ordered, causes)
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


def _read_numbers(known: Known, text: str, heads: Sequence[Head]) -> list[Incident]:
    """Return the errors that have the status or exit status in a text that names none."""
    head = heads[-1] if heads else None
    status, start, end = (head.status, head.start, head.end) if head else _first_status(text)
    endings = list(EXIT.finditer(text))
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
