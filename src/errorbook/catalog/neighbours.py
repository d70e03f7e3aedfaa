"""Which errors stand near another: those one takes for it, and those of its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from errorbook.catalog.models import Api

_Key = TypeVar("_Key", int, str)

MOST: Final = 6
"""Most codes of each kind. The nearest below in the catalog come first, then from its top on."""


@dataclass(frozen=True)
class Neighbours:
    """The codes near one: with a status of its own, and those of its group with another."""

    same_status: Sequence[str]
    same_group: Sequence[str]


class Neighbourhood:
    """The errors of one API by status and by group, to be asked for each of them."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._by_status: dict[int, list[str]] = {}
        self._by_group: dict[str, list[str]] = {}
        self._place: dict[tuple[int | str, str], int] = {}
        for code, error in api.errors.items():
            for status in error.status:
                self._add(self._by_status, status, code)
            if error.group is not None:
                self._add(self._by_group, error.group, code)

    def of(self, code: str) -> Neighbours:
        """Return the neighbours of ``code``, an error of the API."""
        error = self._api.errors[code]
        alike: dict[str, None] = {}
        for status in error.status:
            alike |= dict.fromkeys(self._near(self._by_status[status], status, code, MOST))
        group = self._by_group.get(error.group or "", [])
        near = self._near(group, error.group or "", code, 2 * MOST)
        others = [one for one in near if not set(error.status) & set(self._api.errors[one].status)]
        return Neighbours(list(alike)[:MOST], others[:MOST])

    def _add(self, lists: dict[_Key, list[str]], key: _Key, code: str) -> None:
        codes = lists.setdefault(key, [])
        self._place[(key, code)] = len(codes)
        codes.append(code)

    def _near(self, codes: Sequence[str], key: int | str, code: str, most: int) -> list[str]:
        """Return at most ``most`` of ``codes`` other than ``code``, those behind it first."""
        if not codes:
            return []
        start = self._place[(key, code)]
        around = (codes[(start + step) % len(codes)] for step in range(1, len(codes)))
        return [one for one, _ in zip(around, range(most), strict=False)]
