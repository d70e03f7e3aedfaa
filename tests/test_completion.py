"""What a shell is told to offer, by the command itself, as the scripts of Click ask for it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from errorbook import cli
from errorbook.explain.source import Source
from tests.checks.projects import SmallProject, small_project

CATALOG = """\
apis:
  shop:
    errors:
      sold_out: {status: 409}
      sold_by_somebody: {visibility: internal}
      closed: {status: 503}
  shed:
    errors: {soldered: {status: 400}}
"""

Ask = Callable[[str], list[str]]


@pytest.fixture(name="project", autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A project in the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    project = small_project(tmp_path)
    project.write_catalog(CATALOG)
    return project


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what is offered behind words, the last of which was begun."""

    def ask(words: str) -> list[str]:
        monkeypatch.setenv("_ERRORBOOK_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", f"errorbook {words}")
        monkeypatch.setenv("COMP_CWORD", str(len(words.split(" "))))
        assert cli.run([]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return [line.removeprefix("plain,") for line in said.out.splitlines() if line]

    return ask


def test_verbs_and_options(offered: Ask) -> None:
    assert offered("gen") == ["generate"]
    assert offered("generate --exi") == ["--exit-code"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("explain sol", ["sold_out", "soldered"]),
        ("explain Sol", ["SoldOutError", "SolderedError"]),
        ("explain shop/", ["shop/closed", "shop/sold_out"]),
        ("explain --audience internal sold_", ["sold_by_somebody", "sold_out"]),
        ("explain --api shed sol", ["soldered"]),
        ("explain --api sh", ["shed", "shop"]),
        ("explain stale-f", ["stale-file"]),
        ("explain --api shop stale-f", []),
    ],
)
def test_codes_exceptions_rules_and_apis_for_explain(
    offered: Ask, words: str, expected: list[str]
) -> None:
    assert offered(words) == expected


def test_rules_are_offered_where_the_catalog_is_not_valid(
    offered: Ask, project: SmallProject
) -> None:
    project.write_catalog("apis: [")
    assert offered("explain stale-f") == ["stale-file"]


@pytest.mark.parametrize(
    "words", ["explain --catalog nosuch.yaml sol", "explain --package nosuch sol"]
)
def test_nothing_is_offered_or_said_where_there_is_no_catalog(offered: Ask, words: str) -> None:
    assert offered(words) == []


def test_nothing_is_fetched(offered: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Source, "__init__", lambda *_: pytest.fail("a source was opened"))
    assert offered("explain --catalog https://shop.example/errors.json sol") == []


@pytest.mark.parametrize(
    ("shell", "flag"), [("bash", "--norc"), ("zsh", "--no-rcs"), ("fish", "--no-config")]
)
def test_the_script_is_one_that_the_shell_can_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shell: str, flag: str
) -> None:
    monkeypatch.setenv("_ERRORBOOK_COMPLETE", f"{shell}_source")
    assert cli.run([]) == 0
    script = capsys.readouterr().out
    assert f"_ERRORBOOK_COMPLETE={shell}_complete" in script
    if program := shutil.which(shell):
        command = [program, flag, "-n"]
        run = subprocess.run(command, check=False, input=script.encode(), capture_output=True)
        assert (run.returncode, run.stderr) == (0, b"")
