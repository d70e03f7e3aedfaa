"""The element in its page: fallback, policy, hostile text, sizes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.explorer.pages import (
    CATALOG,
    ERRORS,
    HOSTILE,
    PRIVATE,
    RATE_LIMITED,
    Explorer,
    Site,
    catalog,
    make_site,
    without_scripts,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


class TestElement:
    def test_without_javascript_the_page_is_a_list(self, page: Page, site: Site) -> None:
        with without_scripts(page):
            page.goto(site.url)
            expect(page.locator("error-explorer")).to_have_text("Every error, as a list.")

    def test_without_an_index_the_list_stays_with_a_quiet_line(
        self, page: Page, tmp_path: Path
    ) -> None:
        page.goto(make_site(tmp_path, CATALOG, index="../missing.js").url)
        element = page.locator("error-explorer")
        expect(element).to_contain_text("The live search cannot be loaded from file:")
        expect(element).to_contain_text("Every error, as a list.")
        expect(page.get_by_role("textbox")).to_have_count(0)

    def test_with_javascript_the_list_makes_way(self, explorer: Explorer) -> None:
        expect(explorer.page.get_by_text("Every error, as a list.")).to_have_count(0)

    def test_leaving_the_page_brings_the_list_back(self, explorer: Explorer) -> None:
        text = explorer.page.evaluate(
            """() => {
                const element = document.querySelector('error-explorer');
                element.remove();
                return element.textContent.trim();
            }"""
        )
        assert text == "Every error, as a list."

    def test_it_works_on_after_it_was_moved(self, explorer: Explorer) -> None:
        explorer.page.evaluate(
            """() => document.querySelector('main').append(
                document.querySelector('.errorbook-explorer'))"""
        )
        explorer.box.fill("sealed")
        assert explorer.found() == ["artifacta/session_sealed"]
        explorer.rows.get_by_role("link").click()
        explorer.page.go_back()
        expect(explorer.rows).to_have_count(1)

    def test_it_hears_nothing_once_it_is_gone(self, explorer: Explorer) -> None:
        text = explorer.page.evaluate(
            """async () => {
                const box = document.querySelector('textarea');
                document.querySelector('error-explorer').remove();
                location.hash = '#q=quota';
                await new Promise(resolve => setTimeout(resolve, 100));
                return box.value;
            }"""
        )
        assert text == ""

    def test_a_page_that_comes_and_goes_loads_the_index_once(self, explorer: Explorer) -> None:
        asked: list[str] = []
        explorer.page.on("request", lambda request: asked.append(request.url))
        explorer.page.evaluate(
            """() => {
                const main = document.querySelector('main');
                const before = main.innerHTML;
                const index = document.querySelector('error-explorer').dataset.index;
                main.replaceChildren();
                main.innerHTML = `<error-explorer data-index="${index}">Again</error-explorer>`;
            }"""
        )
        expect(explorer.rows).to_have_count(len(ERRORS))
        assert asked == []

    def test_text_of_the_catalog_is_inert(self, page: Page, tmp_path: Path) -> None:
        error = {
            "status": 400,
            "meaning": f"{HOSTILE} `{HOSTILE}`",
            "causes": [HOSTILE],
            "fix": HOSTILE,
            "actions": [{"do": "abort", "how": HOSTILE, "when": HOSTILE}],
            "details": {HOSTILE: {"type": "string", "meaning": HOSTILE, "example": HOSTILE}},
            "replaced_by": "<b>",
            "deprecated": HOSTILE,
        }
        api = {
            "title": HOSTILE,
            "envelopes": [{"body": {"code": "{code}", "*": "{details}"}}],
            "errors": {"<b>": error},
        }
        explorer = Explorer(page).open(make_site(tmp_path, catalog({"a": api})).url)
        explorer.paste(json.dumps({"code": "<b>", HOSTILE: HOSTILE}))
        expect(page.get_by_role("heading", level=2)).to_have_text("<b>")
        expect(explorer.cards).to_contain_text("<img src=x")
        assert page.locator("error-explorer").locator("img, b, script").count() == 0

    def test_it_needs_nothing_a_strict_policy_forbids(
        self, page: Page, served: Callable[[str], str]
    ) -> None:
        complaints: list[str] = []
        explorer = Explorer(page)
        page.on("console", lambda message: complaints.append(message.text))
        explorer.open(served("explorer/index.html"))
        explorer.paste(json.dumps(RATE_LIMITED))
        expect(explorer.cards).to_be_visible()
        assert complaints == []

    @pytest.mark.parametrize("text", ["", "rate", json.dumps(RATE_LIMITED), "zzzzzz"])
    def test_a_narrow_page_does_not_scroll_sideways(
        self, page: Page, site: Site, text: str
    ) -> None:
        page.set_viewport_size({"width": 320, "height": 600})
        explorer = Explorer(page).open(site.url)
        explorer.paste(text)
        widths = "[document.documentElement.scrollWidth, innerWidth]"
        assert page.evaluate(widths) == [320, 320]

    def test_whatever_can_be_pressed_is_large_enough(self, explorer: Explorer) -> None:
        explorer.box.fill("quota")
        sizes = explorer.page.locator("error-explorer").locator("a, button, textarea")
        assert small(sizes) == []
        explorer.box.press("Enter")
        assert small(sizes) == []


class TestPaste:
    def test_a_huge_paste_is_decoded_whole_and_shown_in_part(self, explorer: Explorer) -> None:
        lines = ["token=abcdef0123456789", *["nothing"] * 99_998, json.dumps(RATE_LIMITED)]
        put(explorer, "paste", "\r\n".join(lines))
        expect(explorer.cards).to_have_attribute("data-code", "rate_limited")
        shown = explorer.box.input_value()
        assert shown.startswith("token=•••\nnothing")
        assert shown.endswith("\n… 99800 more lines")
        assert explorer.hash == ""

    def test_a_huge_drop_is_no_query(self, explorer: Explorer) -> None:
        put(explorer, "drop", "nothing " * 5000)
        expect(lead(explorer)).to_have_attribute("data-kind", "nothing")
        assert explorer.box.input_value().endswith("\n…")

    def test_a_program_that_types_a_huge_text_is_answered_alike(self, explorer: Explorer) -> None:
        explorer.paste("nothing\n" * 1000)
        assert explorer.box.input_value().endswith("\n… 801 more lines")

    def test_a_paste_that_names_no_error_is_not_searched_for(self, explorer: Explorer) -> None:
        explorer.paste("The session\nis sealed")
        expect(lead(explorer)).to_have_text("Nothing in this names an error of these APIs.")
        expect(explorer.page.get_by_text("as curl -i prints it")).to_be_visible()
        expect(explorer.rows).to_have_count(0)

    def test_a_paste_waits_for_its_reader(self, page: Page, tmp_path: Path) -> None:
        site = make_site(tmp_path, CATALOG)
        (site.folder / "assets/errorbook/explorer-read.js").write_text("")
        explorer = Explorer(page).open(site.url)
        explorer.paste(json.dumps(RATE_LIMITED))
        expect(lead(explorer)).to_have_text("What was pasted cannot be read: a script is missing.")
        put(explorer, "paste", f"{PRIVATE}\n" * 1000)
        expect(explorer.box).to_have_value("…")


class TestIndex:
    def test_a_shard_that_is_too_short_ends_the_waiting(
        self, page: Page, tmp_path: Path, large: Site
    ) -> None:
        site = make_site(tmp_path, catalog({"a": {"errors": {"one": {}, "two": {}}}}))
        assets = site.folder / "assets/errorbook"
        index = (assets / "explorer-index.js").read_text("utf-8")
        shortened = index.replace('\\"shards\\":0', '\\"shards\\":1').replace(
            '"shards":0', '"shards":1'
        )
        assert shortened != index
        (assets / "explorer-index.js").write_text(shortened, "utf-8")
        (assets / "explorer-more-0.js").write_text('window.errorbook = {"format": 2, "more": []}')
        explorer = Explorer(page).open(f"{site.url}#error=a/two")
        expect(explorer.cards).to_be_visible()
        page.evaluate(
            """() => {
                window.renders = 0;
                const count = () => window.renders += 1;
                new MutationObserver(count).observe(
                    document.querySelector('.eb-x-results'), {childList: true});
            }"""
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.renders") < 3


def lead(explorer: Explorer) -> Locator:
    return explorer.page.locator(".eb-x-lead")


def put(explorer: Explorer, kind: str, text: str) -> None:
    """Paste or drop ``text`` into the box."""
    explorer.box.focus()
    explorer.page.evaluate(
        """([kind, text]) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            const options = {bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(kind === 'paste'
                ? new ClipboardEvent(kind, {...options, clipboardData: data})
                : new DragEvent(kind, {...options, dataTransfer: data}));
        }""",
        [kind, text],
    )


def small(nodes: Locator) -> list[str]:
    """Return what is visible and lower or narrower than 24 pixels."""
    found: list[str] = nodes.evaluate_all(
        """nodes => nodes.filter(node => {
            const {width, height} = node.getBoundingClientRect();
            return width && Math.min(width, height) < 24;
        }).map(node => node.textContent)"""
    )
    return found
