"""Drift says which generated files are not what the catalog says, and writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from errorbook.checks.difference import MOST_LINES
from errorbook.checks.drift import drift
from errorbook.checks.result import Reported
from errorbook.generate import generate
from tests.checks.mending import restamp
from tests.checks.projects import JSON, MODULE, SCHEMA, SmallProject, small_project

COMMAND = "errorbook generate -p here"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SmallProject:
    project = small_project(tmp_path)
    generate(project.workspace().project, project.files())
    return project


def _drift(project: SmallProject) -> tuple[Reported, ...]:
    return drift(project.workspace().project, project.files(), COMMAND)


def _only(project: SmallProject, path: str = MODULE) -> Reported:
    """Return what is wrong with one file; beside a stale module, errors.json is stale too."""
    (found,) = (one for one in _drift(project) if one.problem.place.path == path)
    return found


def _replace(project: SmallProject, old: str, new: str) -> None:
    text = project.module.read_text(encoding="utf-8")
    assert old in text
    project.module.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_what_was_just_generated_is_fresh(project: SmallProject) -> None:
    assert _drift(project) == ()


def test_how_lines_end_makes_no_difference(project: SmallProject) -> None:
    project.module.write_bytes(project.module.read_bytes().replace(b"\n", b"\r\n"))
    assert _drift(project) == ()


def test_a_byte_order_mark_makes_no_difference(project: SmallProject) -> None:
    project.module.write_bytes(b"\xef\xbb\xbf" + project.module.read_bytes())
    assert _drift(project) == ()


def _reformat(project: SmallProject) -> None:
    """Set the files of the project anew, as formatters with other wishes do."""
    text = project.module.read_text("utf-8")
    asked, off = "# fmt: off", "# fmt is off"  # the wish of a generated module to be left alone
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=60", "-"],
        input=text.replace(asked, off),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    project.module.write_text(done.stdout.replace(off, asked), "utf-8")
    for path in (JSON, SCHEMA):
        file = project.folder / path
        data = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps(data, indent="\t", ensure_ascii=False), "utf-8")


def test_what_a_formatter_does_makes_no_difference(project: SmallProject) -> None:
    before = project.on_disk()
    _reformat(project)
    assert {path for path, text in project.on_disk().items() if text != before[path]} == {
        *(JSON, MODULE, SCHEMA)
    }
    assert _drift(project) == ()


def test_a_file_that_was_formatted_and_is_old_is_stale(project: SmallProject) -> None:
    _reformat(project)
    project.write_catalog("apis: {shop: {errors: {sold_out: {status: 410}}}}")
    assert [found.problem.rule for found in _drift(project)] == ["stale-file", "stale-file"]


def test_an_edit_in_a_formatted_file_is_found(project: SmallProject) -> None:
    _reformat(project)
    _replace(project, "No copy is left.", "No copies are left.")
    assert _only(project).problem.rule == "edited-file"


@pytest.mark.parametrize("said", ["No, copy is left.", "No copy  is left.", "'No copy is left.'"])
def test_an_edit_of_what_formatters_touch_elsewhere_is_found(
    project: SmallProject, said: str
) -> None:
    _replace(project, "No copy is left.", said)
    assert _only(project).problem.rule == "edited-file"


def test_a_file_of_an_older_format_is_called_so(project: SmallProject) -> None:
    restamp(project.module, 1)
    problem = _only(project).problem
    assert problem.rule == "older-format-file"
    assert "format 1; this one writes format 2" in problem.message
    assert problem.hint == f"run: {COMMAND}"


def test_a_file_of_a_newer_format_asks_for_an_upgrade(project: SmallProject) -> None:
    restamp(project.module, 99)
    problem = _only(project).problem
    assert problem.rule == "newer-format-file"
    assert "format 99" in problem.message
    assert problem.hint.startswith("upgrade errorbook")


def test_a_file_of_an_older_format_that_was_edited_is_edited(project: SmallProject) -> None:
    restamp(project.module, 1)
    _replace(project, "No copy is left.", "No copies are left.")
    assert _only(project).problem.rule == "edited-file"


def test_a_missing_file_is_said(project: SmallProject) -> None:
    project.module.unlink()
    found = _only(project)
    assert str(found.problem) == f"{MODULE}: error[missing-file]: is not there (run: {COMMAND})"
    assert found.diff == ()


def test_a_file_of_an_older_catalog_is_stale(project: SmallProject) -> None:
    project.write_catalog("apis: {shop: {errors: {sold_out: {status: 410}}}}")
    assert _only(project).problem.rule == "stale-file"


def test_a_file_that_hands_have_changed_is_edited(project: SmallProject) -> None:
    _replace(project, "No copy is left.", "No copies are left.")
    found = _only(project).problem
    assert found.rule == "edited-file"
    assert COMMAND in found.hint


def test_a_file_both_edited_and_stale_is_edited(project: SmallProject) -> None:
    project.write_catalog("apis: {shop: {errors: {sold_out: {status: 410}}}}")
    _replace(project, "No copy is left.", "No copies are left.")
    assert _only(project).problem.rule == "edited-file"


def test_a_merge_conflict_is_called_by_its_name(project: SmallProject) -> None:
    text = project.module.read_text(encoding="utf-8")
    _replace(project, text, f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n")
    assert "merge conflict" in _only(project).problem.message


def test_a_merge_of_what_was_not_generated_is_an_edit(project: SmallProject) -> None:
    _replace(project, "\nfrom", "\n<<<<<<< HEAD\none\n=======\nother\n>>>>>>> branch\nfrom")
    assert "by hand, or merged" in _only(project).problem.message


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe\x00"])
def test_a_file_without_our_stamp_is_foreign(project: SmallProject, content: bytes) -> None:
    (project.folder / SCHEMA).write_bytes(content)
    assert _only(project, SCHEMA).problem.rule == "foreign-file"


def test_a_folder_in_the_place_of_a_file_is_foreign(project: SmallProject) -> None:
    project.module.unlink()
    project.module.mkdir()
    assert _only(project).problem.rule == "foreign-file"


def test_a_stamp_that_cannot_be_read_is_an_edit(project: SmallProject) -> None:
    _replace(project, ", format 2,", ", for-mat 2,")
    assert _only(project).problem.rule == "edited-file"


def test_bytes_that_are_no_text_are_an_edit(project: SmallProject) -> None:
    project.module.write_bytes(project.module.read_bytes() + b"\xff")
    assert _only(project).problem.rule == "edited-file"


def test_the_place_is_the_first_line_that_differs(project: SmallProject) -> None:
    lines = project.module.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("class SoldOutError"))
    _replace(project, "class SoldOutError", "class SoldError")
    assert _only(project).problem.place.line == number


def test_the_stamp_is_no_difference_where_there_is_another(project: SmallProject) -> None:
    project.write_catalog("apis: {shop: {errors: {sold_out: {meaning: Nothing left.}}}}")
    found = _only(project)
    lines = project.module.read_text(encoding="utf-8").split("\n")
    assert lines[found.problem.place.line - 1] == '    """No copy is left.'
    assert not any("sha256:" in line for line in found.diff)


def test_a_file_of_which_only_the_stamp_differs_is_placed_there(project: SmallProject) -> None:
    _replace(project, "content sha256:", "content sha256:0")
    assert _only(project).problem.place.line == 2


def test_the_diff_leads_from_the_disk_to_the_catalog(project: SmallProject) -> None:
    _replace(project, '"""No copy is left.', '"""By hand.')
    diff = _only(project).diff
    assert diff[:2] == (f"--- {MODULE} (on disk)", f"+++ {MODULE} (from the catalog)")
    assert '-    """By hand.' in diff
    assert '+    """No copy is left.' in diff


def test_the_numbers_in_a_diff_are_those_of_the_file(project: SmallProject) -> None:
    lines = project.module.read_text(encoding="utf-8").split("\n")
    number = lines.index('    """No copy is left.') + 1
    _replace(project, '"""No copy is left.', '"""By hand.')
    assert f"@@ -{number - 3},7 +{number - 3},7 @@" in _only(project).diff


def test_a_diff_is_cut_and_says_so(project: SmallProject) -> None:
    errors = "".join(f"      code_{number}: {{status: 400}}\n" for number in range(2000))
    project.write_catalog(f"apis:\n  shop:\n    errors:\n{errors}")
    diff = _only(project).diff
    assert len(diff) == MOST_LINES + 3
    assert diff[-1].startswith("… ")
    assert diff[-1].endswith(" more lines")
    assert int(diff[-1].split()[1].replace(",", "")) > 2000


def test_no_line_of_a_diff_is_very_long(project: SmallProject) -> None:
    _replace(project, "No copy is left.", "x" * 10_000)
    assert max(map(len, _only(project).diff)) < 300


def test_every_file_that_differs_is_said(project: SmallProject) -> None:
    project.module.unlink()
    (project.folder / SCHEMA).unlink()
    places = [found.problem.place.path for found in _drift(project)]
    assert places == [MODULE, SCHEMA]


def test_nothing_is_written(project: SmallProject) -> None:
    project.module.unlink()
    (project.folder / SCHEMA).write_text("{}", encoding="utf-8")
    before = project.on_disk()
    _drift(project)
    assert project.on_disk() == before
