"""Who asks: pages of other origins, and names that lead here but are not this server's."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers

LOCALHOST: Final = "localhost"
_HOST = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::[0-9]*)?\Z")


def is_foreign(headers: Headers) -> bool:
    """Tell whether a page of another origin asks; a browser says so whenever it may read on."""
    origin = headers.get("origin")
    return origin is not None and origin.lower() != f"http://{headers.get('host', '')}".lower()


def is_known(host: str, names: Collection[str]) -> bool:
    """Tell whether ``host``, as a client sent it, is one of ``names`` or an address.

    Any other name may belong to somebody who lets it lead to this machine, so that a browser takes
    his page and this server for the same origin. Nobody can do that with an address.
    """
    match = _HOST.match(host)
    if match is None:
        return False
    name = match[1]
    if _bare(name) in map(_bare, names):
        return True
    try:
        if name.startswith("["):
            ipaddress.IPv6Address(name[1:-1])
        else:
            ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def _bare(name: str) -> str:
    return name.lower().removesuffix(".")
