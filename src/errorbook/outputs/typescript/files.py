"""The files of each API: one module, which depends on nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from errorbook.catalog import Catalog
from errorbook.outputs.typescript import module

SUMMARY: Final = "an ES module of typed errors for each API, with its types"


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.ts``."""
    return module.render(catalog)
