"""What people are told for the words of the catalog, the same wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from errorbook.catalog import ACTION_WORDS, Api, Catalog, Error, Retry
from errorbook.catalog.models import HEADER_PREFIX, ActionWord, RetryWhen

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
COLUMNS: Final[Mapping[str, str]] = {
    "code": "Code",
    "status": "HTTP",
    "meaning": "Meaning",
    "action": "What to do",
    "retry": "Retry",
    "exception": "Exception",
    "exit_code": "Exit code",
    "group": "Group",
    "operations": "Operations",
    "since": "Since",
}
"""Columns of a table of codes, with their titles."""
DEFAULT_COLUMNS: Final = ("code", "status", "meaning", "action")
PARTS: Final = (
    "example",
    "meaning",
    "causes",
    "fix",
    "actions",
    "retry",
    "details",
    "operations",
    "exception",
    "exit_code",
)
"""Parts that an error may be shown in."""
DEFAULT_PARTS: Final = ("meaning", "example", "causes", "fix", "actions", "retry", "details")


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


def full_title(name: str, api: Api) -> str:
    """Return what an API is called, with its version: ``Artifacta API v1``."""
    return " ".join(filter(None, (api.title or name, api.version)))


def group(api: Api, name: str) -> str:
    """Return the title of a group."""
    return (api.groups[name].title or name) if name in api.groups else name


def lifecycle(error: Error) -> list[dict[str, str]]:
    """Return the badges of an error that is not simply stable and current: ``kind``, ``text``."""
    badges = []
    if error.deprecated is not None:
        badges.append({"kind": "deprecated", "text": f"Deprecated since {error.deprecated}"})
    if error.sunset is not None:
        badges.append({"kind": "deprecated", "text": f"Gone from {error.sunset}"})
    if error.replaced_by is not None:
        badges.append({"kind": "deprecated", "text": f"Use {error.replaced_by}"})
    if error.stability != "stable":
        badges.append({"kind": error.stability, "text": error.stability.capitalize()})
    return badges


def retry_clauses(policy: Retry, code: Callable[[str], str]) -> list[str]:
    """Return a retry policy as clauses, to be joined by commas.

    They say whether to send the request again, after how long, and how often. ``code`` sets the
    names in them.
    """
    waits = [
        f"the header {code(source.removeprefix(HEADER_PREFIX))}"
        if source.startswith(HEADER_PREFIX)
        else code(source)
        for source in policy.after
    ]
    most = policy.max_attempts
    clauses = [
        RETRY[policy.when][1],
        f"after {' or '.join(waits)}" if waits else "",
        BACKOFF.get(policy.backoff or "", ""),
        f"with an {policy.needs.replace('_', ' ')}" if policy.needs else "",
        f"at most {most} attempt{'' if most == 1 else 's'}" if most else "",
    ]
    return [clause for clause in clauses if clause]
