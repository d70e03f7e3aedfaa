"""Where each report goes: colour on a terminal only, the verdict always."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from errorbook.reports.formats import Wanted
from errorbook.reports.telling import Telling, tell
from tests.reports.outcomes import entry, outcome

RED = click.style("wrong", fg="red")


def _telling(*, has_verdict: bool = False, verdict: str = "the verdict") -> Telling:
    lines = [RED, verdict] if has_verdict else [RED]
    return Telling(
        lambda: outcome(entry()),
        lambda: lines,
        lambda: "{}\n",
        lambda: "# M\n",
        verdict,
        has_verdict,
    )


def _make_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard output be a terminal. The capture has one of its own for each test."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_pipe_gets_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    tell(_telling(), [Wanted("text")])
    assert capsys.readouterr() == ("wrong\n", "the verdict\n")


def test_a_terminal_gets_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_terminal(monkeypatch)
    tell(_telling(), [Wanted("text")])
    assert capsys.readouterr().out == f"{RED}\n"


def test_a_terminal_gets_none_where_that_is_wished(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    tell(_telling(), [Wanted("text")])
    assert capsys.readouterr().out == "wrong\n"


def test_a_file_gets_none_and_the_verdict(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _make_terminal(monkeypatch)
    file = tmp_path / "report.txt"
    tell(_telling(), [Wanted("text", file)])
    assert file.read_text() == "wrong\nthe verdict\n"
    assert capsys.readouterr() == ("", "the verdict\n")


def test_a_verdict_that_is_in_the_text_is_not_said_twice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    tell(_telling(has_verdict=True), [Wanted("text"), Wanted("text", file)])
    assert capsys.readouterr() == ("wrong\nthe verdict\n", "")
    assert file.read_text() == "wrong\nthe verdict\n"
    tell(_telling(has_verdict=True), [Wanted("json")])
    assert capsys.readouterr() == ("{}\n", "the verdict\n")


def test_a_verdict_is_no_command_to_a_ci(capsys: pytest.CaptureFixture[str]) -> None:
    tell(_telling(verdict="::error::x"), [Wanted("markdown")])
    assert capsys.readouterr().err == ": :error::x\n"


def test_a_file_that_cannot_be_written_leaves_the_output_empty(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="none"):
        tell(_telling(), [Wanted("text"), Wanted("json", tmp_path / "none/a.json")])
    assert capsys.readouterr() == ("", "")


def test_numbers_go_to_the_runner_with_annotations_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out"
    file.touch()
    monkeypatch.setenv("GITHUB_OUTPUT", str(file))
    tell(_telling(), [Wanted("json")])
    assert file.read_text() == ""
    tell(_telling(), [Wanted("github", tmp_path / "annotations")])
    assert file.read_text() == "errors=1\nwarnings=0\n"
