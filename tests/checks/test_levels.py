"""A project says how bad it finds a rule."""

from __future__ import annotations

from errorbook.checks.levels import levelled
from errorbook.checks.result import Checked, Reported
from errorbook.problems import Place, Problem, Severity


def _checked(**severities: Severity) -> Checked:
    found = (
        Reported(Problem(rule, Place("a"), "x", severity=severity))
        for rule, severity in severities.items()
    )
    return Checked("2 things", tuple(found), ("left out",))


def test_rules_get_the_severity_that_is_given_to_them() -> None:
    checked = levelled(_checked(a="error", b="warning"), {"a": "warning", "b": "error"})
    assert checked == _checked(a="warning", b="error")


def test_a_rule_that_is_off_finds_nothing() -> None:
    assert levelled(_checked(a="error", b="error"), {"a": "off"}) == _checked(b="error")


def test_levels_of_changes_are_not_those_of_checks() -> None:
    assert levelled(_checked(a="error"), {"a": "safe", "c": "off"}) == _checked(a="error")
