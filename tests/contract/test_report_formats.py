"""What `diff` found, in the formats that every verb writes, and by its published schema."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.contract.report import Report
from errorbook.contract.report_json import json_report
from errorbook.contract.report_markdown import markdown_report
from errorbook.contract.report_outcome import outcome
from errorbook.contract.report_text import plain_report
from errorbook.problems import Place, Problem
from errorbook.reports import github, gitlab, junit, sarif
from errorbook.reports.formats import FORMATS
from tests.contract.reports import change, found, hostile_change, report, waived_report
from tests.reports.nasty import NASTY
from tests.reports.strict import complaints, sarif_complaints
from tests.reports.test_markdown import rendered

MIXED = report(
    change("code-added", "safe", "new_one"), change("retry-changed", "dangerous", "broke"), change()
)
FIRST = replace(report(), codes=0, is_first=True)
FAILED = Report("errors.yaml", "v1.0", codes=0, not_checked=("git is not here",))


@pytest.mark.parametrize("one", [report(), MIXED, waived_report(), FIRST, FAILED])
def test_a_report_is_as_its_schema_says(one: Report) -> None:
    problem = Problem("waiver-unused", Place("errorbook.yaml", 3, 1), "x", "y", "warning")
    whole = replace(one, problems=(problem,), notes=("a note",), versions=("shop v2",))
    assert complaints("diff-report", json_report(whole)) == []


def test_what_fails_is_an_error_and_what_is_safe_a_note() -> None:
    levels = {one.impact: one.level for one in outcome(MIXED).entries}
    assert levels == {"breaking": "error", "dangerous": "warning", "safe": "note"}
    strict = outcome(replace(MIXED, fail_on="dangerous"))
    assert {one.impact: one.level for one in strict.entries}["dangerous"] == "error"


def test_a_waived_change_passes_and_says_until_when_and_why() -> None:
    (entry,) = outcome(waived_report()).entries
    assert entry.passed == "waived until 2027-01-31: never shipped"
    assert outcome(waived_report()).counted == ()


def test_steps_that_follow_are_given_the_numbers() -> None:
    assert outcome(MIXED).counts == {
        "breaking": 1,
        "dangerous": 1,
        "safe": 1,
        "waived": 0,
        "not-checked": 0,
        "bump": "major",
    }


def test_the_change_itself_is_in_every_format() -> None:
    one = outcome(MIXED)
    for text in (github.report(one), gitlab.report(one), junit.report(one), sarif.report(one)):
        assert "sold_out" in text
        assert "was -> is" in text.replace("&gt;", ">")


def test_nothing_compared_is_never_fine() -> None:
    assert plain_report(FAILED).endswith("\nNOT COMPARED: git is not here\n")
    data = json.loads(json_report(FAILED))
    assert (data["complete"], data["not_checked"]) == (False, ["git is not here"])
    markdown = markdown_report(FAILED)
    assert "### Error catalog: nothing was compared\n" in markdown
    assert "**not checked**: git is not here" in markdown
    one = outcome(FAILED)
    assert github.report(one).startswith("::error title=not checked::git is not here\n")
    assert json.loads(gitlab.report(one))[0]["severity"] == "blocker"
    (case,) = ET.fromstring(junit.report(one)).iter("testcase")  # noqa: S314  # made right here
    assert case[0].tag == "error"
    (run,) = json.loads(sarif.report(one))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_a_first_version_is_not_called_fine() -> None:
    text = plain_report(FIRST)
    assert text.endswith("\nfirst version, nothing to compare with; no new version is needed\n")
    (case,) = ET.fromstring(junit.report(outcome(FIRST))).iter("testcase")  # noqa: S314  # our own
    assert case[0].tag == "skipped"


def test_markdown_says_how_to_see_it_locally() -> None:
    text = markdown_report(replace(MIXED, command="errorbook diff --against 'a b'"))
    assert "To see this locally, run `errorbook diff --against 'a b'`.\n" in text
    assert "locally" not in markdown_report(report())


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog in the working folder, without git, and a former one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("errors.yaml").write_text("apis: {shop: {errors: {broke: {status: 409}}}}")
    Path("old.yaml").write_text("apis: {shop: {errors: {broke: {status: 410}}}}")
    return tmp_path


def test_a_run_that_could_not_compare_is_reported_and_is_no_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", "--format", "json", "--format", "junit:a.xml"]) == 3
    said = capsys.readouterr()
    assert complaints("diff-report", said.out) == []
    assert not json.loads(said.out)["complete"]
    assert said.err.startswith("NOT COMPARED: ")
    assert "<error " in (folder / "a.xml").read_text("utf-8")


def test_a_former_catalog_that_there_is_not_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", "--against", "older.yaml", "--format", "github"]) in (2, 3)
    said = capsys.readouterr()
    assert said.out.startswith("::error title=not checked::")
    assert "older.yaml" in said.out
    assert said.err.startswith("NOT COMPARED: ")


def test_a_catalog_that_is_not_valid_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "errors.yaml").write_text("apis: {shop: {erors: {}}}")
    words = [word for name in FORMATS for word in ("--format", f"{name}:{name}")]
    assert cli.run(["diff", "--against", "old.yaml", *words]) == 2
    assert capsys.readouterr().err.startswith("NOT COMPARED: the catalog or errorbook.yaml is not")
    for name in FORMATS:
        assert "unknown-key" in (folder / name).read_text("utf-8")


def test_the_command_that_is_told_says_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--against", "old.yaml", "--fail-on", "dangerous", "--no-strict-waivers"]
    assert cli.run(["diff", "--branch", "", *words, "--format", "json", "-v"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("FAIL: 1 breaking")
    command = json.loads(said.out)["command"]
    assert command == f"errorbook diff {' '.join(words)}"


def _nasty(text: str) -> Report:
    one = replace(
        hostile_change(),
        api=text,
        subject=text,
        before=text,
        after=text + "2",
        message=text,
        hint=text,
    )
    problem = Problem("waiver-unused", Place(text, 3, 1), text, text)
    return replace(
        report(),
        catalog=text,
        against=text,
        commit="",
        found=found(one, replace(one, severity="safe", rule="message-reworded")),
        waived=tuple(replace(each, waiver=waived_report().waived[0].waiver) for each in found(one)),
        problems=(problem,),
        notes=(text,),
        versions=(text,),
        not_checked=(text,),
        command=text,
    )


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_a_catalog_acts_in_any_format(text: str) -> None:
    one = _nasty(text)
    assert complaints("diff-report", json_report(one)) == []
    lines = plain_report(replace(one, today=date(2027, 1, 1)), verbose=True).split("\n")
    assert all(line.isprintable() for line in lines)
    assert sarif_complaints(sarif.report(outcome(one))) == []
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
    html = rendered(markdown_report(one))
    assert html.count("<details>") == html.count("</details>") == 1
    assert not {"img", "script", "a"} & set(re.findall(r"<([a-z]+)", html))
    for shared in (github, gitlab, junit, sarif):
        assert "\x1b" not in shared.report(outcome(one))
