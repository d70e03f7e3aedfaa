"""One thing that an import does to a catalog."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import JsonValue

from errorbook.importing.shape import Path
from errorbook.problems import Place

Kind = Literal["add", "replace", "derive"]
"""What was absent, what was said otherwise, and what follows from another change."""


@dataclass(frozen=True)
class Change:
    """A value, where it goes in the catalog, and where it was read."""

    path: Path
    """From the root: ``("apis", "shop", "errors", "sealed", "status")``."""
    value: JsonValue
    place: Place
    kind: Kind = "add"
    former: JsonValue = None

    @property
    def within(self) -> Path:
        """Its path from the API."""
        return self.path[2:]

    def apply(self, data: dict[str, Any]) -> None:
        """Set the value in ``data``; a mapping with something in it stays.

        A number is an item of a list: of one that is not there, the next.
        """
        inner: Any = data
        for key in self.path[:-1]:
            if inner.get(key) is None:
                inner[key] = {}
            inner = inner[key]
        last = self.path[-1]
        if isinstance(inner, list):
            inner[int(last) : int(last) + 1] = [deepcopy(self.value)]
            return
        if self.value != {} or inner.get(last) is None:
            inner[last] = deepcopy(self.value)
