"""What a generated file was generated from: told by its stamp and by where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from errorbook.catalog import Catalog
from errorbook.outputs.languages import LANGUAGES
from errorbook.outputs.stamp import GENERATED

MODULES: Final = {name: language.FILE for name, language in LANGUAGES.items()}
"""The module of each language, which there is one of for each API."""
_HEAD: Final = 2000
"""Bytes of a file that its stamp stands in."""
_OUTPUT: Final = re.compile(rb"output ([a-z0-9-]+)(?: ([^,\n]{1,300}))?, format ")
_PAGES: Final = "error-pages"
_SITE: Final = "pages"
_ASSETS: Final = "assets/errorbook/"
"""Where the scripts and styles of a site stand."""
_BESIDE_PAGES: Final = {
    "llms": "llms.txt",
    "openapi": "openapi.json",
    "body-schema": "body.schema.json",
    "problem-types": "problem-types.json",
}
"""The file of each output that has one for each API, beside the pages of its errors."""
_ANY: Final = "any-code"


@dataclass(frozen=True)
class Origin:
    """What a stamp says: the output that wrote a file, and the API where one is named."""

    output: str
    api: str | None


def origin_of(file: Path) -> Origin | None:
    """Return what the stamp of ``file`` says; None if it has none.

    Raises:
        OSError: if it cannot be read.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    found = _OUTPUT.search(head) if GENERATED.encode() in head else None
    if found is None:
        return None
    api = found[2].decode(errors="replace") if found[2] else None
    return Origin(found[1].decode(), api)


def is_plausible(origin: Origin, path: str) -> bool:
    """Tell whether a file at ``path`` may be one of several that an output writes for its APIs.

    Copies under other names are somebody's own, and so are those of outputs that write one file
    for the whole catalog, as snapshots of it are.
    """
    name = PurePosixPath(path).name
    if origin.output in MODULES:
        return name == MODULES[origin.output]
    if origin.output == "vectors":
        return name == f"{origin.api}.json"
    return origin.output in (_PAGES, _SITE) or name == _BESIDE_PAGES.get(origin.output)


def is_made_from(catalog: Catalog, apis: Iterable[str] | None, origin: Origin, path: str) -> bool:
    """Tell whether a file is of one of the APIs of ``catalog``, or of one of its former errors.

    ``apis`` are the only ones that count, if any are named; ``path`` is the file's below the
    folder of the target.
    """
    known = [name for name in catalog.apis if apis is None or name in set(apis)]
    if origin.output in LANGUAGES:
        return origin.api in known
    if origin.output == "vectors":
        return origin.api in known and path == f"{origin.api}.json"
    return any(_stands_at(catalog, name, origin.output, path) for name in known)


def _stands_at(catalog: Catalog, name: str, output: str, path: str) -> bool:
    """Tell whether ``path`` is where the files of an API are written by ``output``."""
    # It takes long to import, and hardly any project has such a file.
    from errorbook.catalog.addresses import GROUPS, folder, place_of  # noqa: PLC0415

    api = catalog.apis[name]
    if output in _BESIDE_PAGES:
        return path == folder(name, api) + _BESIDE_PAGES[output]
    if output == _SITE and path.startswith((_ASSETS, f"{folder(name, api)}{GROUPS}/")):
        return True
    stem = place_of(name, api, _ANY).stem if output in (_PAGES, _SITE) else None
    if stem is None:
        return False
    pattern = re.escape(stem).replace(re.escape(_ANY), "[^/]+")
    return re.fullmatch(rf"{pattern}\.(?:md|json|html)", path) is not None
