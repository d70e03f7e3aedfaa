"""The explorer with a long catalog, in Chromium slowed down as a cheap phone is."""

from __future__ import annotations

import functools
import gzip
import json
import os
import shutil
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench.synthetic import catalog
from playwright.sync_api import Browser, Page, sync_playwright

from errorbook.catalog import Catalog
from errorbook.site.explorer import INDEX, SCRIPTS, explorer_index, explorer_script

SLOWER = 4
"""How many times slower than this machine the page runs."""
TYPED = (
    "session_34_too_large",
    "limit exceeded 429",
    "webhook changed by somebody",
    "SealedError",
    "sesion selaed",
    "artifact_9999_",
    "exit 1 token",
    "zzzzzz",
)
BETWEEN = 80
"""Milliseconds from what one key brought to the next key: somebody who types quickly."""
MEGABYTE = 2**20
LOG = '2026-01-02T03:04:05Z WARN request failed: {"error": {"code": "%s", "message": "No."}}\n'

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bench</title>
<link rel="stylesheet" href="../assets/errorbook/explorer.css">
<main><error-explorer data-index="../assets/errorbook/explorer-index.js"></error-explorer></main>
<script src="../assets/errorbook/explorer.js"></script>
"""
WATCH = """
() => {
  window.taken = [];
  window.long = [];
  new PerformanceObserver(list => {
    for (const {startTime, duration} of list.getEntries()) long.push([startTime, duration]);
  }).observe({type: 'longtask'});
  const results = document.querySelector('.eb-x-results');
  let since = null;
  document.querySelector('.eb-x-box').addEventListener('input', event => {
    since ??= event.timeStamp;
  }, true);
  // What follows the next frame in a channel of messages runs once that frame is painted.
  new MutationObserver(() => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      if (since === null) return;
      taken.push(performance.now() - since);
      since = null;
    };
    port2.postMessage(0);
  })).observe(results, {childList: true});
}
"""
FIRST = """
selector => new Promise(resolve => {
  const look = () => document.querySelector(selector)
    ? resolve(performance.now()) : requestAnimationFrame(look);
  look();
})
"""


def measure_explorer(folder: Path, errors: int, rounds: int) -> list[tuple[str, str, str]]:
    """Return what was measured: what it is, the figure with its unit, and the budget."""
    sizes = _make_site(folder, errors)
    with _serve(folder) as address, sync_playwright() as playwright:
        chosen = os.environ.get("ERRORBOOK_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chosen, args=["--no-sandbox"])
        groups = [_first(browser, address, ".eb-x-chips") for _ in range(rounds)]
        result = [_first(browser, f"{address}#q=webhook", ".eb-x-table") for _ in range(rounds)]
        typed = [_type(browser, address) for _ in range(rounds)]
        pasted = [_paste(browser, address) for _ in range(rounds)]
        browser.close()
    keys = sorted(milliseconds for taken, _ in typed for milliseconds in taken)
    tasks = [duration for _, found in typed for duration in found]
    longest = f"{len(tasks)}, the longest {max(tasks, default=0):.0f} ms"
    return [
        *((f"`{name}`, gzip", f"{size / 1000:.1f} KB", limit) for name, size, limit in sizes),
        ("cold page to its groups", f"{statistics.median(groups):.0f} ms", ""),
        ("cold page to its first result", f"{statistics.median(result):.0f} ms", "1,000 ms"),
        ("key press to paint, median", f"{statistics.median(keys):.0f} ms", ""),
        ("key press to paint, 95 of 100", f"{keys[len(keys) * 95 // 100]:.0f} ms", "100 ms"),
        ("tasks over 50 ms while typing", longest, "none"),
        ("a log of 1 MB, pasted, not slowed", f"{statistics.median(pasted):.0f} ms", "1,000 ms"),
    ]


def _make_site(folder: Path, errors: int) -> list[tuple[str, int, str]]:
    found = Catalog.model_validate_json(json.dumps(catalog(errors)))
    assets = folder / "assets/errorbook"
    assets.mkdir(parents=True)
    (folder / "explorer").mkdir()
    (folder / "explorer/index.html").write_text(PAGE, "utf-8")
    css = Path(__file__).parent.parent / "src/errorbook/site/assets/explorer.css"
    shutil.copy(css, assets)
    files = {name: explorer_script(name) for name in SCRIPTS}
    files |= explorer_index(found, link=lambda api, code: f"{api}/#{code}")
    for name, text in files.items():
        (assets / name).write_text(text, "utf-8")
    packed = {name: len(gzip.compress(text.encode(), 9)) for name, text in files.items()}
    shards = [size for name, size in packed.items() if name not in (*SCRIPTS, INDEX)]
    return [
        *((name, packed[name], "15 KB") for name in SCRIPTS),
        (INDEX, packed[INDEX], "250 KB"),
        (f"the largest of {len(shards)} shards", max(shards, default=0), ""),
    ]


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def handle(self) -> None:
            """Serve, though a page that has seen enough may close before the end."""
            with suppress(ConnectionError):
                super().handle()

    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/explorer/"
        server.shutdown()


@contextmanager
def _page(browser: Browser, slower: int) -> Iterator[Page]:
    """Open a page with an empty cache."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    yield page
    context.close()


def _first(browser: Browser, address: str, selector: str) -> float:
    with _page(browser, SLOWER) as page:
        page.goto(address, wait_until="commit")
        found: float = page.evaluate(FIRST, f".eb-x-results {selector}")
    return found


def _type(browser: Browser, address: str) -> tuple[Sequence[float], Sequence[float]]:
    """Type from the moment the groups are there, while the rest is still coming."""
    with _page(browser, SLOWER) as page:
        page.goto(address, wait_until="commit")
        page.evaluate(FIRST, ".eb-x-results .eb-x-chips")
        page.evaluate(WATCH)
        start = page.evaluate("performance.now()")
        box = page.locator(".eb-x-box")
        box.focus()
        count = 0
        for text in TYPED:
            for key in [*text, "Escape"]:
                page.keyboard.press(key)
                count += key != "Escape"
                page.wait_for_function("count => taken.length >= count", arg=count)
                page.wait_for_timeout(BETWEEN)
        taken: list[float] = page.evaluate("taken")
        tasks: list[tuple[float, float]] = page.evaluate("long")
    return taken, [duration for begin, duration in tasks if begin >= start]


def _paste(browser: Browser, address: str) -> float:
    line = LOG % "session_1_expired"
    text = (line * (MEGABYTE // len(line) + 1))[:MEGABYTE]
    with _page(browser, 1) as page:
        page.goto(address)
        page.evaluate(FIRST, ".eb-x-results .eb-x-chips")
        page.evaluate(WATCH)
        page.locator(".eb-x-box").focus()
        found: float = page.evaluate(
            """text => new Promise(resolve => {
                const begin = performance.now();
                const box = document.activeElement;
                box.setRangeText(text, 0, box.value.length, 'end');
                box.dispatchEvent(
                    new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));
                const look = () => document.querySelector('.eb-x-results [data-kind=many]')
                    ? resolve(performance.now() - begin) : requestAnimationFrame(look);
                look();
            })""",
            text,
        )
    return found
