"""Keep what was worked out of an API: it is frozen, and asked about code by code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from errorbook.catalog.models import Api

_Found = TypeVar("_Found")

_MOST: Final = 16
"""APIs whose results are kept, those asked about last."""


def kept_by_api(function: Callable[[Api], _Found]) -> Callable[[Api], _Found]:
    """Return ``function`` with its last results kept, by the API itself rather than its content."""
    results: list[tuple[Api, _Found]] = []

    @wraps(function)
    def kept(api: Api) -> _Found:
        for known, found in results:
            if known is api:
                return found
        found = function(api)
        results.insert(0, (api, found))
        del results[_MOST:]
        return found

    return kept
