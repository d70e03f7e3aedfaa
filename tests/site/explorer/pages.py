"""A site with an explorer in it, and the explorer in the words of whoever uses it."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from errorbook.catalog import Catalog, load
from errorbook.site.explorer import SCRIPTS, explorer_index, explorer_script
from tests.clock import CLOCK, leap
from tests.site.test_theme import MATERIAL

ROOT = Path(__file__).parents[3]
APIS = load(ROOT / "errors.yaml").catalog.apis
CATALOG = Catalog(apis={name: APIS[name] for name in ("artifacta", "artworks")})
ERRORS = [(api, code) for api, entry in CATALOG.apis.items() for code in entry.errors]

RATE_LIMITED = {
    "error": {"code": "rate_limited", "message": "No.", "status": 429, "retry_after_seconds": 30}
}
PRIVATE = "sk_live_0123456789"
HOSTILE = "<img src=x onerror='alert(1)'></script><script>alert(2)</script>\u2028"

THEME = {**MATERIAL["theme"], "palette": [{"scheme": "default"}, {"scheme": "slate"}]}
HOST = "http://127.0.0.1:65535"
"""Where our own pages are built for, and their path there; they are served by another port."""
BELOW = "/docs/v1"

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Explorer</title>
<link rel="stylesheet" href="../assets/errorbook/explorer.css">
<main>
<h1>Explorer</h1>
<div class="errorbook errorbook-explorer"><error-explorer data-index="{index}" data-api="{api}">
<p class="static">Every error, as a list.</p>
</error-explorer></div>
</main>
<script src="../assets/errorbook/explorer.js"></script>
"""
INDEX = "../assets/errorbook/explorer-index.js"


def link(api: str, code: str) -> str:
    return f"{api}/#{code}"


def catalog(apis: dict[str, Any]) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


@dataclass(frozen=True)
class Site:
    """A folder with an explorer page in it, as the plugin lays it out."""

    folder: Path

    @property
    def url(self) -> str:
        return (self.folder / "explorer/index.html").as_uri()


class Explorer:
    """An explorer in a page, in the words of whoever uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_label("Find an error, or paste a response")
        self.rows = page.locator(".eb-x-table tbody tr")
        self.cards = page.locator(".eb-x-card")
        self.status = page.get_by_role("status")

    def open(self, url: str) -> Explorer:
        self.page.goto(url)
        expect(self.status).not_to_be_empty()
        return self

    def paste(self, text: str) -> None:
        """Insert ``text`` as a paste does: with line breaks, and without a key."""
        self.box.focus()
        self.page.evaluate(
            """text => {
                const box = document.activeElement;
                box.setRangeText(text, 0, box.value.length, 'end');
                box.dispatchEvent(
                    new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));
            }""",
            text,
        )

    def found(self) -> list[str]:
        """Return the errors in the table, in order; those out of sight come a moment later."""
        if self.rows.count() >= 6:
            self.settle()
        links = self.page.locator(".eb-x-table a")
        return links.evaluate_all("links => links.map(link => link.dataset.ref)")  # type: ignore[no-any-return]

    def decisions(self) -> list[dict[str, Any]]:
        """Return what the explorer says a paste is."""
        found: list[dict[str, Any]] = self.page.locator("[data-kind]").evaluate_all(
            """nodes => nodes.map(node => ({
                ...node.dataset,
                details: [...node.querySelectorAll('.eb-x-value')].map(
                    value => [value.parentNode.firstChild.textContent, value.textContent]),
            }))"""
        )
        return [{**one, "details": dict(one["details"])} for one in found]

    def settle(self) -> None:
        """Let so much time pass in the page that typing counts as done."""
        leap(self.page, 600)

    @property
    def hash(self) -> str:
        return self.page.url.partition("#")[2]


def make_site(folder: Path, catalog: Catalog, *, api: str = "", index: str = INDEX) -> Site:
    assets = folder / "assets/errorbook"
    assets.mkdir(parents=True)
    (folder / "explorer").mkdir()
    (folder / "explorer/index.html").write_text(PAGE.format(index=index, api=api), "utf-8")
    for name in SCRIPTS:
        (assets / name).write_text(explorer_script(name), "utf-8")
    css = ROOT / "src/errorbook/site/assets/explorer.css"
    (assets / "explorer.css").write_bytes(css.read_bytes())
    for name, script in explorer_index(catalog, link=link).items():
        (assets / name).write_text(script, "utf-8")
    return Site(folder)


def standing_explorer(browser: Browser, site: Site) -> Iterator[Explorer]:
    context = browser.new_context()
    context.add_init_script(CLOCK)
    yield Explorer(context.new_page()).open(site.url)
    context.close()


def permit(context: BrowserContext, address: str) -> None:
    """Let the pages of an address use the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)


@contextmanager
def without_scripts(page: Page) -> Iterator[None]:
    """Let a page run no script, as in a browser that was told so."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield
    finally:
        session.send("Emulation.setScriptExecutionDisabled", {"value": False})
        session.detach()


@contextmanager
def serve(
    folder: Path, headers: Mapping[str, str] | None = None, below: str = "", built_for: str = ""
) -> Iterator[Callable[[str], str]]:
    """Serve a folder with these headers, below a path; gives the address of a path within.

    Files that name the host they were ``built_for`` name this one instead.
    """

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self) -> None:
            """Answer, but leave a browser's own question for an icon without a complaint."""
            if self.path == "/favicon.ico":
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix(below))

        def copyfile(self, source: Any, outputfile: Any) -> None:
            host = f"http://127.0.0.1:{server.server_port}"
            # The length was told already.
            assert len(host) == len(built_for or host)
            content = source.read()
            if built_for:
                content = content.replace(built_for.encode(), host.encode())
            outputfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield lambda path: f"http://127.0.0.1:{server.server_port}{below}/{path}"
        server.shutdown()
