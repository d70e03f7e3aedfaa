"""What `levels` and `waivers` of errorbook.yaml name: rules that there are, of the right sort."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook import cli
from errorbook.levels import Level, level_findings, of_changes, waiver_findings
from tests.checks.projects import small_project


@pytest.mark.parametrize(
    ("rule", "level"),
    [
        ("code-removed", "safe"),
        ("code-added", "breaking"),
        ("status-changed", "off"),
        ("stale-file", "warning"),
        ("orphaned-file", "off"),
    ],
)
def test_a_rule_may_be_given_a_level_of_its_sort(rule: str, level: Level) -> None:
    assert list(level_findings({rule: level})) == []


@pytest.mark.parametrize(
    ("rule", "level", "said", "hint"),
    [
        (
            "code-remvoed",
            "safe",
            "no rule is called 'code-remvoed'",
            "did you mean 'code-removed'?",
        ),
        ("stale-fiel", "off", "no rule is called 'stale-fiel'", "did you mean 'stale-file'?"),
        ("unknown-key", "off", "'unknown-key' is no rule that can be made", "take it out"),
        ("code-removed", "warning", "is a kind of change, which is never warning", "breaking, d"),
        ("stale-file", "safe", "something that check finds, which is never safe", "error, w"),
    ],
)
def test_any_other_is_told(rule: str, level: Level, said: str, hint: str) -> None:
    (found,) = level_findings({rule: level})
    assert said in found.message
    assert hint in found.hint


@pytest.mark.parametrize("level", ["off", "safe", "dangerous"])
def test_what_no_client_can_notice_is_waived_one_by_one(level: Level) -> None:
    (found,) = level_findings({"code-repurposed": level})
    assert (found.rule, found.path) == ("wrong-level", ("levels", "code-repurposed"))
    assert found.hint == "waive the changes one by one"
    assert list(level_findings({"code-repurposed": "breaking"})) == []


def test_it_is_told_at_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = small_project(tmp_path)
    project.write_project("levels:\n  code-added: off\n  stale-file: safe\n  stale-fiel: off\n")
    assert cli.run(["validate", "-p", str(tmp_path)]) == 2
    places = [line.split(": ")[:2] for line in capsys.readouterr().out.splitlines()]
    assert [(place.split("/")[-1], rule) for place, rule in places] == [
        ("errorbook.yaml:3:15", "error[wrong-level]"),
        ("errorbook.yaml:4:3", "error[unknown-rule]"),
    ]


@pytest.mark.parametrize(
    ("rule", "said", "hint"),
    [
        (
            "code-remvd",
            "no kind of change is called 'code-remvd'",
            "did you mean 'code-removed'?",
        ),
        ("stale-file", "'stale-file' is no kind of change", "take the waiver out"),
        ("anything", "no kind of change is called 'anything'", "one of: "),
    ],
)
def test_a_waiver_of_what_no_change_can_be_is_told(rule: str, said: str, hint: str) -> None:
    (found,) = waiver_findings(["code-removed", rule, "version-not-bumped"])
    assert (found.rule, found.path) == ("unknown-rule", ("waivers", 1, "rule"))
    assert said in found.message
    assert hint in found.hint


@pytest.mark.parametrize("verb", ["validate", "diff"])
def test_a_misspelt_waiver_is_told_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    project = small_project(tmp_path)
    project.write_project(
        "waivers:\n"
        "  - {subject: shop/broke, fingerprint: C-000000, reason: why, expires: 2999-01-01,\n"
        "     rule: code-remvd}\n"
    )
    assert cli.run([verb, "-p", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "errorbook.yaml:3:12: error[unknown-rule]: no kind of change" in said.out + said.err
    assert "did you mean 'code-removed'?" in said.out + said.err


def test_levels_of_changes_are_those_of_kinds() -> None:
    assert of_changes({"stale-file": "off", "code-added": "off"}) == {"code-added": "off"}
    assert of_changes({}) == {}
