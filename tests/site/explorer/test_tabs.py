"""Tabs of languages in cards: chosen once, they are chosen everywhere, and stay so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markupsafe import Markup
from playwright.sync_api import Locator, Page, expect

from errorbook.outputs.languages import LANGUAGES
from errorbook.site.tabs import Tab, tab_set
from tests.site.explorer.pages import ROOT, Explorer, Site

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

STYLES = ROOT / "src/errorbook/site/assets/errorbook.css"
ON_PAGE = tab_set(1, "Language", [Tab(one, Markup("code")) for one in LANGUAGES.values()])


@pytest.fixture
def card(explorer: Explorer) -> Locator:
    return show(explorer.page, "artifacta/rate_limited")


@pytest.fixture
def own_page(page: Page) -> Iterator[Page]:
    """A page that scripts may be added to, as it does not last."""
    opened = page.context.new_page()
    yield opened
    opened.close()


def show(page: Page, ref: str) -> Locator:
    """Return the card of an error, once it is shown."""
    page.evaluate("ref => location.hash = `#error=${ref}`", ref)
    card = page.locator(f".eb-x-card[data-code={ref.partition('/')[2]}]")
    expect(card).to_be_visible()
    return card


def choose(place: Locator, title: str) -> None:
    place.locator("label").get_by_text(title, exact=True).click()


def chosen(place: Locator, title: str) -> Locator:
    return place.get_by_role("radio", name=title, exact=True, checked=True)


def test_code_in_each_language_is_one_tab(page: Page, card: Locator) -> None:
    page.add_style_tag(path=STYLES)
    python, typescript = card.locator(".tabbed-block").all()
    expect(chosen(card, "Python")).to_have_count(1)
    expect(typescript).to_be_hidden()
    choose(card, "TypeScript")
    expect(typescript).to_contain_text("instanceof RateLimitedError")
    expect(typescript).to_be_visible()
    expect(python).to_be_hidden()
    expect(card.get_by_role("button", name="Copy TypeScript")).to_be_visible()


def test_tabs_are_changed_with_arrow_keys(page: Page, card: Locator) -> None:
    page.add_style_tag(path=STYLES)
    chosen(card, "Python").focus()
    page.keyboard.press("ArrowRight")
    expect(chosen(card, "TypeScript")).to_be_focused()
    expect(card.get_by_role("group", name="Language")).to_have_count(1)


def test_the_choice_holds_for_other_cards_and_after_a_reload(page: Page, card: Locator) -> None:
    choose(card, "TypeScript")
    expect(chosen(show(page, "artworks/rate_limited"), "TypeScript")).to_have_count(1)
    page.reload()
    expect(chosen(page.locator(".eb-x-card"), "TypeScript")).to_have_count(1)
    assert page.evaluate("({...localStorage})") == {"__tabs": '["TypeScript"]'}


def test_tabs_of_page_and_card_follow_each_other(page: Page, card: Locator) -> None:
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", str(ON_PAGE))
    beside = page.locator("body > .tabbed-set")
    choose(card, "TypeScript")
    expect(chosen(beside, "TypeScript")).to_have_count(1)
    choose(beside, "Python")
    expect(chosen(card, "Python")).to_have_count(1)


def test_the_choice_is_kept_where_material_keeps_it(own_page: Page, site: Site) -> None:
    own_page.add_init_script(
        """const kept = {__tabs: ['Linux', 'TypeScript']};
           window.__md_get = (key) => kept[key];
           window.__md_set = (key, value) => { kept[key] = value; };"""
    )
    card = show(Explorer(own_page).open(site.url).page, "artifacta/rate_limited")
    expect(chosen(card, "TypeScript")).to_have_count(1)
    choose(card, "Python")
    own_page.wait_for_function("__md_get('__tabs').join() === 'Python,Linux,TypeScript'")
    assert own_page.evaluate("localStorage.length") == 0


def test_where_nothing_may_be_kept_tabs_can_be_changed(own_page: Page, site: Site) -> None:
    own_page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    card = show(Explorer(own_page).open(site.url).page, "artifacta/rate_limited")
    choose(card, "TypeScript")
    expect(chosen(card, "TypeScript")).to_have_count(1)


def test_tabs_of_a_page_show_what_was_chosen_last_of_what_they_have(
    own_page: Page, site: Site
) -> None:
    own_page.add_init_script(
        """localStorage.__tabs = '["Rust", "TypeScript"]';
           window.document$ = {subscribe(show) { window.show = show; }};"""
    )
    Explorer(own_page).open(site.url)
    own_page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", str(ON_PAGE))
    beside = own_page.locator("body > .tabbed-set")
    expect(chosen(beside, "Python")).to_have_count(1)
    own_page.evaluate("show()")  # as Material does when it has set a page in
    expect(chosen(beside, "TypeScript")).to_have_count(1)
    assert own_page.evaluate("localStorage.__tabs") == '["Rust", "TypeScript"]'
