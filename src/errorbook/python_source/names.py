"""What a name means in a package. Who compares asks griffe; who only reads asks the imports."""

from __future__ import annotations

from typing import Protocol


class Names(Protocol):
    """The names of a package."""

    def resolve(self, scope: str, name: str) -> str:
        """Return the path of what ``name``, dotted perhaps, is in a module or class.

        A name that nothing is known of is returned as it is.
        """
