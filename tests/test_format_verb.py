"""`errorbook format`: which files it writes, what it says of them, and what it ends with."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from errorbook import cli

MESSY = "apis:\n  shop:\n    errors:\n      b: {meaning: b, status: 404}\n"
ORDERED = "apis:\n  shop:\n    errors:\n      b: {status: 404, meaning: b}\n"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a catalog in two files, and a project."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "more").mkdir()
    (tmp_path / "errors.yaml").write_text(f"include: [more/more.yaml]\n{MESSY}", encoding="utf-8")
    (tmp_path / "more/more.yaml").write_text("apis: {shop: {title: Shop}}\n", encoding="utf-8")
    (tmp_path / "errorbook.yaml").write_text("diff: {}\ngenerate: []\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_name_it_is_the_project_and_all_of_its_catalog(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["format", "--check"]) == 1
    said = capsys.readouterr()
    assert said.out == "would format errorbook.yaml\nwould format errors.yaml\n"
    assert said.err == "2 files not in order, 1 in order\n"
    assert (folder / "errorbook.yaml").read_text() == "diff: {}\ngenerate: []\n"

    assert cli.run(["format"]) == 0
    said = capsys.readouterr()
    assert said.out == "formatted errorbook.yaml\nformatted errors.yaml\n"
    assert said.err == "2 files formatted, 1 unchanged\n"
    assert (folder / "errors.yaml").read_text() == f"include: [more/more.yaml]\n{ORDERED}"
    assert (folder / "errorbook.yaml").read_text() == "generate: []\ndiff: {}\n"

    assert cli.run(["format", "--check"]) == cli.run(["format", "--diff"]) == 0


def test_a_diff_shows_what_would_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["format", "--diff", "errors.yaml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["--- errors.yaml", "+++ errors.yaml"]
    assert lines[-2:] == [
        "-      b: {meaning: b, status: 404}",
        "+      b: {status: 404, meaning: b}",
    ]
    assert (folder / "errors.yaml").read_text().endswith(MESSY)


@pytest.mark.parametrize(
    ("words", "out", "code"),
    [
        (["-"], ORDERED, 0),
        (["-", "--check"], "", 1),
    ],
)
def test_what_is_piped_in_is_printed(
    words: list[str],
    out: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MESSY.encode())))
    assert cli.run(["format", *words]) == code
    assert capsys.readouterr().out == out


def test_nothing_is_written_where_one_file_is_not_valid(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "other.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    assert cli.run(["format", "errors.yaml", "other.yaml"]) == 2
    assert capsys.readouterr().out.startswith("other.yaml:2:1: error[duplicate-key]: ")
    assert (folder / "errors.yaml").read_text().endswith(MESSY)


def test_the_catalog_of_somebody_else_is_left_alone(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/errorbook.yaml").write_text("catalog: ../errors.yaml\n", encoding="utf-8")
    assert cli.run(["format", "-p", "docs"]) == 0
    assert (folder / "errors.yaml").read_text().endswith(MESSY)


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("errors.yaml")
    assert cli.run(["format", "link.yaml"]) == 0
    assert (folder / "link.yaml").is_symlink()
    assert (folder / "errors.yaml").read_text().endswith(ORDERED)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["errors.json"], 2, "errors.json is a published errors.json, which errorbook writes: "),
        (["none.yaml"], 3, "could not complete: none.yaml: No such file"),
        (["more"], 3, "could not complete: more: Is a directory"),
        (["-", "errors.yaml"], 2, "name no file beside it"),
        (["errors.yaml", "-p", "."], 2, "exclude each other"),
        (["-p", "more"], 2, "There is no errorbook.yaml or errors.yaml in more"),
    ],
)
def test_a_wrong_turn_gets_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    (folder / "errors.json").write_text('{"format": 1, "apis": {}}', encoding="utf-8")
    assert cli.run(["format", *words]) == code
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1


def test_the_text_of_a_file_does_not_reach_the_terminal_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "errors.yaml").write_text(MESSY.replace("b,", "b \u202e,"), encoding="utf-8")
    assert cli.run(["format", "--diff", "errors.yaml"]) == 1
    assert "\\u202e" in capsys.readouterr().out


def test_a_diff_says_where_a_line_break_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "errors.yaml").write_text("apis: {}", encoding="utf-8")
    assert cli.run(["format", "--diff", "errors.yaml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[3:] == ["-apis: {}", "\\ No newline at end of file", "+apis: {}"]
