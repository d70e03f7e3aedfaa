"""Generated files as git has them, and as the command that a report prints mends them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.baseline.git import Program
from errorbook.baseline.refusals import BaselineError
from errorbook.checks.committed import committed
from errorbook.generate import generate
from tests.baseline.repositories import Repository
from tests.checks.mending import Said, check, mend, restamp
from tests.checks.projects import MODULE, SCHEMA, SmallProject, small_project

CHANGED = "apis: {shop: {errors: {sold_out: {status: 410}}}}"
MOVED = "apis: {shop: {sdk: {python: {package: store}}, errors: {sold_out: {status: 409}}}}"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    monkeypatch.chdir(tmp_path)
    project = small_project(tmp_path)
    generate(project.workspace().project, project.files())
    return project


@pytest.fixture(name="repository")
def _repository(project: SmallProject) -> Repository:
    repository = Repository(project.folder)
    repository.git("init", "--quiet")
    repository.git("add", "--all")
    return repository


class TestMending:
    @pytest.mark.parametrize(
        ("rule", "change"),
        [
            ("missing-file", lambda project: project.module.unlink()),
            ("stale-file", lambda project: project.write_catalog(CHANGED)),
            ("edited-file", lambda project: _add(project.module, "# mine\n")),
            ("edited-file", lambda project: _conflict(project.module)),
            ("older-format-file", lambda project: restamp(project.module, 1)),
            ("orphaned-file", lambda project: project.write_catalog(MOVED)),
        ],
    )
    def test_what_a_report_prints_mends_what_it_says(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], rule: str, change: object
    ) -> None:
        assert callable(change)
        change(project)
        said = check(capsys)
        assert said.exit_code == 1
        assert rule in said.rules
        mend(said)
        assert check(capsys) == (0, [])

    def test_a_file_of_somebody_else_is_moved_away_first(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.module.write_text("# mine\n", encoding="utf-8")
        said = check(capsys)
        assert said.rules == ["foreign-file"]
        project.module.rename(project.folder / "mine.py")
        mend(said)
        assert check(capsys) == (0, [])

    def test_of_a_newer_errorbook_the_file_is_removed_to_go_back(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        restamp(project.module, 99)
        said = check(capsys)
        assert said.rules == ["newer-format-file"]
        assert cli.run(["generate"]) == 1
        project.module.unlink()
        mend(said)
        assert check(capsys) == (0, [])

    @pytest.mark.parametrize(
        "block",
        [
            lambda project: project.module.write_text("# mine\n", encoding="utf-8"),
            lambda project: restamp(project.module, 99),
        ],
    )
    def test_no_command_is_said_to_mend_where_it_would_refuse(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], block: object
    ) -> None:
        (project.folder / SCHEMA).unlink()
        assert cli.run(["check"]) == 1
        assert "; to mend: errorbook generate\n" in capsys.readouterr().err
        assert callable(block)
        block(project)
        assert cli.run(["check", "--format", "json"]) == 1
        said = capsys.readouterr()
        assert json.loads(said.out)["command"] is None
        assert "to mend" not in said.err
        assert cli.run(["generate"]) == 1

    def test_a_copy_of_what_was_edited_is_no_finding(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _add(project.module, "# mine\n")
        mend(check(capsys))
        assert project.module.with_name("errors.py.orig").exists()
        assert check(capsys) == (0, [])


def test_a_file_that_is_not_in_git_is_told(
    project: SmallProject, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("rm", "--cached", "--quiet", MODULE)
    said = check(capsys)
    rule = "error[never-committed-file]: was never committed to git"
    assert said == (1, [f"{MODULE}: {rule} (run: git add -- {MODULE})"])
    mend(said)
    assert check(capsys) == (0, [])


def test_in_a_project_that_is_not_in_git_yet_it_is_a_warning(
    project: SmallProject, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("rm", "--cached", "--quiet", "-r", ".")
    said = check(capsys)
    assert said.exit_code == 0
    assert "warning[never-committed-file]: is not in git yet" in said.lines[0]
    mend(said)
    assert check(capsys) == (0, [])


def test_a_file_that_git_ignores_is_a_warning(
    project: SmallProject, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("rm", "--cached", "--quiet", MODULE)
    (project.folder / ".gitignore").write_text("sdk/\n", encoding="utf-8")
    said = check(capsys)
    assert said.exit_code == 0
    assert "warning[never-committed-file]: is ignored by git" in said.lines[0]
    mend(said)
    assert check(capsys) == (0, [])


@pytest.mark.parametrize("ignored", ["", "sdk/\n"])
def test_the_command_works_from_a_folder_outside_of_the_work_tree(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ignored: str,
) -> None:
    for name in ("here", "there/api"):
        (tmp_path / name).mkdir(parents=True)
    project = small_project(tmp_path / "there/api")
    generate(project.workspace().project, project.files())
    Repository(tmp_path / "here").git("init", "--quiet")
    Repository(tmp_path / "there").git("init", "--quiet")
    (tmp_path / "there/.gitignore").write_text(ignored, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    words = ["check", "-p", "../there/api"]
    cli.run(words)
    lines = [one for one in capsys.readouterr().out.splitlines() if "never-committed" in one]
    assert lines
    assert all("run: git -C ../there/api add " in line for line in lines)
    mend(Said(1, lines))
    assert cli.run(words) == 0
    assert "never-committed" not in capsys.readouterr().out


def test_staged_is_as_good_as_committed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "A  " in repository.git("status", "--porcelain")
    assert check(capsys) == (0, [])


def test_outside_of_a_repository_nothing_is_said(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(*_: object) -> None:
        pytest.fail("git was asked")

    monkeypatch.setattr(Program, "ask", asked)
    assert check(capsys) == (0, [])


def test_a_project_below_the_root_of_its_repository_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "- below"
    folder.mkdir()
    project = small_project(folder)
    generate(project.workspace().project, project.files())
    repository = Repository(tmp_path)
    repository.git("init", "--quiet")
    repository.git("add", "--all")
    repository.git("rm", "--cached", "--quiet", "--", f"- below/{MODULE}")
    found = committed(
        project.workspace().project, [file.path for file in project.files()], tmp_path
    )
    assert [one.problem.place.path for one in found.found] == [MODULE]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("path", ["--others", ":(top)x", "*.py", "-z", "a b\n.py", "ä.py"])
def test_no_name_is_an_option_or_a_pattern(
    project: SmallProject, repository: Repository, path: str
) -> None:
    loaded = project.workspace().project
    (project.folder / path).write_text("", encoding="utf-8")
    found = committed(loaded, [path, MODULE], project.folder)
    assert [one.problem.place.path for one in found.found] == [path]
    repository.git("--literal-pathspecs", "add", "--", path)
    assert committed(loaded, [path, MODULE], project.folder).found == ()


def test_many_files_are_asked_about_by_their_folders(
    project: SmallProject, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("errorbook.checks.committed._MOST_NAMED", 20)
    loaded = project.workspace().project
    found = committed(loaded, [MODULE, "sdk/new.py"], project.folder)
    assert [one.problem.place.path for one in found.found] == ["sdk/new.py"]


def test_files_of_a_repository_within_are_left_to_it(
    project: SmallProject, repository: Repository
) -> None:
    (project.folder / "sdk/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert committed(project.workspace().project, ["sdk/new.py"], project.folder).found == ()


def test_a_git_that_cannot_be_asked_is_a_note(
    project: SmallProject, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise BaselineError("git cannot be run: no")

    monkeypatch.setattr(Program, "ask", ask)
    said = committed(project.workspace().project, [MODULE], project.folder)
    assert said.found == ()
    assert said.notes == ("not known whether generated files are committed: git cannot be run: no",)


def _add(file: Path, text: str) -> None:
    file.write_bytes(file.read_bytes() + text.encode())


def _conflict(file: Path) -> None:
    text = file.read_text("utf-8")
    file.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n", "utf-8")
