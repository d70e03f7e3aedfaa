"""The folder of a built site: its pages, and where the links between them lead."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag

from errorbook.html_tree import Element, parse

LARGEST_PAGE: Final = 8 * 1024 * 1024
"""Bytes of a page, above which it is not read."""
_INDEX: Final = "index.html"
_FRAGMENT_OF_TEXT: Final = ":~:"
"""What begins the part of an address that names words to show, of which no page has an id."""
_REFRESH: Final = re.compile(
    r"""<meta\b[^<>]*?[\s"']http-equiv\s*=\s*["']?\s*refresh\b""", re.IGNORECASE
)
_TEXT: Final = re.compile(">([^<>]+)")
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
        led = self.leads_to(page, href)
        return (self.page_at(led[0]), led[1]) if led else None

    def leads_to(self, page: str, href: str) -> tuple[str, str] | None:
        """Return the path, there or not, and the id that a link leads to, as `target` does."""
        address, anchor = urldefrag(href)
        if ":" in address.split("/")[0] or address.startswith("//"):
            return None
        anchor = unquote(anchor).partition(_FRAGMENT_OF_TEXT)[0]
        if not address:
            return page, anchor
        path = unquote(address.partition("?")[0])
        # A site may live below any path of its host, so an absolute address tells nothing.
        if path.startswith("/"):
            return None
        joined = posixpath.join(posixpath.dirname(page), path)
        return self.named(posixpath.normpath(joined)), anchor

    def named(self, address: str) -> str:
        """Return the path of the page at an address, or what it is called if there is none."""
        return self.page_at(address) or _normal(address)

    def page_at(self, address: str) -> str | None:
        """Return the path of the page at an address below the root of the site."""
        path = posixpath.normpath(address.lstrip("/") or ".")
        candidates = (path, posixpath.normpath(posixpath.join(path, _INDEX)), f"{path}.html")
        return next((one for one in candidates if one in self.pages), None)

    def is_redirect(self, page: str) -> bool:
        """Tell whether a page sends its readers to another one, which may have any id."""
        return _REFRESH.search(self.pages[page]) is not None


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


def _normal(address: str) -> str:
    path = posixpath.normpath(address.lstrip("/") or ".")
    return path.removesuffix(f"/{_INDEX}") or "."


def content_of(html: str) -> tuple[str, int]:
    """Return the part of a page that is its own, and the number of its first line.

    What stands around `main` is on every page: navigation, contents. So is what stands around the
    one `article` in it, if that is what the page is about rather than a part of it.
    """
    start, end = _only(html, "main", 0, len(html))
    inner = _only(html, "article", start, end)
    if _holds_most(html, (start, end), inner):
        start, end = inner
    return html[start:end], html.count("\n", 0, start) + 1


def _only(html: str, tag: str, start: int, end: int) -> tuple[int, int]:
    """Return where the only element with ``tag`` begins and ends; else what was given."""
    opening = f"<{tag}"
    first = html.find(opening, start, end)
    if first < 0 or html.find(opening, first + 1, end) >= 0:
        return start, end
    last = html.rfind(f"</{tag}", first, end)
    return first, last if last > first else end


def _holds_most(html: str, outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    """Tell whether the inner part has the title, or most of the text where there is none."""
    title = html.find("<h1", *outer)
    if title >= 0 and inner[0] <= title < inner[1]:
        return True
    return _length(html, *inner) * 2 > _length(html, *outer)


def _length(html: str, start: int, end: int) -> int:
    """Return about how many characters of text there are."""
    return sum(len(text.strip()) for text in _TEXT.findall(html, start, end))
