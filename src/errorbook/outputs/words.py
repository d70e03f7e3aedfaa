"""What people are told for the words of the catalog, the same wherever they stand."""

from __future__ import annotations

from typing import Final

from errorbook.catalog import ACTION_WORDS, Catalog
from errorbook.catalog.models import ActionWord, RetryWhen

ACTIONS: Final[dict[ActionWord, str]] = {
    "abort": "Abort",
    "authenticate": "Authenticate",
    "clean_up": "Clean up",
    "escalate": "Escalate",
    "fix_request": "Fix the request",
    "redo_step": "Redo a step",
    "retry": "Retry",
    "treat_as_success": "Treat as success",
    "use_alternative": "Use another way",
    "wait": "Wait, then retry",
}
RETRY: Final[dict[RetryWhen, tuple[str, str]]] = {
    "never": ("Never", "Never"),
    "as_is": ("Yes, unchanged", "Yes, unchanged"),
    "after_change": (
        "After a change",
        "Only after a change of the request, the state or the credentials",
    ),
    "unknown": ("Unknown", "Not known"),
}
"""A label for tables, and a sentence without its full stop, since clauses may follow it."""
BACKOFF: Final[dict[str, str]] = {
    "exponential": "with growing pauses",
    "fixed": "with even pauses",
}

Words = dict[str, dict[str, str | list[str]]]


def words(catalog: Catalog) -> Words:
    """Return what to show for the words of ``catalog``, as files for programs hold it.

    ``actions`` are those that some error uses, each with its title and what it asks for;
    ``retry`` gives label and sentence, ``backoff`` a clause.
    """
    used = {
        action.do
        for api in catalog.apis.values()
        for error in api.errors.values()
        for action in error.actions
    }
    return {
        "actions": {
            word: [ACTIONS[word], meaning] for word, meaning in ACTION_WORDS.items() if word in used
        },
        "retry": {word: list(told) for word, told in RETRY.items()},
        "backoff": dict(BACKOFF),
    }
