"""Catalogs for the outputs that describe bodies: the shapes of known APIs, and hostile ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Catalog, load
from tests.catalog.test_envelope import SHAPES, Shape

ROOT: Final = Path(__file__).parents[2]
FILES: Final = ("errors.yaml", "tests/site/full.yaml", "tests/outputs/hard.yaml")
_KNOWN: Final = ("code", "message", "status", "details", "request_id")
_TYPES: Final[Mapping[type, str]] = {str: "string", int: "integer", dict: "object", list: "array"}


def catalog(**apis: Any) -> Catalog:
    """Return a catalog of ``apis``, as JSON would give it."""
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def shaped(shape: Shape) -> Catalog:
    """Return a catalog of one API whose only error is the one that ``shape`` shows."""
    details = shape.says.get("details")
    given: dict[str, JsonValue] = details if isinstance(details, dict) else {}
    given = given | {name: one for name, one in shape.says.items() if name not in _KNOWN}
    error: dict[str, Any] = {
        "details": {
            name: {"type": _TYPES[type(one)], "required": True, "example": one}
            for name, one in given.items()
            if one is not None
        },
    }
    if isinstance(shape.says.get("status"), int):
        error["status"] = shape.says["status"]
    if "message" in shape.says:
        error["message"] = shape.says["message"]
    envelope = shape.envelope.model_dump(mode="json")
    code = str(shape.says["code"])
    return catalog(shop={"title": "Shop", "envelopes": [envelope], "errors": {code: error}})


HOSTILE_CODES: Final = (
    *("../../x", "__proto__", "constructor", "a/b", "a.2f.b", "a~b", "a~1b", "$ref", "%2e%2e"),
    *("Status400", "Error", "UnknownError", "Envelope1", "KnownCode1", "\U0001f980", "\xe9"),
    *('"', "\\", "<script>", "{code}", "a b", "#", "^.*$", "x" * 128, "-1", "007", "7"),
)


def hostile() -> Catalog:
    """Return a catalog whose names and texts mean something to tools."""
    body = {
        "$ref": "{code}",
        "$id": "https://x.example/{code}",
        "__proto__": "x",
        "a/b~c": "{message}",
        "\U0001f980": None,
        "*": "{details}",
    }
    error = {
        "status": [*range(100, 600), 400],
        "meaning": "<script>alert(1)</script> *x* [l](http://e.example) <error:a/b> &amp; ![i](x)",
        "causes": ["# no heading", "<!-- -->"],
        "fix": "1. no list",
        "actions": [{"do": "abort", "how": "<b>", "when": "`</code>`"}],
        "details": {
            "$id": {"type": "string", "meaning": "<i>"},
            "$defs": {"type": "object", "required": True, "example": {"$ref": "#/nowhere"}},
        },
    }
    plain = {"status": 400, "meaning": "\u202e\x1b[31m"}
    errors = dict.fromkeys(HOSTILE_CODES, plain) | {"all": error}
    envelopes = [
        {"body": body, "headers": {"X-\xc9": "{code}", "$ref": "a{code}b", "Content-Type": "x"}},
        {
            "body": {"code": "{code:integer}", "b": [{"c": "E-{x}-{code}"}]},
            "content_type": "\U0001f980",
        },
    ]
    return catalog(shop={"title": "<script>", "envelopes": envelopes, "errors": errors})


CATALOGS: Final[Mapping[str, Catalog]] = {
    **{Path(file).stem: load(ROOT / file).catalog for file in FILES},
    **{name: shaped(shape) for name, shape in SHAPES.items()},
    "hostile": hostile(),
}
