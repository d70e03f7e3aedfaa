"""What a module holds about each code: the rows of its table, as Python source.

They are constants: a thousand of them are read with the module, and nothing is made of one until
it is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.envelope import Hole, parse_key, parse_text
from errorbook.catalog.facts import example_response, exit_code, retryable, seconds_in
from errorbook.catalog.models import HEADER_PREFIX
from errorbook.catalog.prose import plain
from errorbook.outputs.python.naming import raised_class
from errorbook.outputs.python.source import literal

Value = str | float | bool | tuple[Any, ...] | None
_STEP: Final = " " * 4
_CREDENTIALS: Final = re.compile(
    r"auth|bearer|cookie|credential|jwt|key|pass|secret|session|signature|token", re.IGNORECASE
)
"""What every name that the module takes for one of credentials has in it, and a few others."""


def row(name: str, api: Api, code: str, hidden: Collection[str]) -> list[str]:
    """Return the lines between the braces of the row of ``code``.

    ``hidden`` are the details that some error of ``api`` calls sensitive.
    """
    fields = dict(_fields(name, api, code))
    if hidden:
        # What is sensitive elsewhere and no secret here, because this error says so.
        declared = api.errors[code].details.items()
        fields["visible"] = tuple(
            key for key, detail in declared if key in hidden and not detail.sensitive
        )
    return [line for key, value in fields.items() for line in _field(key, value)]


def unknown_row(api: Api, base: str) -> list[str]:
    """Return the lines between the braces of the row for codes that nothing is known of."""
    nothing: dict[str, Value] = dict(_fields("", Api(errors={"-": Error()}), "-"))
    nothing |= {"exception": base, **({"visible": ()} if sensitive(api) else {})}
    return [line for key, value in nothing.items() for line in _field(key, value)]


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


def display(value: Value, indent: str = "") -> str:
    """Return ``value`` as Python source, laid out as formatters would."""
    if isinstance(value, str):
        return literal(value)
    if not isinstance(value, tuple):
        return repr(value)
    if not value:
        return "()"
    if len(value) == 1 and not isinstance(value[0], tuple):
        return f"({display(value[0])},)"
    items = [f"{indent}{_STEP}{display(item, indent + _STEP)}," for item in value]
    return "\n".join(["(", *items, f"{indent})"])


def _field(key: str, value: Value) -> list[str]:
    return f"{literal(key)}: {display(value)},".split("\n")


def _fields(name: str, api: Api, code: str) -> Iterator[tuple[str, Value]]:
    error = api.errors[code]
    yield "status", error.status
    yield "exception", raised_class(name, api, code)
    yield "meaning", plain(error.meaning)
    yield "actions", tuple((one.do, plain(one.how), plain(one.when)) for one in error.actions)
    yield "retry", error.retry.when
    yield "retryable", retryable(error)
    yield "after", tuple(_sources(error))
    yield "backoff", error.retry.backoff
    yield "needs", error.retry.needs
    yield "max_attempts", error.retry.max_attempts
    yield "exit_code", exit_code(api, code)
    yield "docs_url", docs_url(name, api, code)
    yield "example", _example(api, code)


def _sources(error: Error) -> Iterator[tuple[str, str, float]]:
    """Yield where the response says how long to wait: kind, name and unit in seconds."""
    for source in error.retry.after:
        if source.startswith(HEADER_PREFIX):
            yield "header", source.removeprefix(HEADER_PREFIX).lower(), 1.0
        else:
            detail = error.details.get(source)
            unit = seconds_in(detail.unit if detail else None)
            if unit is not None:
                yield "detail", source, unit


def _example(api: Api, code: str) -> Value:
    example = example_response(api, code)
    if example is None:
        return (None, (), "")
    body = "" if example.body is None else json.dumps(example.body, ensure_ascii=False)
    return (example.status, tuple(example.headers.items()), body)
