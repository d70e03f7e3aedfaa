"""Every label that views show: what stands in no catalog and can be said in other words.

A name in braces is where a fact goes. Whoever says a label otherwise keeps those names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from errorbook.catalog import ACTION_WORDS
from errorbook.outputs import words
from errorbook.outputs.error_facts import HEADINGS

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "columns": words.COLUMNS,
    "headings": HEADINGS,
    "actions": {str(word): label for word, label in words.ACTIONS.items()},
    "asks": {str(word): asked for word, asked in ACTION_WORDS.items()},
    "retry": {
        **{when: label for when, (label, _) in words.RETRY.items()},
        "after": "after {sources}",
        "or": "or",
        "header": "the header {name}",
        "idempotency_key": "with an idempotency key",
        "at_most_one": "at most {count} attempt",
        "at_most": "at most {count} attempts",
    },
    "retry_sentences": {when: sentence for when, (_, sentence) in words.RETRY.items()},
    "pauses": words.BACKOFF,
    "promises": {
        "codes_permanent": ("Codes are permanent: none is removed or renamed within a version."),
        "codes_may_change": "Codes may change.",
        "new_codes_may_come": ("New codes may appear at any time; expect codes you do not know."),
        "new_codes_with_a_new_version": "New codes appear only with a new version.",
        "messages_permanent": "Messages are part of the contract.",
        "messages_may_change": "Messages are for people and may change; never match on them.",
        "statuses_permanent": "The HTTP status of a code does not change.",
        "statuses_may_change": "The HTTP status of a code may change.",
        "details_permanent": "Details keep their names and types.",
        "details_may_change": "Details may change.",
    },
    "endings": {
        "success": "success",
        "network": "no connection",
        "timeout": "no answer in time",
        "usage": "wrong use of the command",
        "interrupt": "interrupted by the user",
        "unknown": "anything else",
    },
    "lifecycle": {
        "deprecated": "Deprecated since {fact}",
        "sunset": "Gone from {fact}",
        "replaced_by": "Use {fact}",
        "evolving": "Evolving",
        "experimental": "Experimental",
    },
    "parts": {
        "causes": "Causes",
        "fix": "Fix",
        "actions": "What a client does",
        "retry": "Retry",
        "operations": "Answered only by",
        "exception": "Exception",
        "exit_code": "Exit code",
        "more": "More about {code}",
    },
    "details": {
        "caption": "Details of {code}",
        "name": "Detail",
        "type": "Type",
        "meaning": "Meaning",
        "optional": "optional",
        "sensitive": "sensitive",
    },
    "page": {
        "api": "API",
        "retry": "Retry",
        "exception": "Exception",
        "exit_code": "Exit code",
        "group": "Group",
        "since": "Since",
        "forms": "For programs",
        "operations": "Only these answer it:",
        "same_status": "Easily confused with",
        "same_status_one": "{codes}: it comes with the same status.",
        "same_status_many": "{codes}: they come with the same status.",
        "same_group": "Also in {group}",
        "deprecated": "Deprecated",
        "takes_place": "{code} takes its place.",
        "took_place": "{code} took its place.",
        "renamed": "Renamed",
        "renamed_to": "{api} calls this error {code} now.",
        "retired": "Retired",
        "retired_in": "Retired in {version}",
        "no_longer_sent": (
            "{api} no longer sends this code, and it will never mean anything else."
        ),
        "reason": "Why it went",
    },
    "codes": {
        "caption": "Error codes of {api}",
        "empty": "No error matches.",
        "none": "none",
        "any_operation": "any",
    },
    "exceptions": {
        "caption": "Exceptions",
        "languages": "Language",
        "in_language": "{name} ({language})",
        "exception": "Exception",
        "raised_for": "Raised for",
        "attributes": "Attributes of its own",
        "base": "Base class of all errors.",
        "base_below": "Base class of all errors, below {name}.",
        "itself": "Raised itself for every code that is not listed here.",
        "itself_and": "Raised itself for {codes}, and for every code that is not listed here.",
        "itself_unless": (
            "Raised itself for every code that is not listed here, unless its status has a class."
        ),
        "itself_and_unless": (
            "Raised itself for {codes}, and for every code that is not listed here, "
            "unless its status has a class."
        ),
        "parent": "Base class for {codes}.",
        "parent_of_none": "Base class for no code yet.",
        "parent_itself": (
            "Raised itself for codes not listed here that come with the status {status}."
        ),
    },
    "exit_codes": {
        "caption": "Exit codes",
        "number": "Exit code",
        "name": "Name",
        "meaning": "Meaning",
        "endings": "For",
    },
    "groups": {
        "total": "{count} codes, by group:",
        "all": "All errors",
        "others": "Other errors",
        "part": "{group}, {first} to {last}",
    },
    "fields": {
        "caption": "Fields of the body",
        "name": "Field",
        "meaning": "Meaning",
        "stable": "Stable",
        "unknown": "not promised",
        "promised": "Yes: build on it",
        "may_change": "No: may change",
    },
    "statuses": {
        "caption": "Statuses",
        "status": "HTTP",
        "meaning": "Meaning",
        "causes": "Cause",
        "codes": "Codes",
    },
    "troubleshooting": {
        "caption": "Troubleshooting",
        "symptom": "Symptom",
        "cause": "Likely cause",
        "solution": "Solution",
        "codes": "Codes",
    },
    "problem": {"title": "This block could not be shown"},
}
"""The labels in groups, as a file of a site's own has them."""
