"""Finding an error while somebody types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.site.explorer.pages import (
    ERRORS,
    Explorer,
    Site,
    catalog,
    make_site,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unused_exit_code(tmp_path_factory: pytest.TempPathFactory) -> Site:
    api: dict[str, Any] = {
        "title": "A API",
        "exit_codes": {"3": {"name": "NETWORK_ERROR", "meaning": "No answer."}},
        "errors": {"one": {}},
    }
    return make_site(tmp_path_factory.mktemp("unused"), catalog({"a": api}))


class TestFilter:
    def test_an_empty_box_shows_every_error(self, explorer: Explorer) -> None:
        assert sorted(explorer.found()) == sorted(f"{api}/{code}" for api, code in ERRORS)
        expect(explorer.status).to_have_text(f"{len(ERRORS)} errors")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("sealed", ["artifacta/session_sealed"]),
            ("SESSION_SEALED", ["artifacta/session_sealed"]),
            ("session-sealed", ["artifacta/session_sealed"]),
            ("SessionSealed", ["artifacta/session_sealed"]),
            ('"session_sealed"', ["artifacta/session_sealed"]),
            ("sealed session 409", ["artifacta/session_sealed"]),
            ("409 session", ["artifacta/session_sealed"]),
            ("artifacta/rate_limited", ["artifacta/rate_limited"]),
            ("SessionSealedError", ["artifacta/session_sealed"]),
            ("5xx", ["artworks/internal_error"]),
            ("conflict", ["artifacta/session_sealed"]),
            ("idempotency key", ["artworks/internal_error"]),
            ("api:artworks limit", ["artworks/rate_limited"]),
        ],
    )
    def test_terms_are_found_in_any_order(
        self, standing: Explorer, query: str, found: list[str]
    ) -> None:
        standing.box.fill(query)
        assert standing.found() == found

    @pytest.mark.parametrize("query", ["exit 1", "exit code 1", "exit status 1", "client_error"])
    def test_an_exit_code_is_found(self, standing: Explorer, query: str) -> None:
        standing.box.fill(query)
        assert standing.found() == [f"{api}/{code}" for api, code in ERRORS if api == "artifacta"]

    def test_a_status_comes_before_a_number_in_prose(self, standing: Explorer) -> None:
        standing.box.fill("500")
        assert standing.found() == ["artworks/internal_error", "artifacta/file_too_large"]

    def test_an_exact_code_comes_first_and_a_retired_one_last(
        self, page: Page, tmp_path: Path
    ) -> None:
        api: dict[str, Any] = {
            "errors": {"over_limit": {}, "limit_reached": {}, "limit": {}},
            "retired": {"limit_passed": {}},
        }
        explorer = Explorer(page).open(make_site(tmp_path, catalog({"a": api})).url)
        explorer.box.fill("limit")
        assert explorer.found() == ["a/limit", "a/limit_reached", "a/over_limit", "a/limit_passed"]

    def test_a_prefix_of_a_code_comes_before_prose(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        assert standing.found()[0] == "artifacta/quota_exceeded"

    @pytest.mark.parametrize(
        ("typo", "meant"),
        [
            ("rate_limitd", "rate_limited"),
            ("sesion sealed", "session_sealed"),
            ("exipred", "artifact_expired"),
            ("unathorised", "unauthorized"),
            ("flie", "file_too_large"),
        ],
    )
    def test_a_typo_is_forgiven(self, standing: Explorer, typo: str, meant: str) -> None:
        standing.box.fill(typo)
        # The status beside it says the same a moment later, of the search before until then.
        lead = standing.page.locator(".eb-x-lead").filter(has_text="Showing results for")
        expect(lead).to_be_visible()
        expect(standing.rows.filter(has_text=meant).first).to_be_visible()
        assert meant in [ref.partition("/")[2] for ref in standing.found()]

    def test_a_typo_is_answered_with_what_was_searched_for(self, standing: Explorer) -> None:
        standing.box.fill("sesion 409")
        lead = standing.page.locator(".eb-x-lead")
        expect(lead.filter(has_text="Showing results for session 409")).to_be_visible()
        expect(standing.status).to_have_text("Showing results for session 409: 1 error")

    def test_nothing_found_offers_the_nearest(self, standing: Explorer) -> None:
        standing.box.fill("sessn_seald")
        expect(standing.page.get_by_text("Nothing here has all of these words.")).to_be_visible()
        expect(standing.page.get_by_text("Did you mean")).to_be_visible()
        assert standing.found()[0] == "artifacta/session_sealed"

    def test_nothing_found_says_what_to_do_about_a_missing_code(self, standing: Explorer) -> None:
        standing.box.fill("zzzzzzzz")
        expect(standing.page.get_by_text("A code that is not listed?")).to_be_visible()

    def test_nonsense_offers_nothing(self, standing: Explorer) -> None:
        standing.box.fill("zzzzzzzz")
        assert standing.found() == []

    def test_the_status_is_told_once_typing_rests(self, explorer: Explorer) -> None:
        explorer.box.fill("sealed")
        expect(explorer.status).to_have_text(f"{len(ERRORS)} errors", timeout=100)
        expect(explorer.status).to_have_text("1 error")

    def test_clear_empties_the_box(self, standing: Explorer) -> None:
        standing.box.fill("sealed")
        standing.page.get_by_role("button", name="Clear").click()
        expect(standing.box).to_have_value("")
        expect(standing.rows).to_have_count(len(ERRORS))

    def test_many_errors_begin_as_groups_that_filter(self, page: Page, large: Site) -> None:
        explorer = Explorer(page).open(large.url)
        expect(explorer.rows).to_have_count(0)
        page.get_by_role("button", name="Group 1 40").click()
        expect(explorer.box).to_have_value("api:a group:g1")
        expect(explorer.rows).to_have_count(40)

    def test_many_hits_are_shown_fifty_at_a_time(self, page: Page, large: Site) -> None:
        explorer = Explorer(page).open(large.url)
        explorer.box.fill("code")
        expect(explorer.rows).to_have_count(50)
        expect(explorer.status).to_have_text("120 errors, the first 50 shown")
        page.get_by_role("button", name="Show 50 more").click()
        expect(explorer.rows).to_have_count(100)
        expect(explorer.rows.nth(50).get_by_role("link")).to_be_focused()
        page.get_by_role("button", name="Show 20 more").click()
        expect(page.get_by_role("button", name="more")).to_have_count(0)

    @pytest.mark.parametrize(
        ("query", "plain"),
        [
            ("HTTP 409", "409"),
            ("HTTP/1.1 409 conflict", "409 conflict"),
            ("http 5xx", "5xx"),
            ("sealed " * 12, "sealed"),
        ],
    )
    def test_what_says_nothing_more_is_left_out(
        self, standing: Explorer, query: str, plain: str
    ) -> None:
        standing.box.fill(plain)
        found = standing.found()
        standing.box.fill(query)
        assert found
        assert standing.found() == found

    def test_the_word_for_a_retry_is_found(self, page: Page, tmp_path: Path) -> None:
        errors: dict[str, Any] = {"one": {"retry": {"when": "never"}}, "two": {}}
        explorer = Explorer(page).open(make_site(tmp_path, catalog({"a": {"errors": errors}})).url)
        explorer.box.fill("never")
        assert explorer.found() == ["a/one"]

    @pytest.mark.parametrize(
        "text", ["exit 3", "exit status 3", "$? = 3", "network_error", "$ echo $?\n3"]
    )
    def test_an_exit_code_that_no_error_has_is_explained(
        self, page: Page, unused_exit_code: Site, text: str
    ) -> None:
        Explorer(page).open(unused_exit_code.url).paste(text)
        expect(
            page.get_by_text("Exit code 3 of the A API: NETWORK_ERROR. No answer.")
        ).to_be_visible()
