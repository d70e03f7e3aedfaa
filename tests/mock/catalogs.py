"""Catalogs for the mock server, among them one that nobody should write."""

from __future__ import annotations

import json
from typing import Any, Final

from errorbook.catalog import Catalog

HOSTILE_CODES: Final = (
    *("a/b", "0401", "401", "日本", "50%", "50%25", "two words", "q\"uo'te", "back\\slash"),
    *("a;b", "a,b", "a=b", "a?b", "a#b", "a&b", "a+b", ".", "..", "../..", "%2e%2e", "shop/plain"),
    *("<script>", "{code}", "[1-3]", "é", "👩", "x" * 128, "errors", "null", "true", "-1", "~"),
)


def catalog_of(apis: dict[str, Any]) -> Catalog:
    """Return a catalog as if it had been read, without the rules between its values."""
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def hostile_apis() -> dict[str, Any]:
    """Return APIs whose codes, and the places of their codes, are as awkward as they may be."""
    details = {"why": {"type": "string", "required": True, "example": "line\nbreak <b>\u202e"}}
    errors = {code: {"status": 400, "details": details} for code in HOSTILE_CODES}
    numbers = {code: {"status": 409} for code in ("0", "7", "401", "999999999")}
    in_headers = {code: {"status": 400} for code in HOSTILE_CODES}
    body = {"error": {"code": "{code}", "message?": "{message}", "*": "{details}"}}
    return {
        "shop": {"envelopes": [{"body": body}], "errors": {**errors, "plain": {"status": 402}}},
        "numeric": {"envelopes": [{"body": {"n": "{code:integer}"}}], "errors": numbers},
        "heads": {"envelopes": [{"headers": {"X-Error": "{code}"}}], "errors": in_headers},
        "z": {"envelopes": [{"body": {"c": "{code}"}}], "errors": {"shop/plain": {"status": 418}}},
    }


def hostile() -> Catalog:
    """Return the hostile APIs as a catalog."""
    return catalog_of(hostile_apis())
