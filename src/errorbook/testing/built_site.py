"""A built site: its pages, and where the links between them lead."""

from __future__ import annotations

import importlib.util
import os
import posixpath
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag

from errorbook.checks.printing import one_line
from errorbook.testing.html_tree import Element, parse
from errorbook.testing.project import NoProjectError

_NEEDED: Final = ("mkdocs", "markdown", "pygments", "material")
_LINES_SHOWN: Final = 5
_INDEX: Final = "index.html"
_LONGEST_BUILD: Final = 600.0


class BuiltSite:
    """The pages of a folder, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trees: dict[str, Element] = {}
        self._ids: dict[str, dict[str, Element]] = {}

    @cached_property
    def pages(self) -> dict[str, str]:
        """The text of each page by its path, in order of paths."""
        return {
            path.relative_to(self._folder).as_posix(): path.read_text("utf-8", "replace")
            for path in sorted(self._folder.rglob("*.html"))
        }

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


@contextmanager
def built_site(root: Path, mkdocs: str) -> Iterator[BuiltSite]:
    """Build the site of ``mkdocs``, a file below ``root``, and throw it away afterwards.

    Raises:
        NoProjectError: if it cannot be built.
    """
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise NoProjectError("building the docs needs more: pip install 'errorbook[site]'")
    config = root / mkdocs
    if not config.is_file():
        message = f"nothing to compare: there is no {mkdocs} in {root}"
        raise NoProjectError(f"{message}; name it with mkdocs='…', or a built folder with site='…'")
    with tempfile.TemporaryDirectory(prefix="errorbook-site-") as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", folder]
        try:
            done = subprocess.run(  # noqa: S603  # a module of ours to run, without a shell
                command,
                cwd=root,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_LONGEST_BUILD,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NoProjectError(f"mkdocs did not end within {_LONGEST_BUILD:g} seconds") from error
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LINES_SHOWN:]
            shown = "\n".join(one_line(line) for line in said)
            raise NoProjectError(f"mkdocs could not build {mkdocs}:\n{shown}")
        yield BuiltSite(Path(folder))
