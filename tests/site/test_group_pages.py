"""Above 300 errors, a table gives way to pages by group."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from errorbook.catalog import Catalog
from errorbook.site.group_pages import group_pages
from errorbook.site.selection import selections
from tests.site.html_tree import Element
from tests.site.project import Project

CODES = "# Codes\n\n/// errors | codes\n///\n"
LIMITS = 310
ORDERS = 5
LONE = 2


def catalog_of(groups: dict[str, int], titles: dict[str, str] | None = None) -> dict[str, Any]:
    errors = {}
    for group, count in groups.items():
        of = {"group": group} if group != "none" else {}
        for number in range(1, count + 1):
            errors[f"{group}_{number}"] = {"status": 400, "meaning": f"Number {number}.", **of}
    named = {group: {"title": (titles or {}).get(group, "")} for group in groups if group != "none"}
    return {"errors": errors, "groups": named}


def write(project: Project, **apis: dict[str, Any]) -> Project:
    project.write("errors.yaml", json.dumps({"apis": apis}))
    return project


@pytest.fixture
def many(project: Project) -> Project:
    """A project with an API whose errors are in a large group, in a small one, and in none."""
    groups = {"limits": LIMITS, "orders": ORDERS, "none": LONE}
    return write(project, shop=catalog_of(groups, {"limits": "Limits & <b>more</b>"}))


def first_cells(page: Element) -> list[str]:
    return [row[0] for row in page.rows()[1:]]


def test_a_long_table_becomes_links_to_pages_by_group(many: Project) -> None:
    built = many.build(CODES)
    assert built.warnings == []
    assert built.main().all("table") == []
    assert built.main().one("p").text == "317 codes, by group:"
    assert [one.text for one in built.main().all("li")] == [
        "Limits & <b>more</b>, 1 to 300 300",
        "Limits & <b>more</b>, 301 to 310 10",
        "orders 5",
        "Other errors 2",
    ]


@pytest.mark.parametrize("use_directory_urls", [True, False])
@pytest.mark.parametrize("page", ["index.md", "a/b.md"])
def test_the_links_lead_to_the_pages(many: Project, page: str, use_directory_urls: bool) -> None:
    many.pages({"index.md": "# Home\n", page: CODES})
    built = many.build(use_directory_urls=use_directory_urls)
    here = page.replace(
        ".md", "/index.html" if use_directory_urls and page != "index.md" else ".html"
    )
    seen = []
    for _, address in built.main(here).links():
        target = (built.folder / here).parent / address
        file = target / "index.html" if use_directory_urls else target
        seen += first_cells(built.main(str(file.resolve().relative_to(built.folder.resolve()))))
    assert len(seen) == len(set(seen)) == LIMITS + ORDERS + LONE


def test_a_page_by_group_lists_its_errors_in_order(many: Project) -> None:
    built = many.build(CODES)
    second = built.main("shop/errors/group/limits/2/index.html")
    assert first_cells(second) == [f"limits_{number}" for number in range(301, 311)]
    assert second.ids()[-10:] == [f"limits_{number}" for number in range(301, 311)]


def test_an_error_lives_on_the_page_of_its_group(many: Project) -> None:
    page = "<error:limits_301> <error:orders_1> <error:none_2>\n\n" + CODES
    assert [address for _, address in many.build(page).main().links()[:3]] == [
        "shop/errors/group/limits/2/#limits_301",
        "shop/errors/group/orders/#orders_1",
        "shop/errors/group/none/#none_2",
    ]


def test_pages_by_group_are_searched_but_not_in_the_navigation(many: Project) -> None:
    plugins = ["search", {"errorbook": {"error_pages": False}}]
    built = many.build(CODES, plugins=plugins, nav=["index.md"])
    assert built.warnings == []
    assert "Number 310." in built.search()["shop/errors/group/limits/2/"]


def test_pages_by_group_have_the_title_of_the_group(many: Project) -> None:
    built = many.build(CODES)
    page = built.page("shop/errors/group/limits/1/index.html")
    assert page.one("title").text == "Limits & <b>more</b>, 1 to 300"


def test_filters_leave_links_to_the_groups_that_are_left(many: Project) -> None:
    main = many.build("/// errors | codes\n    group: limits\n///\n").main()
    assert [one.text for one in main.all("li")] == [
        "Limits & <b>more</b>, 1 to 300 300",
        "Limits & <b>more</b>, 301 to 310 10",
    ]


def test_a_short_selection_is_a_table_all_the_same(many: Project) -> None:
    built = many.build("/// errors | codes\n    group: orders\n///\n")
    assert len(first_cells(built.main())) == ORDERS


def test_sections_become_links_too(many: Project) -> None:
    main = many.build("/// errors | sections\n///\n").main()
    assert main.all(of="eb-heading") == []
    assert len(main.all("li")) == 4


def test_max_rows_0_shows_them_all(many: Project) -> None:
    built = many.build("/// errors | codes\n    max_rows: 0\n///\n", plugins=["errorbook"])
    assert len(first_cells(built.main())) == LIMITS + ORDERS + LONE
    assert "data-search-exclude" in built.main().one(of="eb-scroll").attributes


def test_a_table_of_300_rows_is_searched(project: Project) -> None:
    write(project, shop=catalog_of({"none": 300}))
    scroll = project.build(CODES).main().one(of="eb-scroll")
    assert "data-search-exclude" not in scroll.attributes


def test_there_are_no_pages_by_group_that_nothing_leads_to(many: Project) -> None:
    built = many.build("/// errors | codes\n    group: orders\n///\n")
    assert not (built.folder / "shop").exists()


def test_an_api_with_few_errors_has_no_pages_by_group(project: Project) -> None:
    write(project, shop=catalog_of({"limits": 301}), cafe=catalog_of({"none": 300}))
    built = project.build("/// errors | codes\n    api: cafe\n///\n")
    assert built.warnings == []
    assert len(first_cells(built.main())) == 300
    assert not (built.folder / "cafe").exists()


def test_an_api_without_groups_is_cut_into_pieces(project: Project) -> None:
    main = write(project, shop=catalog_of({"none": 601})).build(CODES).main()
    assert [one.text for one in main.all("li")] == [
        "All errors, 1 to 300 300",
        "All errors, 301 to 600 300",
        "All errors, 601 to 601 1",
    ]


def test_groups_with_names_that_look_like_pieces_keep_their_pages(project: Project) -> None:
    write(project, shop=catalog_of({"a": 301, "a-1": 1, "index": 1}))
    built = project.build(CODES)
    assert built.warnings == []
    seen = [
        built.main(f"shop/errors/group/{address}")
        for address in ("a/1/index.html", "a/2/index.html", "a-1/index.html", "index.html")
    ]
    assert [len(first_cells(page)) for page in seen] == [300, 1, 1, 1]


def test_the_explorer_falls_back_to_links_by_group(many: Project) -> None:
    main = many.build("/// errors | explorer\n///\n").main()
    assert main.one("error-explorer").all("table") == []
    assert len(main.all("li")) == 4


@pytest.mark.parametrize(
    "path", ["shop/errors/group/orders.md", "shop/errors/group/orders/index.md"]
)
def test_a_page_of_your_own_wins(many: Project, path: str) -> None:
    many.pages({"index.md": CODES, path: "# My own page\n"})
    built = many.build()
    assert built.warnings == []
    assert built.main("shop/errors/group/orders/index.html").text == "My own page"
    assert ("orders", "shop/errors/group/orders/") in built.main().links()


def test_an_asset_of_your_own_wins(project: Project) -> None:
    project.write("docs/assets/errorbook/errorbook.css", "/* mine */")
    built = project.build("# Home\n")
    assert built.warnings == []
    assert built.text("assets/errorbook/errorbook.css") == "/* mine */"


def test_ten_thousand_errors_in_a_thousand_groups_take_no_quadratic_time() -> None:
    shop = catalog_of({f"g{number}": 10 for number in range(1000)})
    known = selections(
        Catalog.model_validate_json(json.dumps({"apis": {"shop": shop}})), paged=True
    )
    start = time.process_time()
    pages = list(group_pages(known, {"shop"}))
    rows = [known["shop"].codes({"group": page.group}) for page in pages]
    assert (len(pages), sum(map(len, rows))) == (1000, 10_000)
    assert time.process_time() - start < 0.5
