"""What somebody pastes stays with them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.site.explorer.pages import (
    PRIVATE,
    Explorer,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


class TestPrivacy:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(json.dumps({"error": PRIVATE, "message": "No."}), id="a body"),
            pytest.param(f'{{"error": "{PRIVATE}', id="part of a body"),
            pytest.param(PRIVATE, id="words"),
        ],
    )
    def test_a_paste_stays_in_the_page(
        self, page: Page, served: Callable[[str], str], text: str
    ) -> None:
        asked: list[str] = []
        explorer = Explorer(page).open(served("explorer/index.html"))
        page.on("request", lambda request: asked.append(request.url))
        explorer.paste(text)
        explorer.settle()
        kept = page.evaluate(
            """() => JSON.stringify([location.href, history.state, document.cookie,
                                     {...localStorage}, {...sessionStorage}])"""
        )
        assert PRIVATE not in kept
        assert asked == []

    def test_a_paste_that_was_edited_stays_in_the_page(self, standing: Explorer) -> None:
        standing.paste(PRIVATE)
        standing.box.press_sequentially("x")
        standing.settle()
        assert standing.hash == ""

    def test_a_typed_body_stays_in_the_page(self, standing: Explorer) -> None:
        standing.box.press_sequentially('{"error": "forbidden", "message": "No."}')
        standing.settle()
        assert standing.hash == ""
        expect(standing.cards).to_be_visible()

    def test_a_paste_takes_an_earlier_filter_out_of_the_address(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.settle()
        standing.paste(PRIVATE)
        standing.settle()
        assert standing.hash == ""

    def test_opening_an_error_from_a_paste_keeps_it_in_the_box(self, standing: Explorer) -> None:
        standing.paste('{"error": "not_fund", "message": "No."}')
        standing.page.get_by_role("link", name="not_found").click()
        expect(standing.cards).to_be_visible()
        standing.page.go_back()
        expect(standing.page.locator("[data-kind=unknown_code]")).to_be_visible()

    def test_a_filter_after_a_paste_shows_in_the_address(self, standing: Explorer) -> None:
        standing.paste(PRIVATE)
        standing.page.evaluate("location.hash = '#q=quot'")
        standing.box.press("End")
        standing.box.press_sequentially("a")
        standing.settle()
        assert standing.hash == "q=quota"

    def test_a_credential_is_not_shown_in_the_box(self, standing: Explorer) -> None:
        standing.paste("HTTP/1.1 403\nSet-Cookie: sid=abc\n\n" + '{"error": "forbidden"}')
        expect(standing.box).to_have_value(
            "HTTP/1.1 403\nSet-Cookie: •••\n\n" + '{"error": "forbidden"}'
        )
        expect(standing.cards).to_be_visible()

    def test_what_is_hidden_still_decides(self, standing: Explorer) -> None:
        standing.paste('{"error": "forbidden", "message": "Needs token=artworks_write now."}')
        expect(standing.cards).to_be_visible()
        assert "artworks_write" not in standing.page.locator("error-explorer").inner_text()
        assert "artworks_write" not in standing.box.input_value()
