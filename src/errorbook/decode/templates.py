"""Message templates: which error a text speaks of, and what stands in the template's holes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from errorbook.catalog.envelope import Hole, Part
from errorbook.catalog.models import MESSAGE_HOLE
from errorbook.decode.lines import SPACES
from errorbook.decode.tokens import WORD, without_end

if TYPE_CHECKING:
    from errorbook.decode.known import Entry

FEWEST_WORDS: Final = 3
"""A template of fewer words would be found in any text."""
MOST_TEMPLATES: Final = 20
"""Templates that one word may lead to: more of them would all be of one kind."""

_JOINED_BEFORE = re.compile(r"[\w$.:/-]+")
_JOINED_AFTER = re.compile(r"[\w$.:/-]+\Z")
_BETWEEN = re.compile(r"[.:/]+")
_BEFORE = re.compile(rf"[^{SPACES}\"'=:(\[]*\Z")
_GOES_ON = re.compile(rf"[^{SPACES}\"'\\)\]}},;]")


@dataclass(frozen=True, eq=False)
class Template:
    """The template of a message, and the errors whose it is."""

    parts: tuple[Part, ...]
    words: tuple[str, ...]
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """The text of a template in a line."""

    template: Template
    values: dict[str, str]
    start: int
    end: int


@lru_cache(maxsize=4096)
def parse_message(template: str) -> tuple[Part, ...]:
    """Split a template of a message into constants and holes."""
    pieces = MESSAGE_HOLE.split(template)
    parts = (Hole(piece) if index % 2 else piece for index, piece in enumerate(pieces))
    return tuple(part for part in parts if part != "")


def templates_of(entries: Iterable[Entry]) -> dict[str, list[Template]]:
    """Return the templates of errors by the rarest word that each has."""
    distinct: dict[str, Template] = {}
    for entry in entries:
        if not entry.message:
            continue
        if entry.message not in distinct:
            parts = parse_message(entry.message)
            distinct[entry.message] = Template(parts, tuple(_words_of(parts)))
        distinct[entry.message].entries.append(entry)
    counts = Counter(word for template in distinct.values() for word in template.words)
    by_word: dict[str, list[Template]] = {}
    for template in distinct.values():
        if len(template.words) < FEWEST_WORDS:
            continue
        rarest = min(template.words, key=counts.__getitem__)
        same = by_word.setdefault(rarest, [])
        if len(same) < MOST_TEMPLATES:
            same.append(template)
    return by_word


def _words_of(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield the words that every message of a template has."""
    for index, part in enumerate(parts):
        if isinstance(part, Hole):
            continue
        # A word beside a hole may be part of a longer one.
        begin = (
            _JOINED_BEFORE.sub("", part, count=1) if index and _JOINED_BEFORE.match(part) else part
        )
        whole = _JOINED_AFTER.sub("", begin) if index < len(parts) - 1 else begin
        for word in WORD.findall(whole):
            yield from _BETWEEN.split(without_end(word))


def find_template(template: Template, line: str) -> Told | None:
    """Find the text of ``template`` in ``line``."""
    start = _start(template.parts, line)
    if start is None:
        return None
    values: dict[str, str] = {}
    at, opened = start, ""
    for index, part in enumerate(template.parts):
        if isinstance(part, Hole):
            opened = part.name
            continue
        is_last = index == len(template.parts) - 1 and opened
        place = _last_place(line, part, at) if is_last else line.find(part, at + bool(opened))
        if place < 0 or (not opened and place != at):
            return None
        if opened:
            values.setdefault(opened, line[at:place])
        at, opened = place + len(part), ""
    if opened:
        end = _end(line, start, at)
        if end <= at:
            return None
        values.setdefault(opened, line[at:end])
        at = end
    return Told(template, values, start, at)


def _start(parts: tuple[Part, ...], line: str) -> int | None:
    """Return where the text of a template may begin."""
    if isinstance(parts[0], Hole):
        lead = parts[1]
        start = line.find(lead) if isinstance(lead, str) else -1
        # Before a message stand a quote, an equals sign or the words of a log.
        before = _BEFORE.search(line[max(0, start - 200) : start]) if start >= 0 else None
        return start - len(before[0]) if before and before[0] else None
    lead, following = parts[0], parts[2] if len(parts) > 2 else None
    start = line.find(lead)
    if start >= 0 and isinstance(following, str):
        # The lead may stand in the words before as well: what is nearest to the next constant
        # counts.
        end = line.find(following, start + len(lead) + 1)
        start = start if end < 0 else line.rfind(lead, start, end - 1)
    return None if start < 0 else start


def _end(line: str, start: int, at: int) -> int:
    """Return where the last hole of a message ends that begins at ``start``."""
    quote = line[start - 1] if start else ""
    end = line.find(quote, at) if quote in ("'", '"') else -1
    return len(line.rstrip(SPACES)) if end < 0 else end


def _last_place(line: str, constant: str, at: int) -> int:
    """Return the first place of a constant at which a sentence may end."""
    place = line.find(constant, at + 1)
    while place >= 0 and _GOES_ON.match(line, place + len(constant)):
        place = line.find(constant, place + 1)
    return place
