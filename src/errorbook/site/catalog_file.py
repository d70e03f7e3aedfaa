"""A catalog on disk, read again only when one of its files has changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from errorbook.catalog import Catalog, load
from errorbook.catalog.audience import public

_Stamps = tuple[tuple[Path, int, int], ...]
_READ: Final[dict[Path, tuple[_Stamps, Catalog]]] = {}


def read_catalog(path: Path) -> Catalog:
    """Return the public part of the catalog at ``path``.

    Builders without a site, such as Zensical, make a new extension for each page.

    Raises:
        CatalogError: with every problem found, if there is any.
    """
    return _read(path)[1]


def catalog_files(path: Path) -> list[Path]:
    """Return the files that the catalog at ``path`` consists of.

    Raises:
        CatalogError: with every problem found, if there is any.
    """
    return [file for file, _, _ in _read(path)[0]]


def _read(path: Path) -> tuple[_Stamps, Catalog]:
    known = _READ.get(path.absolute())
    if known is None or known[0] != _stamps(file for file, _, _ in known[0]):
        loaded = load(path)
        known = _stamps(loaded.files), public(loaded.catalog)
        _READ[path.absolute()] = known
    return known


def _stamps(files: Iterable[Path]) -> _Stamps:
    found = []
    for file in files:
        status = file.stat() if file.exists() else None
        found.append((file, status.st_mtime_ns if status else 0, status.st_size if status else 0))
    return tuple(found)
