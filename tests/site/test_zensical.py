"""This repository's site, built by Zensical: the pages say what those of MkDocs say.

Settings, nav, theme and pages are its own. Only the rules that errorbook reports stay out: their
250 pages are like the others, and would take longer than all else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from errorbook.cli import run
from tests.site.crawl import crawl
from tests.site.explorer.pages import Explorer, serve
from tests.site.html_tree import Element, parse
from tests.site.project import HOOK, ROOT, SMALL, Built, Project
from tests.site.test_theme import build_docs

pytest_plugins = ["tests.browser"]


def _written(file: str) -> str:
    """Return what docs/builders.md has its readers write into a file."""
    page = (ROOT / "docs/builders.md").read_text("utf-8")
    (found,) = re.findall(
        rf"^```yaml\n# {re.escape(file)}\n(.*?)^```", page, re.DOTALL | re.MULTILINE
    )
    return str(found)


SETTINGS = yaml.safe_load(_written("mkdocs.yml"))
PLACE = "https://example.org/docs/"
OURS = ("artifacta/errors/", "artworks/errors/")


@dataclass(frozen=True)
class Both:
    """One set of sources, built by MkDocs and by Zensical."""

    folder: Path
    mkdocs: Built
    zensical: Built
    said: str

    @cached_property
    def by_mkdocs(self) -> dict[str, str]:
        """The articles of MkDocs, by page."""
        return articles(self.mkdocs.folder)

    @cached_property
    def by_zensical(self) -> dict[str, str]:
        """The articles of Zensical, by page."""
        return articles(self.zensical.folder)


def zensical(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zensical", "build", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    config = own_settings()
    for file in (ROOT / "docs/assets").rglob("*.*"):
        Project(folder).write_bytes(file.relative_to(ROOT).as_posix(), file.read_bytes())
    by_mkdocs = build_docs(folder, rules=False, **config)
    assert by_mkdocs.warnings == []
    config["markdown_extensions"] += SETTINGS["markdown_extensions"]
    config |= {key: value for key, value in SETTINGS.items() if key != "markdown_extensions"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**config, "site_dir": "zensical"}))
    (folder / "errorbook.yaml").write_text(_written("errorbook.yaml"))
    assert run(["generate", "pages", "-p", str(folder)]) == 0
    made = zensical(folder)
    assert made.returncode == 0, made.stdout
    return Both(folder, by_mkdocs, Built(folder / "zensical", [], False), made.stderr)


def own_settings() -> dict[str, Any]:
    """Return this repository's mkdocs.yml, for a copy of its pages elsewhere."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del config["strict"]  # the test says so itself
    config["site_url"] = PLACE
    config["hooks"] = [str(HOOK)]
    config["theme"]["custom_dir"] = str(ROOT / "overrides")
    parts = [next(iter(part.items())) for part in config["nav"]]
    kept = [{title: _without_rules(pages)} for title, pages in parts]
    return {**config, "nav": [*kept, {"Deep": "deep/er/page.md"}]}


def _without_rules(pages: Any) -> Any:
    if isinstance(pages, str):
        return pages
    return [one for one in pages if "rules.md" not in one.values()]


def articles(folder: Path) -> dict[str, str]:
    """Return what stands between the tags of the article of each page that says something.

    Those that lead elsewhere have none. What the theme sets around it is left out, as reading
    the whole nav of each page took most of the time.
    """
    found = {}
    for path in folder.rglob("*.html"):
        _, tag, rest = path.read_text("utf-8").partition("<article")
        if tag and path.name != "404.html":
            found[path.relative_to(folder).as_posix()] = f"{tag}{rest.rpartition('</article>')[0]}"
    return found


def shown(article: str) -> list[str]:
    """Return all that an article says, but for where the same is for programs."""
    return list(_texts(parse(f"{article}</article>").all("article")[0]))


def _texts(one: Element) -> Iterator[str]:
    for child in one.children:
        if isinstance(child, str):
            yield from child.replace("¶", " ").split()
        elif child.tag not in ("script", "style", "svg") and not _is_for_programs(child):
            yield from _texts(child)


def _is_for_programs(one: Element) -> bool:
    return one.tag == "p" and one.text.startswith("For programs")


def test_nothing_of_ours_is_warned_of(both: Both) -> None:
    assert [line for line in both.said.split("\n") if "warning[" in line] == []


def test_there_are_the_same_pages(both: Both) -> None:
    listings = {f"{folder}index.html" for folder in OURS}
    assert both.by_zensical.keys() == {*both.by_mkdocs, *listings}
    assert f"{OURS[0]}rate_limited/index.html" in both.by_zensical


def test_every_page_says_the_same(both: Both) -> None:
    for page, article in both.by_mkdocs.items():
        assert shown(both.by_zensical[page]) == shown(article), page


def test_the_facts_are_those_of_the_catalog(
    both: Both, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(both.folder)
    assert run(["check", "--html", "zensical"]) == 0, capsys.readouterr().out


def test_no_address_leads_nowhere_on_a_page_that_is_whole(both: Both) -> None:
    by_mkdocs, found = crawl(both.mkdocs.folder, PLACE), crawl(both.zensical.folder, PLACE)
    assert found.dead == []
    assert found.seen["error-explorer"] == by_mkdocs.seen["error-explorer"] > 0
    assert found.seen["json link"] == by_mkdocs.seen["json link"] > 0


def test_the_files_for_programs_are_there(both: Both) -> None:
    ours = {
        path.relative_to(both.mkdocs.folder)
        for path in both.mkdocs.folder.rglob("*")
        if path.name.endswith((".json", "llms.txt")) and "search" not in path.parts
    }
    assert len(ours) > 10
    assert [path for path in ours if not (both.zensical.folder / path).is_file()] == []


@pytest.mark.browser
def test_the_explorer_finds_its_data(page: Page, both: Both) -> None:
    with serve(both.zensical.folder, below="/docs") as address:
        page.goto(address("deep/er/page/"))
        explorer = Explorer(page)
        explorer.box.fill("sealed")
        expect(explorer.rows).to_have_count(1)
        page.goto(address("explorer/#error=artworks/forbidden"))
        page.get_by_role("link", name="Reference", exact=True).click()
        expect(page.locator("h1")).to_contain_text("forbidden")


PAGE = "# Shop\n\n[pay](error:shop/unpaid), <error:shop/unpaid>\n\n/// errors | codes\n///\n"


def checked(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    monkeypatch.chdir(project.folder)
    code = run(["check", "--html", "site"])
    return code, capsys.readouterr().out


def test_what_nothing_rendered_is_found(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("docs/index.md", PAGE)
    project.configure(theme={"name": "material"}, plugins=["search", "errorbook"])
    assert zensical(project.folder, "--strict").returncode == 0  # it does not mind
    assert "/// errors | codes" in (project.folder / "site/search.json").read_text("utf-8")
    code, said = checked(project, capsys, monkeypatch)
    found = [line for line in said.split("\n") if "html-unrendered-block" in line]
    assert code == 1
    assert ["'error:shop/unpaid'" in found[0], "'<error:shop/unpaid>'" in found[1]] == [True] * 2
    assert "'/// errors | codes'" in found[2]
    assert all(line.startswith("site/index.html:") for line in found)
    assert all("zensical build --clean" in line for line in found)


def test_a_page_that_was_kept_is_found_and_watching_helps(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("docs/index.md", PAGE)
    options = {"theme": {"name": "material"}, "markdown_extensions": ["errorbook"]}
    project.configure(**options)
    first = zensical(project.folder)
    assert "unwatched-catalog" in first.stderr
    catalog = project.write("errors.yaml", SMALL.replace("402", "403"))
    os.utime(catalog, (2e9, 2e9))  # it looks at whole seconds
    zensical(project.folder)
    code, said = checked(project, capsys, monkeypatch)
    assert code == 1
    assert "error[html-wrong-status]: shop/unpaid: the status is '402' here" in said
    project.configure(**options, watch=["errors.yaml"])
    zensical(project.folder)
    project.write("errors.yaml", SMALL.replace("402", "404"))
    os.utime(catalog, (2.1e9, 2.1e9))
    assert "unwatched-catalog" not in zensical(project.folder).stderr
    assert checked(project, capsys, monkeypatch) == (0, "")
