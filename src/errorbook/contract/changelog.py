"""Changes as lines of a changelog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from errorbook.contract.changes import Change
from errorbook.contract.kinds import KINDS
from errorbook.contract.waivers import subject_of

_VERBS: Final = {
    "code-added": "Add {subject}",
    "code-removed": "Remove {subject}",
    "code-renamed": "Rename {before} to {after}",
    "deprecated": "Deprecate {subject}",
}


def changelog_line(change: Change, code: Callable[[str], str], prose: Callable[[str], str]) -> str:
    """Return what a changelog says of ``change``, without the mark of a list.

    ``code`` and ``prose`` make what comes from a catalog harmless in the language of the changelog.
    """
    verb = next((said for rule, said in _VERBS.items() if _is(change.rule, rule)), None)
    if verb is None:
        return f"{code(subject_of(change))}: {prose(_said(change))}"
    return verb.format(
        subject=code(subject_of(change)), before=code(change.before), after=code(change.after)
    )


def _said(change: Change) -> str:
    """Return the message without what every change of its kind means."""
    kind = KINDS.get(change.rule)
    meanings = (kind.meaning, kind.elsewhere) if kind else ()
    tails = (f": {one[0].lower()}{one[1:]}" for one in meanings if one)
    tail = next((one for one in tails if change.message.endswith(one)), "")
    return change.message.removesuffix(tail)


def _is(rule: str, kind: str) -> bool:
    return rule == kind or rule.startswith(f"{kind}-")
