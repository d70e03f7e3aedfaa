"""The table of mutations, read from ``mutations.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Catalog
from tests.contract.catalogs import Edit, edited, read

_TABLE: Final = Path(__file__).with_name("mutations.yaml")


@dataclass(frozen=True)
class Row:
    """One mutation, and how it has to be told: its rule, severities, place and values."""

    rule: str
    case: str
    severities: dict[str, str]
    """The severity by profile."""
    who: tuple[str, ...]
    at: str
    told: tuple[str, str, str]
    """Subject, before and after."""
    first: tuple[Edit, ...]
    then: tuple[Edit, ...]
    audience: Audience
    """Who reads it."""

    @cached_property
    def sides(self) -> tuple[Catalog, Catalog]:
        """The catalog before the mutation, and the one after it."""
        return edited(self.first), edited((*self.first, *self.then))

    def __str__(self) -> str:
        return f"{self.rule}-{self.case}" if self.case else self.rule


def rows() -> list[Row]:
    """Return the rows of the table."""
    return [_row(one) for one in read(_TABLE)["mutations"]]


def _row(one: dict[str, Any]) -> Row:
    default, strict = one["is"]
    subject, before, after = one["told"]
    return Row(
        one["rule"],
        one.get("case", ""),
        {"default": default, "strict": strict},
        tuple(one["who"]),
        one["at"],
        (subject, before, after),
        _edits(one.get("first", ())),
        _edits(one["then"]),
        one.get("audience", "public"),
    )


def _edits(written: Iterable[dict[str, Any]]) -> tuple[Edit, ...]:
    return tuple(edit for one in written for edit in one.items())


APARTS: Final = frozenset(
    {"api-removed", "api-added", "attribute-renamed", "docs-url-changed", "version-not-bumped"}
)
"""Kinds with tests of their own, as no edit of the one API makes them and nothing else."""
ROWS: Final = rows()
