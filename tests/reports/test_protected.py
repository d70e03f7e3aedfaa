"""No report takes the place of what it is about, or of what is generated."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook import cli
from tests.checks.projects import MODULE, SmallProject, small_project

CATALOG = "include: [part.json]\napis: {shop: {errors: {sold_out: {}}}}\n"
PROJECT = """\
generate: [{output: python, to: sdk}]
markdown: [README.md]
check: {baseline: accepted.json}
"""
README = "# Shop\n\n<!-- errorbook: codes api=shop -->\n<!-- /errorbook -->\n"


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    monkeypatch.chdir(tmp_path)
    project = small_project(tmp_path)
    project.write_catalog(CATALOG)
    project.write_project(PROJECT)
    (tmp_path / "part.json").write_text('{"apis": {"cafe": {}}}', "utf-8")
    (tmp_path / "README.md").write_text(README, "utf-8")
    (tmp_path / "accepted.json").write_text('{"version": 1, "accepted": []}', "utf-8")
    (tmp_path / "errorbook.lock").write_text('{"version": 1, "files": {}}', "utf-8")
    assert cli.run(["generate"]) == 0
    return project


@pytest.mark.parametrize("verb", ["check", "validate", "diff"])
@pytest.mark.parametrize(
    "file",
    [
        *("errors.yaml", "./errorbook.yaml", "errorbook.lock", "part.json", "accepted.json"),
        *(MODULE, "README.md"),
    ],
)
def test_what_is_read_or_generated_stays(
    project: SmallProject, capsys: pytest.CaptureFixture[str], verb: str, file: str
) -> None:
    before = project.on_disk()
    assert cli.run([verb, "--format", f"json:{file}"]) == 2
    assert "--format: " in capsys.readouterr().err
    assert project.on_disk() == before


@pytest.mark.parametrize("verb", ["check", "validate"])
def test_a_catalog_that_cannot_be_read_stays_too(project: SmallProject, verb: str) -> None:
    project.write_catalog("apis: [\n")
    before = project.on_disk()
    assert cli.run([verb, "--format", "json:errors.yaml"]) == 2
    assert project.on_disk() == before


@pytest.mark.parametrize("real", ["part.json", "errors.yaml", MODULE])
def test_a_link_to_what_is_kept_is_no_way_round(project: SmallProject, real: str) -> None:
    (project.folder / "report.json").symlink_to(real)
    before = (project.folder / real).read_bytes()
    assert cli.run(["check", "--format", "json:report.json"]) == 2
    assert (project.folder / real).read_bytes() == before


def test_a_former_report_is_replaced(project: SmallProject) -> None:
    words = ["validate", "--format", "json:report.json", "--format", "markdown:report.md"]
    assert [cli.run(words), cli.run(words)] == [0, 0]
    assert {"report.json", "report.md"} <= set(project.on_disk())
