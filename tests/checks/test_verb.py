"""`errorbook check` from end to end: its options, its reports and its exit codes."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.reports.formats import FORMATS
from tests.checks.projects import CATALOG, MODULE, PROJECT, SmallProject, small_project
from tests.reports.strict import complaints, sarif_complaints

BROKEN = "apis:\n  shop:\n    erors: {}\n"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A project in the working folder, all of it generated."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    project = small_project(tmp_path)
    assert cli.run(["generate"]) == 0
    return project


def _make_stale(project: SmallProject) -> None:
    project.write_catalog(CATALOG.replace("No copy", "Not one copy"))


def _all_formats() -> list[str]:
    return [word for name in FORMATS for word in ("--format", f"{name}:out/{name}")]


def test_the_command_that_the_report_prints_mends_what_it_found(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_stale(project)
    capsys.readouterr()
    assert cli.run(["check"]) == 1
    (command,) = re.findall(r"; to mend: (.+)\n", capsys.readouterr().err)
    assert cli.run(shlex.split(command)[1:]) == 0
    assert cli.run(["check"]) == 0


def test_several_reports_are_written_at_once(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_stale(project)
    (project.folder / "out").mkdir()
    capsys.readouterr()
    assert cli.run(["check", *_all_formats()]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("; to mend: errorbook generate\n")
    texts = {name: (project.folder / "out" / name).read_text("utf-8") for name in FORMATS}
    assert all("stale-file" in text and MODULE in text for text in texts.values())
    assert texts["text"].endswith(said.err)
    assert "\x1b" not in "".join(texts.values())
    assert complaints("check-report", texts["json"]) == []
    assert sarif_complaints(texts["sarif"]) == []


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_may_be_printed_and_the_verdict_is_beside_it(
    project: SmallProject, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    _make_stale(project)
    capsys.readouterr()
    assert cli.run(["check", "--format", name]) == 1
    said = capsys.readouterr()
    assert "stale-file" in said.out
    assert said.err.startswith("errors.yaml: 1 API, 1 error; 4 generated files: ")
    if name in ("json", "sarif", "gitlab"):
        json.loads(said.out)


def test_a_report_that_cannot_be_written_is_no_finding_and_no_other_is_written(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_stale(project)
    before = project.on_disk()
    capsys.readouterr()
    assert cli.run(["check", "--format", "json:a.json", "--format", "junit:none/b.xml"]) == 3
    said = capsys.readouterr()
    assert said.err.startswith("errorbook: could not complete: none/b.xml: ")
    assert project.on_disk() == before


@pytest.mark.parametrize("word", ["jsno", "json:", ":x"])
def test_a_format_that_there_is_not_is_wrong_usage(
    project: SmallProject, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert cli.run(["check", "--format", word]) == 2
    assert "--format" in capsys.readouterr().err


def test_a_catalog_that_is_not_valid_is_reported_in_every_format(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_catalog(BROKEN)
    (project.folder / "out").mkdir()
    capsys.readouterr()
    assert cli.run(["check", *_all_formats()]) == 2
    assert capsys.readouterr().err.startswith("1 problem in errors.yaml, not checked: everything")
    texts = {name: (project.folder / "out" / name).read_text("utf-8") for name in FORMATS}
    assert all("unknown-key" in text and "as long as" in text for text in texts.values())
    data = json.loads(texts["json"])
    assert (data["valid"], data["complete"], data["checks"][0]["findings"][0]["line"]) == (
        False,
        False,
        3,
    )


def test_what_cannot_be_read_weighs_more_than_findings(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "sdk")

    _make_stale(project)
    monkeypatch.setattr("errorbook.checks.files.orphans", refuse)
    capsys.readouterr()
    assert cli.run(["check", "--format", "json"]) == 3
    data = json.loads(capsys.readouterr().out)
    assert data["not_checked"] == ["generated files: sdk: Permission denied"]


def test_a_project_may_find_a_rule_less_bad(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_stale(project)
    project.write_project(f"{PROJECT}levels: {{stale-file: warning}}\n")
    capsys.readouterr()
    assert cli.run(["check"]) == 0
    said = capsys.readouterr()
    assert "warning[stale-file]" in said.out
    assert "warnings; to mend: errorbook generate" in said.err
    project.write_project(f"{PROJECT}levels: {{stale-file: off}}\n")
    assert cli.run(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_steps_of_a_job_are_given_the_numbers(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project.folder / "github_output"
    file.write_text("other=1\n")
    monkeypatch.setenv("GITHUB_OUTPUT", str(file))
    project.module.unlink()
    assert cli.run(["check"]) == 1
    assert file.read_text() == "other=1\n"
    assert cli.run(["check", "--format", "github"]) == 1
    assert file.read_text() == "other=1\nerrors=1\nwarnings=0\naccepted=0\nnot-checked=0\n"


def test_forges_get_paths_from_the_root_of_the_repository(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.folder / ".git").mkdir()
    project.module.unlink()
    monkeypatch.chdir(project.folder / "sdk")
    capsys.readouterr()
    assert cli.run(["check", "--format", "github"]) == 1
    assert f"file={MODULE}," in capsys.readouterr().out
    assert cli.run(["check"]) == 1
    assert capsys.readouterr().out.startswith(f"../{MODULE}: error[")


def test_the_command_to_see_it_locally_is_the_one_that_was_run(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.folder / "a site").mkdir()
    words = ["-p", "errorbook.yaml", "--catalog", "errors.yaml", "--html", "a site", "--html", "b"]
    reports = ["--format", "markdown", "-v"]
    capsys.readouterr()
    assert cli.run(["check", *reports, *words]) == 3
    text = capsys.readouterr().out
    assert f"To see this locally, run `{shlex.join(['errorbook', 'check', *words])}`.\n" in text


def test_examples_fit_into_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("check", "diff"):
        cli.run([verb, "--help"])
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if len(line) > 80] == []
