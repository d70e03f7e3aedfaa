"""Addresses of errors that have to lead to a place of the site, and those in published files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from errorbook.catalog.addresses import docs_url
from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.html_heard import Spot
from errorbook.checks.html_known import Known
from errorbook.checks.html_pages import SitePages

_PUBLISHED: Final = ("errors.json", "problem-types.json")
_LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a published file, above which it is not read."""


@dataclass(frozen=True)
class Dead:
    """An address below the site that leads nowhere; ``spot`` is the file that gives it, if any."""

    api: str
    code: str
    address: str
    why: str
    target: tuple[str, str]
    """The page below the site, there or not, and the id in it."""
    spot: Spot | None = None


@dataclass(frozen=True)
class Addresses:
    """What became of the addresses of errors: how many were followed, and those that are dead."""

    followed: dict[str, int]
    dead: tuple[Dead, ...]


def follow_addresses(folder: SiteFolder, known: Known, pages: SitePages) -> Addresses:
    """Follow the documented address of every error, and those that published files give.

    Raises:
        OSError: if a file cannot be read.
    """
    followed: dict[str, int] = {}
    dead: list[Dead] = []
    seen: set[str] = set()
    for name, api in known.apis.items():
        for code in api.errors:
            address = docs_url(name, api, code)
            path = known.path_of(address, api) if address else None
            if address is None or path is None:
                continue
            seen.add(address)
            followed[name] = followed.get(name, 0) + 1
            why = _why_dead(path, folder, pages)
            if why:
                dead.append(Dead(name, code, address, why, _target(path, folder)))
    for name, code, address, spot in _published(folder):
        api_of = known.apis.get(name)
        if address in seen or api_of is None:
            continue
        seen.add(address)
        path = known.path_of(address, api_of)
        why = _why_dead(path, folder, pages) if path is not None else ""
        if why and path is not None:
            dead.append(Dead(name, code, address, why, _target(path, folder), spot))
    return Addresses(followed, tuple(dead))


def _why_dead(path: str, folder: SiteFolder, pages: SitePages) -> str:
    address, _, anchor = path.partition("#")
    page = folder.page_at(address or ".")
    if page is None:
        return "" if address in folder.files else "no file is there"
    if anchor and anchor not in pages.ids(page):
        return "" if folder.is_redirect(page) else f"{page} has no id {anchor}"
    return ""


def _target(path: str, folder: SiteFolder) -> tuple[str, str]:
    address, _, anchor = path.partition("#")
    return folder.named(address or "."), anchor


def _published(folder: SiteFolder) -> Iterator[tuple[str, str, str, Spot]]:
    """Yield API, code, address and file of what published files of the site say of errors."""
    for path in sorted(folder.files):
        name = path.rpartition("/")[2]
        if name not in _PUBLISHED or folder.size(path) > _LARGEST:
            continue
        try:
            data = json.loads(folder.text(path))
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            told = _of_catalog(data) if name == _PUBLISHED[0] else _of_types(data)
            for api, code, address in told:
                yield api, code, address, Spot(path, 1)


def _of_catalog(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, api in _fields(data.get("apis")).items():
        base = _fields(_fields(api).get("docs")).get("url")
        for code, error in _fields(_fields(api).get("errors")).items():
            link = _fields(_fields(error).get("derived")).get("link")
            if isinstance(base, str) and isinstance(link, str):
                yield name, code, f"{base.rstrip('/')}/{link}"


def _of_types(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    name = _fields(data.get("api")).get("id")
    types = data.get("types")
    for one in types if isinstance(types, list) and isinstance(name, str) else ():
        entry = _fields(one)
        for key in ("docs_url", "type"):
            address = entry.get(key)
            if isinstance(address, str):
                yield str(name), str(entry.get("code")), address


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
