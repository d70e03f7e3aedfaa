"""Findings as SARIF 2.1.0, which GitHub's code scanning and most editors read."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from errorbook import __version__
from errorbook.problems import printable
from errorbook.reports.occurrences import numbered
from errorbook.reports.outcome import Entry, Outcome
from errorbook.rules.shipped import prose_of

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
"""The name of the format, by which readers know it."""
MOST: Final = 5_000
"""Results that GitHub keeps of one run."""
_BASE: Final = "%SRCROOT%"
_LEFT_OUT: Final = "not-checked"
_NOTE: Final = "note"
_Object = dict[str, Any]


def report(outcome: Outcome) -> str:
    """Return the document in plain ASCII, the worst findings first."""
    rules = list(dict.fromkeys(entry.rule for entry in outcome.entries))
    entries = outcome.entries[:MOST]
    numbers = numbered(f"{entry.rule}\0{entry.fingerprint}" for entry in entries)
    run = {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": f"errorbook/{outcome.verb}/"},
        "originalUriBaseIds": {_BASE: {"description": _message("The root of the repository.")}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(outcome)],
        "results": [
            _result(entry, rules.index(entry.rule), number)
            for entry, (_, number) in zip(entries, numbers, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _driver(rules: list[str]) -> _Object:
    notifications = {
        _LEFT_OUT: "Something that was asked for could not be looked at.",
        _NOTE: "Something worth knowing, but nothing wrong.",
    }
    return {
        "name": "errorbook",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
        "notifications": [
            {"id": name, "shortDescription": _message(text)} for name, text in notifications.items()
        ],
    }


def _rule(rule: str) -> _Object:
    """Return a rule with what errorbook's own catalog says of it, as far as that is there."""
    name = printable(rule)
    meaning = prose_of(rule, "meaning") or f"{name.replace('-', ' ').capitalize()}."
    fix = prose_of(rule, "fix")
    text = "\n\n".join(part for part in (meaning, fix) if part)
    return {
        "id": name,
        "shortDescription": _message(meaning),
        "help": {
            **_message(f"{text}\n\nerrorbook explain {name}"),
            "markdown": _markdown(text, name),
        },
    }


def _markdown(text: str, rule: str) -> str:
    return f"{text}\n\n`errorbook explain {rule}` says more."


def _invocation(outcome: Outcome) -> _Object:
    said = [(_LEFT_OUT, "error", one) for one in outcome.not_checked]
    said += [(_NOTE, "note", one) for one in outcome.notes]
    left = len(outcome.entries) - MOST
    if left > 0:
        said.append((_NOTE, "warning", f"{left:,} findings more are left out of this file."))
    return {
        "executionSuccessful": outcome.is_complete,
        "toolExecutionNotifications": [
            {"descriptor": {"id": name}, "level": level, "message": _message(text)}
            for name, level, text in said
        ],
    }


def _result(entry: Entry, rule: int, number: int) -> _Object:
    said = (entry.message, *entry.lines, entry.hint)
    result: _Object = {
        "ruleId": printable(entry.rule),
        "ruleIndex": rule,
        "level": entry.level,
        "message": _message("\n".join(line for line in said if line)),
        "locations": _locations(entry),
    }
    if entry.fingerprint:
        name = printable(entry.fingerprint)
        result["partialFingerprints"] = {
            "errorbook/v1": name,
            "primaryLocationLineHash": f"{name}:{number}",
        }
    if entry.passed:
        reason = printable(entry.passed)
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": reason}
        ]
    about = {"subject": entry.subject, "part": entry.part, "impact": entry.impact}
    properties = {name: printable(value) for name, value in about.items() if value}
    return result | ({"properties": properties} if properties else {})


def _locations(entry: Entry) -> list[_Object]:
    place = entry.place
    if not place.path:
        return []
    region = {"startLine": place.line} if place.line > 0 else {}
    region |= {"startColumn": place.column} if region and place.column > 0 else {}
    location = {"artifactLocation": _artifact(place.path)} | ({"region": region} if region else {})
    return [{"physicalLocation": location}]


def _artifact(path: str) -> _Object:
    if path.startswith("/"):
        return {"uri": f"file:///{_quoted(path.lstrip('/'))}"}
    return {"uri": _quoted(path), "uriBaseId": _BASE}


def _quoted(path: str) -> str:
    return quote(path, errors="replace")


def _message(text: str) -> _Object:
    """Return a plain message. What SARIF would make a link of, `[text](address)`, is none."""
    shown = printable(text)
    inert = shown.replace("[", r"\[") if "](" in shown else shown
    return {"text": inert or "(nothing said)"}
