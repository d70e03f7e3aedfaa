"""A report as a JSON document that every reader takes."""

from __future__ import annotations

import json
from typing import Any


def json_document(data: dict[str, Any]) -> str:
    """Return ``data`` in plain ASCII; halves of characters, which JSON forbids, are replaced."""
    return json.dumps(_whole(data), indent=2) + "\n"


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value
