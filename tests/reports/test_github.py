"""Annotations of GitHub Actions: escaped, no more than are shown, the worst first."""

from __future__ import annotations

import re

import pytest

from errorbook.reports.github import MOST, report
from tests.reports.nasty import NASTY
from tests.reports.outcomes import entry, nasty_outcome, outcome

_COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,]*,?)+)::(.*)")


def test_a_finding_is_an_annotation_at_its_line() -> None:
    first, last = report(outcome(entry())).splitlines()
    assert first == (
        "::error file=sdk/errors.py,line=12,col=5,title=stale-file shop/sold_out::"
        f"is not what the catalog says%0Arun: errorbook generate%0A{entry().fingerprint}"
    )
    assert last == (
        "::notice title=errorbook check%3A errors.yaml%3A 1 API%2C 1 error::"
        "errors.yaml: 1 API, 1 error; 4 generated files: all told"
    )


def test_a_change_comes_first_and_a_diff_last() -> None:
    (change, _) = report(outcome(entry(lines=("a -> b",)))).splitlines()
    assert "::a -> b%0Ais not what" in change
    (diff, _) = report(outcome(entry(lines=("--- a", *["+b"] * 100)))).splitlines()
    assert diff.split("%0A")[-2:] == ["+b", "+b"]
    assert diff.count("+b") < 20


def test_what_does_not_count_is_not_shown() -> None:
    lines = report(outcome(entry(passed="accepted"), entry("note"))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::notice"]


def test_there_are_no_more_than_github_shows_and_the_worst_are_first() -> None:
    errors = [entry(subject=f"e{number}") for number in range(MOST + 3)]
    warnings = [entry("warning", f"w{number}") for number in range(MOST + 4)]
    said = report(outcome(*warnings, *errors, not_checked=("site: no such folder",)))
    lines = said.splitlines()
    levels = [line.split(" ")[0] for line in lines]
    assert levels == ["::error"] * MOST + ["::warning"] * MOST + ["::notice"]
    assert lines[0] == "::error title=not checked::site: no such folder"
    assert lines[-1].endswith("; 8 more are not shown here")


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_others_is_a_command_or_ends_a_property(text: str) -> None:
    lines = report(nasty_outcome(text)).split("\n")
    assert lines.pop() == ""
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 2 + ["::warning", "::notice"]
    for line in lines:
        found = _COMMAND.fullmatch(line)
        assert found
        assert line.isprintable()
