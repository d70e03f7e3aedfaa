"""What text between markers in a Markdown file may show, and the options of each view.

Names are those of the blocks of a site, as far as both have the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.statuses import family
from errorbook.outputs.words import COLUMNS, PARTS
from errorbook.problems import quoted, suggest

Options = Mapping[str, tuple[str, ...]]
"""The values of each option, in the order they were written in."""

NO_GROUP: Final = "none"
"""Value of the option ``group`` for errors that are in no group."""

_FILTERS: Final = ("group", "status", "operation", "codes")
VIEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("api",),
    "codes": ("api", *_FILTERS, "columns"),
    "error": ("api", "code", "parts"),
    "statuses": ("api", "status"),
    "exceptions": ("api", *_FILTERS),
    "exit-codes": ("api",),
    "troubleshooting": ("api", "codes"),
}
"""Every view, with its options."""
_SEVERAL: Final = frozenset({*_FILTERS, "columns", "parts"})
_STATUS: Final = re.compile(r"[1-5](?:[0-9][0-9]|xx)\Z")


class NotShownError(Exception):
    """What was asked for cannot be shown: why, and what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def check_options(view: str, options: Options) -> None:
    """Refuse views and options that there are not, whatever the catalog says.

    Raises:
        NotShownError: with the first that is wrong.
    """
    if view not in VIEWS:
        raise NotShownError(f"there is no view {quoted(view)}", suggest(view, VIEWS))
    for name, values in options.items():
        if name not in VIEWS[view]:
            message = f"the view {view!r} has no option {quoted(name)}"
            raise NotShownError(message, suggest(name, VIEWS[view]))
        if len(values) > 1 and name not in _SEVERAL:
            raise NotShownError(f"the option {name!r} takes one value, found {len(values)}")
    _check_words("columns", options.get("columns", ()), COLUMNS)
    _check_words("parts", options.get("parts", ()), PARTS)
    for status in options.get("status", ()):
        if not _STATUS.match(status):
            message = f"{quoted(status)} is no status or family"
            raise NotShownError(message, "write status=404, status=4xx or status=404,409")
    if view == "error" and "code" not in options:
        raise NotShownError("the marker does not say which error it shows", "add code=…")


def api_of(catalog: Catalog, options: Options) -> str:
    """Return the id of the API that is meant: the one that is named, or the only one.

    Raises:
        NotShownError: if there is no such API, or none is named and there are several.
    """
    named = next(iter(options.get("api", ())), None)
    if named is None and len(catalog.apis) == 1:
        return next(iter(catalog.apis))
    if named is None:
        hint = f"add api=…, one of: {', '.join(catalog.apis)}" if catalog.apis else ""
        raise NotShownError("the marker does not say which API it is about", hint)
    if named not in catalog.apis:
        raise NotShownError(f"there is no API {quoted(named)}", suggest(named, catalog.apis))
    return named


def codes_of(name: str, api: Api, options: Options) -> list[str]:
    """Return the codes that the filters leave, in the order of the catalog.

    Raises:
        NotShownError: if a filter names what ``api`` does not have, or none is left.
    """
    groups = {one.group or NO_GROUP for one in api.errors.values()}
    operations = {one for error in api.errors.values() for one in error.operations}
    _check_names(name, "error", options.get("codes", ()), api.errors)
    _check_names(name, "group", options.get("group", ()), {*api.groups, *groups, NO_GROUP})
    _check_names(name, "operation", options.get("operation", ()), {*api.operations, *operations})
    codes = [code for code, error in api.errors.items() if _is_meant(code, error, options)]
    if not codes:
        raise NotShownError(f"{name} has no errors that the filters leave", "leave one of them out")
    return codes


def has_status(error: Error, wanted: Iterable[str]) -> bool:
    """Tell whether ``error`` comes with one of the statuses or families that are ``wanted``."""
    return not {str(one) for one in error.status}.union(map(family, error.status)).isdisjoint(
        wanted
    )


def _is_meant(code: str, error: Error, options: Options) -> bool:
    operations = options.get("operation", ())
    return (
        ("codes" not in options or code in options["codes"])
        and ("group" not in options or (error.group or NO_GROUP) in options["group"])
        and ("status" not in options or has_status(error, options["status"]))
        and (
            not operations or not error.operations or any(o in error.operations for o in operations)
        )
    )


def _check_names(name: str, noun: str, values: Iterable[str], known: Iterable[str]) -> None:
    """Refuse filters that can never match: most likely a code or group was misspelt."""
    names = list(known)
    for value in values:
        if value not in names:
            raise NotShownError(f"{name} has no {noun} {quoted(value)}", suggest(value, names))


def _check_words(name: str, values: tuple[str, ...], known: Iterable[str]) -> None:
    words = list(known)
    for at, value in enumerate(values):
        if value not in words:
            message = f"{quoted(value)} is none of the {name}"
            raise NotShownError(message, suggest(value, words, most=len(words)))
        if value in values[:at]:
            raise NotShownError(f"{value!r} is named twice among the {name}")
