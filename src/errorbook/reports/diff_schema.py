"""JSON Schema of what `errorbook diff --format json` writes."""

from __future__ import annotations

from typing import Final

from errorbook.outputs.languages import LANGUAGES
from errorbook.reports.schema_parts import (
    COMPLETE,
    FORMAT,
    LEFT_OUT,
    NOTES,
    PLACE,
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

_SEVERITIES: Final = ("breaking", "dangerous", "safe")


def diff_report_schema() -> Schema:
    """Return the schema."""
    properties = {
        "format": FORMAT,
        "verb": {"const": "diff"},
        "catalog": text("The catalog."),
        "against": mapping(
            {
                "name": text("What it was compared with."),
                "commit": {"description": "Its commit.", "type": ["string", "null"]},
            }
        ),
        "first_version": flag("Whether there was no catalog before."),
        "profile": word("How severe the run was.", "default", "strict"),
        "fail_on": word("The least that fails.", "breaking", "dangerous"),
        "codes": number("Codes that were compared."),
        "counts": mapping(
            {name: number("Changes that count.") for name in _SEVERITIES}
            | {"waived": number("Changes that do not.")}
        ),
        "bump": word(
            "The part of the version that has to rise.", "major", "minor", "patch", "none"
        ),
        "versions": listed(
            "The next versions of APIs, where they can be told.", {"type": "string"}
        ),
        "failed": flag("Whether something fails."),
        "complete": COMPLETE,
        "verdict": VERDICT,
        "command": text("The command that compares them once more."),
        "changes": listed("Changes that count, the worst first.", _change()),
        "waived": listed("Changes that do not count.", _change()),
        "problems": listed(
            "What is wrong with the waivers, or with the catalog if that is not valid.",
            mapping(PROBLEM),
        ),
        "not_checked": LEFT_OUT,
        "notes": NOTES,
    }
    return mapping(properties, title="Report of errorbook diff")


def _change() -> Schema:
    who = word("", "wire", *LANGUAGES, "cli", "docs")
    waiver = mapping(
        {
            "reason": text("Why the change may pass."),
            "expires": text("Last day on which it may.", format="date"),
        }
    )
    properties = {
        "rule": text("Id of the kind of change; `errorbook explain RULE` says more."),
        "severity": word("How bad it is.", *_SEVERITIES),
        "api": text("Id of the API."),
        "subject": text("What of it has changed: a code, `code.detail`, or empty for the API."),
        "before": text("What was."),
        "after": text("What is."),
        "breaks": listed("Whom it breaks.", {"enum": who["enum"]}),
        "message": text("What it means."),
        "hint": text("How to mend it, where that can be said."),
        "fingerprint": text("Tells this change from any other.", pattern="^C-[0-9a-f]+$"),
        **PLACE,
        "waiver": waiver,
    }
    return mapping(properties, optional=["waiver"])
