"""Where the documentation of an error stands: one permanent address per code.

An address is ``docs.url`` of its API and, below it, the path that ``docs.error`` gives. Everything
that prints or publishes an address asks here, so no two can disagree.

A code becomes a name that every file system and every server keeps apart from others. Letters of
ASCII, digits, ``.``, ``_`` and ``-`` stay. Anything else is spelt out as ``~hex~``; so is the first
character of a name that something reserves, such as ``con``, a dot at either end, and the dot of
what looks like the name of a file, such as ``index.html``. Where two
codes of an API differ only in case, the first keeps its name, the second gets ``~2`` behind it,
and so on; no other code can look like that. Codes that are gone come first, since they were there
first; then errors, in the order of the catalog. A very long name is cut, with a hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from errorbook.catalog.kept import kept_by_api
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
_TAKEN: Final = frozenset({GROUPS, "index"})
"""Names that something else has in the folder of an API's pages."""
_FILES: Final = (*FILES_OF_AN_API, "errors.json", "errors.schema.json", "errors.json.schema.json")
_TAKEN_BY_FILES: Final = _TAKEN | {
    "404",
    "search",
    *(name.removesuffix(".json") for name in _FILES if name.endswith(".json")),
}
"""The same where a page is ``NAME.html``, which comes with a ``NAME.json``."""
_FILE_LIKE: Final = re.compile(r"\.(?:css|gz|html?|ico|js|json|map|md|png|svg|txt|xml|ya?ml)\Z")
"""Ends of names that files of a site have; a folder of such a name would stand in their way."""
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
    return _places_by_name(api).of(name)


def place_of(name: str, api: Api, written: str) -> Place:
    """Return the place of a code whose name in addresses is ``written``."""
    return Place(_template(name, api).replace(_CODE, written))


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


def is_file_like(step: str) -> bool:
    """Tell whether a step of a path looks like the name of a file of a site."""
    return _FILE_LIKE.search(step.casefold()) is not None


def file_name(code: str, *, is_file: bool = False) -> str:
    """Return the name that the address of ``code`` has, as long as no other code is alike.

    ``is_file`` tells that the page is a file of that name rather than a folder.
    """
    taken = _TAKEN_BY_FILES if is_file else _TAKEN
    name = _SAFE.sub(_spelt, code)
    if name.startswith(".") or name.casefold() in taken or _DEVICE.match(name.casefold()):
        name = f"~{ord(name[0]):x}~{name[1:]}"
    if name.endswith("."):
        name = f"{name[:-1]}~2e~"
    elif found := _FILE_LIKE.search(name.casefold()):
        name = f"{name[: found.start()]}~2e~{name[found.start() + 1 :]}"
    if len(name) > _LONGEST:
        digest = hashlib.sha256(code.encode()).hexdigest()[:_HASHED]
        name = f"{name[: _LONGEST - _HASHED - 1]}~{digest}"
    return name


class _PlacesByName:
    """The places of an API's codes, below the id that it has in a catalog."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._found: dict[str, Mapping[str, Place]] = {}

    def of(self, name: str) -> Mapping[str, Place]:
        if name not in self._found:
            self._found[name] = dict(_places(name, self._api))
        return self._found[name]


_places_by_name = kept_by_api(_PlacesByName)


def _places(name: str, api: Api) -> Iterator[tuple[str, Place]]:
    former = chain.from_iterable(error.renamed_from for error in api.errors.values())
    gone = dict.fromkeys(chain(api.retired, former))
    written: Callable[[str], str] = anchor_of
    if not is_on_one_page(api):
        is_file = api.docs.error.endswith(".html")
        named = _file_names(dict.fromkeys((*gone, *api.errors)), is_file=is_file)
        written = dict(named).__getitem__
    for code in dict.fromkeys((*api.errors, *gone)):
        yield code, place_of(name, api, written(code))


def _file_names(codes: Iterable[str], *, is_file: bool) -> Iterator[tuple[str, str]]:
    """Yield each code with its name; of those that are alike, the first is called so."""
    alike: dict[str, int] = {}
    for code in codes:
        name = file_name(code, is_file=is_file)
        count = alike[name.casefold()] = alike.get(name.casefold(), 0) + 1
        yield code, name if count == 1 else f"{name}~{count}"


def _template(name: str, api: Api) -> str:
    version = file_name(api.version) if api.version else ""
    path = api.docs.error.replace("{api}", name).replace("{version}", version)
    return path.lstrip("/")


def _spelt(character: re.Match[str]) -> str:
    return f"~{ord(character[0]):x}~"
