"""The generated modules that are put to the test, and the catalogs they come from."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from errorbook.catalog import Api, Catalog, load
from errorbook.outputs import vectors
from errorbook.outputs.python.module import render
from errorbook.outputs.python.naming import has_exceptions
from tests.outputs.modules import import_text
from tests.sdk import awkward

ROOT: Final = Path(__file__).parents[2]
FILES: Final = ("errors.yaml", "tests/outputs/hard.yaml", "tests/sdk/catalogs.yaml")
MANY: Final = 200
"""More errors than a module makes classes for when it is imported."""


@cache
def apis() -> dict[str, Api]:
    """Return every API by its id."""
    loaded = [load(ROOT / file).catalog for file in FILES]
    made = [_many(), awkward.catalog()]
    every = {name: api for catalog in [*loaded, *made] for name, api in catalog.apis.items()}
    return {name: api for name, api in every.items() if has_exceptions(api)}


def _many() -> Catalog:
    errors: dict[str, Any] = {
        f"code_{number}": {
            "status": 400 + number % 150,
            "message": f"It is {number}.",
            "group": "some" if number % 3 else None,
            "retry": {"when": "as_is", "after": ["header:Retry-After"]} if number % 2 else {},
            "details": {"part": {"type": "string", "sensitive": number % 5 == 0, "example": "x-y"}},
            "sdk": {"python": {"exception": "none"}} if number % 7 == 0 else {},
        }
        for number in range(MANY)
    }
    body = {"error": {"code": "{code}", "message?": "{message}", "*": "{details}"}}
    python = {"base": "ManyError", "parents": {"some": "SomeError", "4xx": "ClientError"}}
    api = {
        "envelopes": [{"body": body}],
        "groups": {"some": {"title": "Some"}},
        "errors": errors,
        "exit_codes": {"1": {"name": "CLIENT", "for": ["4xx"]}},
        "sdk": {"python": python},
    }
    return Catalog.model_validate_json(json.dumps({"apis": {"many": api}}))


def first_of(api: Api, count: int) -> Api:
    """Return ``api`` with so many of its errors, for tools that take long: the odd ones come first.

    Those behind them are many, and all of one kind.
    """
    return api.model_copy(update={"errors": dict(list(api.errors.items())[:count])})


@cache
def module_of(name: str) -> ModuleType:
    """Return the Python module of an API, generated and imported."""
    (text,) = render(Catalog(apis={name: apis()[name]})).values()
    with tempfile.TemporaryDirectory() as folder:
        return import_text(text, Path(folder))


@cache
def vectors_of(name: str) -> dict[str, Any]:
    """Return what the file of test vectors of an API says."""
    (text,) = vectors.render(Catalog(apis={name: apis()[name]})).values()
    found: dict[str, Any] = json.loads(text)
    return found


def every_vector(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the vectors of an API, each with what to call it."""
    for vector in vectors_of(name)["vectors"]:
        yield f"{name}: {vector['error']}, {vector['case']}", vector
