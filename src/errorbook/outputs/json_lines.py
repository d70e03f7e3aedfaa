"""JSON documents that are long and stay readable: what belongs together stands on one line.

The differences of two versions are then lines about one thing each, and ten thousand errors are
written in the time that compact JSON takes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from errorbook.outputs.stamp import GENERATED, stamp_line, stamped

_BEGIN: Final = "{\n"
_END: Final = "\n}"


@dataclass(frozen=True)
class Layout:
    """How the documents of one output begin, and how many levels of theirs take lines."""

    output: str
    format: int
    levels: int
    stamp_key: str = "$comment"


def stamped_json(layout: Layout, head: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """Return ``content`` after ``head`` in ASCII, with the stamp between them."""
    written = laid_out(dict(content), layout.levels)
    comment = f"{GENERATED} {stamp_line(layout.output, layout.format, written.encode())}"
    begin = laid_out({**head, layout.stamp_key: comment}, 1)
    return stamped(f"{begin.removesuffix(_END)},\n{written.removeprefix(_BEGIN)}\n")


def laid_out(value: Any, levels: int, indent: str = "") -> str:
    """Return ``value`` as JSON, of which ``levels`` of objects and lists take lines."""
    if levels == 0 or not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=True, allow_nan=False)
    inner = f"{indent} "
    if isinstance(value, dict):
        entries = (
            f"{inner}{json.dumps(key)}: {laid_out(one, levels - 1, inner)}"
            for key, one in value.items()
        )
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    items = (f"{inner}{laid_out(one, levels - 1, inner)}" for one in value)
    return "[\n" + ",\n".join(items) + f"\n{indent}]"
