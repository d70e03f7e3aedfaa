"""JSON Schema of what `errorbook check --format json` writes, and `errorbook validate`, too."""

from __future__ import annotations

from errorbook.reports.schema_parts import (
    COMPLETE,
    FORMAT,
    LEFT_OUT,
    NOTES,
    PROBLEM,
    VERDICT,
    Schema,
    flag,
    listed,
    mapping,
    number,
    text,
    word,
)


def check_report_schema() -> Schema:
    """Return the schema."""
    properties = {
        "format": FORMAT,
        "verb": word("The command.", "check", "validate"),
        "catalog": text("The catalog, and how much is in it; empty if it is not valid."),
        "verdict": VERDICT,
        "valid": flag("Whether the catalog and errorbook.yaml are valid; if not, exit code 2."),
        "failed": flag("Whether an error was found."),
        "complete": COMPLETE,
        "command": {
            "description": "The command that mends something of what was found; null if none does.",
            "type": ["string", "null"],
        },
        "counts": mapping(
            {
                "error": number("Findings that fail."),
                "warning": number("Findings that do not fail."),
                "accepted": number("Findings that are accepted for now."),
            }
        ),
        "checks": listed("What was checked, in order.", _check()),
        "accepted": listed("What is wrong, but accepted for now.", _finding()),
        "not_checked": LEFT_OUT,
    }
    title = "Report of errorbook check"
    return mapping(properties, title=title)


def _check() -> Schema:
    return mapping(
        {
            "name": text("The check, such as `generated files`."),
            "looked_at": text("How much it compared, such as `4 generated files`."),
            "findings": listed("What is wrong.", _finding()),
            "not_checked": LEFT_OUT,
            "notes": NOTES,
        }
    )


def _finding() -> Schema:
    return mapping(
        {
            **PROBLEM,
            "subject": text("What it is about within its file, such as `api/code`."),
            "value": text("What was found there, where another one would be another finding."),
            "fingerprint": text(
                "Tells this finding from any other, in every run.", pattern="^F-[0-9a-f]+$"
            ),
            "diff": listed("A unified diff of bounded length.", {"type": "string"}),
        }
    )
