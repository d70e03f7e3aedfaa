"""Explorers to try: one of this repository's catalog, one of a long one, one that is served."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site.explorer.pages import (
    CATALOG,
    Explorer,
    Site,
    catalog,
    make_site,
    serve,
    standing_explorer,
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"), CATALOG)


@pytest.fixture
def explorer(page: Page, site: Site) -> Explorer:
    """An explorer just opened, for what changes the address or the page."""
    return Explorer(page).open(site.url)


@pytest.fixture(scope="session")
def opened(browser: Browser, site: Site) -> Iterator[Explorer]:
    yield from standing_explorer(browser, site)


@pytest.fixture
def standing(opened: Explorer, site: Site) -> Explorer:
    """An explorer that stays open from test to test, emptied, which is quicker than a new one."""
    opened.page.goto(f"{site.url}#q=")
    opened.page.evaluate("history.replaceState(null, '', location.pathname)")
    return opened


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    errors = {
        f"code_{number}": {"status": 400 + number % 100, "group": f"g{number % 3}"}
        for number in range(120)
    }
    groups = {f"g{number}": {"title": f"Group {number}"} for number in range(3)}
    return make_site(
        tmp_path_factory.mktemp("large"), catalog({"a": {"groups": groups, "errors": errors}})
    )


@pytest.fixture
def served(site: Site) -> Iterator[Callable[[str], str]]:
    """Serve the site under a strict content security policy; gives the address of a path."""
    with serve(site.folder, {"Content-Security-Policy": "default-src 'self'"}) as address:
        yield address
