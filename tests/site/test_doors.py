"""The same site comes of the plugin and of the hook; the extension works without either."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.commands.build import build
from mkdocs.config import load_config

from errorbook.catalog import CatalogError
from errorbook.site.markdown import ErrorbookExtension
from tests.site.html_tree import parse
from tests.site.project import CATALOG, HOOK, ROOT, SMALL, TWO, Project, run_build

TABLE = "# Errors\n\n/// errors | codes\n///\n\n<error:unpaid>\n"
AS_HOOK: dict[str, Any] = {"plugins": [], "hooks": [str(HOOK)]}


def files_below(folder: Path) -> dict[str, bytes]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def refusal(project: Project, **options: Any) -> str:
    """Return the one thing that is said of a project that cannot be built."""
    built = project.build(TABLE, **options)
    assert built.aborted
    (told,) = built.warnings
    return told


def stable(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what says when it was built."""
    return {name: content for name, content in files.items() if "sitemap" not in name}


def test_plugin_and_hook_build_the_same_site(project: Project) -> None:
    project.write("errors.yaml", CATALOG)
    pages = (ROOT / "docs").glob("*.md")
    project.pages({page.name: page.read_text("utf-8") for page in pages})
    options: dict[str, Any] = {
        "markdown_extensions": ["admonition", "attr_list", "pymdownx.superfences"]
    }
    door: dict[str, Any] = {"plugins": ["errorbook"]}
    plugin = files_below(project.build(site_dir="one", **door, **options).folder)
    hook = files_below(project.build(site_dir="two", **AS_HOOK, **options).folder)
    assert len(plugin) > 10
    assert stable(plugin) == stable(hook)


def test_both_doors_at_once_are_refused(project: Project) -> None:
    assert "set up twice, as a plugin and as a hook" in refusal(project, hooks=[str(HOOK)])


@pytest.mark.parametrize(
    "listed",
    [
        "errorbook",
        "errorbook.site.markdown",
        "errorbook.site.markdown:ErrorbookExtension",
        {"errorbook": {"catalog": "errors.yaml"}},
        {"errorbook.site.markdown": {"catalog": "errors.yaml"}},
    ],
)
@pytest.mark.parametrize("door", [{}, AS_HOOK])
def test_an_extension_that_is_listed_too_is_registered_once(
    project: Project, listed: object, door: dict[str, Any]
) -> None:
    built = project.build(TABLE, markdown_extensions=[listed], **door)
    assert built.warnings == []
    assert len(built.main().all("table")) == 1


@pytest.mark.parametrize(
    "door",
    [
        {"plugins": [{"errorbook": {"catalog": "api/faults.yaml"}}]},
        {**AS_HOOK, "extra": {"errorbook": {"catalog": "api/faults.yaml"}}},
    ],
)
def test_the_catalog_may_be_called_otherwise(project: Project, door: dict[str, Any]) -> None:
    project.write("api/faults.yaml", TWO)
    assert len(project.build("/// errors | explorer\n///\n", **door).main().all("table")) == 2


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({"errorbook": {"catalogue": "x"}}, "no option 'catalogue' (did you mean 'catalog'?)"),
        ({"errorbook": "errors.yaml"}, "takes a mapping"),
        ({"errorbook": {"catalog": ["a"]}}, "catalog in mkdocs.yml: Expected type: <class 'str'>"),
        ({"errorbook": {"audience": "all"}}, "audience in mkdocs.yml: Expected one of"),
    ],
)
def test_a_hook_with_wrong_options_is_refused(
    project: Project, extra: dict[str, object], told: str
) -> None:
    assert told in refusal(project, **AS_HOOK, extra=extra)


@pytest.mark.parametrize("extra", [{}, {"errorbook": None}, {"errorbook": {}}])
def test_a_hook_needs_no_options(project: Project, extra: dict[str, object]) -> None:
    assert project.build(TABLE, **AS_HOOK, extra=extra).warnings == []


@pytest.mark.parametrize("door", [{}, AS_HOOK])
def test_a_broken_catalog_stops_the_build_with_every_problem(
    project: Project, door: dict[str, Any]
) -> None:
    project.write("errors.yaml", SMALL.replace("status: 409", "status: x").replace("402", "999"))
    told = refusal(project, **door).splitlines()
    assert told[0] == "the error catalog has 2 problems:"
    assert [line.split()[0] for line in told[1:]] == ["errors.yaml:6:17:", "errors.yaml:9:17:"]


def test_a_catalog_that_is_not_there_stops_the_build(project: Project) -> None:
    (project.folder / "errors.yaml").unlink()
    assert "errors.yaml" in refusal(project)


@pytest.mark.parametrize("door", [{}, {**AS_HOOK, "hooks": ["hooks/errors.py"]}])
def test_mkdocs_may_be_started_from_another_folder(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: dict[str, Any]
) -> None:
    project.write("hooks/errors.py", HOOK.read_text("utf-8"))
    project.write("docs/index.md", TABLE)
    config_file = project.configure(**door)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run_build(os.path.relpath(config_file)).warnings == []


def test_a_build_as_a_process_of_its_own_ends_in_an_error(project: Project) -> None:
    project.write("errors.yaml", "apis: 3\n")
    project.write("docs/index.md", TABLE)
    project.configure(**AS_HOOK)
    command = [sys.executable, "-m", "mkdocs", "build"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ran = subprocess.run(
        command, cwd=project.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "errors.yaml:1:7:" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("door", [{}, AS_HOOK])
def test_a_configuration_may_be_read_twice(project: Project, door: dict[str, Any]) -> None:
    """As mike does: once for its own sake, then once more from a file beside."""
    project.write("docs/index.md", TABLE)
    config_file = project.configure(**door)
    load_config(str(config_file)).plugins.on_config(load_config(str(config_file)))
    beside = config_file.rename(config_file.with_name("mike-mkdocs1.yml"))
    assert run_build(beside).warnings == []


def test_the_same_configuration_may_be_built_twice(project: Project) -> None:
    project.write("docs/index.md", TABLE)
    config = load_config(str(project.configure()))
    build(config)
    first = files_below(Path(config.site_dir))
    build(config)
    assert stable(files_below(Path(config.site_dir))) == stable(first)


def test_two_builds_are_byte_identical(project: Project) -> None:
    project.write("errors.yaml", CATALOG)
    page = "/// errors | sections\n    api: artworks\n///\n\n/// errors | explorer\n///\n"
    first = files_below(project.build(page, site_dir="one").folder)
    second = files_below(project.build(page, site_dir="two").folder)
    assert stable(first) == stable(second)


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    file = tmp_path / "errors.yaml"
    file.write_text(TWO)
    return file


def alone(catalog: Path, *others: str) -> Markdown:
    options = {"errorbook": {"catalog": str(catalog)}}
    return Markdown(extensions=["errorbook", *others], extension_configs=options)


def test_the_extension_works_without_mkdocs(catalog: Path) -> None:
    html = alone(catalog, "toc").convert(
        "/// errors | codes\n    api: shop\n///\n\n<error:unpaid>\n"
    )
    assert '<tr id="unpaid">' in html
    assert '<a class="eb-code" href="#unpaid">' in html


def test_the_extension_logs_problems_without_mkdocs(
    catalog: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = "/// errors | codes\n    api: shp\n///\n\n[x](error:nope)\n\n/// errors | code\n///\n"
    alone(catalog).convert(page)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 3
    assert [record.getMessage().partition(" ")[0] for record in caplog.records] == [
        "<markdown>:1:1:",
        "<markdown>:7:1:",
        "<markdown>:5:1:",
    ]


def test_the_extension_can_be_used_again_and_again(catalog: Path) -> None:
    markdown = alone(catalog, "toc")
    page = "/// errors | sections\n    api: cafe\n///\n"
    first = markdown.convert(page)
    assert markdown.reset().convert(page) == first


def test_the_extension_sees_a_catalog_that_has_changed(catalog: Path) -> None:
    page = "/// errors | codes\n    api: shop\n///\n"
    assert "sold_out" in alone(catalog).convert(page)
    catalog.write_text(TWO.replace("sold_out", "sold_out_now"))
    assert "sold_out_now" in alone(catalog).convert(page).replace("<wbr>", "")


def test_the_extension_reads_no_catalog_for_a_page_that_needs_none(tmp_path: Path) -> None:
    assert alone(tmp_path / "none.yaml").convert("Text") == "<p>Text</p>"


def test_the_extension_refuses_a_broken_catalog(catalog: Path) -> None:
    catalog.write_text("apis: 3")
    with pytest.raises(CatalogError):
        alone(catalog).convert("/// errors | codes\n///\n")


def test_the_extension_shows_all_rows_where_there_are_no_pages_by_group(catalog: Path) -> None:
    errors = "".join(f"      e{number}: {{}}\n" for number in range(301))
    catalog.write_text(f"apis:\n  shop:\n    errors:\n{errors}")
    assert alone(catalog).convert("/// errors | codes\n///\n").count("<tr id=") == 301


class _Inner(Preprocessor):
    """Converts a text of its own, as extensions do that read docstrings."""

    def __init__(self, md: Markdown, extension: ErrorbookExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        inner = Markdown(extensions=[self._extension])
        html = inner.convert("/// errors | codes\n///\n\n<error:cafe/closed>")
        return ["", self.md.htmlStash.store(html), "", *lines]


def test_a_text_within_a_page_owns_none_of_its_ids(catalog: Path) -> None:
    extension = ErrorbookExtension(catalog=str(catalog))
    extension.page = extension.current_page()
    markdown = Markdown(extensions=[extension])
    markdown.preprocessors.register(_Inner(markdown, extension), "inner", 24)
    page = "/// errors | codes\n    api: cafe\n///\n"
    main = parse(markdown.convert(page))
    assert [table.ids() for table in main.all("table")] == [[], ["sold_out", "closed"]]
    assert ("closed", "#closed") in main.links()
