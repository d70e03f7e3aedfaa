"""The report of GitLab's Code Quality: what its widget needs, and nothing that does not count."""

from __future__ import annotations

import json

import pytest

from errorbook.reports.gitlab import report
from tests.reports.nasty import NASTY
from tests.reports.outcomes import entry, nasty_outcome, outcome


def test_a_finding_has_what_the_widget_needs() -> None:
    (found,) = json.loads(report(outcome(entry())))
    assert found.pop("fingerprint")
    assert found == {
        "description": "stale-file shop/sold_out: is not what the catalog says; "
        "run: errorbook generate",
        "check_name": "stale-file",
        "severity": "major",
        "location": {"path": "sdk/errors.py", "lines": {"begin": 12}},
    }


def test_a_file_without_a_line_begins_at_the_first() -> None:
    (found,) = json.loads(report(outcome(entry(line=0))))
    assert found["location"]["lines"] == {"begin": 1}


def test_fingerprints_stay_when_lines_move_and_are_never_equal() -> None:
    once = json.loads(report(outcome(entry(), entry(), entry(subject="other"))))
    moved = json.loads(report(outcome(entry(line=90), entry(line=99), entry(subject="other"))))
    prints = [one["fingerprint"] for one in once]
    assert len(set(prints)) == 3
    assert prints == [one["fingerprint"] for one in moved]


def test_what_was_not_checked_blocks_and_what_does_not_count_is_left_out() -> None:
    some = (entry(passed="accepted"), entry("note"))
    (one,) = json.loads(report(outcome(*some, not_checked=("site: gone",))))
    assert (one["severity"], one["description"]) == ("blocker", "not checked: site: gone")
    assert one["check_name"] == "not-checked"
    assert one["location"]["path"] == "errorbook.yaml"


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_others_acts(text: str) -> None:
    said = report(nasty_outcome(text))
    assert said.isascii()
    found = json.loads(said)
    assert len(found) == 3
    assert all(one["description"].isprintable() for one in found)
    assert all(one["location"]["path"].isprintable() for one in found)
