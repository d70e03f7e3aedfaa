"""Everything that the pages of one site say, gathered before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Spot:
    """A line of a file, below the site."""

    path: str
    line: int = 0


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
    internal: dict[str, list[Spot]] = field(default_factory=dict)
    duplicates: list[tuple[Spot, str, int]] = field(default_factory=list)
    unrendered: list[tuple[Spot, str]] = field(default_factory=list)
    links: dict[tuple[str, str, str], list[Spot]] = field(default_factory=dict)
    """Links to errors that lead elsewhere, by code, where to, and what is wrong there."""
    anchors: list[tuple[Spot, str, str, str]] = field(default_factory=list)
    """Places of an error with the id of something else: code, id, whose it is."""
    unanchored: dict[str, Spot] = field(default_factory=dict)
    """Codes whose place lacks an id."""
    anchored: set[str] = field(default_factory=set)
    """Codes that have an id as somebody promised."""
    endings: dict[str, list[tuple[str, str, tuple[str, ...], Spot]]] = field(default_factory=dict)
    """Rows of tables of exit codes by API: number, name, what ends in it."""
    too_large: list[str] = field(default_factory=list)
