"""Which reader understands which source. A reader is imported when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final, Protocol, cast

from errorbook.importing.gathered import Gathered
from errorbook.importing.sources import Source


@dataclass(frozen=True)
class Wish:
    """What whoever imports said of the source."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of an error by the column, key or pointer that holds it: ``{"HTTP": "status"}``."""
    entries: str | None = None
    """Where a file of lists keeps them: keys with dots between, such as ``data.errors``."""


class Reader(Protocol):
    """What the module of a reader has."""

    SUMMARY: str
    """What it reads, in a few words, for ``--help``."""

    def is_one(self, source: Source) -> bool:
        """Return whether ``source`` looks like something this reader understands."""

    def read(self, source: Source, wish: Wish) -> Gathered:
        """Return what ``source`` says.

        Raises:
            UnreadableError: if it cannot be read at all.
        """


class UnreadableError(Exception):
    """A source is not what its reader expects. The text says why, in one line.

    ``mark`` is the line and the column of it, 0 where there is none.
    """

    def __init__(self, message: str, mark: tuple[int, int] = (0, 0)) -> None:
        super().__init__(message)
        self.mark = mark


NAMES: Final = ("openapi", "python", "table", "docs")
"""In the order in which they are asked whether a source is theirs."""


def reader(name: str) -> Reader:
    """Return the reader called ``name``."""
    return cast("Reader", import_module(f"errorbook.importing.{name}"))
