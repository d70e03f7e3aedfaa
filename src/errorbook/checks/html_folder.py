"""The folder of a built site: its pages, and where the links between them lead."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag

from errorbook.checks.html_tree import Element, parse

LARGEST_PAGE: Final = 8 * 1024 * 1024
"""Bytes of a page, above which it is not read."""
_INDEX: Final = "index.html"
_SUFFIXES: Final = (".html", ".htm")


class SiteFolder:
    """The pages of a folder, read when they are asked for. No symbolic link is followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trees: dict[str, Element] = {}
        self._ids: dict[str, dict[str, Element]] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files."""
        return frozenset(_files(self._folder))

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The text of each page by its path, in order of paths."""
        return _Pages(self._folder, sorted(filter(_is_page, self.files)))

    def size(self, path: str) -> int:
        """Return how many bytes a file has.

        Raises:
            OSError: if nobody can tell.
        """
        return (self._folder / path).stat().st_size

    def text(self, path: str) -> str:
        """Return what a file holds.

        Raises:
            OSError: if it cannot be read.
        """
        return (self._folder / path).read_text("utf-8", "replace")

    def tree(self, path: str) -> Element:
        """Return a page as a tree."""
        if path not in self._trees:
            self._trees[path] = parse(self.pages[path])
        return self._trees[path]

    def at(self, path: str, anchor: str) -> Element | None:
        """Return the element of a page that has this id, or this name."""
        if path not in self._ids:
            found: dict[str, Element] = {}
            for one in self.tree(path).walk():
                for attribute in ("id", "name"):
                    if attribute in one.attributes:
                        found.setdefault(one.attributes[attribute], one)
            self._ids[path] = found
        return self._ids[path].get(anchor)

    def target(self, page: str, href: str) -> tuple[str | None, str] | None:
        """Return the path (None if there is no such page) and the id that a link leads to.

        None for a link that leaves the site.
        """
        address, anchor = urldefrag(href)
        if ":" in address.split("/")[0] or address.startswith("//"):
            return None
        anchor = unquote(anchor)
        if not address:
            return page, anchor
        path = unquote(address.partition("?")[0])
        # A site may live below any path of its host, so an absolute address tells nothing.
        if path.startswith("/"):
            return None
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        return self.page_at(joined), anchor

    def page_at(self, address: str) -> str | None:
        """Return the path of the page at an address below the root of the site."""
        path = posixpath.normpath(address.lstrip("/") or ".")
        candidates = (path, posixpath.normpath(posixpath.join(path, _INDEX)), f"{path}.html")
        return next((one for one in candidates if one in self.pages), None)


class _Pages(Mapping[str, str]):
    """Texts by path, none of which is kept: a site may be larger than the memory."""

    def __init__(self, folder: Path, paths: list[str]) -> None:
        self._folder = folder
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return (self._folder / path).read_text("utf-8", "replace")

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _files(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        below = Path(place).relative_to(folder)
        for name in files:
            path = below / name
            if not (folder / path).is_symlink():
                yield path.as_posix()


def _is_page(path: str) -> bool:
    return path.endswith(_SUFFIXES)


def content_of(html: str) -> tuple[str, int]:
    """Return the part of a page that is its own, and the number of its first line.

    What stands around `main`, or the one `article` in it, is on every page: navigation, contents.
    """
    start, end = 0, len(html)
    for tag in ("main", "article"):
        opening = f"<{tag}"
        first = html.find(opening, start, end)
        if first < 0 or html.find(opening, first + 1, end) >= 0:
            continue
        last = html.rfind(f"</{tag}", first, end)
        start, end = first, last if last > first else end
    return html[start:end], html.count("\n", 0, start) + 1
