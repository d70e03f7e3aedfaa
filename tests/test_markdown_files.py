"""Which Markdown files a project names: never one outside of it, or behind a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook import markdown_files as module
from errorbook.markdown_files import MarkdownFiles, markdown_files
from errorbook.problems import ErrorbookError
from tests.checks.projects import SmallProject, small_project

TEXT = "<!-- errorbook: codes -->\n<!-- /errorbook -->\n"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SmallProject:
    folder = tmp_path / "project"
    folder.mkdir()
    return small_project(folder)


def _write(project: SmallProject, *paths: str, text: str = TEXT) -> None:
    for path in paths:
        file = project.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _found(project: SmallProject, *patterns: str) -> MarkdownFiles:
    project.write_project(f"markdown: [{', '.join(map(repr, patterns))}]\n")
    workspace = project.workspace()
    return markdown_files(workspace.project, workspace.catalog.catalog)


def _paths(project: SmallProject, *patterns: str) -> list[str]:
    found = _found(project, *patterns)
    assert found.missing == ()
    return [file.path for file in found.files]


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("README.md", ["README.md"]),
        ("./README.md", ["README.md"]),
        ("*.md", ["README.md"]),
        ("docs/*.md", ["docs/a.md", "docs/b.md"]),
        ("docs/?.md", ["docs/a.md", "docs/b.md"]),
        ("docs/**/*.md", ["docs/a.md", "docs/b.md", "docs/deep/er/c.md"]),
        ("*/a.md", ["docs/a.md"]),
        ("**/c.md", ["docs/deep/er/c.md"]),
        ("docs/[ab].md", []),
    ],
)
def test_patterns_find_files(project: SmallProject, pattern: str, paths: list[str]) -> None:
    _write(project, "README.md", "docs/a.md", "docs/b.md", "docs/deep/er/c.md")
    _write(project, "docs/.hidden/a.md", "node_modules/a.md", "docs/a.txt")
    found = _found(project, pattern)
    assert [file.path for file in found.files] == paths
    assert bool(found.missing) == (not paths)


def test_a_file_that_two_patterns_find_is_one(project: SmallProject) -> None:
    _write(project, "README.md")
    assert _paths(project, "README.md", "*.md") == ["README.md"]


def test_a_pattern_passes_over_files_without_markers(project: SmallProject) -> None:
    _write(project, "a.md")
    _write(project, "b.md", text="# errorbook\n")
    _write(project, "c.md", text=f"```\n{TEXT}```\n")
    assert _paths(project, "*.md") == ["a.md"]


@pytest.mark.parametrize(
    "path", ["../README.md", "/README.md", "docs/../../a.md", ".git/a.md", " "]
)
def test_a_path_does_not_lead_outside(project: SmallProject, path: str) -> None:
    with pytest.raises(ErrorbookError) as caught:
        _found(project, path)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.line) == ("bad-markdown-path", 1)


def test_a_link_is_never_followed(project: SmallProject, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(TEXT, encoding="utf-8")
    _write(project, "docs/b.md")
    (project.folder / "link.md").symlink_to(outside / "a.md")
    (project.folder / "docs/linked").symlink_to(outside)
    assert _paths(project, "**/*.md") == ["docs/b.md"]
    for path in ("link.md", "docs/linked/a.md", "docs/linked/*.md"):
        with pytest.raises(ErrorbookError, match="link, which is never followed"):
            _found(project, path)


def test_what_cannot_be_looked_at_is_said(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "latin.md").write_bytes(TEXT.encode() + b"\xe9")
    (project.folder / "folder.md").mkdir()
    _write(project, "long.md", text=TEXT * 100)
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    found = _found(project, "latin.md", "folder.md", "long.md", "gone.md", "no*.md")
    assert found.files == ()
    assert found.missing == (
        "latin.md: it is not UTF-8",
        "folder.md: there is no such file",
        "long.md: it is larger than 1,000 bytes",
        "gone.md: there is no such file",
        "no*.md: no file is called so",
    )
