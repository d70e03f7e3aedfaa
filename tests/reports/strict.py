"""Reports measured by their published schemas, which allow keys that nobody has described."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator

from errorbook.reports.schemas import SCHEMAS


def complaints(name: str, text: str) -> list[str]:
    """Return what the schema called ``name`` says against a report, with every key described."""
    return [
        f"{error.json_path}: {error.message}" for error in _strict(name).iter_errors(_read(text))
    ]


def sarif_complaints(text: str) -> list[str]:
    """Return what the schema of OASIS says against a document of SARIF."""
    return [f"{error.json_path}: {error.message}" for error in _sarif().iter_errors(_read(text))]


@cache
def _sarif() -> Draft4Validator:
    text = Path(__file__).with_name("sarif-2.1.0.schema.json").read_text("utf-8")
    return Draft4Validator(json.loads(text))


def _read(text: str) -> Any:
    assert text.isascii()
    return json.loads(text)


@cache
def _strict(name: str) -> Draft202012Validator:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_closed(schema))


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "required" in schema else closed
