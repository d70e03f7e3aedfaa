"""Which errors of an API a block speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.statuses import family
from errorbook.site.options import MOST_ROWS, as_list, as_rows

NO_GROUP: Final = "none"
"""Value of the option ``group`` for errors that are in no group."""


class Selection:
    """The errors of one API, and which of them the options of a block leave.

    ``is_paged`` says whether the site has pages by group for them, because they are so many.
    """

    def __init__(self, api: Api, *, is_paged: bool) -> None:
        self.api = api
        self.is_paged = is_paged

    @cached_property
    def by_group(self) -> Mapping[str, list[str]]:
        """The codes of each group that has any, in the order of the catalog."""
        found: dict[str, list[str]] = {name: [] for name in (*self.api.groups, NO_GROUP)}
        for code, error in self.api.errors.items():
            found.setdefault(error.group or NO_GROUP, []).append(code)
        return {name: codes for name, codes in found.items() if codes}

    def shown(self, view: str, options: Mapping[str, Any]) -> list[str]:
        """Return the codes that a block shows one by one; none where it shows groups instead."""
        if view == "error":
            code = str(options["code"])
            return [code] if code in self.api.errors else []
        codes = self.codes(options)
        return [] if self.is_paged and is_too_long(codes, options) else codes

    def codes(self, options: Mapping[str, Any]) -> list[str]:
        """Return the codes that the filters of a block leave, in the order of the catalog."""
        codes = self._named(self._grouped(as_list(options.get("group"))), options)
        if "rows" not in options:
            return codes
        first, last = as_rows(options["rows"])
        return codes[first - 1 : last]

    def _grouped(self, groups: list[str]) -> list[str]:
        if len(groups) == 1:
            return self.by_group.get(groups[0], [])
        errors = self.api.errors.items()
        return [code for code, one in errors if not groups or (one.group or NO_GROUP) in groups]

    def _named(self, codes: list[str], options: Mapping[str, Any]) -> list[str]:
        """Return those of ``codes`` that pass the options ``codes``, ``status``, ``operation``."""
        named = frozenset(as_list(options.get("codes")))
        statuses = frozenset(as_list(options.get("status")))
        operations = frozenset(as_list(options.get("operation")))
        if not (named or statuses or operations):
            return codes
        return [
            code
            for code in codes
            if (not named or code in named)
            and (not statuses or _has_status(self.api.errors[code], statuses))
            and (not operations or _may_answer(self.api.errors[code], operations))
        ]


Selections = Mapping[str, Selection]
"""The errors of each API, by its id."""


def selections(catalog: Catalog, *, paged: bool) -> Selections:
    """Return the errors of each API; ``paged`` where the site has pages by group for many."""
    return {
        name: Selection(api, is_paged=paged and len(api.errors) > MOST_ROWS)
        for name, api in catalog.apis.items()
    }


def is_too_long(codes: list[str], options: Mapping[str, Any]) -> bool:
    """Tell whether ``codes`` are more rows than the block may have; 0 means any number."""
    most: int = options.get("max_rows", MOST_ROWS)
    return 0 < most < len(codes)


def _has_status(error: Error, statuses: frozenset[str]) -> bool:
    return any(str(one) in statuses or family(one) in statuses for one in error.status)


def _may_answer(error: Error, operations: frozenset[str]) -> bool:
    """Tell whether one of ``operations`` may end in ``error``; one without any may in all."""
    return not error.operations or not operations.isdisjoint(error.operations)
