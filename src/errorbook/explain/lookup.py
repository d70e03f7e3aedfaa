"""Answers to questions: what is found is printed, what is not is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

import click

from errorbook.explain.book import Book, Entry
from errorbook.explain.card import Fields, brief_of, card_of
from errorbook.explain.page import Page, wants_colour, width_of_output
from errorbook.explain.query import Hit, Hits, look_up
from errorbook.explain.show import show_card, show_list
from errorbook.problems import printable, quoted

FORMAT: Final = 1
"""To be raised when a reader of the format before could not read what is printed."""
FOUND: Final = 0
NOTHING: Final = 1


def print_page(page: Page) -> None:
    """Print a page, piece by piece, so that a closed pipe ends it."""
    colour = wants_colour()
    for line in page.lines:
        click.echo(line, color=colour)


def print_json(document: Fields) -> None:
    """Print one JSON document: ASCII, in which no character can act on a terminal."""
    text = json.dumps({"format": FORMAT, **document}, indent=2)
    click.echo(text.replace("\x7f", "\\u007f"))


def new_page() -> Page:
    """Return an empty page for the output as it is."""
    return Page(width_of_output(), colour=wants_colour())


def answer(book: Book, words: Sequence[str], exit_code: int | None, *, full: bool) -> int:
    """Print what ``words`` mean, and return the exit code."""
    hits = look_up(book, words, exit_code)
    page = new_page()
    put_hits(page, book, hits, full=full)
    print_page(page)
    for line in unanswered(book, hits):
        click.echo(line, err=True)
    return FOUND if hits.is_whole else NOTHING


def answer_json(book: Book, words: Sequence[str], exit_code: int | None, *, full: bool) -> int:
    """Print the same as JSON."""
    hits = look_up(book, words, exit_code)
    print_json({"catalog": book.file, "query": list(words), **fields_of(hits, full=full)})
    return FOUND if hits.is_whole else NOTHING


def fields_of(hits: Hits, *, full: bool) -> Fields:
    """Return what was found, as JSON."""
    entries = [hit.entry for hit in hits.hits]
    shown = _followed(entries) if full or len(entries) == 1 else []
    return {
        "kind": "found" if entries or hits.endings else "nothing",
        "exit_codes": [
            {"api": one.api.id, "number": one.number, "name": one.name, "meaning": one.meaning}
            for one in hits.endings
        ],
        "matches": [{**brief_of(hit.entry), "by": hit.by} for hit in hits.hits],
        "errors": [card_of(entry) for entry in shown],
        "missing": list(hits.missing),
        "nearest": [brief_of(entry) for entry in hits.offered],
    }


def put_hits(page: Page, book: Book, hits: Hits, *, full: bool) -> None:
    """Put what was found on a page: in full if it is one error, else as a list."""
    entries = [hit.entry for hit in hits.hits]
    for ending in hits.endings:
        name = f" {ending.name}" if ending.name else ""
        meaning = f": {ending.meaning}" if ending.meaning else ""
        page.paragraph(f"Exit code {ending.number} of the {ending.api.title}{name}{meaning}")
    if not entries:
        return
    page.gap()
    if len(entries) > 1 and not full:
        page.paragraph(_headline(hits.hits))
        page.gap()
        show_list(page, entries)
        page.gap()
        one = entries[0]
        page.paragraph(f"One of them: `errorbook explain {one.ref}`; all in full: --all")
        return
    for entry in _followed(entries):
        page.rule()
        show_card(page, entry)


def unanswered(book: Book, hits: Hits) -> list[str]:
    """Return the lines that say what means nothing, and what it may have been meant to be."""
    lines = []
    for word in hits.missing:
        lines.append(f"errorbook: nothing in {printable(book.file)} matches {quoted(word)}")
    if hits.offered:
        names = ", ".join(printable(entry.ref) for entry in hits.offered)
        lines.append(f"  did you mean: {names}")
    return lines


def _followed(entries: Sequence[Entry]) -> list[Entry]:
    """Return ``entries``, each retired one with what took its place behind it."""
    followed: dict[Entry, None] = {}
    for entry in entries:
        followed[entry] = None
        successor = entry.successor() if entry.is_retired else None
        if successor:
            followed[successor] = None
    return list(followed)


def _headline(hits: Sequence[Hit]) -> str:
    words = list(dict.fromkeys(hit.word for hit in hits if hit.word))
    about = f" for {', '.join(words[:3])}" if words else ""
    return f"{len(hits):,} errors{about}"
