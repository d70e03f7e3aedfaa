"""Catalogs that pages of errors are made of, and the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from errorbook.catalog import Catalog, load
from errorbook.outputs import OUTPUTS
from tests.outputs.hostile import hostile_catalog

ROOT = Path(__file__).parents[2]
MARKDOWN = MarkdownIt("commonmark").enable("table")
SHOP: dict[str, Any] = {
    "title": "Shop",
    "version": "v2",
    "docs": {"url": "https://x.test/"},
    "envelopes": [{"body": {"code": "{code}", "*": "{details}"}}],
    "operations": {"order": {"title": "Place an order", "method": "POST", "path": "/orders"}},
    "statuses": {"404": {"meaning": "Nothing is there."}},
    "groups": {"orders": {"title": "Orders", "meaning": "Of orders."}},
    "errors": {
        "gone": {
            "status": [404, 410],
            "meaning": "It *went*, see [the limits](guide/limits.md#size).",
            "causes": ["First.", "<error:other>"],
            "fix": "Wait.",
            "actions": [
                {"do": "wait", "how": "Wait `seconds`.", "when": "if there is time"},
                {"do": "abort"},
            ],
            "retry": {
                "when": "as_is",
                "after": ["seconds", "header:Retry-After"],
                "max_attempts": 1,
            },
            "details": {
                "seconds": {
                    "type": "integer",
                    "unit": "seconds",
                    "required": True,
                    "example": 5,
                    "meaning": "How long.",
                },
                "key": {"type": "string", "format": "uuid", "sensitive": True},
            },
            "operations": ["order"],
            "group": "orders",
            "since": "1.10",
            "deprecated": "2",
            "sunset": "3",
            "replaced_by": "other",
            "stability": "evolving",
        },
        "other": {"renamed_from": ["before", "older"]},
        "alike": {"status": 410},
        "beside": {"group": "orders"},
    },
    "exit_codes": {"3": {"name": "REFUSED", "meaning": "Refused.", "for": ["4xx"]}},
    "troubleshooting": [{"symptom": "Nothing.", "cause": "`a|b`", "errors": ["gone"]}],
    "retired": {
        "lost": {
            "removed": "v2",
            "replaced_by": "other",
            "reason": "Nobody needed it.",
            "status": 418,
            "meaning": "It was `lost`.",
        },
        "older": {"reason": "The name was wrong."},
        "bare": {},
    },
}


def catalog(**apis: Any) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def rendered(given: Catalog) -> Mapping[str, str]:
    return OUTPUTS["error-pages"].render(given)


def data(files: Mapping[str, str], stem: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"{stem}.json"])
    return found


CATALOGS = {
    "own": load(ROOT / "errors.yaml").catalog,
    "full": load(ROOT / "tests/site/full.yaml").catalog,
    "hard": load(ROOT / "tests/outputs/hard.yaml").catalog,
    "shop": catalog(shop=SHOP),
    "hostile": hostile_catalog(),
    "hostile, in files": hostile_catalog(docs={"error": "v~1/{code}.html"}),
    "hostile, at the root": hostile_catalog(docs={"url": "http://x.test", "error": "{code}/"}),
}
every_catalog = pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS)
