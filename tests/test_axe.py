"""The check of accessibility can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route

from tests import axe

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

GOOD = '<section aria-label="Answer"><button>Copy</button></section>'
BAD = '<section aria-label="Answer"><button></button></section>'


def show(page: Page, body: str) -> None:
    """Show a page that allows no script but its own, and none within it."""

    def answer(route: Route) -> None:
        route.fulfill(
            content_type="text/html",
            headers={"Content-Security-Policy": "default-src 'self'"},
            body=f'<!doctype html><html lang="en"><title>Test</title><body>{body}',
        )

    page.route("http://errorbook.test/", answer)
    page.goto("http://errorbook.test/")


def test_a_violation_is_told_with_its_rule_and_its_element(page: Page) -> None:
    show(page, BAD)
    [violation] = axe.violations(page, "section")
    assert violation.startswith("button-name: <button></button>: Fix any of the following: ")


def test_a_page_may_be_checked_again_after_it_changed(page: Page) -> None:
    show(page, GOOD)
    assert axe.violations(page, "section") == []
    page.locator("button").evaluate("button => button.replaceChildren()")
    assert len(axe.violations(page, "section")) == 1


def test_only_the_part_that_is_named_is_checked(page: Page) -> None:
    show(page, f"<div>{GOOD}</div><br>{BAD}")
    assert axe.violations(page, "div") == []


def test_a_part_that_is_not_there_has_not_passed(page: Page) -> None:
    show(page, GOOD)
    with pytest.raises(Error, match="No elements found"):
        axe.violations(page, "error-explorer")


def test_without_axe_the_test_fails(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(axe, "AXE", Path("nowhere/axe.min.js"))
    with pytest.raises(pytest.fail.Exception, match="npm ci"):
        axe.violations(page, "section")
