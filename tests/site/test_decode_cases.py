"""The explorer, as it is shipped, decides of every shared case as the case says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.decode.homes import SHARED, catalog, differences
from tests.site.explorer.pages import make_site

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

CASES: list[dict[str, Any]] = SHARED["cases"]
DECODE = """async pastes => {
    await customElements.whenDefined('error-explorer');
    const explorer = document.querySelector('error-explorer');
    return JSON.stringify(await Promise.all(pastes.map(paste => explorer.decode(paste))));
}"""


@pytest.fixture(scope="module")
def decisions(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the explorer decides, by the name of each case."""
    site = make_site(tmp_path_factory.mktemp("cases"), catalog())
    page = browser.new_page()
    page.goto(site.url)
    decided = json.loads(page.evaluate(DECODE, [case["paste"] for case in CASES]))
    page.close()
    return {case["name"]: one for case, one in zip(CASES, decided, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_is_decided_as_it_says(case: dict[str, Any], decisions: dict[str, Any]) -> None:
    expected = {name: value for name, value in case.items() if name not in ("name", "paste")}
    assert list(differences(expected, decisions[case["name"]])) == []
