"""The JSON Schemas of the reports of `check` and `diff`, for programs that read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from errorbook.catalog import Catalog
from errorbook.reports.schemas import SCHEMAS, schema_text

SUMMARY: Final = "the JSON Schemas of the reports of `check` and `diff`"


def render(_: Catalog) -> Mapping[str, str]:
    """Return a file for each schema. They are the same for every catalog."""
    return {f"{name}.schema.json": schema_text(name) for name in SCHEMAS}
