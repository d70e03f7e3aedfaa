"""What a document tells SDK generators to send again by themselves."""

from __future__ import annotations

import re
from typing import Final

from errorbook.importing.openapi.documents import Node

EXTENSION: Final = "x-speakeasy-retries"
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
