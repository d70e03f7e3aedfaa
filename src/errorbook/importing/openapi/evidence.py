"""What a document says of one code, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from errorbook.importing.openapi.answers import Answer
from errorbook.importing.openapi.documents import Node
from errorbook.importing.openapi.places import Found
from errorbook.importing.openapi.shapes import Shape

EXTENSION, VALUE, RESPONSE, SCHEMA, EXAMPLE, TITLE = range(6)
"""Where a meaning was found, the best first."""
OTHER: Final = 0
"""Stands for statuses that are not named."""


@dataclass
class Sighting:
    """A kind of body that a code comes in."""

    found: Found
    shape: Shape


@dataclass
class Evidence:
    """What is said of one code."""

    code: str
    node: Node
    statuses: dict[int, Node] = field(default_factory=dict)
    sources: dict[frozenset[str], None] = field(default_factory=dict)
    """Lists of codes it stands in; where such a list has one status, the code has that, too.

    A list is known by its codes: documents are often put together with all references written out.
    """
    operations: dict[str, None] = field(default_factory=dict)
    meanings: list[tuple[int, Node]] = field(default_factory=list)
    texts: dict[str, Node] = field(default_factory=dict)
    causes: list[Node] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    """Bodies of this code alone."""
    groups: list[Sighting] = field(default_factory=list)
    """Bodies of a list of codes that it stands in."""
    unnumbered: dict[str, Node] = field(default_factory=dict)
    """Responses for ranges of statuses, or any, that it comes with, by what those are called."""
    shown: dict[str, Node] = field(default_factory=dict)
    """Descriptions of responses that show this code and no other, though others may come."""
    waits: dict[int, Node] = field(default_factory=dict)
    """Responses with the header that says how long to wait, by their status."""
    retryable: Node | None = None
    names: dict[str, Node] = field(default_factory=dict)
    own: Answer | None = None
    """The response that is about this code by name."""
