"""Views that a block may set into a page, and the options each takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

MOST_ROWS: Final = 300
"""Rows above which a table links to pages by group instead."""
ALL: Final = "all"

_API = ("api",)
_FILTERS = ("group", "status", "operation", "codes")

VIEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "response": (*_API, "error"),
    "contract": _API,
    "statuses": (*_API, "status"),
    "codes": (*_API, *_FILTERS, "columns", "max_rows", "rows"),
    "sections": (*_API, *_FILTERS, "level", "parts", "max_rows"),
    "error": (*_API, "code", "parts"),
    "page": (*_API, "code"),
    "exceptions": (*_API, *_FILTERS),
    "exit-codes": _API,
    "troubleshooting": (*_API, "codes"),
    "explorer": _API,
}
"""Every view, with its options."""


def as_list(value: Any) -> list[str]:
    """Return the texts of an option that takes one or several."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [as_text(one) for one in values]


def as_text(value: Any) -> str:
    """Return a single value as it was written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_rows(value: Any) -> tuple[int, int]:
    """Return the first and the last row that an option such as ``1-300`` means."""
    first, _, last = str(value).partition("-")
    return int(first), int(last)


def shows_exceptions(view: str, options: Mapping[str, Any]) -> bool:
    """Tell whether a block shows the names of classes."""
    words = {*as_list(options.get("columns")), *as_list(options.get("parts"))}
    return view in ("exceptions", "explorer", "page") or "exception" in words
