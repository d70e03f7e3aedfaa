"""Take the pictures of README and docs from a built site: python scripts/screenshots.py

It needs `make site` first, and the browser that `make test` finds or installs.
"""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE: ViewportSize = {"width": 1280, "height": 760}
TALL: ViewportSize = {"width": 1280, "height": 1250}
NARROW: ViewportSize = {"width": 360, "height": 800}
RESPONSE = """HTTP/2 429
date: Sun, 22 Nov 2026 09:30:00 GMT
set-cookie: session=4f9a8b7c6d5e; HttpOnly

{
  "error": {
    "code": "rate_limited",
    "message": "Request limit reached.",
    "status": 429,
    "retry_after_seconds": 5
  }
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def main() -> None:
    """Serve site/ on a free port of this machine and take each picture from it."""
    handler = functools.partial(_Quiet, directory=str(ROOT / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def take(address: str) -> None:
    """Take the table of codes, and the explorer as people see it: light, dark and narrow."""
    browser_path = os.environ.get("ERRORBOOK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        light = browser.new_page(viewport=SIZE, color_scheme="light")
        light.goto(f"{address}artifacta/")
        light.evaluate("document.querySelector('#every-code').scrollIntoView()")
        save(light, "artifacta.png")
        light.set_viewport_size(TALL)
        paste(light, address)
        save(light, "explorer.png")
        light.goto(f"{address}explorer/#error=artifacta/rate_limited")
        light.set_viewport_size({**TALL, "height": 1900})
        save(light, "card.png")
        dark = browser.new_page(viewport=TALL, color_scheme="dark")
        paste(dark, address)
        save(dark, "explorer-dark.png")
        narrow = browser.new_page(viewport=NARROW, color_scheme="light", device_scale_factor=2)
        narrow.goto(f"{address}explorer/#q=limit")
        save(narrow, "explorer-narrow.png")
        browser.close()


def paste(page: Page, address: str) -> None:
    """Put a response into the explorer, as a paste does."""
    page.goto(f"{address}explorer/")
    page.wait_for_timeout(700)
    page.locator("error-explorer textarea").evaluate(
        """(box, text) => {
            box.value = text;
            box.dispatchEvent(
                new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));
        }""",
        RESPONSE,
    )


def save(page: Page, name: str) -> None:
    """Wait until nothing moves any more, and save what is seen."""
    page.wait_for_timeout(700)
    page.screenshot(path=IMAGES / name)


if __name__ == "__main__":
    main()
