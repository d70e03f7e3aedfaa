"""Narrowing what is found down, with numbers that say what would be left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.explorer.pages import CATALOG, ERRORS, Explorer, Site, catalog, make_site

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


@pytest.fixture
def filtering(explorer: Explorer) -> Explorer:
    explorer.page.locator("error-explorer summary").click()
    return explorer


def option(explorer: Explorer, facet: str, label: str) -> Locator:
    group = explorer.page.get_by_role("group", name=facet, exact=True)
    return group.get_by_role("checkbox", name=label)


def numbers(explorer: Explorer, facet: str) -> dict[str, int]:
    """Return the values of a facet with the numbers beside them, which follow a moment later."""
    explorer.settle()
    group = explorer.page.get_by_role("group", name=facet, exact=True)
    labels = group.locator("label").all_inner_texts()
    return {label.rsplit(maxsplit=1)[0]: int(label.rsplit(maxsplit=1)[1]) for label in labels}


def test_every_facet_counts_every_error(filtering: Explorer) -> None:
    assert numbers(filtering, "API") == {"Artifacta API": 12, "Artworks API": 6}
    assert numbers(filtering, "HTTP status") == {"4xx": 17, "5xx": 1}
    retry = [error.retry.when for api in CATALOG.apis.values() for error in api.errors.values()]
    assert numbers(filtering, "Retry") == {
        "After a change": retry.count("after_change"),
        "Never": retry.count("never"),
        "Yes, unchanged": retry.count("as_is"),
    }
    assert sum(numbers(filtering, "Group").values()) == len(ERRORS)


def test_numbers_follow_the_query(filtering: Explorer) -> None:
    filtering.box.fill("limit")
    found = filtering.found()
    counts = numbers(filtering, "API")
    assert counts["Artifacta API"] == sum(ref.startswith("artifacta/") for ref in found)
    assert counts["Artworks API"] == sum(ref.startswith("artworks/") for ref in found)


def test_values_of_a_facet_are_alternatives_and_facets_add_up(filtering: Explorer) -> None:
    option(filtering, "Retry", "Never").check()
    option(filtering, "Retry", "Yes, unchanged").check()
    option(filtering, "API", "Artworks API").check()
    found = {ref.partition("/")[2] for ref in filtering.found()}
    errors = CATALOG.apis["artworks"].errors
    assert found == {code for code, one in errors.items() if one.retry.when in ("never", "as_is")}


def test_numbers_say_what_a_further_choice_would_leave(filtering: Explorer) -> None:
    option(filtering, "HTTP status", "5xx").check()
    assert filtering.found() == ["artworks/internal_error"]
    assert numbers(filtering, "HTTP status") == {"4xx": 17, "5xx": 1}
    assert numbers(filtering, "API") == {"Artifacta API": 0, "Artworks API": 1}
    expect(option(filtering, "API", "Artifacta API")).to_be_disabled()
    expect(filtering.page.locator("error-explorer summary")).to_have_text("Filter: 5xx")


def test_a_choice_has_an_address(filtering: Explorer) -> None:
    option(filtering, "HTTP status", "5xx").check()
    filtering.settle()
    assert filtering.hash == "status=5xx"
    filtering.page.reload()
    expect(filtering.rows).to_have_count(1)
    filtering.page.evaluate("location.hash = '#q=limit&api=artworks'")
    expect(filtering.rows).to_have_count(1)
    expect(filtering.box).to_have_value("limit")


def test_a_choice_can_be_taken_back(filtering: Explorer) -> None:
    option(filtering, "HTTP status", "5xx").check()
    filtering.box.fill("quota")
    filtering.page.get_by_role("button", name="Clear the filter").first.click()
    expect(filtering.rows).to_have_count(1)
    assert filtering.found() == ["artifacta/quota_exceeded"]


def test_keys_reach_every_choice(filtering: Explorer) -> None:
    filtering.page.locator("error-explorer summary").focus()
    filtering.page.keyboard.press("Tab")
    expect(option(filtering, "API", "Artifacta API")).to_be_focused()
    filtering.page.keyboard.press("Space")
    expect(filtering.rows).to_have_count(12)


def test_a_facet_of_one_value_is_left_out(filtering: Explorer) -> None:
    expect(filtering.page.get_by_role("group", name="Exit code", exact=True)).to_have_count(0)


def test_many_values_are_shown_on_request(page: Page, tmp_path: Path) -> None:
    groups = {f"g{number}": {"title": f"Group {number}"} for number in range(20)}
    errors = {f"e{number}": {"group": f"g{number % 20}"} for number in range(40)}
    site = make_site(tmp_path, catalog({"a": {"groups": groups, "errors": errors}}))
    explorer = Explorer(page).open(site.url)
    page.locator("error-explorer summary").click()
    boxes = page.get_by_role("group", name="Group", exact=True).get_by_role("checkbox")
    expect(boxes).to_have_count(12)
    page.get_by_role("button", name="8 more").click()
    expect(boxes).to_have_count(20)
    expect(boxes.nth(12)).to_be_focused()
    boxes.nth(12).check()
    expect(explorer.rows).to_have_count(2)


def test_exit_codes_narrow_a_list_down(page: Page, tmp_path: Path) -> None:
    api = {
        "errors": {"one": {"exit_code": 1}, "two": {"exit_code": 2}},
        "exit_codes": {"1": {"name": "FIRST"}, "2": {"name": "SECOND"}},
    }
    explorer = Explorer(page).open(make_site(tmp_path, catalog({"a": api})).url)
    page.locator("error-explorer summary").click()
    option(explorer, "Exit code", "2 SECOND").check()
    assert explorer.found() == ["a/two"]


def test_a_paste_hides_the_filter(filtering: Explorer) -> None:
    filtering.paste('{"error": "forbidden", "message": "No."}')
    expect(filtering.cards).to_be_visible()
    expect(filtering.page.locator("error-explorer summary")).to_be_hidden()


def test_a_long_catalog_keeps_its_filter_open(page: Page, large: Site) -> None:
    explorer = Explorer(page).open(large.url)
    page.locator("error-explorer summary").click()
    page.get_by_role("checkbox", name="Group 1").check()
    expect(explorer.rows).to_have_count(40)
    expect(page.get_by_role("checkbox", name="Group 1")).to_be_focused()
