"""`errorbook check` of fetched files: offline, and with the command that mends what it finds."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import NoReturn

import pytest

from tests.fetch.running import Command, shop

FILE = "shop.errors.json"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project, in the current folder, that has fetched a catalog."""
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    folder = tmp_path / "docs"
    (folder / ".git").mkdir(parents=True)
    (tmp_path / "api.yaml").write_text(shop(), encoding="utf-8")
    (folder / "errors.yaml").write_text("apis: {own: {errors: {x: {}}}}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str], project: Path) -> Command:
    run = Command(capsys)
    assert run("fetch", "../api.yaml").code == 0
    return run


def test_a_whole_file_is_counted_and_nobody_is_asked(
    project: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> NoReturn:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "socket", asked)
    (project.parent / "api.yaml").unlink()
    said = run("check")
    assert said.code == 0
    assert "1 fetched file" in said.out + said.err


@pytest.mark.parametrize("rule", ["missing-fetched-file", "edited-fetched-file"])
def test_what_is_wrong_is_mended_by_the_command_that_is_named(
    project: Path, run: Command, rule: str
) -> None:
    if rule == "missing-fetched-file":
        (project / FILE).unlink()
    else:
        (project / FILE).write_text('{"format": 1, "apis": {}}', encoding="utf-8")
    said = run("check")
    assert said.code == 1
    assert said.out.startswith(f"{FILE}: error[{rule}]: ")
    (fetching,) = [words for words in said.commands if words[0] == "fetch"]
    assert run(*fetching).code == 0
    assert run("check").code == 0


def test_from_elsewhere_the_command_names_the_project(
    project: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "errorbook.yaml").touch()
    (project / FILE).unlink()
    monkeypatch.chdir(project.parent)
    said = run("check", "-p", "docs")
    assert said.code == 1
    (fetching,) = [words for words in said.commands if words[0] == "fetch"]
    assert run(*fetching).code == 0
    assert run("check", "-p", "docs").code == 0


def test_a_link_is_no_fetched_file(project: Path, run: Command, tmp_path: Path) -> None:
    (project / FILE).rename(tmp_path / FILE)
    try:
        (project / FILE).symlink_to(tmp_path / FILE)
    except OSError:
        pytest.skip("links need rights here")
    assert "[edited-fetched-file]" in run("check").out


def test_a_lock_that_cannot_be_read_is_no_clean_check(project: Path, run: Command) -> None:
    (project / "errorbook.lock").write_text("<<<<<<< ours\n", encoding="utf-8")
    said = run("check")
    assert said.code == 2
    assert "errorbook.lock:1:1: error[unreadable-lock]: " in said.out


def test_without_a_lock_nothing_is_said(project: Path, run: Command) -> None:
    (project / "errorbook.lock").unlink()
    said = run("check")
    assert said.code == 0
    assert "fetched" not in said.out + said.err
