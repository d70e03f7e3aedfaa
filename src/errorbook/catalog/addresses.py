"""Where the documentation of an error stands: one permanent address per code.

An address is ``docs.url`` of its API and, below it, the path that ``docs.error`` gives. Everything
that prints or publishes an address asks here, so no two can disagree.

A code becomes a name that every file system and every server keeps apart from others. Letters of
ASCII, digits, ``.``, ``_`` and ``-`` stay. Anything else is spelt out as ``~hex~``; so is the first
character of a name that a system reserves, such as ``con``, and a dot at either end. Where two
codes of an API differ only in case, the first in the catalog keeps its name, the second gets
``~2`` behind it, and so on; no other code can look like that. A very long name is cut, with a hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from errorbook.catalog.models import Api

FILES_OF_AN_API: Final = (
    "body.schema.json",
    "llms.txt",
    "openapi.json",
    "problem-types.json",
)
"""Names of files that stand beside the pages of an API's errors."""
GROUPS: Final = "group"
"""Name of the folder of pages by group, beside the pages of errors."""

_CODE: Final = "{code}"
_SAFE: Final = re.compile(r"[^A-Za-z0-9._-]")
_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9_.:-]")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)")
"""Names that Windows reserves, with any extension ("Naming Files, Paths, and Namespaces")."""
_TAKEN: Final = frozenset({GROUPS, "index", *FILES_OF_AN_API})
_LONGEST: Final = 120
"""Most characters of a name. File systems take 255 bytes, and something may stand around it."""
_HASHED: Final = 12


@dataclass(frozen=True)
class Place:
    """Where one code is documented: ``path`` below ``docs.url``, as its address shows it.

    ``artifacta/errors/rate_limited/`` is a folder with an ``index.html``, and so is a path without
    an extension; one that ends in ``.html`` is that file. ``errors/#rate_limited`` is a place
    on somebody's page: no page of its own is made for it.
    """

    path: str

    @property
    def stem(self) -> str | None:
        """The path of the page's file below ``docs.url`` without its extension, if it has one."""
        if "#" in self.path:
            return None
        if self.path.endswith(".html"):
            return self.path.removesuffix(".html")
        return f"{self.path.rstrip('/')}/index"


def docs_url(name: str, api: Api, code: str) -> str | None:
    """Return the address of the documentation of one code, present, retired or former.

    None where the catalog does not say where the documentation is, or has no such code.
    """
    if api.docs.url is None:
        return None
    place = places(name, api).get(code)
    return f"{api.docs.url.rstrip('/')}/{place.path}" if place else None


def places(name: str, api: Api) -> Mapping[str, Place]:
    """Return where each code of ``api`` is documented: of its errors, then of those it had."""
    for known_name, known, found in _KEPT:
        if known is api and known_name == name:
            return found
    found = dict(_places(name, api))
    _KEPT.insert(0, (name, api, found))
    del _KEPT[_MOST_KEPT:]
    return found


def folder(name: str, api: Api) -> str:
    """Return the folder that the pages of an API stand in, below ``docs.url``: ``a/errors/``."""
    before = _template(name, api).partition(_CODE)[0].partition("#")[0]
    return before[: before.rfind("/") + 1]


def is_on_one_page(api: Api) -> bool:
    """Tell whether errors are documented at places of a page that somebody writes."""
    return "#" in api.docs.error


def anchor_of(code: str) -> str:
    """Return the id of an error's place on a page: its code, what no id may hold spelt out."""
    return _NOT_IN_IDS.sub(_spelt, code)


def file_name(code: str) -> str:
    """Return the name that the address of ``code`` has, as long as no other code is alike."""
    name = _SAFE.sub(_spelt, code)
    folded = name.casefold()
    if name.startswith(".") or folded in _TAKEN or _DEVICE.match(folded):
        name = f"~{ord(name[0]):x}~{name[1:]}"
    if name.endswith("."):
        name = f"{name[:-1]}~2e~"
    if len(name) > _LONGEST:
        digest = hashlib.sha256(code.encode()).hexdigest()[:_HASHED]
        name = f"{name[: _LONGEST - _HASHED - 1]}~{digest}"
    return name


_MOST_KEPT: Final = 16
_KEPT: Final[list[tuple[str, Api, Mapping[str, Place]]]] = []
"""What was worked out for the last APIs: they are looked at code by code."""


def _places(name: str, api: Api) -> Iterator[tuple[str, Place]]:
    template = _template(name, api)
    before, _, after = template.partition(_CODE)
    named = _anchors(api) if "#" in before else _file_names(_codes(api))
    for code, one in named:
        yield code, Place(f"{before}{one}{after}")


def _codes(api: Api) -> Iterable[str]:
    former = chain.from_iterable(error.renamed_from for error in api.errors.values())
    return dict.fromkeys(chain(api.errors, api.retired, former))


def _anchors(api: Api) -> Iterator[tuple[str, str]]:
    return ((code, anchor_of(code)) for code in _codes(api))


def _file_names(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    alike: dict[str, int] = {}
    for code in codes:
        name = file_name(code)
        count = alike[name.casefold()] = alike.get(name.casefold(), 0) + 1
        yield code, name if count == 1 else f"{name}~{count}"


def _template(name: str, api: Api) -> str:
    version = file_name(api.version) if api.version else ""
    path = api.docs.error.replace("{api}", name).replace("{version}", version)
    return path.lstrip("/")


def _spelt(character: re.Match[str]) -> str:
    return f"~{ord(character[0]):x}~"
