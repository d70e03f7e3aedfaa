"""Fixtures for tests in a browser: one Chromium, and one page of it that begins blank each time.

A test module asks for them with ``pytest_plugins = ["tests.browser"]``. Without a browser its
tests fail; they are never skipped, since nobody reads what was skipped.

A page that is opened anew is a process of its own, and costs four times what most tests do in it.
So one stays open, and forgets between two tests: what it showed, what it kept, how it was set up.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)

from tests.clock import CLOCK

VARIABLE = "ERRORBOOK_CHROMIUM"
SIZE = ViewportSize(width=1000, height=800)
FORGET = """() => {
    try {
        localStorage.clear();
        sessionStorage.clear();
    } catch { /* an address that keeps nothing */ }
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that lives as long as the session."""
    with sync_playwright() as playwright:
        path = _chromium(playwright)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What pages share. Time passes in it as it does, and by leaps where a test asks for one."""
    context = browser.new_context(viewport=SIZE)
    context.add_init_script(CLOCK)
    yield context
    context.close()


@pytest.fixture(scope="session")
def _lasting(context: BrowserContext) -> _LastingPage:
    return _LastingPage(context)


@pytest.fixture
def page(_lasting: _LastingPage) -> Iterator[Page]:
    """A page without a past; whatever goes wrong in it unseen fails the test at its end."""
    slips = _lasting.slips
    yield _lasting.begin()
    try:
        _lasting.forget()
    except Error:
        _lasting.close()
        raise
    assert slips == []


class _LastingPage:
    """A page that goes from test to test, and is opened anew where one broke it."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._page: Page | None = None
        self.slips: list[str] = []

    def begin(self) -> Page:
        self.slips.clear()
        if self._page is None or self._page.is_closed():
            self._page = self._context.new_page()
            self._page.on("pageerror", lambda error: self.slips.append(str(error)))
        return self._page

    def forget(self) -> None:
        """Leave it as a new page is, but for listeners of tests that are over: nobody asks them."""
        if self._page is None or self._page.is_closed():
            return
        self._page.evaluate(FORGET)
        self._page.unroute_all()
        self._page.goto("about:blank")
        self._page.emulate_media(media="null", reduced_motion="null")
        if self._page.viewport_size != SIZE:
            self._page.set_viewport_size(SIZE)
        self._context.clear_cookies()
        session = self._context.new_cdp_session(self._page)
        session.send("Page.resetNavigationHistory")
        session.detach()

    def close(self) -> None:
        with suppress(Error):
            if self._page is not None:
                self._page.close()
        self._page = None


def _chromium(playwright: Playwright) -> str:
    """Return the browser that is named, or on the path, or that Playwright installed."""
    named = os.environ.get(VARIABLE)
    if named:
        path = shutil.which(named)
    else:
        own = playwright.chromium.executable_path
        path = shutil.which("chromium") or (own if Path(own).exists() else None)
    if path is None:
        pytest.fail(f"no browser: install Chromium, or name one in {VARIABLE}", pytrace=False)
    return path
