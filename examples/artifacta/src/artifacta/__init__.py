"""A small SDK of the Artifacta API: ``Client``, and the errors in ``artifacta.errors``.

The client is imported when it is first asked for, so that an ``except`` clause, which needs the
errors alone, does not pay for httpx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from artifacta.client import Client as Client

__all__ = ["Client"]


def __getattr__(name: str) -> object:
    if name != "Client":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from artifacta.client import Client  # noqa: PLC0415  # brings httpx

    return Client
