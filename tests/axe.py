"""What axe-core finds inaccessible in a part of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async ([selector, tags]) => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
  const {violations} = await axe.run(selector, options);
  return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
    `${id}: ${html}: ${failureSummary.replace(/\\s+/g, ' ')}`));
}
"""


def violations(page: Page, selector: str) -> list[str]:
    """Return each violation in what the selector finds: its rule, the element, how to mend it.

    A selector that finds nothing is an error. The page's policy may forbid foreign scripts:
    axe-core is evaluated in it, and not added to it as an element.
    """
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run `make test`, or `npm ci`", pytrace=False)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, [selector, TAGS])
    return found
