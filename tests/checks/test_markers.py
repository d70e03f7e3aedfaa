"""Text between markers is compared with the catalog, and mended by what the report prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook import cli
from tests.checks.mending import check, mend
from tests.checks.projects import SmallProject

START = "<!-- errorbook: codes columns=code,status -->"
END = "<!-- /errorbook -->"
EMPTY = f"# Shop\n\n{START}\n{END}\n\nThe end.\n"
PROJECT = "markdown: [README.md]\n"
CHANGED = "apis: {shop: {errors: {sold_out: {status: 410}}}}"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    monkeypatch.chdir(tmp_path)
    project = SmallProject(tmp_path)
    project.write_catalog()
    project.write_project(PROJECT)
    readme(project).write_text(EMPTY, encoding="utf-8")
    return project


@pytest.fixture(name="filled")
def _filled(project: SmallProject) -> SmallProject:
    assert cli.run(["generate"]) == 0
    return project


def readme(project: SmallProject) -> Path:
    return project.folder / "README.md"


def change(project: SmallProject, old: str, new: str) -> None:
    text = readme(project).read_bytes().decode()
    assert old in text
    readme(project).write_bytes(text.replace(old, new, 1).encode())


def test_what_is_not_filled_yet_is_stale_and_mended(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    said = check(capsys)
    assert (said.exit_code, said.rules) == (1, ["stale-markdown"])
    mend(said)
    assert check(capsys) == (0, [])
    text = readme(project).read_text("utf-8")
    assert text.startswith(
        f"# Shop\n\n{START}\n\n| Code | HTTP |\n| --- | --- |\n| `sold_out` | 409"
    )
    assert text.endswith(" -->\n\nThe end.\n")
    assert not list(project.folder.glob("*.orig"))


def test_another_catalog_makes_it_stale(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.write_catalog(CHANGED)
    assert cli.run(["check"]) == 1
    said = capsys.readouterr().out
    assert "README.md:7: error[stale-markdown]" in said
    assert "    -| `sold_out` | 409 |\n    +| `sold_out` | 410 |\n" in said
    mend(check(capsys))
    assert check(capsys) == (0, [])
    assert not list(filled.folder.glob("*.orig"))


def test_another_marker_makes_it_stale(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    change(filled, "code,status", "status,code")
    said = check(capsys)
    assert said.rules == ["stale-markdown"]
    mend(said)
    assert check(capsys) == (0, [])


@pytest.mark.parametrize(("old", "new"), [("409", "408"), ("409", "4,09"), ("# Shop\n\n", "")])
def test_an_edit_by_hand_is_told_and_kept(
    filled: SmallProject, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    change(filled, old, new)
    said = check(capsys)
    if "Shop" in old:  # around the markers, everything is the author's own
        assert said == (0, [])
        return
    assert said.rules == ["edited-markdown"]
    edited = readme(filled).read_bytes()
    mend(said)
    assert check(capsys) == (0, [])
    assert (filled.folder / "README.md.orig").read_bytes() == edited


def test_an_edit_is_told_even_where_the_catalog_has_changed_too(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    change(filled, "409", "408")
    filled.write_catalog(CHANGED)
    assert check(capsys).rules == ["edited-markdown"]


def test_text_that_stood_there_before_the_markers_is_kept(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, END, f"Mine.\n{END}")
    said = check(capsys)
    assert said.rules == ["edited-markdown"]
    mend(said)
    assert "Mine." in (project.folder / "README.md.orig").read_text("utf-8")


def test_a_hash_that_was_removed_is_put_back(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    before = readme(filled).read_bytes()
    text = before.decode()
    hash_of_it = text[text.index(" sha256:") : text.index(" -->\n\nThe end")]
    change(filled, hash_of_it, "")
    said = check(capsys)
    assert said.rules == ["stale-markdown"]
    mend(said)
    assert readme(filled).read_bytes() == before


def test_what_a_formatter_does_is_left_alone(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    change(filled, "| `sold_out` | 409 |", "| `sold_out` | 409  |  ")
    change(filled, "| --- | --- |", "| ---------- | ---- |")
    formatted = readme(filled).read_bytes()
    assert check(capsys) == (0, [])
    assert cli.run(["generate"]) == 0
    assert readme(filled).read_bytes() == formatted
    filled.write_catalog(CHANGED)
    assert check(capsys).rules == ["stale-markdown"]


def test_lines_keep_their_ends_and_the_file_its_byte_order_mark(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    readme(project).write_bytes(b"\xef\xbb\xbf" + EMPTY.replace("\n", "\r\n").encode())
    assert cli.run(["generate"]) == 0
    content = readme(project).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# Shop\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 11
    assert check(capsys) == (0, [])
    readme(project).write_bytes(content.replace(b"\r\n", b"\n"))
    assert check(capsys) == (0, [])


def test_a_marker_may_end_the_file(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    readme(project).write_bytes(f"{START}\r\n{END}".encode())
    assert cli.run(["generate"]) == 0
    assert readme(project).read_bytes().endswith(b" -->")
    assert check(capsys) == (0, [])


def test_each_text_is_told_by_itself(
    filled: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    more = f"\n{START}\n{END}\n\n<!-- errorbook: summary -->\n{END}\n"
    readme(filled).write_text(readme(filled).read_text("utf-8") + more, encoding="utf-8")
    assert check(capsys).rules == ["stale-markdown", "stale-markdown"]
    assert cli.run(["check"]) == 1
    assert capsys.readouterr().out.count("    @@ ") == 2


def test_problems_are_told_and_nothing_is_written(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_project(f"{PROJECT}generate: [{{output: schema, to: .}}]\n")
    text = f"{EMPTY}<!-- errorbook: cods -->\n{END}\n{START}\n"
    readme(project).write_text(text, encoding="utf-8")
    said = check(capsys)
    assert said.exit_code == 1
    told = "\n".join(said.lines)
    assert "README.md:7: error[bad-marker-view]: there is no view 'cods'" in told
    assert "README.md:9: error[bad-marker]" in told
    assert cli.run(["generate"]) == 1
    assert capsys.readouterr().out.count("error[bad-marker") == 2
    assert readme(project).read_text("utf-8") == text
    assert not (project.folder / "errors.schema.json").exists()


def test_a_file_that_is_named_has_markers(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    readme(project).write_text("# Shop\n", encoding="utf-8")
    assert check(capsys).rules == ["unmarked-file"]
    project.write_project("markdown: ['*.md']\n")
    assert check(capsys) == (0, [])


def test_a_file_that_is_missing_is_not_passed_over(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_project("markdown: [README.md, GONE.md]\n")
    assert cli.run(["check"]) == 3
    assert "GONE.md: there is no such file" in "".join(capsys.readouterr())
    assert cli.run(["generate"]) == 3
    assert "GONE.md: there is no such file; nothing was changed" in capsys.readouterr().err
    assert readme(project).read_text("utf-8") == EMPTY


def test_everybody_reads_it_so_nothing_internal_is_told(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_catalog(
        "apis: {shop: {errors: {sold_out: {}, hidden_one: {visibility: internal}}}}"
    )
    change(project, END, f"{END}\n\n<!-- errorbook: error code=hidden_one -->\n{END}")
    said = check(capsys)
    assert "[bad-marker-view]: shop has no error 'hidden_one'" in "".join(said.lines)
    change(project, f"\n\n<!-- errorbook: error code=hidden_one -->\n{END}", "")
    project.write_project(f"{PROJECT}generate: [{{output: schema, to: ., audience: internal}}]")
    assert cli.run(["generate", "--audience", "internal"]) == 0
    assert readme(project).read_text("utf-8") == EMPTY
    assert cli.run(["generate"]) == 0
    assert "hidden_one" not in readme(project).read_text("utf-8")


def test_either_all_is_written_or_nothing(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write_project(f"{PROJECT}generate: [{{output: schema, to: .}}]\n")
    move = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target.name == "README.md":
            raise PermissionError(13, "Permission denied", str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert cli.run(["generate"]) == 3
    assert readme(project).read_text("utf-8") == EMPTY
    assert not (project.folder / "errors.schema.json").exists()
