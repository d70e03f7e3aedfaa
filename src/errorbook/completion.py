"""What a shell offers while somebody types: the ids of APIs, and what `explain` can be asked.

What takes long to import is imported where it is needed. Whatever goes wrong, nothing is offered:
a shell would show the rest as if it were an answer.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import click

    from errorbook.catalog.audience import Audience
    from errorbook.explain.book import Book, BookApi
    from errorbook.explain.source import Opener

Offer = Callable[["click.Context", "click.Parameter", str], list[str]]
"""What Click asks for the words that go on from the one that was begun."""

_MOST: Final = 200
_PLAIN: Final = re.compile(r"[\w./-]+", re.ASCII)
"""Words that mean nothing else to any shell."""


def apis(opener: Opener) -> Offer:
    """Return what offers the ids of APIs."""

    def offer(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        return _offered(lambda: iter(_book(context.params, opener).apis), begun)

    return offer


def questions(opener: Opener) -> Offer:
    """Return what offers codes, exceptions and rules, and codes with their API after a slash."""

    def offer(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        words = _refs if "/" in begun else _words
        return _offered(lambda: words(_book(context.params, opener), context.params), begun)

    return offer


def _offered(words: Callable[[], Iterator[str]], begun: str) -> list[str]:
    try:
        found = {word for word in words() if word.startswith(begun) and _PLAIN.fullmatch(word)}
    except Exception:
        return []
    return sorted(found)[:_MOST]


def _book(options: Mapping[str, Any], opener: Opener) -> Book:
    """Return the errors that the options mean, or else errorbook's rules; nothing is fetched."""
    from errorbook.explain.source import Asked, Source
    from errorbook.published import is_address

    catalog: str | None = options.get("catalog")
    if catalog is not None and is_address(catalog):
        raise LookupError(catalog)
    project: Path | None = options.get("project")
    audience: Audience = options.get("audience") or "public"
    source = Source(Asked(project, catalog, options.get("package"), audience), opener)
    try:
        return source.book()
    except Exception:
        rules = source.rules()
        if rules is None:
            raise
        return rules


def _words(book: Book, options: Mapping[str, Any]) -> Iterator[str]:
    for api in _chosen(book, options):
        for entry in api.entries:
            yield entry.code
            for _, name in entry.exceptions:
                yield name
    if book.further is not None and options.get("api") is None:
        yield from _words(book.further, options)


def _refs(book: Book, options: Mapping[str, Any]) -> Iterator[str]:
    return (entry.ref for api in _chosen(book, options) for entry in api.entries)


def _chosen(book: Book, options: Mapping[str, Any]) -> list[BookApi]:
    named = options.get("api")
    return [api for name, api in book.apis.items() if named in (None, name)]
