"""Parts that the JSON Schemas of all reports have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def text(description: str, **more: object) -> Schema:
    """Return the schema of a text."""
    return {"description": description, "type": "string", **more}


def word(description: str, *words: str) -> Schema:
    """Return the schema of one of ``words``."""
    return {"description": description, "enum": list(words)}


def number(description: str) -> Schema:
    """Return the schema of a number of things, or of a line or column, which count from 1."""
    return {"description": description, "type": "integer", "minimum": 0}


def flag(description: str) -> Schema:
    """Return the schema of a truth."""
    return {"description": description, "type": "boolean"}


def listed(description: str, items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"description": description, "type": "array", "items": items}


def mapping(properties: Mapping[str, Schema], optional: Iterable[str] = (), **more: Any) -> Schema:
    """Return the schema of an object; all of its keys are there but for ``optional``.

    Keys that are not known are allowed, since one format may get new ones.
    """
    left_out = set(optional)
    required = [name for name in properties if name not in left_out]
    return {"type": "object", "required": required, "properties": dict(properties), **more}


PLACE: Final[Mapping[str, Schema]] = {
    "file": text("File as seen from the folder that the command was run in."),
    "line": number("Line, counted from 1; 0 where there is none."),
    "column": number("Column, counted from 1; 0 where there is none."),
}
PROBLEM: Final[Mapping[str, Schema]] = {
    "rule": text("Id of the rule; `errorbook explain RULE` says more."),
    "severity": word("Whether it fails.", "error", "warning"),
    "message": text("What is wrong."),
    "hint": text("How to mend it, where that can be said."),
    **PLACE,
}
LEFT_OUT: Final = listed(
    "What could not be looked at, and why. If there is any, the exit code is 3.", {"type": "string"}
)
NOTES: Final = listed("What is worth knowing, but nothing wrong.", {"type": "string"})
VERDICT: Final = text("The whole result in one line, for people.")
COMPLETE: Final = flag("Whether everything was looked at that was asked for.")
FORMAT: Final[Schema] = {
    "description": "Raised when a key changes its meaning or goes away; keys may be added.",
    "const": 1,
}
