"""This repository's own pages, built once for all workers that look at them in the same place."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import pytest
from filelock import FileLock

from tests.site.project import Built
from tests.site.test_theme import build_docs


class OwnSites:
    """Sites by how they are built. They are looked at, and never changed."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        base = factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        self._folder = shared / "own-sites"
        self._folder.mkdir(exist_ok=True)

    def built(self, *, rules: bool, **options: Any) -> Built:
        """Return the site that :func:`build_docs` makes, once any worker has made it."""
        how = json.dumps([rules, options], sort_keys=True)
        folder = self._folder / hashlib.sha256(how.encode()).hexdigest()[:12]
        said = folder / "said.json"
        with FileLock(f"{folder}.lock"):
            if not said.exists():
                built = build_docs(folder, rules=rules, **options)
                said.write_text(json.dumps([built.warnings, built.aborted]), "utf-8")
        warnings, aborted = json.loads(said.read_text("utf-8"))
        return Built(folder / "site", warnings, aborted)
