"""When to send again: what a document tells SDK generators, and details that hold a time."""

from __future__ import annotations

import re
from typing import Final

from errorbook.importing.openapi.documents import Node

EXTENSION: Final = "x-speakeasy-retries"
_WAIT: Final = re.compile(
    r"retry_?(?:after|in)(?:_?(?:in_?)?(?P<unit>s|secs?|seconds|ms|millis|milliseconds))?\Z", re.I
)
_STATUS: Final = re.compile(r"[45](?:[0-9]{2}|[Xx]{2})\Z")


class Retries:
    """The statuses after which the same request is sent again, whatever was asked."""

    def __init__(self, document: Node) -> None:
        self.node = document.get(EXTENSION)
        listed = self.node.get("statusCodes") if self.node else None
        words = [str(one.value) for one in listed.items()] if listed else []
        self._statuses = frozenset(word.casefold() for word in words if _STATUS.match(word))
        strategy = self.node.get("strategy") if self.node else None
        self.is_exponential = strategy is not None and strategy.value == "backoff"

    def cover(self, status: int) -> bool:
        """Tell whether a request that ends with ``status`` is sent again."""
        return not self._statuses.isdisjoint((str(status), f"{status // 100}xx"))


def unit_of_wait(name: str) -> str | None:
    """Return the unit that the name of a detail says, if it is for how long to wait; else None."""
    found = _WAIT.match(name)
    if found is None:
        return None
    unit = (found["unit"] or "").casefold()
    return ("milliseconds" if unit.startswith("m") else "seconds") if unit else ""
