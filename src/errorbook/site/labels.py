"""The words that views show for the words of the catalog."""

from __future__ import annotations

from typing import Final

from errorbook.catalog import Api, Detail, Retry
from errorbook.catalog.models import HEADER_PREFIX
from errorbook.outputs import words

NOUNS: Final = {
    "codes": "error",
    "code": "error",
    "error": "error",
    "group": "group",
    "operation": "operation",
}
COLUMNS: Final = words.COLUMNS
ACTIONS: Final = words.ACTIONS
lifecycle = words.lifecycle
PROMISES: Final = {
    ("codes", "permanent"): "Codes are permanent: none is removed or renamed within a version.",
    ("codes", "may_change"): "Codes may change.",
    ("new_codes", "may_come"): "New codes may appear at any time; expect codes you do not know.",
    ("new_codes", "with_a_new_version"): "New codes appear only with a new version.",
    ("messages", "permanent"): "Messages are part of the contract.",
    ("messages", "may_change"): "Messages are for people and may change; never match on them.",
    ("statuses", "permanent"): "The HTTP status of a code does not change.",
    ("statuses", "may_change"): "The HTTP status of a code may change.",
    ("details", "permanent"): "Details keep their names and types.",
    ("details", "may_change"): "Details may change.",
}
_ENDINGS: Final = {
    "success": "success",
    "network": "no connection",
    "timeout": "no answer in time",
    "usage": "wrong use of the command",
    "interrupt": "interrupted by the user",
    "unknown": "anything else",
}


def retry(policy: Retry) -> dict[str, object]:
    """Return a retry policy in words: whether, where the waiting time stands, and how often."""
    return {
        "label": words.RETRY[policy.when][0],
        "when": policy.when,
        "after": [_after(source) for source in policy.after],
        "pauses": words.BACKOFF.get(policy.backoff or ""),
        "needs": policy.needs.replace("_", " ") if policy.needs else None,
        "max_attempts": policy.max_attempts,
    }


def _after(source: str) -> dict[str, str]:
    kind = "header" if source.startswith(HEADER_PREFIX) else "field"
    return {"kind": kind, "name": source.removeprefix(HEADER_PREFIX)}


def ending(selector: str) -> dict[str, object]:
    """Return what ends in an exit code: a word, or a status, family or code as it is written."""
    word = _ENDINGS.get(selector)
    return {"text": word or selector, "is_code": word is None}


def detail_type(detail: Detail) -> str:
    """Return the type of a detail with its unit or format: ``integer, seconds``."""
    return ", ".join(part for part in (detail.type, detail.format, detail.unit) if part)


def group(api: Api, name: str | None) -> str:
    """Return the title of a group, nothing for none."""
    return words.group(api, name) if name is not None else ""


def operation(api: Api, name: str) -> dict[str, str]:
    """Return an operation as views show it: id, title and address template."""
    known = api.operations.get(name)
    address = " ".join(part for part in (known.method, known.path) if part) if known else ""
    return {"name": name, "title": known.title if known else "", "address": address}


def operations(api: Api) -> set[str]:
    """Return every operation that ``api`` speaks of."""
    return {*api.operations, *(one for error in api.errors.values() for one in error.operations)}
