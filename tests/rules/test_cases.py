"""Every rule is reported, and every exit code met, by the case that stands for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.catalog import load
from errorbook.rules.shipped import API
from tests.rules.cases import ROOT, Case, exit_cases, rule_cases, source_of

CATALOG = load(ROOT / "errors.yaml").catalog.apis[API]
RUN = [case for case in rule_cases() if case.run]
ELSEWHERE = [case for case in (*rule_cases(), *exit_cases()) if case.test]


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)  # where the search for a project ends
    monkeypatch.chdir(folder)
    return folder


def _run(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    _write(folder, dict(case.files))
    for command in case.before:
        assert cli.run(command) == 0, capsys.readouterr()
    _write(folder, dict(case.then))
    capsys.readouterr()
    code = cli.run(case.run)
    return code, capsys.readouterr().out


def _write(folder: Path, files: dict[str, str | None]) -> None:
    for name, text in files.items():
        file = folder / name
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="")


@pytest.mark.parametrize("case", RUN, ids=str)
def test_a_rule_is_reported(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = _run(case, folder, capsys)

    at = r"^ *[^\s:]+(?::\d+){0,2}: "
    assert re.search(rf"{at}(?:error|warning)\[{case.id}\]: ", out, re.M), out
    expected = CATALOG.errors[case.id].exit_code if case.exit is None else case.exit
    assert code == expected


@pytest.mark.parametrize("case", [one for one in exit_cases() if one.run], ids=str)
def test_a_command_ends_with(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(case, folder, capsys)[0] == int(case.id)


@pytest.mark.parametrize("case", ELSEWHERE, ids=str)
def test_the_test_that_stands_for_a_case_names_it(case: Case) -> None:
    assert re.search(rf"(?<![\w-]){case.id}(?![\w-])", source_of(case.test))


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("errorbook.project.find", interrupt)
    assert cli.run(["check"]) == 130


def test_every_exit_code_has_its_case() -> None:
    assert {int(case.id) for case in exit_cases()} == set(CATALOG.exit_codes)


def test_a_pointer_to_a_test_that_there_is_not_is_refused() -> None:
    with pytest.raises(LookupError, match="there is no test"):
        source_of("tests/rules/test_cases.py::test_of_nothing")
    with pytest.raises(LookupError, match="names no test"):
        source_of("tests/rules/test_cases.py::_run")
