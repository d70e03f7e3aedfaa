"""An exception class as an SDK may have had before, with a state of its own."""

from __future__ import annotations


class HouseError(Exception):
    """The base class of everything that a client raises."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.house = "ours"
