"""The rules that errorbook.yaml names: how bad it finds them, and what it lets pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, Literal, cast

from errorbook.contract.changes import Level as ChangeLevel
from errorbook.problems import Finding, quoted, suggest

Level = Literal["breaking", "dangerous", "safe", "error", "warning", "off"]
"""A severity that somebody gives to a rule, or none of it."""

_KEY: Final = "levels"
_WAIVERS: Final = "waivers"
_OF_CHANGES: Final = ("breaking", "dangerous", "safe", "off")
_OF_CHECKS: Final = ("error", "warning", "off")
_NEVER_LESS: Final = frozenset({"code-repurposed"})
"""Kinds of change that a client cannot notice: each is waived by itself, or breaks."""
_CHECKED: Final = frozenset({"files", "markdown", "sdk", "html", "quality"})
"""Groups of the rules that `check` finds something by: all others end a command at once."""


def level_findings(levels: Mapping[str, Level]) -> Iterator[Finding]:
    """Yield what is wrong with ``levels``: rules that there are not, and levels of another sort."""
    if not levels:
        return
    kinds, checks = _kinds(), _checks()
    for rule, level in levels.items():
        if rule not in kinds and rule not in checks:
            if checks:
                yield _unknown(rule, kinds | checks)
            continue
        allowed = _OF_CHANGES if rule in kinds else _OF_CHECKS
        if level not in allowed:
            sort = "a kind of change" if rule in kinds else "something that check finds"
            message = f"{rule} is {sort}, which is never {level}"
            hint = f"one of: {', '.join(allowed)}"
            yield Finding("wrong-level", (_KEY, rule), message, hint)
        elif rule in _NEVER_LESS and level != "breaking":
            message = f"{rule} is breaking wherever it is found: no client can notice it"
            yield Finding("wrong-level", (_KEY, rule), message, "waive the changes one by one")


def waiver_findings(rules: Iterable[str]) -> Iterator[Finding]:
    """Yield which of ``rules``, those that waivers name in their order, no change can have."""
    for index, rule in enumerate(rules):
        kinds = _kinds()
        if rule in kinds:
            continue
        path = (_WAIVERS, index, "rule")
        if rule in _rules():
            message = f"{quoted(rule)} is no kind of change, and a waiver lets nothing else pass"
            yield Finding("unknown-rule", path, message, "take the waiver out")
        else:
            message = f"no kind of change is called {quoted(rule)}"
            yield Finding("unknown-rule", path, message, suggest(rule, kinds))


def of_changes(levels: Mapping[str, Level]) -> dict[str, ChangeLevel]:
    """Return those of ``levels`` that kinds of change are given."""
    if not levels:
        return {}
    kinds = _kinds()
    return {rule: cast("ChangeLevel", level) for rule, level in levels.items() if rule in kinds}


def _unknown(rule: str, known: frozenset[str]) -> Finding:
    if rule in _rules():
        message = f"{quoted(rule)} is no rule that can be made more or less bad"
        return Finding("unknown-rule", (_KEY, rule), message, "take it out", at_key=True)
    message = f"no rule is called {quoted(rule)}"
    return Finding("unknown-rule", (_KEY, rule), message, suggest(rule, known), at_key=True)


def _kinds() -> frozenset[str]:
    from errorbook.contract.kinds import KINDS  # noqa: PLC0415  # few projects need them

    return frozenset(KINDS)


@cache
def _checks() -> frozenset[str]:
    """Return the rules of what `check` finds; none where the shipped rules cannot be read."""
    return frozenset(
        rule
        for rule, said in _rules().items()
        if isinstance(said, dict) and said.get("group") in _CHECKED and said.get("exit_code") != 2
    )


def _rules() -> Mapping[str, object]:
    from errorbook.rules.shipped import API, shipped_rules  # noqa: PLC0415  # few projects need it

    value: object = shipped_rules()
    for step in ("apis", API, "errors"):
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
