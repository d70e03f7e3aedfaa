"""What is piped in, decoded and explained, as the explorer does it with a paste."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import BinaryIO, Final

import click
from pydantic import JsonValue

from errorbook.catalog import Catalog
from errorbook.catalog.envelope import holes, wire_path
from errorbook.decode import Incident, Known, decision, wait_of
from errorbook.decode.fits import Fit
from errorbook.explain.book import Book
from errorbook.explain.card import Fields, card_of, titles_of
from errorbook.explain.lookup import (
    FOUND,
    NOTHING,
    fields_of,
    new_page,
    print_json,
    print_page,
    put_hits,
    unanswered,
)
from errorbook.explain.page import Page
from errorbook.explain.query import Hits, look_up
from errorbook.explain.show import ROWS, show_card, show_list
from errorbook.explain.stream import Count, Progress, Told, counts_of, fits_of, read_stream
from errorbook.outputs import errors_json
from errorbook.published import read_published

HIDDEN: Final = "•••"
_LONGEST: Final = 500
_MOST: Final = 50
_CHAINED: Final = 10
_SECRET = re.compile(
    r"(?:^|[^a-z])(?:authorization|cookie|passw(?:or)?d|passphrase|pwd|secret|credentials?"
    r"|signature|jwt|(?:api|access|private|secret|auth|session)[_-]?key|session[_-]?id"
    r"|(?:[a-z]+[_-]?)?token)\Z",
    re.IGNORECASE,
)
_DECIDED: Final = {
    "problem": "The type of the problem ends in the code.",
    "exception": "The exception names the error.",
    "code": "The code stands in the text, which need not mean that the API sent it.",
    "message": "The text is that of its message. Messages may change, so this is likely, "
    "not certain.",
    "status": "Only the status is known.",
    "exit": "Only the exit status is known.",
}


class Reader:
    """A catalog, ready to decode."""

    def __init__(self, catalog: Catalog, name: str) -> None:
        self._catalog = catalog
        self._name = name
        self._known = Known(catalog)

    def told(self, stream: BinaryIO, progress: Progress) -> Told:
        """Return what a stream is about."""
        return read_stream(self._known, stream, progress)

    @cached_property
    def whole(self) -> Book:
        """All errors, to look things up."""
        return self._book(self._catalog)

    def look_up(self, text: str) -> Hits:
        """Return what a text asks for; nothing for one without words."""
        words = text.split()
        return look_up(self.whole, words) if words else Hits([], [], [])

    def book_of(self, fits: Iterable[Fit]) -> Book:
        """Return the errors of ``fits`` and what takes their place: all others take long."""
        codes: dict[str, dict[str, None]] = {}
        for fit in fits:
            self._follow(fit.api.id, fit.code, codes.setdefault(fit.api.id, {}))
        apis = {name: self._catalog.apis[name] for name in codes}
        few = {
            name: api.model_copy(
                update={
                    "errors": {code: api.errors[code] for code in codes[name] if code in api.errors}
                }
            )
            for name, api in apis.items()
        }
        return self._book(self._catalog.model_copy(update={"apis": few}))

    def _follow(self, name: str, code: str, codes: dict[str, None]) -> None:
        api = self._catalog.apis[name]
        following: str | None = code
        while following is not None and following not in codes:
            codes[following] = None
            entry = api.errors.get(following) or api.retired.get(following)
            renamed = (new for new, one in api.errors.items() if following in one.renamed_from)
            following = (entry.replaced_by if entry else None) or next(renamed, None)

    def _book(self, catalog: Catalog) -> Book:
        text = errors_json.render(catalog)[errors_json.FILE]
        return Book(read_published(text.encode(), self._name), self._name)

    def place_of_code(self, fit: Fit) -> str:
        """Return where the code stands in the envelope that fits."""
        envelope = fit.api.envelopes[fit.envelope or 0]
        found = holes(envelope)
        return wire_path(found["code"]) if "code" in found else "the body"


def answer(reader: Reader, told: Told, *, full: bool) -> int:
    """Print what a text is about, and return the exit code."""
    page = new_page()
    if told.kind == "query":
        book, hits = reader.whole, reader.look_up(told.text)
        if not told.text.strip():
            click.echo("errorbook: nothing was piped in", err=True)
            return NOTHING
        put_hits(page, book, hits, full=full)
        print_page(page)
        for line in unanswered(book, hits):
            click.echo(line, err=True)
        return FOUND if hits.is_whole else NOTHING
    _put(page, reader, told, full=full)
    print_page(page)
    return _code(told)


def answer_json(reader: Reader, told: Told, name: str, *, full: bool) -> int:
    """Print the same as JSON."""
    document: Fields = {"catalog": name, "query": "-"}
    if told.kind == "query":
        hits = reader.look_up(told.text)
        print_json({**document, **fields_of(hits, full=full), "kind": "query"})
        return FOUND if hits.is_whole else NOTHING
    fits = [fit for fit in fits_of(told) if fit.entry]
    shown = fits if full or len(fits) == 1 or told.kind in ("error", "retired") else []
    book = reader.book_of(fits)
    found_cards = _cards(book, shown)
    said = {"counts": counts_of(told)} if told.counts else decision(told.decoding)
    print_json({**document, **_hidden(said, told), "kind": told.kind, "errors": found_cards})
    return _code(told)


def _code(told: Told) -> int:
    return FOUND if any(fit.entry for fit in fits_of(told)) else NOTHING


def _cards(book: Book, fits: Sequence[Fit]) -> list[Fields]:
    cards: dict[tuple[str, str], Fields] = {}
    for fit in fits:
        entry = book.apis[fit.api.id].find(fit.code)
        successor = entry.successor() if entry and entry.is_retired else None
        for one in filter(None, (entry, successor)):
            cards.setdefault((one.api.id, one.code), card_of(one))
    return list(cards.values())


def _put(page: Page, reader: Reader, told: Told, *, full: bool) -> None:
    if told.counts:
        _put_counts(page, reader, told, full=full)
    elif told.kind == "not_json":
        page.paragraph("This begins like JSON, but it is not complete.")
    elif told.decoding is None or not told.decoding.incidents:
        page.paragraph(
            "No error body known here looks like this, and nothing in it names an error."
        )
    elif told.kind == "several":
        _put_several(page, reader, told.decoding.incidents[0], full=full)
    else:
        _put_one(page, reader, told.decoding.incidents[0])


def _put_one(page: Page, reader: Reader, incident: Incident) -> None:
    fit, *others = incident.fits
    if fit.entry is None:
        _put_unknown(page, reader, incident, fit)
        return
    book = reader.book_of(incident.fits)
    entry = book.apis[fit.api.id].find(fit.code)
    if entry is None:
        return
    _put_evidence(page, reader, incident, fit)
    successor = entry.successor() if entry.is_retired else None
    for one in filter(None, (entry, successor)):
        page.rule()
        show_card(page, one)
    also = [
        other
        for fit in others
        if fit.entry and (other := book.apis[fit.api.id].find(fit.code)) is not None
    ]
    if also:
        page.heading("It may as well be")
        show_list(page, also)


def _put_unknown(page: Page, reader: Reader, incident: Incident, fit: Fit) -> None:
    code = f"the code `{fit.code[:_LONGEST]}`" if fit.code else "no code"
    page.paragraph(
        f"This is an error of the {fit.api.title or fit.api.id} with {code}, which is not in the "
        "catalog.",
        colour="yellow",
    )
    _put_evidence(page, reader, incident, fit)
    page.gap()
    page.paragraph(
        "Handle it by its HTTP status, and tell whoever keeps the catalog of these errors."
    )


def _put_several(page: Page, reader: Reader, incident: Incident, *, full: bool) -> None:
    fits = [fit for fit in incident.fits if fit.entry]
    what = f"status {fits[0].status}" if incident.by == "status" else f"exit status {incident.exit}"
    known = "The only known error" if len(fits) == 1 else f"The {len(fits)} known errors"
    page.paragraph(f"Nothing in this names an error. {known} with {what}:")
    page.gap()
    book = reader.book_of(fits)
    entries = [one for fit in fits if (one := book.apis[fit.api.id].find(fit.code)) is not None]
    if not full:
        show_list(page, entries)
        return
    for entry in entries:
        page.rule()
        show_card(page, entry)


def _put_counts(page: Page, reader: Reader, told: Told, *, full: bool) -> None:
    total = sum(count.number for count in told.counts)
    kinds = "one kind" if len(told.counts) == 1 else f"{len(told.counts):,} kinds"
    page.paragraph(f"{total:,} errors, of {kinds}; the most frequent comes first.")
    book = reader.book_of(fit for fit in fits_of(told) if fit.entry)
    for count in told.counts[:ROWS]:
        _put_count(page, book, count)
    if len(told.counts) > ROWS:
        page.paragraph(f"… and {len(told.counts) - ROWS:,} more kinds.")
    if full:
        for fit in fits_of(told):
            entry = book.apis[fit.api.id].find(fit.code) if fit.entry else None
            if entry:
                page.rule()
                show_card(page, entry)


def _put_count(page: Page, book: Book, count: Count) -> None:
    fit = count.fits[0]
    entry = book.apis[fit.api.id].find(fit.code) if fit.entry else None
    name = f"{fit.api.id}/{fit.code[:_LONGEST]}" if fit.code else f"{fit.api.id}, no code"
    notes = [
        "" if entry else "not in the catalog",
        "retired" if entry and entry.is_retired else "",
        "or another that fits as well" if len(count.fits) > 1 else "",
    ]
    page.gap()
    page.title(f"{count.number:,}x {name}", *notes)
    page.fact("First", _place(count.first))
    if count.number > 1:
        page.fact("Last", _place(count.last))
    if entry:
        page.fact("What to do", titles_of(entry))


def _place(incident: Incident) -> str:
    return f"line {incident.line:,}" + (f", {incident.time}" if incident.time else "")


def _put_evidence(page: Page, reader: Reader, incident: Incident, fit: Fit) -> None:
    page.paragraph(f"{_place(incident).capitalize()}: {_decided(reader, incident, fit)}")
    secret = _secrets(fit)
    page.fact("It says", _clipped(fit.message) if incident.by != "message" else "")
    if fit.status and fit.entry and not fit.entry.agrees(fit.status):
        page.paragraph(
            f"The response has status {fit.status}, which this error is not known to have.",
            colour="yellow",
        )
    ending = fit.entry.exit if fit.entry else None
    if incident.exit is not None and ending is not None and ending != incident.exit:
        page.paragraph(
            f"The command ended with {incident.exit}, but this error has the exit code {ending}.",
            colour="yellow",
        )
    page.fact("Wait", wait_text(fit))
    page.fact("Request", _clipped(fit.request))
    values = [*fit.values.items(), *list(fit.details.items())[:_MOST]]
    for name, value in dict(values).items():
        page.fact(_clipped(name), HIDDEN if name in secret else _clipped(_plain(value)))
    if incident.chain:
        names = [one.fits[0].ref for one in incident.chain[:_CHAINED]]
        page.fact("Raised after", ", ".join(names))


def _decided(reader: Reader, incident: Incident, fit: Fit) -> str:
    if incident.by not in ("body", "headers", "nested"):
        return _DECIDED[incident.by]
    shapes = len(fit.api.envelopes)
    which = f" (shape {(fit.envelope or 0) + 1} of {shapes})" if shapes > 1 else ""
    within = ", within other text" if incident.by == "nested" else ""
    place = reader.place_of_code(fit)
    api = fit.api.title or fit.api.id
    return f"The code stands in `{place}`, as in errors of the {api}{which}{within}."


def wait_text(fit: Fit) -> str:
    """Say when the response allows the next attempt; "" where it does not say."""
    wait = wait_of(fit)
    if not wait:
        return ""
    if wait.seconds == 0:
        return "at once"
    after = [] if wait.seconds is None else [f"{_duration(wait.seconds)} after the response"]
    time = [] if wait.time is None else [f"at {wait.time.replace('T', ' ').replace('Z', ' UTC')}"]
    return ", ".join([*after, *time])


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{round(seconds, 3):g} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _plain(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _secrets(fit: Fit) -> set[str]:
    """Return the names of values that must not be kept or shown."""
    described = (fit.entry.details if fit.entry else None) or {}
    return {
        name
        for name in (*fit.details, *fit.values)
        if (name in described and described[name].sensitive) or _SECRET.search(name)
    }


def _hidden(said: Fields, told: Told) -> Fields:
    """Return a decision without the values that must not be kept."""
    for incident, written in zip(
        told.decoding.incidents if told.decoding and not told.counts else (), [said], strict=False
    ):
        for fit, fields in zip(incident.fits, written.get("fits", ()), strict=True):
            for name in _secrets(fit):
                for group in ("details", "values"):
                    if name in fields[group]:
                        fields[group][name] = HIDDEN
    return said
