"""Whether the folder of the built site can be written: MkDocs would answer with a traceback."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError


def check_site_folder(config: MkDocsConfig) -> None:
    """Refuse a ``site_dir`` that nothing can be written to, before anything is rendered.

    Raises:
        PluginError: if it is one.
    """
    folder = Path(config.site_dir)
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    shown = Path(os.path.relpath(there)).as_posix()
    if not there.is_dir():
        raise PluginError(f"{shown} is no folder, so no site can be built there: move it away")
    if not os.access(there, os.W_OK | os.X_OK):
        raise PluginError(
            f"{shown} cannot be written to, so no site can be built there: get the permission, "
            "or name another folder by --site-dir or as site_dir in mkdocs.yml"
        )
