"""A class that the SDK of Acme had before there was a generated one."""

from __future__ import annotations


class AcmeError(Exception):
    """The base class of everything that the SDK raises."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.tenant = ""
