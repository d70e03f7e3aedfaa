"""The files whose change rebuilds the site under ``mkdocs serve``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer


class Watch:
    """Has files watched, also those that a catalog comes to include while the server runs.

    A file that is not there cannot be watched; its folder is, until the file comes.
    """

    def __init__(self) -> None:
        self._server: LiveReloadServer | None = None
        self._watched: set[str] = set()
        self._folders: set[str] = set()

    def start(self, server: LiveReloadServer) -> None:
        """Watch by ``server`` what has been named so far, and what will be."""
        self._server = server
        for folder in self._folders:
            server.watch(folder, recursive=False)

    def follow(self, config: MkDocsConfig, files: Iterable[Path]) -> None:
        """Watch ``files``, which are all that the catalog consists of now."""
        known = list(files)
        missing = [file for file in known if not file.exists()]
        for file in known:
            if file in missing:
                self._forget(str(file))
            else:
                self._watch(config, str(file))
        self._watch_folders({str(_folder(file)) for file in missing})

    def _watch(self, config: MkDocsConfig, file: str) -> None:
        if file not in config.watch:
            config.watch.append(file)
        if self._server is not None and file not in self._watched:
            self._server.watch(file)
        self._watched.add(file)

    def _forget(self, file: str) -> None:
        """Give up a file that has gone: its watch does not survive that."""
        if self._server is not None and file in self._watched:
            self._server.unwatch(file)
        self._watched.discard(file)

    def _watch_folders(self, folders: set[str]) -> None:
        if self._server is not None:
            for folder in folders - self._folders:
                self._server.watch(folder, recursive=False)
            for folder in self._folders - folders:
                self._server.unwatch(folder)
        self._folders = folders


def _folder(file: Path) -> Path:
    """Return the nearest folder above ``file`` that is there."""
    return next(folder for folder in file.absolute().parents if folder.is_dir())
