"""Generated pages that hands have been on: what is published of them, and what never is."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from errorbook.cli import run
from tests.site.project import SMALL, Project

INTERNAL = SMALL.replace("status: 402", "visibility: internal\n        status: 402")
UNPAID = "docs/shop/errors/unpaid/index.md"
MINE = "What only we should know."


@pytest.fixture(name="edited")
def _edited(project: Project) -> Path:
    """A project of generated pages, in one of which somebody has written a line."""
    project.write("errorbook.yaml", "generate: [{output: pages, to: docs}]\n")
    assert generate(project) == 0
    page = project.folder / UNPAID
    page.write_text(f"{page.read_text('utf-8')}\n{MINE}\n", "utf-8")
    return page


def generate(project: Project) -> int:
    return run(["generate", "-p", str(project.folder)])


def published(site: Path) -> list[str]:
    texts = ((path, path.read_bytes()) for path in site.rglob("*") if path.is_file())
    return [path.name for path, text in texts if MINE.encode() in text]


def test_a_copy_of_an_error_that_became_internal_is_not_published(
    project: Project, edited: Path
) -> None:
    project.write("errors.yaml", INTERNAL)
    assert generate(project) == 0
    assert MINE in edited.with_name(".index.md.orig").read_text("utf-8")
    site = project.build("# Shop\n", plugins=["errorbook"]).folder
    assert published(site) == []
    project.configure(theme={"name": "material"}, markdown_extensions=["errorbook"])
    command = [sys.executable, "-m", "zensical", "build"]
    subprocess.run(command, cwd=project.folder, check=True, capture_output=True)
    assert (site / "shop/errors/sold_out/index.html").is_file()
    assert published(site) == []


@pytest.mark.parametrize("name", ["index.md.orig", "index.md.1.orig"])
def test_nor_is_a_copy_of_a_page_that_has_another_name(
    project: Project, edited: Path, name: str
) -> None:
    edited.rename(edited.with_name(name))
    assert published(project.build("# Shop\n", plugins=["errorbook"]).folder) == []


def test_a_page_made_of_a_generated_one_is_somebodys_own(
    project: Project, edited: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One that is where it was generated is ours, and so is a copy that nobody has edited."""
    text = edited.read_text("utf-8")
    project.pages({"pay.md": text, "copied.md": text.replace(f"\n{MINE}\n", "")})
    with caplog.at_level(logging.INFO, logger="mkdocs.plugins.errorbook"):
        built = project.build("# Shop\n", plugins=["errorbook"])
    assert MINE in built.main("pay/index.html").text
    assert not (built.folder / "copied/index.html").exists()
    assert MINE not in built.text("shop/errors/unpaid/index.html")
    assert [one for one in caplog.messages if "so they stay: pay.md" in one] != []
