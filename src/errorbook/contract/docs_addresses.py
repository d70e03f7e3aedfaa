"""Addresses of the documentation: of all of it, or of one error."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from errorbook.catalog.addresses import place_of, places
from errorbook.catalog.models import Api
from errorbook.contract.pair import Draft, Pair

Drafts = Iterator[Draft]


def address_pattern(name: str, api: Api) -> str | None:
    """Return the address of any error of ``api``, as ``{docs_url}`` of an envelope becomes it."""
    if api.docs.url is None:
        return None
    url = api.docs.url.rstrip("/").replace("{", "{{").replace("}", "}}")
    return f"{url}/{place_of(name, api, '{code}').path}"


def docs_changes(pair: Pair, *, is_told: bool) -> Drafts:
    """Yield what happened to addresses, once where they all moved.

    ``is_told`` says that they are in the body, where they identify errors: their change is told
    there.
    """
    before = address_pattern(pair.name, pair.before)
    after = address_pattern(pair.name, pair.after)
    path = pair.at("docs")
    if before == after:
        yield from _pages(pair) if before is not None else ()
    elif before is None:
        yield Draft("docs-added", path, "", "", after or "")
    elif after is None:
        yield Draft("docs-removed", path, "", before, "")
    elif not is_told:
        yield Draft("docs-moved", path, "", before, after)


def _pages(pair: Pair) -> Drafts:
    """Yield the pages that moved by themselves. A former code leads on from where it was."""
    if not _has_alike(pair.before) and not _has_alike(pair.after):
        return  # every address follows from its code alone
    before, after = places(pair.name, pair.before), places(pair.name, pair.after)
    for code in pair.new:
        if code in pair.old and before[code] != after[code]:
            told = (before[code].path, after[code].path)
            yield Draft("docs-url-changed", pair.at("errors", code), code, *told)


def _has_alike(api: Api) -> bool:
    """Tell whether codes, present or former, differ in nothing but case."""
    former = chain.from_iterable(error.renamed_from for error in api.errors.values())
    codes = {*api.errors, *api.retired, *former}
    return len({code.casefold() for code in codes}) < len(codes)
