"""What to do so that a built site is as the catalog says: a command only where it is safe to run.

Builders empty the folder that they write to. So none is named that would write anywhere but to
the folder that the configuration itself gives.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from errorbook.catalog.yaml_events import MAX_DEPTH, UnreadableError, decode, open_events

_MKDOCS: Final = ("mkdocs.yml", "mkdocs.yaml")
_FOLDER: Final = "site_dir"
_USUAL: Final = "site"
_ELSEWHERE: Final = ("INHERIT", "<<")
"""Keys by which a configuration takes others from elsewhere."""
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_LARGEST: Final = 1024 * 1024
_ZENSICAL: Final = "zensical build --clean"
"""It keeps the pages that it has rendered, unless it is told to forget them."""
_MADE_BY_ZENSICAL: Final = re.compile(rb'<meta name="generator" content="zensical\b')
_HEAD: Final = 64 * 1024
"""Bytes of a page in which its head is."""
AGAIN: Final = "build the site again"
FIRST: Final = "`errorbook init` lays out one to build"


def how_to_build(site: Path, root: Path, start: Path, shown: str) -> str:
    """Return how to build the site in the folder ``site`` of the project in ``root``.

    ``start`` is the current folder, from which the project's is called ``shown``.
    """
    command = _ZENSICAL if _is_of_zensical(site) else "mkdocs build"
    for name in _MKDOCS:
        if (root / name).is_file():
            written = _written_to(root / name)
            if written is None or not _is_same(root / written, site):
                return AGAIN
            if name == _MKDOCS[0] and _is_same(root, start):
                return f"run: {command}"
            return f"run: {command} -f {shlex.quote((Path(shown) / name).as_posix())}"
    return AGAIN if next(site.rglob("*.html"), None) else FIRST


def _is_of_zensical(site: Path) -> bool:
    """Tell whether the page at the root of a site says that Zensical made it."""
    try:
        with (site / "index.html").open("rb") as page:
            return _MADE_BY_ZENSICAL.search(page.read(_HEAD)) is not None
    except OSError:
        return False


def _written_to(file: Path) -> str | None:
    """Return the folder that MkDocs writes to; None if the file alone does not tell."""
    try:
        content = file.read_bytes() if file.stat().st_size <= _LARGEST else b""
        values = _values(content)
    except OSError:
        return None
    if _FOLDER not in values:
        return _USUAL if values and not any(key in values for key in _ELSEWHERE) else None
    return values[_FOLDER]


def _values(content: bytes) -> Mapping[str, str | None]:
    """Return the texts of a configuration by key, None for what is no plain text.

    Its events are read, and nothing is made of them, so no tag in it does anything.
    """
    values: dict[str, str | None] = {}
    key: str | None = None
    is_key, depth = True, 0
    try:
        following = open_events(decode(content))
        while not isinstance(event := following(), yaml.StreamEndEvent):
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            is_node = isinstance(event, yaml.NodeEvent)
            if is_node and depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                return {}
            if is_node and depth == 1:
                text = _text(event)
                if is_key:
                    key = text
                elif key is not None:
                    values[key] = text
                is_key = not is_key
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            if depth > MAX_DEPTH:
                return {}
    except UnreadableError:
        return {}
    return values


def _text(event: yaml.Event) -> str | None:
    if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
        return None
    return event.value if event.value not in _NULLS or not event.implicit[0] else None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other)
    except ValueError:  # such as a character that no path may hold
        return False
