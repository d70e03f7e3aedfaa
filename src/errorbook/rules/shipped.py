"""The shipped errors.json of errorbook's own rules, which `errorbook generate` writes beside this.

It is made from the catalog of the repository, so that it may be missing or old while somebody
works on that: whoever asks then gets nothing, and goes on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from errorbook.problems import ErrorbookError
from errorbook.published import Fields, read_published

API: Final = "errorbook"
"""The id of the API that the rules stand under."""
NAME: Final = "errorbook's own rules"
"""What the file is called where somebody is told about it."""
FILE: Final = Path(__file__).with_name("errors.json")


@cache
def shipped_rules() -> Fields | None:
    """Return the document; None where there is none that can be read. It must not be changed."""
    try:
        return read_published(FILE.read_bytes(), NAME)
    except (OSError, ErrorbookError):
        return None


def prose_of(rule: str, key: str) -> str:
    """Return what the rules say of ``rule`` under ``key``, such as its meaning, as prose.

    "" where they say nothing.
    """
    value: object = shipped_rules()
    for step in ("apis", API, "errors", rule, key):
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
