"""The explorer without a mouse."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.site.explorer.pages import (
    RATE_LIMITED,
    Explorer,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


class TestKeyboard:
    def test_arrows_walk_the_rows(self, standing: Explorer) -> None:
        links = standing.page.locator(".eb-x-table a")
        standing.box.press("ArrowDown")
        expect(links.first).to_be_focused()
        for key, expected in (
            ("ArrowDown", links.nth(1)),
            ("End", links.last),
            ("ArrowDown", links.last),
            ("Home", links.first),
            ("ArrowUp", standing.box),
        ):
            standing.page.keyboard.press(key)
            expect(expected).to_be_focused()

    def test_enter_in_the_box_opens_the_first_row(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("Enter")
        assert standing.hash == "error=artifacta/quota_exceeded"

    def test_enter_on_a_row_opens_it(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("ArrowDown")
        standing.page.keyboard.press("Enter")
        expect(standing.page.get_by_role("heading", name="quota_exceeded")).to_be_focused()

    def test_escape_goes_to_the_box_and_then_clears_it(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("ArrowDown")
        standing.page.keyboard.press("Escape")
        expect(standing.box).to_be_focused()
        expect(standing.box).to_have_value("quota")
        standing.page.keyboard.press("Escape")
        expect(standing.box).to_have_value("")

    def test_escape_closes_a_card(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("Enter")
        standing.page.keyboard.press("Escape")
        expect(standing.cards).to_have_count(0)
        expect(standing.page.get_by_role("link", name="quota_exceeded")).to_be_focused()

    def test_keys_move_within_a_long_paste(self, standing: Explorer) -> None:
        standing.paste(json.dumps(RATE_LIMITED, indent=2))
        standing.box.press("Control+Home")
        standing.box.press("ArrowDown")
        expect(standing.box).to_be_focused()

    def test_hot_keys_of_the_theme_stay_quiet(self, explorer: Explorer) -> None:
        explorer.page.evaluate(
            "window.heard = []; addEventListener('keydown', event => heard.push(event.key))"
        )
        explorer.page.locator(".eb-x-table a").first.focus()
        for key in "npsf/,. ":
            explorer.page.keyboard.press(key)
        explorer.page.keyboard.press("Tab")
        assert explorer.page.evaluate("heard") == ["Tab"]
