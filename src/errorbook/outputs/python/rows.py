"""What a module holds about each code: the rows of its table, as Python source.

They are constants: a thousand of them are read with the module, and nothing is made of one until
it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, Final

from errorbook.catalog import Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import example_response, exit_code, retryable
from errorbook.catalog.prose import plain
from errorbook.outputs.module_facts import sensitive, visible, waits
from errorbook.outputs.python.naming import raised_class
from errorbook.outputs.python.source import literal

Value = str | float | bool | tuple[Any, ...] | None
_STEP: Final = " " * 4


def row(name: str, api: Api, code: str, hidden: Collection[str]) -> list[str]:
    """Return the lines between the braces of the row of ``code``.

    ``hidden`` are the details that some error of ``api`` calls sensitive.
    """
    fields = dict(_fields(name, api, code))
    if hidden:
        fields["visible"] = tuple(visible(api.errors[code], hidden))
    return [line for key, value in fields.items() for line in _field(key, value)]


def unknown_row(api: Api, base: str) -> list[str]:
    """Return the lines between the braces of the row for codes that nothing is known of."""
    nothing: dict[str, Value] = dict(_fields("", Api(errors={"-": Error()}), "-"))
    nothing |= {"exception": base, **({"visible": ()} if sensitive(api) else {})}
    return [line for key, value in nothing.items() for line in _field(key, value)]


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
    yield "after", tuple(waits(error))
    yield "backoff", error.retry.backoff
    yield "needs", error.retry.needs
    yield "max_attempts", error.retry.max_attempts
    yield "exit_code", exit_code(api, code)
    yield "docs_url", docs_url(name, api, code)
    yield "example", _example(api, code)


def _example(api: Api, code: str) -> Value:
    example = example_response(api, code)
    if example is None:
        return (None, (), "")
    body = "" if example.body is None else json.dumps(example.body, ensure_ascii=False)
    return (example.status, tuple(example.headers.items()), body)
