"""The page for what is not there, as a server answers with it at any depth."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.site.project import ROOT, SMALL, Project, run_build

pytest_plugins = ["tests.browser"]

PREFIX: Final = "/team/docs"


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site below a prefix; what it lacks is answered as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else "/no/such/file"
        return super().translate_path(below)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served that has our page for what is not there."""
    project = Project(tmp_path_factory.mktemp("not_found"))
    project.write("errors.yaml", SMALL)
    for name in ("overrides/404.html", "docs/assets/not-found.js"):
        project.write_bytes(name, (ROOT / name).read_bytes())
    project.write("docs/index.md", "# Home\n\n/// errors | explorer\n///\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        root = f"http://127.0.0.1:{server.server_address[1]}"
        config = project.configure(
            theme={"name": "material", "custom_dir": "overrides", "font": False},
            plugins=["errorbook"],
            site_url=f"{root}{PREFIX}/",
        )
        built = run_build(config)
        assert built.warnings == []
        server.RequestHandlerClass = partial(_Handler, directory=str(built.folder))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"{root}{PREFIX}"
        server.shutdown()
        thread.join()


def test_the_page_looks_up_the_code_that_was_asked_for_at_any_depth(
    page: Page, address: str
) -> None:
    missing: list[str] = []
    page.on("response", lambda one: missing.append(one.url) if one.status == 404 else None)
    for path in ("shop/errors/sold-out/", "a/b/c/errors/unpaid.html", "errors/sold_outt"):
        asked = f"{address}/{path}"
        page.goto(asked)
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
        code = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
        expect(page.locator("error-explorer").get_by_role("textbox")).to_have_value(code)
        meant = "unpaid" if "unpaid" in path else "sold_out"
        expect(page.locator("error-explorer").get_by_role("link", name=meant)).to_be_visible()
        assert missing == [asked]
        missing.clear()
