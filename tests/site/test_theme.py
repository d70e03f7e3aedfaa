"""Pages in the theme that people see: assets, addresses, and what assistive tools need."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.site.crawl import EXPLORED
from tests.site.html_tree import Element
from tests.site.project import CATALOG, ROOT, RULES, Built, Project

if TYPE_CHECKING:
    from tests.site.own_sites import OwnSites

MATERIAL: dict[str, Any] = {
    "theme": {"name": "material", "font": False, "features": ["navigation.instant"]},
    "plugins": ["search", "errorbook"],
    "markdown_extensions": [
        "admonition",
        "attr_list",
        "md_in_html",
        {"toc": {"permalink": True}},
        "pymdownx.highlight",
        "pymdownx.superfences",
        {"pymdownx.tabbed": {"alternate_style": True}},
    ],
}
PUBLISHED = "https://errorbook.example/"
_RULES_LINK = re.compile(r"\]\(rules\.md(?:#[\w-]*)?\)")


def build_docs(folder: Path, *, rules: bool = True, **options: Any) -> Built:
    """Build this repository's own pages; the page of every rule takes far longer than the rest."""
    project = Project(folder)
    published = options.get("site_url") or PUBLISHED
    catalog = CATALOG.replace(PUBLISHED, published)
    project.write("errors.yaml", catalog + (RULES if rules else ""))
    address = re.findall(r"docs: {url: .(.+).}", catalog)[0]
    for file in (ROOT / "rules").iterdir():
        text = file.read_text("utf-8").replace(PUBLISHED, address)
        project.write(f"rules/{file.name}", text)
    pages = {page.name: page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md")}
    if not rules:
        del pages["rules.md"]
        pages = {name: _RULES_LINK.sub("](index.md)", text) for name, text in pages.items()}
    project.pages(pages)
    for schema in (ROOT / "docs").glob("*.json"):
        project.write(f"docs/{schema.name}", schema.read_text("utf-8"))
    for image in (ROOT / "docs/images").iterdir():
        project.write_bytes(f"docs/images/{image.name}", image.read_bytes())
    project.pages({"deep/er/page.md": "<error:artworks/forbidden>\n\n/// errors | explorer\n///\n"})
    options = {**MATERIAL, "validation": {"links": {"anchors": "warn"}}, **options}
    return project.build(strict=True, **options)


class Placed(NamedTuple):
    built: Built
    below: str


@pytest.fixture(scope="module")
def site(own_sites: OwnSites) -> Built:
    return own_sites.built(rules=True, site_url="https://example.org/")


@pytest.fixture(scope="module", params=["", "/docs/v1", "/docs/v1 without folders"])
def placed(request: pytest.FixtureRequest, own_sites: OwnSites) -> Placed:
    """A site, and the path it is served below; the last one has a file for each page."""
    path, _, flat = request.param.partition(" ")
    options: dict[str, Any] = {"use_directory_urls": False} if flat else {}
    options["site_url"] = f"https://example.org{path}/"
    return Placed(own_sites.built(rules=not path, **options), path)


def html_files(built: Built) -> list[str]:
    return [str(file.relative_to(built.folder)) for file in sorted(built.folder.rglob("*.html"))]


def addresses(page: Element) -> list[str]:
    return [
        address
        for one in page.walk()
        for name in ("href", "src", "data-index")
        if (address := one.attributes.get(name))
    ]


def target(placed: Placed, page: str, address: str) -> tuple[str, str]:
    """Return the file that an address leads to, below the folder of the site, and the place."""
    path, _, anchor = address.partition("#")
    if path.startswith("/"):
        file = normpath(path.removeprefix(f"{placed.below}/"))
    else:
        file = normpath(f"{dirname(page)}/{path}".removeprefix("/")) if path else page
    is_folder = (placed.built.folder / file).is_dir()
    return (normpath(f"{file}/index.html") if is_folder else file), anchor


def test_the_site_has_nothing_to_warn_of(placed: Placed) -> None:
    assert placed.built.warnings == []


def test_every_address_on_every_page_is_there(placed: Placed) -> None:
    built = placed.built
    ids = cache(lambda file: frozenset(built.page(file).ids()))
    is_there = cache(lambda file: (built.folder / file).exists())
    for page in html_files(built):
        for address in set(addresses(built.page(page))):
            if address.startswith(("http", "mailto:", "javascript:", "data:")):
                continue
            file, anchor = target(placed, page, address)
            assert not file.startswith("..")
            assert is_there(file), f"{page}: {address}"
            if anchor and file.endswith(".html") and not anchor.startswith("__"):
                is_explored = EXPLORED.match(anchor) and built.page(file).all("error-explorer")
                assert is_explored or anchor in ids(file), f"{page}: {address}"


def test_the_page_that_is_not_found_has_its_assets(placed: Placed) -> None:
    found = addresses(placed.built.page("404.html"))
    for name in ("errorbook.css", "explorer.css", "explorer.js"):
        assert f"{placed.below}/assets/errorbook/{name}" in found


def test_no_id_is_there_twice(site: Built) -> None:
    for page in html_files(site):
        article = site.page(page).all("article")  # a redirect has none
        ids = article[0].ids() if article and page != "404.html" else []
        assert sorted(set(ids)) == sorted(ids), page


def test_links_that_the_markdown_says_are_links_on_the_page(site: Built) -> None:
    for page in html_files(site):
        assert 'href="error:' not in site.text(page)
        assert site.page(page).all(of="eb-problem") == []
        assert site.page(page).all(of="eb-dead-link") == []


def tables(built: Built) -> list[tuple[str, Element]]:
    return [
        (page, one)
        for page in html_files(built)
        for one in built.page(page).all("table", of="eb-table")
    ]


def test_every_table_says_what_its_cells_belong_to(site: Built) -> None:
    assert len(tables(site)) > 10
    for page, table in tables(site):
        head, *rows = table.all("tr")
        assert {cell.attributes.get("scope") for cell in head.all("th")} == {"col"}, page
        for row in rows:
            assert [cell.attributes["scope"] for cell in row.all("th")] == ["row"], page
            assert len(row.all("th")) + len(row.all("td")) == len(head.all("th")), page


def test_every_cell_has_the_label_of_its_column(site: Built) -> None:
    for page, table in tables(site):
        head, *rows = table.all("tr")
        labels = [cell.text for cell in head.all("th")]
        for row in rows:
            cells = [one for one in row.children if isinstance(one, Element)]
            shown = [one.attributes.get("data-label") for one in cells]
            assert all(
                label in (None, column) for label, column in zip(shown, labels, strict=True)
            ), page


def test_what_scrolls_can_be_reached_and_has_a_name(site: Built) -> None:
    for page in html_files(site):
        for one in site.page(page).all(of="eb-scroll"):
            assert one.attributes["tabindex"] == "0"
            assert one.attributes["role"] == "group"
            assert one.attributes["aria-label"].strip()


def test_no_heading_link_or_cell_of_a_head_is_empty(site: Built) -> None:
    for page in html_files(site):
        article = site.page(page).all("article")
        for one in article[0].walk() if article else []:
            if one.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "th") or "eb-code" in one.classes:
                assert one.text.strip("¶ "), (page, one)


def test_nothing_of_ours_needs_a_style_or_script_of_its_own(site: Built) -> None:
    for page in html_files(site):
        for block in site.page(page).all(of="errorbook"):
            assert block.all("script") == block.all("style") == []
            assert not [one for one in block.walk() if "style" in one.attributes]


def test_tables_are_left_alone_by_the_theme(site: Built) -> None:
    """Material moves tables without a class, which would take them out of their place."""
    for page in html_files(site):
        for block in site.page(page).all(of="errorbook"):
            assert all(table.classes for table in block.all("table"))


def test_the_search_of_the_theme_finds_each_section(site: Built) -> None:
    found = site.search()
    assert "Keys begin with" in found["artworks/#unauthorized"]
    assert "500" in found["artworks/#internal_error"]


def test_the_index_of_the_explorer_leads_to_the_homes_of_errors(site: Built) -> None:
    index = site.text("assets/errorbook/explorer-index.js")
    for home in ("artworks/errors/forbidden/", "artifacta/errors/rate_limited/"):
        assert home in index
