"""A folder that takes no site: one line says so before anything is rendered."""

from __future__ import annotations

import os

import pytest

from tests.site.project import Project


def test_one_that_may_not_be_written_is_refused_by_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system answers for the test: who runs tests may write anywhere."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    built = project.build("# Shop\n", site_dir="there/site")
    (said,) = built.warnings
    assert built.aborted
    assert "cannot be written to, so no site can be built there: get the permission" in said
    assert len(said.splitlines()) == 1
    assert not (project.folder / "there").exists()


def test_a_file_in_its_place_is_no_folder(project: Project) -> None:
    project.write("site", "")
    built = project.build("# Shop\n")
    (said,) = built.warnings
    assert "is no folder, so no site can be built there: move it away" in said
