"""Everything that the pages of one site say, gathered before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, order=True)
class Spot:
    """A line of a file, below the site."""

    path: str
    line: int = 0


@dataclass(frozen=True)
class Link:
    """A link whose text is a code, and which leads elsewhere than to its place."""

    code: str
    where: str
    """Where it leads, as messages say it."""
    page: str
    """The page or file that it leads to, below the site, there or not."""
    anchor: str
    wrong: Literal["gone", "lost", "other"]
    """Whether that page is not there, or lacks that id, or is about another error."""


@dataclass
class Heard:
    """What the pages say that the catalog does not, and which errors they do document."""

    pages: int = 0
    shown: set[tuple[str, str]] = field(default_factory=set)
    wrong: dict[tuple[str, str, str], list[tuple[str, Spot]]] = field(default_factory=dict)
    """What is said instead of the fact, by API, code and aspect."""
    gone: dict[str, list[tuple[Spot, str, str]]] = field(default_factory=dict)
    """Codes that the catalog lacks; with each place, the code that it should show, if that is
    known, and the statuses that it shows."""
    retired: dict[str, list[Spot]] = field(default_factory=dict)
    internal: dict[str, dict[Spot, None]] = field(default_factory=dict)
    """Places of internal errors by code, in order, each once."""
    duplicates: list[tuple[Spot, str, int]] = field(default_factory=list)
    unrendered: list[tuple[Spot, str]] = field(default_factory=list)
    links: dict[Link, list[Spot]] = field(default_factory=dict)
    """Where links to errors stand that lead elsewhere."""
    anchors: list[tuple[Spot, str, str, str]] = field(default_factory=list)
    """Places of an error with the id of something else: code, id, whose it is."""
    unanchored: dict[str, Spot] = field(default_factory=dict)
    """Codes whose place lacks an id."""
    anchored: set[str] = field(default_factory=set)
    """Codes that have an id as somebody promised."""
    endings: dict[str, list[tuple[str, str, tuple[str, ...], Spot]]] = field(default_factory=dict)
    """Rows of tables of exit codes by API: number, name, what ends in it."""
    too_large: list[str] = field(default_factory=list)
