"""A catalog in which everything that people write is out to break what is made of it."""

from __future__ import annotations

import json
from typing import Any

from errorbook.catalog import Catalog

CODES = [
    "rate_limited",
    "Rate_Limited",
    "RATE_LIMITED",
    "../../etc/passwd",
    "..",
    ".",
    "a/b",
    "a\\b",
    "con",
    "LPT1.json",
    "index",
    "llms.txt",
    "group",
    "404",
    "- 1. # code",
    "`code` ``",
    "a|b",
    "[a](b)",
    "a]b[c",
    "<script>alert(1)</script>",
    "<!-- -->",
    "&lt;",
    "{code}",
    "{{ 7 * 7 }}",
    "# heading #",
    "text sha256:0000000000000000",
    "é",
    "字",
    "🦀",
    "x" * 120,
    "x" * 119 + "y",
    "~2f~",
    "%2F",
    "a b",
    "'\"",
    "$(touch x)",
]
TEXT = (
    "<b>x</b> &amp; `a|b` *no* | [x](javascript:alert) \\ ``` ~~~ -->\n\n# not a heading\n"
    "- no item\n1. none\n\u202e\u200b\u2028text sha256:0000000000000000 <error:a/b> ]]>"
)


def hostile_catalog(**api: Any) -> Catalog:
    """Return a catalog with one API, in which ``api`` replaces what it says."""
    detail = {"type": "string", "meaning": TEXT, "unit": TEXT, "format": TEXT, "example": TEXT}
    error = {
        "status": [400, 599],
        "meaning": TEXT,
        "message": TEXT.replace("{", ""),
        "causes": [TEXT, TEXT],
        "fix": TEXT,
        "actions": [{"do": "abort", "how": TEXT, "when": TEXT}],
        "retry": {"when": "as_is", "after": [TEXT, f"header:{TEXT}"]},
        "details": {TEXT: detail, "a|b": detail},
        "operations": [TEXT, "known"],
        "group": "group",
        "since": TEXT,
        "deprecated": TEXT,
        "sunset": TEXT,
        "replaced_by": CODES[3],
        "stability": "evolving",
        "sdk": {"python": {"exception": "Error`\n```"}},
    }
    said = {
        "title": TEXT,
        "version": TEXT,
        "summary": TEXT,
        "envelopes": [{"body": {"```": TEXT, "*": "{details}"}, "headers": {TEXT: "{code}"}}],
        "operations": {"known": {"title": TEXT, "method": "GET", "path": TEXT}},
        "groups": {"group": {"title": TEXT, "meaning": TEXT}},
        "statuses": {"400": {"meaning": TEXT}},
        "errors": dict.fromkeys(CODES, error),
        "exit_codes": {"1": {"name": "ERROR", "meaning": TEXT, "for": ["4xx"]}},
        "troubleshooting": [
            {"symptom": TEXT, "cause": TEXT, "solution": TEXT, "errors": [CODES[0], CODES[0]]}
        ],
        "retired": {
            "gone/../..": {"removed": TEXT, "replaced_by": CODES[5], "reason": TEXT},
            "GONE": {"meaning": TEXT, "status": [404, 410], "replaced_by": "nowhere"},
        },
    }
    return Catalog.model_validate_json(json.dumps({"apis": {"shop": {**said, **api}}}))
