"""Fixtures for tests in a browser: one Chromium for all of them, and a page of its own for each.

A test module asks for them with ``pytest_plugins = ["tests.browser"]``. Without a browser its
tests fail; they are never skipped, since nobody reads what was skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

VARIABLE = "ERRORBOOK_CHROMIUM"
FORGET = "() => { try { localStorage.clear(); } catch { /* an address that keeps nothing */ } }"


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
    """What pages share; a context for each page would take as long as the page itself.

    Time passes in it as it does, and by leaps where a test does not care to wait.
    """
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.clock.install()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page without a past; whatever goes wrong in it unseen fails the test at its end."""
    page = context.new_page()
    slips: list[str] = []
    page.on("pageerror", lambda error: slips.append(str(error)))
    yield page
    page.evaluate(FORGET)
    page.close()
    context.clear_cookies()
    assert slips == []


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
