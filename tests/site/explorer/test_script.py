"""The scripts as they are shipped: made from the sources, and small."""

from __future__ import annotations

import gzip

import pytest

from errorbook.site.explorer import SCRIPTS, explorer_script

LARGEST = {"explorer.js": 15_000, "explorer-read.js": 19_000}
"""Bytes of a script under gzip; a page loads the first before it shows anything, the second for a
paste."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_ships_without_comments(name: str) -> None:
    assert "@param" not in explorer_script(name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_is_small(name: str) -> None:
    assert len(gzip.compress(explorer_script(name).encode(), 9)) < LARGEST[name]
