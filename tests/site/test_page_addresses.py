"""What exceptions and bodies print as the address of an error's documentation is a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import docs_url, places
from errorbook.catalog.facts import example_response
from errorbook.outputs.python.module import render
from tests.outputs.modules import import_text
from tests.site.crawl import Site, crawl
from tests.site.project import Built, Project, run_build

SITE = "https://example.org/docs/"
PLUGINS = ["search", "errorbook"]
PAGE = "# Shop\n\n/// errors | codes\n///\n"
ODD = ("a/b", "..", "con", "Sold_Out", "100%", "index", "#1", "\U0001f4a5", "x" * 128)
TEMPLATES = ("{api}/errors/{code}/", "errors/{code}.html", "errors/{code}", "{code}/")


def shop(url: str = SITE, template: str = "{api}/errors/{code}/", **more: Any) -> dict[str, Any]:
    """Return an API with errors, a retired code and a former one."""
    odd = {
        code: {"status": 400, "sdk": {"python": {"exception": "none", "constant": f"C{number}"}}}
        for number, code in enumerate(ODD)
    }
    return {
        "docs": {"url": url, "error": template},
        "errors": {
            "sold_out": {"status": 409, "meaning": "No copy is left."},
            "unpaid": {"status": 402, "renamed_from": ["not_paid"]},
            **odd,
        },
        "retired": {
            "out_of_print": {"replaced_by": "sold_out"},
            "not_paid": {"replaced_by": "unpaid"},
        },
        **more,
    }


def write(project: Project, **apis: Any) -> Catalog:
    text = json.dumps({"apis": apis}, ensure_ascii=False)
    project.write("errors.yaml", text)
    return Catalog.model_validate_json(text)


def printed(catalog: Catalog, folder: Path) -> Iterator[str]:
    """Yield every address that the generated modules print."""
    for text in render(catalog).values():
        module = import_text(text, folder)
        for facts in module.FACTS.values():
            assert facts.docs_url is not None
            yield facts.docs_url


def promised(catalog: Catalog) -> Iterator[str]:
    """Yield the address of every code that is there or was."""
    for name, api in catalog.apis.items():
        for code in places(name, api):
            url = docs_url(name, api, code)
            assert url is not None
            yield url


def all_lead_somewhere(catalog: Catalog, folder: Path, site: Path, site_url: str) -> None:
    served = Site(site, site_url)
    addresses = [*printed(catalog, folder), *promised(catalog)]
    codes = [code for api in catalog.apis.values() for code in (*api.errors, *api.retired)]
    assert len(set(addresses)) == len(codes)
    dead = {url: refusal for url in addresses if (refusal := served.refusal("a", url)) != ""}
    assert dead == {}


@pytest.mark.parametrize("has_folders", [True, False])
@pytest.mark.parametrize("site_url", ["https://example.org/", SITE, "https://example.org/a/b/c"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_address_is_a_page(
    project: Project, template: str, site_url: str, has_folders: bool
) -> None:
    catalog = write(project, shop=shop(site_url, template))
    built = project.build(
        PAGE, plugins=PLUGINS, site_url=site_url, use_directory_urls=has_folders, strict=True
    )
    assert built.warnings == []
    all_lead_somewhere(catalog, project.folder, built.folder, site_url)


@pytest.mark.parametrize("has_folders", [True, False])
def test_every_address_is_a_place_on_the_page_that_somebody_wrote(
    project: Project, has_folders: bool
) -> None:
    template = "errors/#{code}" if has_folders else "errors.html#{code}"
    api = shop(template=template, retired={})
    del api["errors"]["unpaid"]["renamed_from"]
    catalog = write(project, shop=api)
    project.pages({"errors.md": "# Errors\n\n/// errors | sections\n///\n"})
    built = project.build(
        "# Shop\n", plugins=PLUGINS, site_url=SITE, use_directory_urls=has_folders
    )
    assert built.warnings == []
    all_lead_somewhere(catalog, project.folder, built.folder, SITE)


OF_THE_SITE = (
    *("404", "404.html", "index.html", "sitemap.xml", "sitemap.xml.gz", "errors.json", "assets"),
    *("errors.json.schema.json", "errors.schema.json", "search", "search_index.json", "more"),
)


@pytest.mark.parametrize("template", ["{code}/", "{code}.html", "{code}", "errors/{code}/"])
def test_no_code_takes_the_place_of_a_file_of_the_site(project: Project, template: str) -> None:
    project.write("theme/404.html", "<p>Theirs</p>")
    project.pages({"more.md": "# By hand\n", "errors.md": "# Errors\n"})
    errors = {
        code: {"sdk": {"python": {"exception": "none", "constant": f"C{number}"}}}
        for number, code in enumerate(OF_THE_SITE)
    }
    catalog = write(project, shop=shop(template=template, errors=errors, retired={}))
    theme = {"name": None, "custom_dir": "theme", "static_templates": ["404.html"]}
    built = project.build(PAGE, plugins=PLUGINS, site_url=SITE, theme=theme)
    assert built.warnings == []
    assert built.text("404.html") == "<p>Theirs</p>"
    assert built.main().one("h1").text == "Shop"
    assert json.loads(built.text("errors.json"))["apis"].keys() == {"shop"}
    assert built.text("sitemap.xml").startswith("<?xml")
    assert crawl(built.folder, SITE).dead == []
    all_lead_somewhere(catalog, project.folder, built.folder, SITE)


def test_the_type_of_a_problem_is_the_address_of_its_page(project: Project) -> None:
    body = {"type": f"{SITE}shop/errors/{{code}}/", "title": "{message}", "*": "{details}"}
    problem = {"body": body, "content_type": "application/problem+json"}
    plain = {code: {"status": 400} for code in ("sold_out", "un-paid.1")}
    catalog = write(project, shop=shop(envelopes=[problem], errors=plain, retired={}))
    built = project.build(PAGE, plugins=PLUGINS, site_url=SITE)
    assert built.warnings == []
    api, site = catalog.apis["shop"], Site(built.folder, SITE)
    for code in plain:
        example = example_response(api, code)
        assert example is not None
        assert isinstance(example.body, dict)
        assert example.body["type"] == docs_url("shop", api, code)
        assert site.refusal("a", str(example.body["type"])) == ""
    types = json.loads(built.text("shop/errors/problem-types.json"))["types"]
    assert [one["type"] for one in types] == [one["docs_url"] for one in types]


TWO_LINES = f"""\
apis:
  shop:
    docs:
      error: "{{api}}/errors/{{code}}/"
      url: {SITE}
    errors: {{sold_out: {{}}}}
"""


@pytest.mark.parametrize(
    "site_url",
    [
        "https://example.org/",
        "https://example.com/docs/",
        "http://example.org/docs/",
        "https://example.org/docs/v1/",
        "https://example.org/documents/",
    ],
)
def test_a_site_elsewhere_is_a_warning(project: Project, site_url: str) -> None:
    project.write("errors.yaml", TWO_LINES)
    (told,) = project.build(PAGE, plugins=PLUGINS, site_url=site_url).warnings
    assert "errors.yaml:5:12: warning[address-mismatch]: " in told
    assert SITE in told
    assert site_url in told
    assert "set site_url in mkdocs.yml and docs.url to the same address" in told
    assert project.build(PAGE, strict=True, plugins=PLUGINS, site_url=site_url).aborted


@pytest.mark.parametrize(
    "site_url", ["", None, SITE, SITE.rstrip("/"), "HTTPS://EXAMPLE.org/docs/"]
)
def test_a_site_at_the_address_or_at_none_is_no_warning(
    project: Project, site_url: str | None
) -> None:
    project.write("errors.yaml", TWO_LINES)
    options = {} if site_url is None else {"site_url": site_url}
    assert project.build(PAGE, strict=True, plugins=PLUGINS, **options).warnings == []


def test_an_api_that_is_documented_elsewhere_is_left_out(project: Project) -> None:
    write(project, shop=shop(), cafe=shop("https://cafe.example/"))
    plugin = {"errorbook": {"error_pages": ["shop"]}}
    page = "/// errors | codes\n    api: shop\n///\n"
    built = project.build(page, plugins=[plugin], site_url=SITE)
    assert built.warnings == []
    assert not (built.folder / "cafe").exists()


def test_a_site_that_mkdocs_serves_is_no_warning(project: Project) -> None:
    """It is at an address of this machine, below the path of the real one."""
    write(project, shop=shop())
    project.write("docs/index.md", PAGE)
    config = project.configure(plugins=PLUGINS, site_url=SITE)
    address = "http://127.0.0.1:8000/docs/"
    assert run_build(config, command="serve", site_url=address).warnings == []
    (told,) = run_build(config, site_url=address).warnings
    assert "address-mismatch" in told


def pages_of(built: Built) -> dict[str, bytes]:
    return {
        file.relative_to(built.folder).as_posix(): file.read_bytes()
        for file in built.folder.rglob("index.html")
        if "errors" in file.parts
    }


def test_two_versions_of_an_api_stand_side_by_side(project: Project) -> None:
    first = shop(template="shop/errors/{code}/")
    second = shop(template="shop/v2/errors/{code}/", version="v2", title="Shop")
    catalog = write(project, shop=first)
    alone = pages_of(project.build("# Shop\n", plugins=PLUGINS, site_url=SITE))
    both = write(project, shop=first, shop_v2=second)
    assert list(promised(both))[: len(alone)] == list(promised(catalog))
    built = project.build("# Shop\n", plugins=PLUGINS, site_url=SITE)
    assert built.warnings == []
    together = pages_of(built)
    assert {path: together[path] for path in alone} == alone
    assert len(together) == 2 * len(alone)
    all_lead_somewhere(both, project.folder, built.folder, SITE)


@dataclass(frozen=True)
class Mike:
    """A repository whose docs mike publishes in a folder for each version."""

    project: Project

    def run(self, *command: str) -> bytes:
        who = {"NAME": "Somebody", "EMAIL": "somebody@example.org"}
        environment = {
            **os.environ,
            **{f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "NO_MKDOCS_2_WARNING": "1",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        return subprocess.run(
            command, cwd=self.project.folder, env=environment, check=True, stdout=subprocess.PIPE
        ).stdout

    def deploy(self, *versions: str) -> None:
        """Publish the docs as they are."""
        program = "from mike.driver import main; main()"
        self.run(sys.executable, "-c", program, "deploy", *versions)

    def published(self) -> Path:
        """Return the folder that a host serves."""
        folder = self.project.folder / "published"
        archive = self.run("git", "archive", "--format=zip", "gh-pages")
        with ZipFile(BytesIO(archive)) as packed:
            packed.extractall(folder)
        return folder


@pytest.fixture
def mike(project: Project) -> Mike:
    mike = Mike(project)
    mike.run("git", "init", "-q", "-b", "main")
    mike.run("git", "commit", "-q", "--allow-empty", "-m", "Begin")
    return mike


def test_every_address_is_a_page_below_the_folder_of_its_version(mike: Mike) -> None:
    project = mike.project
    template = "{version}/{api}/errors/{code}/"
    project.pages({"index.md": PAGE})
    project.configure(plugins=[*PLUGINS, "mike"], site_url=SITE, strict=True)
    first = write(project, shop=shop(template=template, version="v1"))
    mike.deploy("v1")
    second = write(project, shop=shop(template=template, version="v2"))
    mike.deploy("v2")
    published = mike.published()
    for catalog in (first, second):
        all_lead_somewhere(catalog, project.folder, published, SITE)
    for version in ("v1", "v2"):
        assert crawl(published / version, f"{SITE}{version}").dead == []


def test_every_address_is_a_page_below_the_alias_of_the_latest_version(mike: Mike) -> None:
    project = mike.project
    project.pages({"index.md": PAGE})
    aliased = {"mike": {"canonical_version": "latest", "alias_type": "copy"}}
    project.configure(plugins=[*PLUGINS, aliased], site_url=SITE, strict=True)
    catalog = write(project, shop=shop(f"{SITE}latest/"))
    mike.deploy("2.0", "latest")
    published = mike.published()
    all_lead_somewhere(catalog, project.folder, published, SITE)
    assert crawl(published / "latest", f"{SITE}latest").dead == []
