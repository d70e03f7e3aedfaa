"""Names of components: what an error is called where a document refers to it by its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

KNOWN_CODE: Final = "KnownCode"
UNKNOWN_ERROR: Final = "UnknownError"
ANY_ERROR: Final = "Error"
ENVELOPE: Final = "Envelope"
STATUS: Final = "Status"

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]")
_TAKEN: Final = re.compile(
    rf"(?:__proto__|{ANY_ERROR}|{UNKNOWN_ERROR}|(?:{KNOWN_CODE}|{ENVELOPE}|{STATUS})[0-9]+)\Z"
)
"""Names of components that are no errors, and the one that JavaScript keeps no value under."""


def component_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return the name of each code, of ASCII letters, digits, ``.``, ``_`` and ``-``.

    A code of such characters is its own name; any other character is spelt out, ``a/b`` as
    ``a.2f.b``. Where a name is taken, by an earlier code or by a component that is no error, ``.2``
    and so on is put behind it. A code that joins the end of the catalog changes no name.
    """
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    taken: set[str] = set()
    for code in codes:
        first = name = component_name(code)
        while name in taken or _TAKEN.match(name):
            counts[first] = counts.get(first, 1) + 1
            name = f"{first}.{counts[first]}"
        taken.add(name)
        names[code] = name
    return names


def component_name(text: str) -> str:
    """Return the name that ``text`` has, as long as no other is alike."""
    return _UNSAFE.sub(lambda found: f".{ord(found[0]):x}.", text)
