"""The JSON Schemas of reports, as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from errorbook.outputs.stamp import GENERATED, stamp_line, stamped
from errorbook.reports.check_schema import check_report_schema
from errorbook.reports.diff_schema import diff_report_schema
from errorbook.reports.schema_parts import DIALECT, Schema

OUTPUT: Final = "report-schemas"
SCHEMAS: Final[Mapping[str, Callable[[], Schema]]] = {
    "check-report": check_report_schema,
    "diff-report": diff_report_schema,
}
_FORMAT: Final = 1


def schema_text(name: str) -> str:
    """Return the schema of that name as it is written to a file, stamped.

    Raises:
        KeyError: if there is none of that name.
    """
    schema = SCHEMAS[name]()
    content = json.dumps(schema, sort_keys=True).encode()
    comment = f"{GENERATED} {stamp_line(OUTPUT, _FORMAT, content)}"
    document = {"$schema": DIALECT, "$comment": comment, **schema}
    return stamped(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
