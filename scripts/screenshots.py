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
RESPONSE = """{
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
    """Take the table of codes, and the explorer with a response in it."""
    browser_path = os.environ.get("ERRORBOOK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(f"{address}artifacta/")
        page.evaluate("document.querySelector('#every-code').scrollIntoView()")
        save(page, "artifacta.png")
        page.set_viewport_size({**SIZE, "height": 1100})
        page.goto(f"{address}explorer/")
        page.locator("error-explorer textarea").fill(RESPONSE)
        save(page, "explorer.png")
        browser.close()


def save(page: Page, name: str) -> None:
    """Wait until nothing moves any more, and save what is seen."""
    page.wait_for_timeout(700)
    page.screenshot(path=IMAGES / name)


if __name__ == "__main__":
    main()
