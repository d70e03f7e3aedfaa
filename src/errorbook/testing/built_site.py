"""A site built from its sources."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.printing import one_line
from errorbook.testing.project import NoProjectError

_NEEDED: Final = ("mkdocs", "markdown", "pygments", "material")
_LINES_SHOWN: Final = 5
_LONGEST_BUILD: Final = 600.0


@contextmanager
def built_site(root: Path, mkdocs: str) -> Iterator[SiteFolder]:
    """Build the site of ``mkdocs``, a file below ``root``, and throw it away afterwards.

    Raises:
        NoProjectError: if it cannot be built.
    """
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise NoProjectError("building the docs needs more: pip install 'errorbook[site]'")
    config = root / mkdocs
    if not config.is_file():
        message = f"nothing to compare: there is no {mkdocs} in the project"
        named = "name another with mkdocs='…', or a built folder with site='…'"
        raise NoProjectError(f"{message}; `errorbook init` writes one, or {named}")
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
        except subprocess.TimeoutExpired:
            raise NoProjectError(f"mkdocs did not end within {_LONGEST_BUILD:g} seconds") from None
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LINES_SHOWN:]
            shown = "\n".join(one_line(line) for line in said)
            raise NoProjectError(f"mkdocs could not build {mkdocs}:\n{shown}")
        yield SiteFolder(Path(folder))
