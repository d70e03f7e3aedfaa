"""The site of this repository's errors: in order as it is built, and broken in many ways."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest
import yaml

from errorbook.checks.html import check
from errorbook.checks.result import Checked, Context
from errorbook.project import open_workspace
from tests.checks.html_mutations import MUTATIONS, Mutation
from tests.site.project import ROOT, Project, run_build

PROJECT: Final = "check:\n  html: [{site: site, build: sh build.sh}]\n"
REBUILT: Final = (
    "a code renamed, with its former name",
    "a code that is retired",
    "an internal error since",
    "addresses that the catalog gives elsewhere",
)
PAGES: Final = ("artifacta.md", "artworks.md")


def catalog() -> str:
    """Return the catalog of this repository without what it includes."""
    return (ROOT / "errors.yaml").read_text("utf-8").partition("\ninclude:")[0] + "\n"


def build(folder: Path) -> None:
    """Build the site, as `mkdocs build` would."""
    config = {
        "site_name": "Errors",
        "site_url": "https://errorbook.example/",
        "theme": {"name": None, "custom_dir": "theme"},
        "plugins": ["errorbook"],
        "markdown_extensions": ["tables", "fenced_code", "attr_list", "admonition", "md_in_html"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    assert not run_build(folder / "mkdocs.yml").aborted


@pytest.fixture(scope="module", name="original")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("original"))
    project.write("errors.yaml", catalog())
    project.write("errorbook.yaml", PROJECT)
    project.pages({name: (ROOT / "docs" / name).read_text("utf-8") for name in PAGES})
    project.write("docs/index.md", "# Errors\n\nNothing to see.\n")
    build(project.folder)
    return project.folder


@pytest.fixture(name="folder")
def _folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "project"))


def checked(folder: Path) -> Checked:
    workspace = open_workspace(folder / "errorbook.yaml", None, folder)
    return check(Context(workspace, "public", "errorbook generate", folder))


def test_a_fresh_site_has_nothing_wrong(folder: Path) -> None:
    said = checked(folder)
    assert (said.found, said.not_checked) == ((), ())
    assert said.looked_at == "20 built pages"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_each_way_to_drift_is_one_finding(folder: Path, mutation: Mutation) -> None:
    mutation.make(folder)

    found = [one.problem for one in checked(folder).found]

    assert [one.rule for one in found] == [mutation.rule], "\n".join(map(str, found))
    assert mutation.about in str(found[0])
    assert found[0].place.line or mutation.file.endswith("rate_limited/index.html")
    assert found[0].hint


@pytest.mark.parametrize("name", REBUILT)
def test_a_change_of_the_catalog_is_gone_after_the_build(folder: Path, name: str) -> None:
    mutation = next(one for one in MUTATIONS if one.name == name)
    mutation.make(folder)
    assert checked(folder).found
    build(folder)
    assert [str(one.problem) for one in checked(folder).found] == []
