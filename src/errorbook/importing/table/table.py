"""A table: headers, and rows with the line each begins on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

KEY: Final = "key"
"""The column that the keys of a mapping are."""
VALUE: Final = "value"
"""The column that its values are, where they are no records."""

Mark = tuple[int, int]
"""A line and a column counted from 1; 0 where there is none."""


@dataclass(frozen=True)
class Row:
    """The cells of one error, one for each header, and where they stand."""

    cells: tuple[str, ...]
    mark: Mark = (0, 0)


@dataclass(frozen=True)
class Table:
    """What a list of errors holds."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    mark: Mark = (0, 0)
    given: Mapping[str, str] = field(default_factory=dict)
    """Fields that follow from the shape of the list, by header."""
