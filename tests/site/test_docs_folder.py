"""A builder that hands over one page at a time, and the files that it needs: a small site."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from zensical.config import parse_config
from zensical.markdown.render import render

from errorbook.cli import run
from errorbook.outputs.stamp import GENERATED
from errorbook.site import zensical
from tests.site.html_tree import Element, parse
from tests.site.project import SMALL, TWO, Project

ASSETS = "assets/errorbook/"
READY = {
    "watch": ["errors.yaml"],
    "extra_css": [f"{ASSETS}errorbook.css", f"{ASSETS}explorer.css"],
    "extra_javascript": [{"path": f"{ASSETS}explorer.js"}],
}
PAGE = """\
# Shop

<error:shop/sold_out>, [pay](error:shop/unpaid)

/// errors | codes
    api: shop
///
"""


@pytest.fixture(autouse=True)
def _forgets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    zensical.forget()


def configure(project: Project, **options: object) -> None:
    config = {
        "site_name": "Test",
        "theme": {"name": "material"},
        "markdown_extensions": ["errorbook"],
        **READY,
        **options,
    }
    parse_config(str(project.write("mkdocs.yml", yaml.safe_dump(config))))


def generate(project: Project, *options: str) -> int:
    if not (project.folder / "errorbook.yaml").exists():
        project.write("errorbook.yaml", "generate: [{output: pages, to: docs}]\n")
    return run(["generate", *options])


def rendered(project: Project, path: str, url: str = "", **meta: object) -> Element:
    """Render a page as Zensical does: what it hands to Python, and nothing around it."""
    text = (project.folder / "docs" / path).read_text("utf-8")
    if text.startswith("---\n"):
        front, _, text = text[4:].partition("---\n")
        meta = {**yaml.safe_load(front), **meta}
    return parse(render(text, path, url, json.dumps(meta))["content"])


def test_links_are_paths_of_sources_which_the_builder_resolves(project: Project) -> None:
    project.pages({"guide/shop.md": PAGE})
    configure(project)
    assert generate(project) == 0
    page = rendered(project, "guide/shop.md", "guide/shop/")
    home = "../shop/errors/{}/index.md"
    assert ("sold_out", home.format("sold_out")) in page.links()
    assert ("pay", home.format("unpaid")) in page.links()


def test_without_pages_of_errors_links_lead_to_the_best_place(project: Project) -> None:
    project.pages({"index.md": "<error:shop/unpaid>\n", "shop.md": PAGE})
    configure(project)
    assert rendered(project, "index.md").links() == [("unpaid", "shop.md#unpaid")]


def test_the_page_of_an_error_has_a_heading_and_its_facts(project: Project) -> None:
    assert generate(project) == 0
    configure(project)
    page = rendered(project, "shop/errors/unpaid/index.md", "shop/errors/unpaid/")
    assert page.one("h1").text == "unpaid"
    assert "402" in page.text
    assert ("JSON", "index.json") in page.links()
    assert "Markdown" not in page.text


def test_the_explorer_gets_an_address_as_readers_see_it(project: Project) -> None:
    project.pages({"a/find.md": "/// errors | explorer\n///\n"})
    configure(project)
    explorer = rendered(project, "a/find.md", "a/find/").one("error-explorer")
    assert explorer.attributes["data-index"] == f"../../{ASSETS}explorer-index.js"


def test_a_page_that_is_changed_is_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.pages({"index.md": "<error:shop/unpaid>\n", "shop.md": PAGE})
    configure(project)
    assert rendered(project, "index.md").links() == [("unpaid", "shop.md#unpaid")]
    project.pages({"pay.md": "---\nerror: shop/unpaid\n---\n\n# Pay\n"})
    monkeypatch.setattr("errorbook.site.docs_folder.monotonic", lambda: 1e12)
    assert rendered(project, "index.md").links() == [("unpaid", "pay.md")]


def test_what_somebody_wrote_is_the_page_of_an_error_and_is_never_overwritten(
    project: Project,
) -> None:
    own = "---\nerror: shop/unpaid\n---\n\n# Pay\n\n/// errors | page\n///\n"
    project.pages({"index.md": PAGE, "shop/errors/unpaid/index.md": own})
    project.pages({"sold.md": "---\nerror: shop/sold_out\n---\n\n# Sold\n"})
    configure(project)
    assert generate(project) == 0
    assert run(["check"]) == 0
    written = project.folder / "docs/shop/errors/unpaid/index.md"
    assert written.read_text("utf-8") == own
    assert ("sold_out", "sold.md") in rendered(project, "index.md").links()
    page = rendered(project, "shop/errors/unpaid/index.md", "shop/errors/unpaid/")
    assert page.one("h1").text == "Pay"


def test_a_code_that_has_another_name_now_leads_there(project: Project) -> None:
    renamed = SMALL.replace("status: 402", "status: 402\n        renamed_from: [unpayed]")
    project.write("errors.yaml", f"{renamed}    retired: {{unpayed: {{replaced_by: unpaid}}}}\n")
    assert generate(project) == 0
    old = (project.folder / "docs/shop/errors/unpayed/index.html").read_text("utf-8")
    assert 'url=../unpaid/"' in old


def test_pages_of_errors_that_are_gone_are_removed(project: Project) -> None:
    assert generate(project) == 0
    gone = project.folder / "docs/shop/errors/unpaid/index.md"
    assert gone.exists()
    project.write("errors.yaml", SMALL.partition("      unpaid:")[0])
    assert generate(project) == 0
    assert not gone.exists()
    assert run(["check"]) == 0


def test_only_the_named_output_is_written(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write(
        "errorbook.yaml",
        "generate: [{output: pages, to: docs}, {output: schema, to: .}]\n",
    )
    assert generate(project, "schema") == 0
    assert not (project.folder / "docs").exists()
    assert generate(project, "pages") == 0
    assert (project.folder / "docs/shop/errors/unpaid/index.md").exists()
    capsys.readouterr()
    assert generate(project, "page") == 2
    assert "did you mean 'pages'?" in capsys.readouterr().err
    assert generate(project, "vectors") == 2
    assert "add one below 'generate'" in capsys.readouterr().err


def test_under_mkdocs_the_files_are_passed_over(project: Project) -> None:
    project.write("errors.yaml", TWO)
    spoken_of = f"`{GENERATED} output pages, format 1`\n"
    pages = {"index.md": PAGE, "find.md": "/// errors | explorer\n///\n", "stamp.md": spoken_of}
    options: dict[str, Any] = {"plugins": ["errorbook"], "site_url": "https://example.org/"}
    project.pages(pages)
    before = project.build(strict=True, **options)
    kept = {path: before.text(path) for path in files_of(before.folder)}
    assert generate(project) == 0
    after = project.build(strict=True, **options)
    assert {path: after.text(path) for path in files_of(after.folder)} == kept


def files_of(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.endswith((".gz", "sitemap.xml")))


def test_an_api_with_many_errors_has_pages_by_group(project: Project) -> None:
    errors = "".join(f"      e{number}: {{}}\n" for number in range(301))
    project.write("errors.yaml", f"apis:\n  shop:\n    errors:\n{errors}")
    project.pages({"index.md": PAGE.partition("<")[0] + "/// errors | codes\n///\n"})
    configure(project)
    assert len(rendered(project, "index.md").rows()) == 302
    assert generate(project) == 0
    zensical.forget()
    links = rendered(project, "index.md").links()
    assert [address for _, address in links] == [
        "shop/errors/group/none/1.md",
        "shop/errors/group/none/2.md",
    ]
    assert len(rendered(project, "shop/errors/group/none/1.md").rows()) == 301


def test_what_mkdocs_yml_lacks_is_said_once(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.write("more/a.yaml", "apis: {cafe: {errors: {closed: {}}}}\n")
    project.write("more/b.yaml", "apis: {bar: {errors: {shut: {}}}}\n")
    project.write("errors.yaml", f"include: [more/a.yaml, more/b.yaml]\n{SMALL}")
    project.pages({"index.md": PAGE, "again.md": PAGE})
    configure(project, watch=[], extra_css=[], extra_javascript=[])
    with caplog.at_level(logging.WARNING, "errorbook"):
        rendered(project, "index.md")
        rendered(project, "again.md")
    said = [line for line in caplog.messages if line.startswith("mkdocs.yml")]
    assert len(said) == 4
    assert "watch: [errors.yaml, more]" in said[0]
    assert [line for line in said if "unlisted-asset" in line] == said[1:]


def test_a_wrong_block_is_reported_at_its_line(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.pages({"index.md": "---\ntitle: x\n---\n\n# Shop\n\n<error:shop/sold>\n"})
    configure(project)
    rendered(project, "index.md")
    assert caplog.messages == [
        "docs/index.md:7:1: warning[unknown-error-link]: there is no error 'shop/sold' "
        "(did you mean 'shop/sold_out'?)"
    ]


def test_front_matter_that_names_no_error_is_reported(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.pages(
        {"index.md": "---\ntitle: x\nerror: shop/sold\n---\n\n# Shop\n\n<error:shop/unpaid>\n"}
    )
    configure(project)
    rendered(project, "index.md")
    assert "docs/index.md:3:1: warning[unknown-error]" in caplog.text


def test_a_broken_catalog_is_told_with_every_problem(project: Project) -> None:
    project.write("errors.yaml", SMALL.replace("409", "nope").replace("402", "never"))
    project.pages({"index.md": PAGE})
    configure(project)
    with pytest.raises(zensical.UnusableCatalogError) as told:
        rendered(project, "index.md")
    assert len(str(told.value).split("\n")) == 3
    assert "  errors.yaml:6:17: error[invalid-status]" in str(told.value)


def test_no_file_for_programs_leads_to_markdown(project: Project) -> None:
    assert generate(project) == 0
    docs = project.folder / "docs"
    assert "](sold_out/index.json)" in (docs / "shop/errors/llms.txt").read_text("utf-8")
    assert not [path for path in docs.rglob("llms.txt") if ".md" in path.read_text("utf-8")]
    data = json.loads((docs / "shop/errors/unpaid/index.json").read_text("utf-8"))
    assert (data["code"], data["catalog"]) == ("unpaid", "../../../errors.json")
    assert "markdown" not in data
