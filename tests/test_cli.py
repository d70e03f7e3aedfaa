"""The command line: what it prints, where, and what it exits with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import errorbook
from errorbook import cli
from tests.checks.projects import CATALOG, JSON, MODULE, SCHEMA, TYPED, SmallProject, small_project
from tests.reports.strict import complaints

ROOT = Path(__file__).parents[1]
BROKEN = "apis:\n  shop:\n    erors: {}\n    titel: x\n"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A project in the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return small_project(tmp_path)


def _process(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables}
    command = [sys.executable, "-m", "errorbook", *arguments]
    return subprocess.run(
        command, check=False, cwd=cwd, env=environment, capture_output=True, encoding="utf-8"
    )


class TestValidate:
    def test_a_clean_catalog_is_said_to_be_clean(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.run(["validate"]) == 0
        assert capsys.readouterr() == ("", "errors.yaml: 1 API, 1 error, no problems\n")

    def test_problems_go_one_a_line_to_stdout_and_their_number_to_stderr(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_catalog(BROKEN)
        assert cli.run(["validate"]) == 2
        said = capsys.readouterr()
        assert [line.split(": ")[:2] for line in said.out.splitlines()] == [
            ["errors.yaml:3:5", "error[unknown-key]"],
            ["errors.yaml:4:5", "error[unknown-key]"],
        ]
        assert said.err == "2 problems in errors.yaml\n"

    def test_problems_of_the_project_file_are_said_too(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_project("generate: [{output: pyton, to: sdk}]")
        assert cli.run(["validate"]) == 2
        assert capsys.readouterr().out.startswith("errorbook.yaml:1:21: error[unknown-output]")

    def test_names_that_an_sdk_cannot_have_are_said_too(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_catalog("apis: {shop: {errors: {timeout: {}}}}")
        assert cli.run(["validate"]) == 2
        assert "error[builtin-class-name]" in capsys.readouterr().out

    def test_a_catalog_may_be_named(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_project("not valid")
        (project.folder / "other.yaml").write_text("apis: {a: {}, b: {}}", encoding="utf-8")
        for arguments in (["other.yaml"], ["--catalog", "other.yaml"]):
            assert cli.run(["validate", *arguments]) == 0
            assert capsys.readouterr().err == "other.yaml: 2 APIs, 0 errors, no problems\n"

    def test_a_catalog_named_twice_is_wrong_usage(self, project: SmallProject) -> None:
        assert cli.run(["validate", "errors.yaml", "--catalog", "errors.yaml"]) == 2

    @pytest.mark.parametrize("name", ["missing.yaml", "."])
    def test_a_catalog_that_cannot_be_read_is_not_valid(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        assert cli.run(["validate", name]) == 2
        assert f"{name}: error[unreadable]: " in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("text", "code", "verdict"),
        [
            (CATALOG, 0, "errors.yaml: 1 API, 1 error, no problems\n"),
            (BROKEN, 2, "2 problems in errors.yaml\n"),
        ],
    )
    def test_it_is_told_in_any_format(
        self,
        project: SmallProject,
        capsys: pytest.CaptureFixture[str],
        text: str,
        code: int,
        verdict: str,
    ) -> None:
        project.write_catalog(text)
        assert cli.run(["validate", "--format", "json", "--format", "sarif:a.sarif"]) == code
        said = capsys.readouterr()
        assert said.err == verdict
        assert complaints("check-report", said.out) == []
        data = json.loads(said.out)
        assert (data["verb"], data["valid"], data["complete"]) == ("validate", code == 0, True)
        (run,) = json.loads((project.folder / "a.sarif").read_text("utf-8"))["runs"]
        assert len(run["results"]) == data["counts"]["error"] == (2 if code else 0)

    def test_paths_are_relative_to_the_working_folder(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        project.write_catalog(BROKEN)
        (project.folder / "docs").mkdir()
        monkeypatch.chdir(project.folder / "docs")
        cli.run(["validate"])
        assert capsys.readouterr().out.startswith("../errors.yaml:3:5: ")

    def test_nothing_of_a_catalog_acts_on_the_terminal(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        group = '"\\e[31mred\\a\\u202e\\r\\n"'
        project.write_catalog(
            f"apis:\n  shop:\n    {group}: 1\n    errors:\n"
            f"      a: {{group: {group}, operations: [{group}], replaced_by: {group}}}\n"
        )
        assert cli.run(["validate"]) == 2
        said = capsys.readouterr()
        lines = (said.out + said.err).splitlines()
        assert len(lines) >= 3
        assert all(line.isprintable() for line in lines)


class TestGenerate:
    def test_what_is_written_is_said(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.run(["generate"]) == 0
        said = capsys.readouterr()
        assert said.out == "".join(f"wrote {one}\n" for one in (JSON, MODULE, TYPED, SCHEMA))
        assert said.err == "4 files written, 0 unchanged\n"
        assert cli.run(["generate"]) == 0
        assert capsys.readouterr() == ("", "0 files written, 4 unchanged\n")

    def test_a_copy_of_edits_is_said(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["generate"])
        project.module.write_bytes(project.module.read_bytes() + b"# mine\n")
        capsys.readouterr()
        assert cli.run(["generate"]) == 0
        assert f"kept your edits in {MODULE}.orig\n" in capsys.readouterr().out

    def test_a_file_of_somebody_else_is_a_finding(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (project.folder / SCHEMA).write_text("{}", encoding="utf-8")
        assert cli.run(["generate"]) == 1
        assert capsys.readouterr().out.startswith(f"{SCHEMA}: error[foreign-file]: ")
        assert not project.module.exists()

    def test_a_project_that_names_nothing_to_generate_is_passed(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """As one that only checks what others generate: jobs generate after they have fetched."""
        project.write_project("check: {quality: {}}\n")
        assert cli.run(["generate"]) == 0
        said = capsys.readouterr()
        assert said == ("", "nothing to generate: errorbook.yaml names no target and no Markdown\n")

    def test_a_target_of_no_api_is_refused_at_its_line(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_project("generate:\n  - {output: python, to: sdk, apis: []}\n")
        assert cli.run(["check"]) == 2
        assert capsys.readouterr().out.startswith(
            "errorbook.yaml:2:37: error[invalid-value]: expected at least one API (leave `apis` out"
        )

    def test_for_a_hook_it_says_whether_anything_was_changed(self, project: SmallProject) -> None:
        command = ["generate", "--exit-code"]
        assert [cli.run(command), cli.run(command)] == [1, 0]
        project.write_project("generate: [{output: error-pages, to: out}]")
        assert [cli.run(command), cli.run(command)] == [1, 0]
        project.write_catalog("apis: {shop: {errors: {sold_out: {visibility: internal}}}}")
        assert cli.run(command) == 1  # nothing is written, and pages are removed
        assert not (project.folder / "out").exists()

    def test_with_a_broken_catalog_nothing_is_written(self, project: SmallProject) -> None:
        project.write_catalog(BROKEN)
        assert cli.run(["generate"]) == 2
        assert not project.module.exists()

    def test_a_folder_that_cannot_be_made_is_work_not_completed(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (project.folder / "sdk").write_text("", encoding="utf-8")
        assert cli.run(["generate"]) == 3
        assert "nothing was changed" in capsys.readouterr().err


class TestCheck:
    def test_what_was_generated_is_clean(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["generate"])
        capsys.readouterr()
        assert cli.run(["check"]) == 0
        said = "errors.yaml: 1 API, 1 error, 4 generated files up to date\n"
        assert capsys.readouterr() == ("", said)

    def test_drift_is_a_finding_with_a_diff_and_the_command_that_mends_it(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["generate"])
        project.write_catalog(CATALOG.replace("No copy", "Not one copy"))
        capsys.readouterr()
        assert cli.run(["check"]) == 1
        said = capsys.readouterr()
        assert f"{MODULE}:" in said.out
        assert "error[stale-file]" in said.out
        assert '    +    """Not one copy is left.' in said.out.splitlines()
        assert said.err.endswith("; to mend: errorbook generate\n")

    def test_the_command_that_mends_it_has_the_same_options(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        elsewhere = project.folder / "else where"
        elsewhere.mkdir()
        (project.folder / "errorbook.yaml").rename(elsewhere / "errorbook.yaml")
        options = ["-p", "else where", "--catalog", "errors.yaml"]
        assert cli.run(["check", *options]) == 1
        command = "errorbook generate -p 'else where' --catalog errors.yaml"
        assert f"(run: {command})" in capsys.readouterr().out
        assert cli.run(["generate", *options]) == 0
        assert cli.run(["check", *options]) == 0

    def test_nothing_is_written(self, project: SmallProject) -> None:
        before = project.on_disk()
        assert cli.run(["check"]) == 1
        assert project.on_disk() == before

    def test_with_nothing_generated_the_catalog_is_still_checked(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        project.write_project("")
        assert cli.run(["check"]) == 0
        said = capsys.readouterr().err
        assert said.endswith(", valid; nothing else is named to be checked\n")
        project.write_catalog(BROKEN)
        assert cli.run(["check"]) == 2

    def test_this_repository_is_clean(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        assert cli.run(["check"]) == 0


class TestProject:
    def test_its_folder_or_file_may_be_named(
        self, project: SmallProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inner = project.folder / "inner"
        inner.mkdir()
        monkeypatch.chdir(inner)
        for name in ("..", "../errorbook.yaml"):
            assert cli.run(["generate", "-p", name]) == 0
        assert project.module.exists()

    @pytest.mark.parametrize("name", ["missing", "empty"])
    def test_one_that_is_not_there_is_wrong_usage(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        (project.folder / "empty").mkdir()
        assert cli.run(["check", "-p", name]) == 2
        assert name in capsys.readouterr().err

    @pytest.mark.parametrize("verb", ["validate", "generate", "check", "mock"])
    def test_without_project_and_catalog_it_says_how_to_begin(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], verb: str
    ) -> None:
        for name in ("errors.yaml", "errorbook.yaml"):
            (project.folder / name).unlink()
        assert cli.run([verb]) == 2
        assert "no errorbook.yaml or errors.yaml here or above" in capsys.readouterr().err


class TestHelp:
    @pytest.mark.parametrize("verb", cli.app.commands)
    def test_no_line_is_wider_than_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: str
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        assert cli.run([verb, "--help"]) == 0
        assert [line for line in capsys.readouterr().out.splitlines() if len(line) > 80] == []

    @pytest.mark.parametrize("verb", ["validate", "generate", "check", "mock", "schema"])
    @pytest.mark.parametrize("option", ["-h", "--help"])
    def test_every_verb_shows_an_example(
        self, capsys: pytest.CaptureFixture[str], verb: str, option: str
    ) -> None:
        assert cli.run([verb, option]) == 0
        assert f"  errorbook {verb}" in capsys.readouterr().out

    def test_it_names_verbs_and_exit_codes(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["-h"]) == 0
        said = capsys.readouterr().out
        assert all(f"  {verb} " in said for verb in cli.app.commands)
        assert all(f"  {code}  " in said for code in range(4))

    def test_its_smallest_catalog_is_valid(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["-h"])
        text = capsys.readouterr().out.split("errors.yaml:\n")[1]
        project.write_catalog(text)
        assert cli.run(["validate"]) == 0

    def test_its_project_file_is_valid(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.run(["generate", "-h"])
        text = capsys.readouterr().out.split("says:\n")[1].split("\n\n")[0]
        project.write_project(text)
        assert cli.run(["generate"]) == 0

    def test_no_verb_at_all_is_wrong_usage_and_shows_them(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.run([]) == 2
        assert "Usage: errorbook" in capsys.readouterr().err

    def test_the_version_is_that_of_the_package(self, capsys: pytest.CaptureFixture[str]) -> None:
        with (ROOT / "pyproject.toml").open("rb") as file:
            version = tomllib.load(file)["project"]["version"]
        assert errorbook.__version__ == version
        assert cli.run(["--version"]) == 0
        assert capsys.readouterr().out == f"errorbook {version}\n"


class TestWhateverHappens:
    def test_a_crash_is_no_finding(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr("errorbook.project.open_workspace", lambda *_: 1 // 0)
        assert cli.run(["check"]) == 3
        said = capsys.readouterr().err
        assert "ZeroDivisionError" in said
        assert "please report" in said
        assert "Traceback" not in said

    def test_a_traceback_is_shown_to_those_who_ask_for_it(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr("errorbook.project.open_workspace", lambda *_: 1 // 0)
        monkeypatch.setenv("ERRORBOOK_DEBUG", "1")
        assert cli.run(["check"]) == 3
        assert "Traceback" in capsys.readouterr().err

    def test_what_cannot_be_read_is_work_not_completed(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied", "sdk\x1b/errors.py")

        monkeypatch.setattr("errorbook.checks.drift.look", refuse)
        assert cli.run(["check"]) == 3
        reason = "generated files: sdk\\x1b/errors.py: Permission denied\n"
        assert capsys.readouterr() == (
            f"not checked: {reason}",
            f"errors.yaml: 1 API, 1 error; nothing compared, not checked: {reason}",
        )

    def test_an_interrupt_is_quiet(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("errorbook.project.open_workspace", interrupt)
        assert cli.run(["check"]) == 128 + signal.SIGINT
        assert capsys.readouterr().err.strip() == ""

    @pytest.mark.parametrize("arguments", [["validate"], ["--help"], ["schema"]])
    def test_a_closed_pipe_is_quiet_and_no_finding(
        self, project: SmallProject, arguments: list[str]
    ) -> None:
        project.write_catalog(BROKEN)
        reading, writing = os.pipe()
        os.close(reading)
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "errorbook", *arguments]
        run = subprocess.run(
            command, check=False, env=environment, stdout=writing, stderr=subprocess.PIPE
        )
        os.close(writing)
        assert run.returncode == 128 + signal.SIGPIPE
        assert b"BrokenPipe" not in run.stderr
        assert b"Traceback" not in run.stderr

    def test_what_the_terminal_cannot_show_is_spelt_out(self, project: SmallProject) -> None:
        project.write_catalog("apis: {shop: {a…: 1}}")
        run = _process("validate", cwd=project.folder, PYTHONIOENCODING="latin-1")
        assert run.returncode == 2
        assert "a\\u2026" in run.stdout

    @settings(max_examples=40, deadline=None)
    @given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
    def test_no_catalog_makes_it_crash(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        file = tmp_path_factory.getbasetemp() / "any.yaml"
        file.write_bytes(content)
        assert cli.run(["validate", str(file)]) in (0, 2)


class TestColour:
    def test_a_pipe_gets_none(self, project: SmallProject) -> None:
        project.write_catalog(BROKEN)
        assert "\x1b" not in _process("validate", cwd=project.folder).stdout

    @pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
    def test_a_terminal_gets_it_unless_told_otherwise(
        self, project: SmallProject, no_color: str, coloured: bool
    ) -> None:
        project.write_catalog(BROKEN)
        assert ("\x1b[31m" in _on_terminal(project.folder, no_color)) is coloured


def _on_terminal(folder: Path, no_color: str) -> str:
    """Return what `validate` writes to a terminal."""
    ours, theirs = pytest.importorskip("pty").openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": no_color}
    command = [sys.executable, "-m", "errorbook", "validate"]
    subprocess.run(command, check=False, cwd=folder, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = os.read(ours, 65_536).decode()
    os.close(ours)
    return said


class TestSchema:
    def test_it_is_printed_as_it_is_generated(self, project: SmallProject) -> None:
        cli.run(["generate"])
        run = _process("schema", cwd=project.folder)
        assert run.returncode == 0
        assert run.stdout == (project.folder / SCHEMA).read_text(encoding="utf-8")
        assert json.loads(run.stdout)["title"] == "errors.yaml"


class TestMock:
    @pytest.mark.parametrize("name", ["starlette", "uvicorn"])
    def test_without_its_extra_it_says_what_to_install(
        self,
        project: SmallProject,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        name: str,
    ) -> None:
        for loaded in [one for one in sys.modules if one.startswith("errorbook.mock")]:
            monkeypatch.delitem(sys.modules, loaded)
        monkeypatch.setattr(sys, "meta_path", [_Lacking(name), *sys.meta_path])
        for loaded in [one for one in sys.modules if one.partition(".")[0] == name]:
            monkeypatch.delitem(sys.modules, loaded)
        assert cli.run(["mock", "--port", "0"]) == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == (
            "errorbook: the mock server needs more: pip install 'errorbook[mock]'\n"
        )

    def test_no_other_verb_loads_what_it_needs(self, project: SmallProject) -> None:
        code = (
            "import sys; from errorbook.cli import run; run(['check']); run(['mock', '--help']);"
            "print(sorted({'starlette', 'uvicorn', 'anyio', 'asyncio'} & set(sys.modules)))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            encoding="utf-8",
        )
        assert run.stdout.splitlines()[-1] == "[]"

    @pytest.mark.parametrize("port", ["-1", "65536", "http"])
    def test_a_port_that_is_none_is_wrong_usage(
        self, project: SmallProject, capsys: pytest.CaptureFixture[str], port: str
    ) -> None:
        assert cli.run(["mock", "--port", port]) == 2
        told = f"'--port': '{port}' is not a port, 0 to 65535"
        assert told in capsys.readouterr().err


class _Lacking:
    """Finds no module of a package, as if it were not installed."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] == self._package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
