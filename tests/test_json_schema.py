"""The quick check of schemas refuses what that of jsonschema refuses."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, SchemaError, ValidationError

from errorbook.reports.diff_schema import diff_report_schema
from tests.json_schema import check_schema

SLIPS: tuple[dict[str, Any], ...] = (
    {"type": "text"},
    {"$defs": {"a": {"items": [{}]}}},
    {"properties": {"a": {"anyOf": []}}},
    {"prefixItems": [{"not": {"if": 7}}]},
    {"required": "a"},
    {"pattern": "("},
    {"patternProperties": {"(": True}},
    {"minLength": -1},
    {"title": 1},
    {"format": 1},
    {"$id": "a#b"},
    {"$dynamicRef": {}},
    {"unevaluatedProperties": 1},
    {"contentSchema": []},
    {"dependencies": {"a": [1]}},
    {"$recursiveAnchor": 1},
)
"""A slip in each vocabulary of schemas, and below each other."""


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_refused(slip: dict[str, Any]) -> None:
    with pytest.raises(SchemaError):
        Draft202012Validator.check_schema(slip)
    with pytest.raises(ValidationError):
        check_schema(slip)
    with pytest.raises(ValidationError):
        check_schema({"allOf": [{"$defs": {"a": {"properties": {"b": slip}}}}]})


def test_a_schema_of_ours_is_taken() -> None:
    check_schema(diff_report_schema())
    check_schema(Draft202012Validator.META_SCHEMA)
