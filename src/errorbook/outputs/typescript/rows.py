"""What a module holds about each code, as TypeScript source: the object that ``facts`` returns.

It stands in the class itself, so that whoever imports one class gets what belongs to it alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from errorbook.catalog import Api, Error
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import example_response, exit_code, retryable
from errorbook.catalog.prose import plain
from errorbook.outputs.module_facts import waits
from errorbook.outputs.typescript.naming import base_class, raised_class
from errorbook.outputs.typescript.source import literal, number_lines, property_lines

_NOTHING: Final = "undefined"


def facts_lines(name: str, api: Api, code: str, indent: int) -> list[str]:
    """Return the lines between the braces of the facts of ``code``, behind ``indent`` spaces."""
    exception = raised_class(name, api, code)
    address = docs_url(name, api, code)
    return list(_lines(api.errors[code], exception, exit_code(api, code), address, indent))


def unknown_lines(name: str, api: Api) -> list[str]:
    """Return the lines between the braces of the facts of codes that nothing is known of."""
    return list(_lines(Error(), base_class(name, api), None, None, 2))


def example_lines(api: Api, code: str, indent: int) -> list[str]:
    """Return the lines between the braces of the example of ``code``; none where there is none."""
    example = example_response(api, code)
    if example is None:
        return []
    body = "" if example.body is None else json.dumps(example.body, ensure_ascii=False)
    return [
        f"status: {_NOTHING if example.status is None else example.status},",
        *property_lines("headers", literal(json.dumps(dict(example.headers))), indent),
        *property_lines("body", literal(body), indent),
    ]


def _lines(
    error: Error, exception: str, ending: int | None, address: str | None, indent: int
) -> Iterator[str]:
    def said(key: str, value: str | None) -> list[str]:
        return property_lines(key, _NOTHING if value is None else literal(value), indent)

    retry = error.retry
    again = retryable(error)
    yield from number_lines("status: ", list(map(str, error.status)), ",", indent)
    yield from said("exception", exception)
    yield from said("meaning", plain(error.meaning))
    acts = [(("do", one.do), ("how", plain(one.how)), ("when", plain(one.when)))
            for one in error.actions]  # fmt: skip
    yield from _objects("actions", [[(key, literal(text)) for key, text in one] for one in acts],
                        indent)  # fmt: skip
    yield from said("retry", retry.when)
    yield f"retryable: {_NOTHING if again is None else str(again).lower()},"
    yield from _objects("after", list(_waits(error)), indent)
    yield from said("backoff", retry.backoff)
    yield from said("needs", retry.needs)
    yield f"maxAttempts: {_NOTHING if retry.max_attempts is None else retry.max_attempts},"
    yield f"exitCode: {_NOTHING if ending is None else ending},"
    yield from said("docsUrl", address)


def _waits(error: Error) -> Iterator[list[tuple[str, str]]]:
    for kind, name, unit in waits(error):
        seconds = str(int(unit)) if unit == int(unit) else repr(unit)
        yield [("from", literal(kind)), ("name", literal(name)), ("seconds", seconds)]


def _objects(key: str, items: list[list[tuple[str, str]]], indent: int) -> Iterator[str]:
    if not items:
        yield f"{key}: [],"
        return
    yield f"{key}: ["
    for fields in items:
        yield "  {"
        for name, value in fields:
            yield from (f"    {line}" for line in property_lines(name, value, indent + 4))
        yield "  },"
    yield "],"
