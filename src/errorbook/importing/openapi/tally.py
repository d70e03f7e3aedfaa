"""What could not be told, put together: one line for each kind, however often it was met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorbook.importing.gathered import Gathered
from errorbook.importing.openapi.documents import Node
from errorbook.problems import CatalogPath, Place, shortened

_MOST_NAMED = 4


@dataclass
class _Kind:
    node: Node
    hint: str
    names: dict[str, None] = field(default_factory=dict)


class Tally:
    """Remembers what was met, and tells it in the end."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}

    def add(self, message: str, hint: str, node: Node, name: str) -> None:
        """Remember that ``message`` is true of ``name``, at ``node``.

        In ``message``, ``{}`` stands for the names.
        """
        kind = self._kinds.setdefault(message, _Kind(node, hint))
        kind.names[shortened(name)] = None

    def nodes(self) -> list[Node]:
        """Return where each kind was met first."""
        return [kind.node for kind in self._kinds.values()]

    def tell(self, places: Mapping[tuple[str, CatalogPath], Place], into: Gathered) -> None:
        """Tell everything."""
        for message, kind in self._kinds.items():
            names = list(kind.names)
            more = len(names) - _MOST_NAMED
            listed = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            into.wonder(places[kind.node.key], message.replace("{}", listed), kind.hint)
