"""Nobody is kept out: what axe-core finds in each state of the element, in both palettes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.axe import violations
from tests.clock import CLOCK
from tests.site.explorer.pages import (
    BELOW,
    ERRORS,
    HOST,
    RATE_LIMITED,
    THEME,
    Explorer,
    serve,
)
from tests.site.own_sites import OwnSites

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

BODY = json.dumps(RATE_LIMITED)
PASTES = {
    "a body": BODY,
    "a response": f"HTTP/1.1 429\nDate: Sun, 06 Nov 1994 08:49:37 GMT\nRetry-After: 7\n\n{BODY}",
    "an unknown code": '{"error": {"code": "artifact_not_fond", "message": "No."}}',
    "no code": '{"error": {"code": "", "status": 404}}',
    "no known body": '{"detail": "No."}',
    "part of a body": '{"error": {"code": "rate_lim',
    "a status": "HTTP/1.1 404 Not Found\n\nnothing here",
    "several errors": "This request needs a valid API key.",
    "a traceback": "Traceback (most recent call last):\n"
    "artifacta.errors.RateLimitedError: rate_limited: Too fast.",
    "many lines": f"{BODY}\nrate_limited\nsession_sealed\nquota_exceeded\n",
}
QUERIES = {"a word": "limit", "a typo": "rate limitd", "nonsense": "zzzzzzzz", "a status": "404"}
HASHES = {
    "a card": "error=artworks/rate_limited",
    "no such error": "error=artworks/rate_limitd",
    "a filter": "status=4xx&retry=never",
}


@pytest.fixture(scope="module")
def address(own_sites: OwnSites) -> Iterator[Callable[[str], str]]:
    built = own_sites.built(rules=False, site_url=f"{HOST}{BELOW}/", theme=THEME)
    with serve(built.folder, below=BELOW, built_for=HOST) as found:
        yield found


@pytest.fixture(scope="module")
def opened(browser: Browser, address: Callable[[str], str]) -> Iterator[Explorer]:
    """An explorer that stays open, and does not move."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, reduced_motion="reduce")
    context.add_init_script(CLOCK)
    yield Explorer(context.new_page()).open(address("explorer/"))
    context.close()


@pytest.fixture(scope="module", params=["default", "slate"])
def explorer(request: pytest.FixtureRequest, opened: Explorer) -> Explorer:
    """The explorer in one palette."""
    opened.page.evaluate("scheme => document.body.dataset.mdColorScheme = scheme", request.param)
    # Colours take a moment to change, and axe-core would see those in between.
    opened.page.wait_for_timeout(500)
    return opened


def check(explorer: Explorer) -> None:
    explorer.settle()
    assert violations(explorer.page, "error-explorer") == []


def test_the_beginning(explorer: Explorer) -> None:
    explorer.box.fill("")
    expect(explorer.rows).to_have_count(len(ERRORS))
    check(explorer)


def test_the_filter(explorer: Explorer) -> None:
    explorer.box.fill("")
    summary = explorer.page.locator("error-explorer summary")
    summary.click()
    explorer.page.get_by_role("checkbox").first.check()
    check(explorer)
    explorer.page.get_by_role("checkbox").first.uncheck()
    summary.click()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_search(explorer: Explorer, query: str) -> None:
    explorer.box.fill(query)
    check(explorer)


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
def test_a_paste(explorer: Explorer, paste: str) -> None:
    explorer.paste(paste)
    expect(explorer.page.locator("[data-kind]").first).to_be_visible()
    check(explorer)


@pytest.mark.parametrize("hash_", HASHES.values(), ids=HASHES)
def test_an_address(explorer: Explorer, hash_: str) -> None:
    explorer.box.fill("")
    explorer.page.evaluate("hash => location.hash = hash", hash_)
    check(explorer)
    explorer.page.evaluate("location.hash = 'q='")


def test_there_is_one_place_that_announces(explorer: Explorer) -> None:
    live = explorer.page.locator("error-explorer").locator(
        "[aria-live], [role=status], [role=alert]"
    )
    expect(live).to_have_count(1)


def test_what_is_found_is_announced(explorer: Explorer) -> None:
    explorer.paste(BODY)
    expect(explorer.status).to_have_text("Decoded: rate_limited of Artifacta API")
