"""ProperDocs, which went on where MkDocs ended, runs hook and plugin as they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.project import HOOK, SMALL, Built, Project

INDEX = "# Shop\n\n<error:shop/unpaid>\n\n/// errors | codes\n///\n\n/// errors | explorer\n///\n"
OWN = "---\nerror: shop/sold_out\n---\n\n# Sold out\n\n/// errors | page\n///\n"
SITE = "https://example.org/docs/"
DOORS: dict[str, dict[str, Any]] = {
    "plugin": {"plugins": ["search", "errorbook"]},
    "hook": {"plugins": ["search"], "hooks": ["hooks/errors.py"]},
}
CHANGING = (".gz", "sitemap.xml", "main.js")
"""Files that hold the time of the build, and the script of the search, which is their own."""


def properdocs(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def texts(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if not path.name.endswith(CHANGING)
    }


@pytest.mark.parametrize("door", DOORS)
def test_both_doors_give_the_site_that_mkdocs_gives(project: Project, door: str) -> None:
    project.pages({"index.md": INDEX, "sold.md": OWN})
    if door == "hook":
        (project.folder / "hooks").mkdir()
        shutil.copy(HOOK, project.folder / "hooks")
    by_mkdocs = project.build(site_url=SITE, strict=True, **DOORS[door])
    assert by_mkdocs.warnings == []
    made = properdocs(project.folder, "--strict", "-d", "properdocs")
    assert made.returncode == 0, made.stderr
    found = Built(project.folder / "properdocs", [], False)
    assert texts(found.folder) == texts(by_mkdocs.folder)
    assert "402" in found.main("shop/errors/unpaid/index.html").text


def test_what_is_wrong_fails_there_too(project: Project) -> None:
    project.write("docs/index.md", "<error:shop/unpaidd>\n")
    project.configure(plugins=["errorbook"])
    made = properdocs(project.folder, "--strict")
    assert made.returncode == 1
    assert "unknown-error-link" in made.stderr
    project.write("errors.yaml", SMALL.replace("402", "never"))
    broken = properdocs(project.folder)
    assert broken.returncode == 1
    assert "error[invalid-status]" in broken.stderr
    assert "Traceback" not in broken.stderr
