"""Generated files are written all or not at all, and nothing of anybody else is lost."""

from __future__ import annotations

import json
import os
import stat
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from errorbook import generate as generating
from errorbook.generate import ForeignFileError, Generated, RefusedError
from errorbook.writing import NotWrittenError
from tests.checks.projects import JSON, MODULE, SCHEMA, TYPED, SmallProject, small_project

CONFLICT = "<<<<<<< HEAD\n# one side\n=======\n# the other side\n>>>>>>> branch\n"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def _generate(project: SmallProject) -> Generated:
    return generating.generate(project.workspace().project, project.files())


def _edit(project: SmallProject, line: str = "# by hand\n") -> str:
    text = project.module.read_text(encoding="utf-8") + line
    project.module.write_text(text, encoding="utf-8", newline="\n")
    return text


def test_every_file_is_written_into_folders_that_are_made(project: SmallProject) -> None:
    assert _generate(project) == Generated((JSON, MODULE, TYPED, SCHEMA), (), ())
    for file in project.files():
        assert (project.folder / file.path).read_bytes() == file.text.encode()


def test_files_have_lf_newlines(project: SmallProject) -> None:
    _generate(project)
    assert b"\r" not in project.module.read_bytes()


def _written(file: Path) -> tuple[int, int]:
    """Return what changes when a file is written; reading one changes its time of access."""
    status = file.stat()
    return status.st_ino, status.st_mtime_ns


def test_a_second_run_writes_nothing(project: SmallProject) -> None:
    _generate(project)
    before = _written(project.module)
    assert _generate(project) == Generated((), (JSON, MODULE, TYPED, SCHEMA), ())
    assert _written(project.module) == before


def test_only_what_differs_is_written(project: SmallProject) -> None:
    _generate(project)
    project.module.unlink()
    assert _generate(project) == Generated((MODULE,), (JSON, TYPED, SCHEMA), ())


def test_a_file_with_other_newlines_is_left_alone(project: SmallProject) -> None:
    _generate(project)
    content = project.module.read_bytes().replace(b"\n", b"\r\n")
    project.module.write_bytes(content)
    assert _generate(project).unchanged == (JSON, MODULE, TYPED, SCHEMA)
    assert project.module.read_bytes() == content


def test_a_file_that_a_formatter_has_rewritten_is_left_alone(project: SmallProject) -> None:
    _generate(project)
    file = project.folder / SCHEMA
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")), indent="\t"), "utf-8")
    before = _written(file)
    assert _generate(project).unchanged == (JSON, MODULE, TYPED, SCHEMA)
    assert _written(file) == before
    project.write_catalog("apis: {shop: {errors: {gone: {}}}}")
    assert _generate(project).kept == ()


def test_a_file_of_a_newer_errorbook_is_refused_and_nothing_is_written(
    project: SmallProject,
) -> None:
    _generate(project)
    text = project.module.read_text("utf-8")
    project.module.write_text(text.replace("format 2", "format 99", 1), "utf-8")
    (project.folder / SCHEMA).unlink()
    before = project.on_disk()
    with pytest.raises(RefusedError) as caught:
        _generate(project)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.path) == ("newer-format-file", MODULE)
    assert project.on_disk() == before


def test_a_stale_file_is_overwritten(project: SmallProject) -> None:
    _generate(project)
    project.write_catalog("apis: {shop: {errors: {gone: {}}}}")
    assert _generate(project) == Generated((JSON, MODULE), (TYPED, SCHEMA), ())
    assert "GoneError" in project.module.read_text(encoding="utf-8")


def test_the_text_of_an_edited_file_is_kept_beside_it(project: SmallProject) -> None:
    _generate(project)
    text = _edit(project)
    assert _generate(project) == Generated((MODULE,), (JSON, TYPED, SCHEMA), (f"{MODULE}.orig",))
    assert project.module.with_name("errors.py.orig").read_text(encoding="utf-8") == text
    assert "by hand" not in project.module.read_text(encoding="utf-8")


def test_a_second_edit_does_not_overwrite_the_copy_of_the_first(project: SmallProject) -> None:
    _generate(project)
    for line in ("# one\n", "# two\n"):
        _edit(project, line)
        _generate(project)
    copies = project.module.parent.glob("*.orig")
    assert {copy.name: copy.read_text(encoding="utf-8")[-6:] for copy in copies} == {
        "errors.py.orig": "# one\n",
        "errors.py.1.orig": "# two\n",
    }


def _two_sides(project: SmallProject) -> tuple[str, str]:
    """Return the module of one branch, and that of another."""
    sides = []
    for code in ("gone", "lost"):
        project.write_catalog(f"apis: {{shop: {{errors: {{{code}: {{}}}}}}}}")
        _generate(project)
        sides.append(project.module.read_text(encoding="utf-8"))
    project.write_catalog("apis: {shop: {errors: {gone: {}, lost: {}}}}")
    return sides[0], sides[1]


def _merged(ours: str, theirs: str, before: str = "") -> str:
    """Return both texts as git leaves them, with a block of marks wherever they differ."""
    merged: list[str] = []
    mine, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if kind == "equal":
            merged += mine[a:b]
        else:
            merged += ["<<<<<<< HEAD\n", *mine[a:b], before, "=======\n", *other[c:d]]
            merged += [">>>>>>> branch\n"]
    return "".join(merged)


@pytest.mark.parametrize("before", ["", "||||||| 1234567\n# before\n"])
def test_a_merge_conflict_is_overwritten(project: SmallProject, before: str) -> None:
    text = _merged(*_two_sides(project), before)
    assert text.count("<<<<<<<") > 1
    project.module.write_text(text, encoding="utf-8")
    generated = _generate(project)
    assert MODULE in generated.written
    assert generated.kept == ()
    assert "<<<<<<<" not in project.module.read_text(encoding="utf-8")


def test_what_hands_did_before_a_merge_is_kept(project: SmallProject) -> None:
    """Whichever side it was done on, or to neither."""
    ours, theirs = _two_sides(project)
    merged = _merged(ours, theirs)
    texts = [
        *(_merged(f"{ours}# by hand\n", theirs), _merged(ours, f"{theirs}# by hand\n")),
        *(f"{merged}# by hand\n", f"{ours}{CONFLICT}", merged.replace(">>>>>>> branch\n", "")),
    ]
    for number, text in enumerate(texts):
        project.module.write_text(text, encoding="utf-8")
        copy = f"{MODULE}{f'.{number}' if number else ''}.orig"
        assert _generate(project).kept == (copy,)
        assert (project.folder / copy).read_text(encoding="utf-8") == text


def test_a_conflict_within_the_stamp_is_overwritten(project: SmallProject) -> None:
    _generate(project)
    lines = project.module.read_text(encoding="utf-8").split("\n")
    lines[1:2] = ["<<<<<<< HEAD", lines[1], "=======", lines[1], ">>>>>>> branch"]
    project.module.write_text("\n".join(lines), encoding="utf-8")
    assert _generate(project).written == (MODULE,)


def test_a_file_of_somebody_else_is_refused_and_nothing_is_written(project: SmallProject) -> None:
    (project.folder / SCHEMA).write_text("{}", encoding="utf-8")
    before = project.on_disk()
    with pytest.raises(ForeignFileError) as caught:
        _generate(project)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.path) == ("foreign-file", SCHEMA)
    assert project.on_disk() == before


def test_a_folder_in_the_place_of_a_file_is_refused(project: SmallProject) -> None:
    (project.folder / SCHEMA).mkdir()
    with pytest.raises(ForeignFileError):
        _generate(project)


def test_a_file_in_the_place_of_a_folder_stops_everything(project: SmallProject) -> None:
    (project.folder / "sdk").write_text("", encoding="utf-8")
    before = project.on_disk()
    with pytest.raises(NotWrittenError):
        _generate(project)
    assert project.on_disk() == before


def test_a_link_that_appears_in_the_place_of_a_file_is_not_followed(project: SmallProject) -> None:
    files = project.files()
    victim = project.folder / "victim"
    victim.write_text("mine", encoding="utf-8")
    (project.folder / SCHEMA).symlink_to(victim)
    with pytest.raises(ForeignFileError):
        generating.generate(project.workspace().project, files)
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_of_a_file_is_kept(project: SmallProject) -> None:
    _generate(project)
    project.module.chmod(0o640)
    project.write_catalog("apis: {shop: {}}")
    _generate(project)
    assert stat.S_IMODE(project.module.stat().st_mode) == 0o640


@pytest.mark.parametrize("failing", range(2))
def test_if_a_file_cannot_be_moved_to_its_place_all_is_as_before(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    _generate(project)
    project.write_catalog("apis: {shop: {}}")
    (project.folder / SCHEMA).unlink()
    before = project.on_disk()
    _fail_to_move(monkeypatch, {failing})
    with pytest.raises(NotWrittenError, match="nothing was changed"):
        _generate(project)
    assert project.on_disk() == before


def test_if_nothing_can_be_moved_new_folders_are_removed(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_to_move(monkeypatch, {1})
    with pytest.raises(NotWrittenError, match="nothing was changed"):
        _generate(project)
    assert sorted(path.name for path in project.folder.iterdir()) == [
        "errorbook.yaml",
        "errors.yaml",
    ]


def test_a_file_that_cannot_be_put_back_is_named(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    _generate(project)
    project.write_catalog("apis: {shop: {}}")
    (project.folder / SCHEMA).unlink()
    _fail_to_move(monkeypatch, {1, 2})
    with pytest.raises(NotWrittenError, match=f"not restored: {JSON}"):
        _generate(project)
    assert not list(project.folder.rglob("*.tmp"))


def test_an_interrupt_leaves_everything_as_before(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    _generate(project)
    project.write_catalog("apis: {shop: {}}")
    (project.folder / SCHEMA).unlink()
    before = project.on_disk()
    _fail_to_move(monkeypatch, {1}, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        _generate(project)
    assert project.on_disk() == before


def _fail_to_move(
    monkeypatch: pytest.MonkeyPatch, failing: set[int], error: BaseException | None = None
) -> None:
    """Let the moves of these numbers fail; what is moved into the cache does not count."""
    move, moved = Path.replace, 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal moved
        if path.suffix != ".tmp":
            return move(path, target)
        moved += 1
        if moved - 1 in failing:
            raise error or PermissionError(13, "Permission denied", str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", replace)
