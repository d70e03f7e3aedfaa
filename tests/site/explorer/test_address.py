"""What the address says, and where it leads."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.site.explorer.pages import (
    ERRORS,
    PRIVATE,
    RATE_LIMITED,
    Explorer,
    Site,
    catalog,
    make_site,
    permit,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

ODD_CODES = ["a b", "a/b?c#d&e=f", "100%", "é", "<b>", "__proto__"]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Site:
    errors: dict[str, dict[str, str]] = {code: {} for code in ODD_CODES}
    return make_site(tmp_path_factory.mktemp("odd"), catalog({"a": {"errors": errors}}))


class TestAddress:
    def test_an_address_opens_its_error(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artworks/rate_limited")
        expect(explorer.cards).to_have_attribute("data-api", "artworks")
        expect(page.get_by_role("heading", name="rate_limited")).to_be_focused()

    def test_every_error_has_an_address(self, standing: Explorer, site: Site) -> None:
        shown = []
        for api, code in ERRORS:
            standing.page.goto(f"{site.url}#error={api}/{code}")
            shown.append([(one["api"], one["code"]) for one in standing.decisions()])
        assert shown == [[error] for error in ERRORS]

    def test_a_row_opens_its_error_and_back_closes_it(self, standing: Explorer) -> None:
        standing.box.fill("sealed")
        standing.settle()
        standing.page.get_by_role("link", name="session_sealed").click()
        assert standing.hash == "error=artifacta/session_sealed"
        expect(standing.cards).to_be_visible()
        standing.page.go_back()
        expect(standing.cards).to_have_count(0)
        assert standing.hash == "q=sealed"
        expect(standing.page.get_by_role("link", name="session_sealed")).to_be_focused()

    def test_forward_opens_it_again(self, standing: Explorer) -> None:
        standing.page.get_by_role("link", name="session_sealed").click()
        standing.page.go_back()
        standing.page.go_forward()
        expect(standing.cards).to_be_visible()

    def test_all_errors_closes_a_card(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_sealed")
        page.get_by_role("button", name="All errors").click()
        expect(explorer.rows).to_have_count(len(ERRORS))
        assert explorer.hash == ""

    def test_closing_a_card_is_a_step_back(self, standing: Explorer) -> None:
        standing.page.get_by_role("link", name="session_sealed").click()
        standing.page.get_by_role("button", name="All errors").click()
        expect(standing.cards).to_have_count(0)
        standing.page.go_forward()
        expect(standing.cards).to_be_visible()

    def test_typing_closes_a_card(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_sealed")
        explorer.box.fill("quota")
        expect(explorer.cards).to_have_count(0)
        explorer.settle()
        assert explorer.hash == "q=quota"

    def test_a_typed_filter_can_be_shared(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#q=sealed%20409")
        expect(explorer.box).to_have_value("sealed 409")
        assert explorer.found() == ["artifacta/session_sealed"]

    def test_a_typed_filter_leaves_no_steps_and_no_state(self, explorer: Explorer) -> None:
        explorer.page.evaluate("history.replaceState({y: 7}, '')")
        steps = explorer.page.evaluate("history.length")
        explorer.box.press_sequentially("quota")
        explorer.settle()
        assert explorer.hash == "q=quota"
        assert explorer.page.evaluate("[history.length, history.state]") == [steps, {"y": 7}]

    def test_a_hash_of_the_page_is_left_alone(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#section")
        explorer.settle()
        assert explorer.hash == "section"
        expect(explorer.rows).to_have_count(len(ERRORS))

    def test_an_address_of_no_error_offers_the_nearest(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_seeled")
        expect(page.get_by_text("There is no error artifacta/session_seeled.")).to_be_visible()
        assert explorer.found()[0] == "artifacta/session_sealed"

    def test_a_broken_address_shows_everything(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=%E0%A4%A")
        expect(explorer.rows).to_have_count(len(ERRORS))

    @pytest.mark.parametrize("code", ODD_CODES)
    def test_any_code_has_an_address(self, page: Page, odd: Site, code: str) -> None:
        explorer = Explorer(page).open(odd.url)
        explorer.rows.get_by_role("link", name=code, exact=True).click()
        page.reload()
        expect(page.get_by_role("heading", level=2)).to_have_text(code)

    def test_the_reference_is_found_from_the_root_of_the_site(self, page: Page, site: Site) -> None:
        Explorer(page).open(f"{site.url}#error=artworks/forbidden")
        href = page.get_by_role("link", name="Reference", exact=True).evaluate("link => link.href")
        assert href == f"{site.folder.as_uri()}/artworks/#forbidden"

    def test_the_link_to_an_error_can_be_copied(
        self, page: Page, served: Callable[[str], str]
    ) -> None:
        permit(page.context, served(""))
        explorer = Explorer(page).open(served("explorer/index.html"))
        explorer.paste(json.dumps(RATE_LIMITED))
        page.get_by_role("button", name="Copy link").click()
        expect(explorer.status).to_have_text("Link copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == served("explorer/index.html#error=artifacta/rate_limited")

    @pytest.mark.parametrize("way", ["back", "escape", "button"])
    def test_a_card_leads_back_to_the_paste_it_came_from(
        self, standing: Explorer, way: str
    ) -> None:
        lines = [
            json.dumps(RATE_LIMITED),
            '{"error": {"code": "session_sealed", "message": "No."}}',
        ]
        standing.paste("\n".join(lines * 5))
        standing.page.locator(".eb-x-counts").get_by_role("link").first.click()
        expect(standing.cards).to_be_visible()
        leave(standing, way)
        expect(standing.page.locator(".eb-x-counts")).to_be_visible()
        expect(standing.cards).to_have_count(0)

    @pytest.mark.parametrize("way", ["back", "escape", "box", "button"])
    def test_a_card_leads_back_to_the_search_it_came_from(
        self, standing: Explorer, site: Site, way: str
    ) -> None:
        standing.page.goto(f"{site.url}#status=4xx")
        standing.box.fill("sealed")
        standing.box.press("Enter")
        expect(standing.cards).to_be_visible()
        leave(standing, way)
        expect(standing.cards).to_have_count(0)
        expect(standing.box).to_have_value("sealed")
        standing.settle()
        assert standing.hash == "q=sealed&status=4xx"

    def test_an_address_without_a_query_empties_a_typed_one(
        self, standing: Explorer, site: Site
    ) -> None:
        standing.box.fill("sealed")
        standing.settle()
        standing.page.goto(f"{site.url}#status=4xx")
        expect(standing.box).to_have_value("")
        standing.paste("a\nb")
        standing.page.goto(f"{site.url}#status=5xx")
        expect(standing.box).to_have_value("a\nb")

    def test_another_hash_changes_nothing(self, explorer: Explorer, site: Site) -> None:
        explorer.box.fill("sealed")
        explorer.settle()
        explorer.page.goto(f"{site.url}#section")
        explorer.settle()
        expect(explorer.box).to_have_value("sealed")
        assert explorer.hash == "section"
        explorer.box.fill("quota")
        explorer.settle()
        assert explorer.hash == "q=quota"

    def test_back_from_a_card_to_a_section_closes_it(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#section")
        explorer.rows.first.get_by_role("link").click()
        expect(explorer.cards).to_be_visible()
        page.go_back()
        expect(explorer.cards).to_have_count(0)

    def test_a_credential_that_is_typed_stays_out_of_the_address(self, explorer: Explorer) -> None:
        explorer.page.wait_for_function("document.activeElement")
        explorer.box.press_sequentially(PRIVATE)
        explorer.settle()
        assert explorer.hash == ""


def leave(explorer: Explorer, way: str) -> None:
    """Leave a card."""
    if way == "back":
        explorer.page.go_back()
    elif way == "button":
        explorer.page.get_by_role("button", name="All errors").click()
    else:
        if way == "box":
            explorer.box.focus()
        explorer.page.keyboard.press("Escape")
