"""The explorer wherever a site may be, and in pages that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.site.explorer.pages import (
    BELOW,
    CATALOG,
    ERRORS,
    HOST,
    RATE_LIMITED,
    THEME,
    Explorer,
    make_site,
    serve,
    without_scripts,
)
from tests.site.own_sites import OwnSites

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

ROUNDS = 3


@pytest.fixture(scope="module")
def built(own_sites: OwnSites) -> Iterator[tuple[Path, Callable[[str], str]]]:
    """This repository's pages in Material, where they are served: a folder and its addresses.

    Instant navigation asks the sitemap which pages there are, so it names the host.
    """
    folder = own_sites.built(rules=False, site_url=f"{HOST}{BELOW}/", theme=THEME).folder
    with serve(folder, below=BELOW, built_for=HOST) as address:
        yield folder, address


@pytest.fixture(scope="module")
def address(built: tuple[Path, Callable[[str], str]]) -> Callable[[str], str]:
    return built[1]


@pytest.fixture(scope="module")
def flat(own_sites: OwnSites) -> Path:
    """The same as files, for a page that is opened from a disk."""
    return own_sites.built(rules=False, site_url="", use_directory_urls=False).folder


def go(page: Page, name: str) -> None:
    """Follow a link of the theme's navigation, whether or not it stands in sight."""
    page.locator(f".md-nav--primary a[href*='{name}']").first.evaluate("link => link.click()")


def test_it_works_from_a_disk(page: Page, flat: Path) -> None:
    explorer = Explorer(page).open((flat / "explorer.html").as_uri())
    explorer.box.fill("sealed")
    expect(explorer.rows).to_have_count(1)
    explorer.paste(json.dumps(RATE_LIMITED))
    expect(explorer.cards).to_be_visible()
    reference = page.get_by_role("link", name="Reference", exact=True)
    target = reference.evaluate("link => link.href")
    assert Path(urlsplit(target).path) == flat / "artifacta/errors/rate_limited/index.html"


def test_it_works_below_a_path(page: Page, address: Callable[[str], str]) -> None:
    explorer = Explorer(page).open(address("explorer/#error=artworks/forbidden"))
    expect(explorer.cards).to_be_visible()
    page.get_by_role("link", name="Reference", exact=True).click()
    expect(page).to_have_url(address("artworks/errors/forbidden/"))
    expect(page.locator("h1")).to_contain_text("forbidden")


def test_instant_navigation_enters_leaves_and_comes_back(
    page: Page, address: Callable[[str], str]
) -> None:
    # The theme asks the sitemap which pages it may come to without loading them.
    page.goto(address(""), wait_until="networkidle")
    page.evaluate("window.stays = true")
    explorer = Explorer(page)
    for _ in range(2):
        go(page, "/explorer/")
        expect(explorer.rows).to_have_count(len(ERRORS))
        explorer.box.fill("sealed")
        expect(explorer.rows).to_have_count(1)
        go(page, "/artifacta/")
        expect(page).to_have_url(address("artifacta/"))
        expect(page.locator("error-explorer")).to_have_count(0)
    assert page.evaluate("window.stays"), "the theme loaded a page anew"


def test_coming_and_going_leaves_nothing_behind(page: Page, address: Callable[[str], str]) -> None:
    page.goto(address(""), wait_until="networkidle")
    session = page.context.new_cdp_session(page)
    explorer = Explorer(page)

    def visit(name: str) -> None:
        go(page, f"/{name}/")
        expect(page).to_have_url(address(f"{name}/"))
        if name == "explorer":
            expect(explorer.rows).to_have_count(len(ERRORS))
            explorer.paste(json.dumps(RATE_LIMITED))
            expect(explorer.cards).to_be_visible()
            explorer.settle()

    def held() -> dict[str, int]:
        page.wait_for_timeout(500)
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        counters: dict[str, int] = session.send("Memory.getDOMCounters")
        scripts: int = page.evaluate("document.head.querySelectorAll('script').length")
        return {**counters, "scripts": scripts}

    def growth(*names: str) -> dict[str, int]:
        """Return what so many visits leave behind, after the first ones."""
        for name in names:
            visit(name)
        before = held()
        for _ in range(ROUNDS):
            for name in names:
                visit(name)
        after = held()
        return {key: after[key] - before[key] for key in before}

    def excess() -> int:
        """Return how many listeners the explorer's page leaves behind beyond another page.

        The theme itself leaves something behind at each visit, of whatever page.
        """
        theirs = growth("why", "install")
        ours = growth("explorer", "install")
        assert ours["scripts"] == theirs["scripts"] == 0
        return ours["jsEventListeners"] - theirs["jsEventListeners"]

    # What is only collected late, as on a busy machine, is gone another time; a leak never is.
    assert any(excess() < 5 * ROUNDS for _ in range(4))


def test_the_hot_keys_of_the_theme_stay_quiet_within(
    page: Page, address: Callable[[str], str]
) -> None:
    explorer = Explorer(page).open(address("explorer/"))
    explorer.rows.get_by_role("link").first.focus()
    for key in "npsf,.":
        page.keyboard.press(key)
    expect(page).to_have_url(address("explorer/"))
    expect(page.locator("[data-md-component=search-query]")).not_to_be_focused()


def test_a_slash_is_the_search_of_the_theme(page: Page, address: Callable[[str], str]) -> None:
    Explorer(page).open(address("explorer/"))
    page.keyboard.press("/")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()


def test_a_slash_that_nobody_claims_leads_to_the_box(explorer: Explorer) -> None:
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.page.keyboard.press("/")
    expect(explorer.box).to_be_focused()
    expect(explorer.box).to_have_value("")


def test_a_slash_that_somebody_writes_is_theirs(explorer: Explorer) -> None:
    explorer.page.evaluate("document.body.append(document.createElement('input'))")
    other = explorer.page.locator("body > input")
    other.focus()
    explorer.page.keyboard.press("/")
    expect(other).to_be_focused()
    expect(other).to_have_value("/")


def test_the_palette_may_flip_at_any_time(page: Page, address: Callable[[str], str]) -> None:
    explorer = Explorer(page).open(address("explorer/#error=artifacta/rate_limited"))
    colour = "node => getComputedStyle(node).color"
    title = page.locator(".eb-x-title")
    seen = set()
    for scheme in ("default", "slate", "default"):
        page.evaluate("scheme => document.body.dataset.mdColorScheme = scheme", scheme)
        seen.add(title.evaluate(colour))
        expect(explorer.cards).to_be_visible()
    assert len(seen) == 2


def test_a_card_can_be_printed(page: Page, address: Callable[[str], str]) -> None:
    explorer = Explorer(page).open(address("explorer/#error=artifacta/rate_limited"))
    page.emulate_media(media="print")
    expect(explorer.cards).to_be_visible()
    expect(explorer.box).to_be_hidden()
    for button in page.locator("error-explorer button").all():
        expect(button).to_be_hidden()


def test_motion_is_reduced_on_request(explorer: Explorer) -> None:
    explorer.page.emulate_media(reduced_motion="reduce")
    explorer.box.fill("quota")
    explorer.box.press("Enter")
    moving = explorer.page.locator("error-explorer *").evaluate_all(
        """nodes => nodes.filter(node => {
            const {animationName, transitionDuration} = getComputedStyle(node);
            return animationName !== 'none' || parseFloat(transitionDuration) > 0.01;
        }).map(node => node.className)"""
    )
    assert moving == []


def test_without_javascript_the_tables_stand_there(
    page: Page, address: Callable[[str], str]
) -> None:
    with without_scripts(page):
        page.goto(address("explorer/"))
        rows = page.locator("error-explorer table tbody tr")
        expect(rows).to_have_count(len(ERRORS))
        expect(rows.first).to_be_visible()


FOREIGN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Status page</title>
<h1>Status page</h1>
<main>{tag}</main>
"""


@pytest.fixture(params=["one script tag", "an element and a script"])
def foreign(
    request: pytest.FixtureRequest, tmp_path: Path, built: tuple[Path, Callable[[str], str]]
) -> Iterator[tuple[str, str]]:
    """A page of another site with our explorer in it; and where our site is."""
    with serve(built[0], {"Access-Control-Allow-Origin": "*"}, BELOW, HOST) as ours:
        script, errors = ours("assets/errorbook/explorer.js"), ours("errors.json")
        tags = {
            "one script tag": f'<script src="{script}" data-errors="{errors}"></script>',
            "an element and a script": (
                f'<error-explorer data-index="{errors}" data-api="artifacta"></error-explorer>'
                f'<script src="{script}" defer></script>'
            ),
        }
        page = FOREIGN.format(tag=tags[request.param])
        (tmp_path / "index.html").write_text(page, "utf-8")
        with serve(tmp_path) as theirs:
            yield theirs(""), ours("")


def test_it_works_in_a_page_that_is_not_ours(page: Page, foreign: tuple[str, str]) -> None:
    theirs, ours = foreign
    explorer = Explorer(page).open(theirs)
    assert "artifacta/rate_limited" in explorer.found()
    explorer.paste("HTTP/1.1 429\nRetry-After: 7\n\n" + json.dumps(RATE_LIMITED))
    card = explorer.cards
    expect(card).to_contain_text("RateLimitedError")
    expect(card).to_contain_text("30 s after the response")
    href = page.get_by_role("link", name="Reference", exact=True).evaluate("link => link.href")
    assert href == f"{ours}artifacta/errors/rate_limited/"
    edge = "node => getComputedStyle(node).borderTopStyle"
    expect(card).to_be_visible()
    page.wait_for_function("document.styleSheets.length > 1")
    assert card.evaluate(edge) == "solid", "the card has no styles"


def test_a_foreign_page_shows_what_our_own_shows(
    page: Page, foreign: tuple[str, str], address: Callable[[str], str]
) -> None:
    shown = []
    for url in (foreign[0], address("explorer/")):
        Explorer(page).open(f"{url}#error=artifacta/rate_limited")
        card = page.locator(".eb-x-card")
        expect(card).to_be_visible()
        # In a foreign page the styles come last.
        page.wait_for_load_state("networkidle")
        shown.append(card.inner_text())
    assert shown[0] == shown[1]


def test_an_errors_json_that_is_missing_says_so(page: Page, tmp_path: Path) -> None:
    site = make_site(tmp_path, CATALOG, index="../errors.json")
    page.goto(site.url)
    expect(page.locator("error-explorer")).to_contain_text("The live search cannot be loaded from")
