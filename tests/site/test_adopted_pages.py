"""Pages that somebody wrote for an error: links lead to them, and none is generated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.site.crawl import crawl, read_script
from tests.site.project import TWO, Built, Project

BOOK = (
    TWO
    + """\
    retired:
      gone: {}
      shut: {replaced_by: closed}
"""
).replace("closed:\n", "closed:\n        renamed_from: [shut]\n")
SITE = "https://example.org/docs/"
PLUGINS = ["search", "errorbook"]
INDEX = """\
# Shop

<error:shop/unpaid> and [closed](error:cafe/closed)

/// errors | codes
    api: shop
///

/// errors | explorer
///
"""
PAGE = "shop/errors/{}/index.html"


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("errors.yaml", BOOK)
    return project


def build(project: Project, pages: dict[str, str], **options: Any) -> Built:
    project.pages(pages)
    return project.build(INDEX, **{"plugins": PLUGINS, "site_url": SITE, **options})


def adopted(reference: str, more: str = "") -> str:
    return f"---\n{more}error: {reference}\n---\n\n# Pay first\n\nBy hand.\n"


def explorer_links(built: Built) -> dict[str, str]:
    index = read_script(built.text("assets/errorbook/explorer-index.js"))
    return {row[0]: row[6] for api in index["apis"].values() for row in api["errors"]}


@pytest.mark.parametrize("is_cast", [True, False])
@pytest.mark.parametrize("has_folders", [True, False])
def test_a_page_that_somebody_wrote_is_that_of_the_error(
    shop: Project, has_folders: bool, is_cast: bool
) -> None:
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    options = {"plugins": plugins, "use_directory_urls": has_folders}
    built = build(shop, {"help/pay.md": adopted("shop/unpaid")}, **options)
    assert built.warnings == []
    url = "help/pay/" if has_folders else "help/pay.html"
    links = [address for text, address in built.main().links() if text == "unpaid"]
    assert len(links) >= 2
    assert set(links) == {url}
    assert explorer_links(built)["unpaid"] == url
    errors = json.loads(built.text("errors.json"))["apis"]["shop"]["errors"]
    assert errors["unpaid"]["derived"]["link"] == url
    assert f"{SITE}{url}" in built.text("sitemap.xml")
    assert "shop/errors/unpaid" not in built.text("sitemap.xml")
    assert crawl(built.folder, SITE, serves_folders=has_folders).dead == []


def test_links_from_other_pages_of_errors_lead_to_it(shop: Project) -> None:
    book = BOOK.replace("No copy is left.", "No copy is left, see <error:unpaid>.")
    shop.write("errors.yaml", book)
    built = build(shop, {"pay.md": adopted("shop/unpaid")})
    assert ("unpaid", "../../../pay/") in built.main(PAGE.format("sold_out")).links()


@pytest.mark.parametrize("is_cast", [True, False])
def test_the_permanent_address_leads_to_it(shop: Project, is_cast: bool) -> None:
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    built = build(shop, {"pay.md": adopted("shop/unpaid")}, plugins=plugins)
    page = built.page(PAGE.format("unpaid"))
    refresh = {"http-equiv": "refresh", "content": "0; url=../../../pay/"}
    assert refresh in [one.attributes for one in page.all("meta")]
    assert page.one("link").attributes == {"rel": "canonical", "href": f"{SITE}pay/"}
    assert page.links() == [("go there", "../../../pay/")]
    assert (built.folder / "shop/errors/unpaid/index.json").exists()


def test_it_links_to_the_other_forms_of_the_error(shop: Project) -> None:
    built = build(shop, {"help/pay.md": adopted("shop/unpaid")})
    assert [one.attributes["href"] for one in built.page("help/pay/index.html").all("link")] == [
        "../../shop/errors/unpaid/index.md",
        "../../shop/errors/unpaid/index.json",
        "../../shop/errors/llms.txt",
    ]


def test_it_is_found_by_search_once(shop: Project) -> None:
    found = build(shop, {"pay.md": adopted("shop/unpaid")}).search()
    assert "By hand." in found["pay/"]
    assert not [address for address in found if "unpaid" in address]


@pytest.mark.parametrize(
    "front", [adopted("unpaid"), adopted("sold_out", "errors: shop\n"), adopted("shop%2Funpaid")]
)
def test_the_reference_is_one_as_in_links(shop: Project, front: str) -> None:
    built = build(shop, {"pay.md": front})
    assert built.warnings == []
    code = "sold_out" if "sold_out" in front else "unpaid"
    assert (code, "pay/") in built.main().links()


def test_a_number_is_a_code(shop: Project) -> None:
    shop.write("errors.yaml", BOOK.replace("unpaid", "402"))
    shop.write("docs/pay.md", adopted("402"))
    built = shop.build("<error:402>\n", plugins=PLUGINS)
    assert built.warnings == []
    assert ("402", "pay/") in built.main().links()


def test_what_an_error_was_called_before_leads_to_it(shop: Project) -> None:
    built = build(shop, {"shut.md": adopted("cafe/closed")})
    page = built.page("cafe/errors/shut/index.html")
    assert page.links() == [("go there", "../../../shut/")]


def test_a_retired_code_may_have_a_page_too(shop: Project) -> None:
    built = build(shop, {"gone.md": adopted("cafe/gone")})
    assert built.warnings == []
    page = built.page("cafe/errors/gone/index.html")
    assert page.links() == [("go there", "../../../gone/")]


@pytest.mark.parametrize("is_cast", [True, False])
@pytest.mark.parametrize("front", ["", "---\nerror: shop/unpaid\n---\n"])
def test_a_page_at_the_very_address_wins(shop: Project, front: str, is_cast: bool) -> None:
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    pages = {"shop/errors/unpaid/index.md": f"{front}# Pay first\n\nBy hand.\n"}
    built = build(shop, pages, plugins=plugins)
    assert built.warnings == []
    page = built.page(PAGE.format("unpaid"))
    assert page.one("main").text == "Pay first By hand."
    assert page.all("meta") == []
    assert ("unpaid", "shop/errors/unpaid/") in built.main().links()
    assert built.text("sitemap.xml").count("shop/errors/unpaid/</loc>") == 1
    assert (built.folder / "shop/errors/unpaid/index.json").exists()
    assert crawl(built.folder, SITE).dead == []


def test_files_that_somebody_wrote_are_kept(shop: Project) -> None:
    shop.write("docs/shop/errors/unpaid/index.json", "{}")
    shop.write("docs/shop/errors/sold_out/index.html", "<p>Mine</p>")
    built = build(shop, {})
    assert built.text("shop/errors/unpaid/index.json") == "{}"
    assert built.text(PAGE.format("sold_out")) == "<p>Mine</p>"
    assert built.warnings == []


WRONG = [
    ("shop/unpayed", 2, "unknown-error", "there is no error 'shop/unpayed'", "did you mean"),
    ("sold_out", 2, "unknown-error", "is a code of shop and cafe", "write shop/sold_out"),
    ("[shop/unpaid]", 2, "bad-option", "takes one error, such as api/code", ""),
    ("true", 2, "bad-option", "takes one error, such as api/code", ""),
    ("{a: b}", 2, "bad-option", "takes one error, such as api/code", ""),
]


@pytest.mark.parametrize(("reference", "line", "rule", "message", "hint"), WRONG)
def test_front_matter_that_means_no_error_is_a_warning(  # noqa: PLR0913, PLR0917  # one case each
    shop: Project, reference: str, line: int, rule: str, message: str, hint: str
) -> None:
    pages = {"help/pay.md": f"---\nerror: {reference}\n---\n\n# Pay first\n"}
    (told,) = build(shop, pages).warnings
    assert f"docs/help/pay.md:{line}:1: warning[{rule}]: " in told
    assert message in told
    assert hint in told


def test_a_second_page_of_an_error_is_a_warning(shop: Project) -> None:
    pages = {"a.md": adopted("shop/unpaid"), "b.md": adopted("shop/unpaid", "title: B\n")}
    built = build(shop, pages)
    (told,) = built.warnings
    assert "docs/b.md:3:1: warning[error-has-page]: 'shop/unpaid' has a page already: a/" in told
    assert "keep 'error' on one of them" in told
    assert ("unpaid", "a/") in built.main().links()


def test_pages_are_adopted_where_none_are_generated(shop: Project) -> None:
    shop.write("docs/pay.md", adopted("shop/unpaid"))
    plugins = ["search", {"errorbook": {"error_pages": False}}]
    built = shop.build("<error:shop/unpaid>\n", plugins=plugins)
    assert built.warnings == []
    assert ("unpaid", "pay/") in built.main().links()
    assert not (built.folder / "shop").exists()
    assert built.page("pay/index.html").all("link") == []


def test_fifty_pages_are_adopted_one_by_one(project: Project) -> None:
    errors: dict[str, Any] = {f"e{number}": {} for number in range(50)}
    project.write("errors.yaml", json.dumps({"apis": {"shop": {"errors": errors}}}))
    pages = {f"help/{code}.md": adopted(f"shop/{code}") for code in list(errors)[:20]}
    built = build(project, pages, plugins=PLUGINS)
    links = dict(explorer_links(built))
    assert [links[code] for code in pages_of(pages)] == [
        f"help/{code}/" for code in pages_of(pages)
    ]
    assert links["e20"] == "shop/errors/e20/"
    assert crawl(built.folder, SITE).dead == []


def pages_of(pages: dict[str, str]) -> list[str]:
    return [Path(page).stem for page in pages]
