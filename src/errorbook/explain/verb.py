"""The verb: which catalog, which question, in which form the answer."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import click

from errorbook.explain.book import Book
from errorbook.explain.lookup import answer, answer_json
from errorbook.explain.query import look_up
from errorbook.explain.source import Asked, Opener, Source
from errorbook.problems import ErrorbookError, quoted, suggest

PIPED: Final = "-"
_PATIENCE: Final = 2.0
"""Seconds after which whoever waits is told how far it is."""


@dataclass(frozen=True)
class Question:
    """What somebody wants to know, and how."""

    words: tuple[str, ...]
    exit_code: int | None = None
    api: str | None = None
    full: bool = False
    as_json: bool = False


def explain(question: Question, asked: Asked, opener: Opener) -> int:
    """Answer, and return the exit code.

    Raises:
        click.UsageError: if the question makes no sense.
        ErrorbookError: if the catalog is not valid.
        OSError: if it could not be fetched.
    """
    _check(question, asked)
    source = Source(asked, opener)
    if question.words == (PIPED,):
        return _explain_piped(question, source)
    book = _book(source, question)
    if question.api is not None:
        if book.further is not None and question.api not in book.apis:
            book = book.further if question.api in book.further.apis else book
        _check_api(question.api, book.apis)
        book.only(question.api)
    if question.as_json:
        return answer_json(book, question.words, question.exit_code, full=question.full)
    return answer(book, question.words, question.exit_code, full=question.full)


def _check(question: Question, asked: Asked) -> None:
    if asked.package is not None and (asked.catalog is not None or asked.project is not None):
        raise click.UsageError("--package names a catalog: leave --catalog and --project out.")
    is_piped = PIPED in question.words
    if is_piped and (len(question.words) > 1 or question.exit_code is not None):
        raise click.UsageError("'-' reads from standard input: leave the other questions out.")
    if not question.words and question.exit_code is None and not (question.full or question.api):
        raise click.UsageError(
            "Say what to explain: a code, an exception, a status, 'exit 3', or '-' for what is "
            "piped in."
        )


def _book(source: Source, question: Question) -> Book:
    """Return where to look; errorbook's own rules, where the catalog is amiss and they answer.

    A rule is looked up when a catalog is not valid, of all times.

    Raises:
        click.UsageError: if there is no project.
        ErrorbookError: if the catalog is not valid.
    """
    try:
        return source.book()
    except (click.UsageError, ErrorbookError):
        rules = source.rules()
        if rules is None or not _answers(rules, question):
            raise
        return rules


def _answers(rules: Book, question: Question) -> bool:
    if question.words or question.exit_code is not None:
        return look_up(rules, question.words, question.exit_code).is_whole
    return question.api in rules.apis


def _check_api(name: str, apis: Iterable[str]) -> None:
    if name not in (known := tuple(apis)):
        hint = suggest(name, known)
        raise click.UsageError(f"--api: the catalog has no API {quoted(name)} ({hint}).")


def _explain_piped(question: Question, source: Source) -> int:
    from errorbook.explain import piped  # noqa: PLC0415  # takes long

    catalog = source.catalog()
    gc.enable()
    if question.api is not None:
        _check_api(question.api, catalog.apis)
        catalog = catalog.model_copy(update={"apis": {question.api: catalog.apis[question.api]}})
    reader = piped.Reader(catalog, source.name)
    progress = _Progress()
    told = reader.told(sys.stdin.buffer, progress)
    progress.end()
    if question.as_json:
        return piped.answer_json(reader, told, source.name, full=question.full)
    return piped.answer(reader, told, full=question.full)


class _Progress:
    """Tells a person at a terminal how much was read, once it takes long."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr.isatty()
        self._next = time.monotonic() + _PATIENCE
        self._said = False

    def __call__(self, read: int) -> None:
        now = time.monotonic()
        if self._is_seen and now >= self._next:
            self._next = now + 1
            self._said = True
            click.echo(f"\r{read / 1_000_000:,.0f} MB read", nl=False, err=True)

    def end(self) -> None:
        """Clear the line again."""
        if self._said:
            click.echo("\r" + " " * 30 + "\r", nl=False, err=True)
