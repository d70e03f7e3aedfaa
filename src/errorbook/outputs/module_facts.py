"""What a module needs to know of a catalog, whatever language it is written in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Api, Error
from errorbook.catalog.envelope import Hole, parse_key, parse_text
from errorbook.catalog.facts import seconds_in
from errorbook.catalog.models import HEADER_PREFIX

ENDINGS: Final = ("success", "network", "timeout", "usage", "interrupt", "unknown")
"""What exit codes may be for, beside statuses and codes."""

_NOT_READ: Final = {
    *("contract", "operations", "retired", "server", "statuses", "summary", "troubleshooting")
}
"""What a module says nothing of: a change there is none of it."""
_STATUS: Final = re.compile(r"[1-5](?:xx|[0-9][0-9])\Z")
_CREDENTIALS: Final = re.compile(
    r"auth|bearer|cookie|credential|jwt|key|pass|secret|session|signature|token", re.IGNORECASE
)
"""What every name that the module takes for one of credentials has in it, and a few others."""


def content(api: Api, *, has_parents: bool) -> bytes:
    """Return what a module is made of, for its stamp; of groups only where classes are for them."""
    unread = _NOT_READ if has_parents else {*_NOT_READ, "groups"}
    return api.model_dump_json(by_alias=True, exclude=unread).encode()


def is_status(selector: str) -> bool:
    """Tell whether ``selector`` is a status or a family.

    A code may read like one: what is said of it then holds for both.
    """
    return _STATUS.match(selector) is not None


def visible(error: Error, hidden: Collection[str]) -> list[str]:
    """Return what is sensitive elsewhere and no secret in ``error``, because it says so."""
    declared = error.details.items()
    return [key for key, detail in declared if key in hidden and not detail.sensitive]


def waits(error: Error) -> Iterator[tuple[str, str, float]]:
    """Yield where the response says how long to wait: kind, name and unit in seconds."""
    for source in error.retry.after:
        if source.startswith(HEADER_PREFIX):
            yield "header", source.removeprefix(HEADER_PREFIX).lower(), 1.0
        else:
            detail = error.details.get(source)
            unit = seconds_in(detail.unit if detail else None)
            if unit is not None:
                yield "detail", source, unit


def sensitive(api: Api) -> dict[str, tuple[str, ...]]:
    """Return all details that must not be kept, each with its names in bodies and headers."""
    errors = api.errors.values()
    details = {name for one in errors for name, detail in one.details.items() if detail.sensitive}
    return {detail: tuple(dict.fromkeys(_wire_names(api, detail))) for detail in sorted(details)}


def _wire_names(api: Api, detail: str) -> Iterator[str]:
    """Yield the keys and headers that hold ``detail``, first its own name."""
    yield detail
    for envelope in api.envelopes:
        yield from _keys_with(envelope.body, detail, None)
        for header, text in envelope.headers.items():
            if _has_hole(text, detail):
                yield header.lower()


def _keys_with(pattern: JsonValue, detail: str, key: str | None) -> Iterator[str]:
    """Yield the keys below which the hole of ``detail`` stands."""
    if isinstance(pattern, dict):
        for written, inner in pattern.items():
            name = parse_key(written)
            yield from _keys_with(inner, detail, name.name if name else key)
    elif isinstance(pattern, list):
        for item in pattern:
            yield from _keys_with(item, detail, key)
    elif isinstance(pattern, str) and key is not None and _has_hole(pattern, detail):
        yield key


def _has_hole(text: str, name: str) -> bool:
    return any(isinstance(part, Hole) and part.name == name for part in parse_text(text))


def named_headers(api: Api) -> list[str]:
    """Return the headers of the catalog's own whose names sound like those of credentials."""
    named = {name for envelope in api.envelopes for name in envelope.headers}
    for error in api.errors.values():
        sources = [one for one in error.retry.after if one.startswith(HEADER_PREFIX)]
        named.update(source.removeprefix(HEADER_PREFIX) for source in sources)
    return sorted({name.lower() for name in named if _CREDENTIALS.search(name)})
