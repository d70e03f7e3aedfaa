"""The live explorer: its index, then the element itself in Chromium."""

from __future__ import annotations

import ast
import functools
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from errorbook.catalog import Catalog, load
from errorbook.catalog.facts import example_response, exit_code
from errorbook.site.explorer import explorer_index, explorer_script

pytest_plugins = ["tests.browser"]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASES: dict[str, Any] = json.loads((HERE / "explorer_cases.json").read_text("utf-8"))
CATALOG = load(ROOT / "errors.yaml").catalog
ERRORS = [(api, code) for api, entry in CATALOG.apis.items() for code in entry.errors]

RATE_LIMITED = {
    "error": {"code": "rate_limited", "message": "No.", "status": 429, "retry_after_seconds": 30}
}
PRIVATE = "sk_live_0123456789"
HOSTILE = "<img src=x onerror='alert(1)'></script><script>alert(2)</script>\u2028"

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


def exception(api: str, code: str) -> str:
    return f"{code.title().replace('_', '')}Error"


def link(api: str, code: str) -> str:
    return f"{api}/#{code}"


def catalog(apis: dict[str, Any]) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def index_of(catalog: Catalog) -> dict[str, Any]:
    """Read an index back. Of JavaScript's strings it uses nothing that Python writes otherwise."""
    script = explorer_index(catalog, exception=exception, link=link)
    assert script.startswith("window.errorbook = JSON.parse(")
    assert script.endswith(");\n")
    index: dict[str, Any] = json.loads(ast.literal_eval(script[30:-3]))
    return index


def record(error: dict[str, Any], **api: Any) -> list[Any]:
    """Return the record of an error that is an API's only one."""
    found: list[Any] = index_of(catalog({"a": {**api, "errors": {"e": error}}}))["apis"]["a"][
        "errors"
    ][0]
    return found


class TestIndex:
    def test_it_is_a_line_of_ascii(self) -> None:
        script = explorer_index(
            catalog({"a": {"errors": {"é": {"meaning": "ü\u2028\n"}}}}),
            exception=exception,
            link=link,
        )
        assert script.isascii()
        assert script.count("\n") == 1

    def test_no_text_of_the_catalog_ends_the_script(self) -> None:
        hostile = catalog({"a": {"title": HOSTILE + "'\\", "errors": {}}})
        assert "<" not in explorer_index(hostile, exception=exception, link=link)
        assert index_of(hostile)["apis"]["a"]["title"] == HOSTILE + "'\\"

    def test_it_is_the_same_every_time(self) -> None:
        first, second = (explorer_index(CATALOG, exception=exception, link=link) for _ in range(2))
        assert first == second

    def test_a_record_holds_what_a_list_shows(self) -> None:
        found = record(
            {"status": [404, 410], "meaning": "Gone.", "exit_code": 4, "group": "g"},
            groups={"g": {}},
        )
        assert found == ["e", [404, 410], "EError", 4, "g", "Gone.", "a/#e", {}]

    @pytest.mark.parametrize(("api", "code"), ERRORS)
    def test_a_record_has_the_exit_code_that_follows_from_the_catalog(
        self, api: str, code: str
    ) -> None:
        records = {entry[0]: entry for entry in index_of(CATALOG)["apis"][api]["errors"]}
        assert records[code][3] == exit_code(CATALOG.apis[api], code)

    def test_an_error_without_a_class_or_a_page_is_listed_all_the_same(self) -> None:
        script = explorer_index(
            catalog({"a": {"errors": {"e": {}}}}),
            exception=lambda api, code: None,
            link=lambda api, code: "",
        )
        assert '["e",[],null,null,null,"","",{}]' in script

    def test_internal_errors_are_left_out(self) -> None:
        index = index_of(
            catalog(
                {
                    "a": {
                        "groups": {"g": {"title": "Secret group"}},
                        "errors": {
                            "hidden": {"visibility": "internal", "group": "g", "status": 418},
                            "seen": {"replaced_by": "hidden", "meaning": "See <error:hidden>."},
                        },
                        "retired": {"old": {"replaced_by": "hidden"}},
                    }
                }
            )
        )
        assert "hidden" not in json.dumps(index)
        assert "Secret group" not in json.dumps(index)
        assert "418" not in json.dumps(index)

    def test_prose_keeps_code_and_the_labels_of_links(self) -> None:
        meaning = "Send **one** `key`, see [the *guide*](https://example.org)."
        assert record({"meaning": meaning})[5] == "Send one `key`, see the guide."

    def test_backticks_and_backslashes_of_a_text_are_marked(self) -> None:
        assert record({"meaning": r"A \` and `C:\x` or C:\y"})[5] == r"A \` and `C:\x` or C:\\y"

    def test_operations_are_called_by_their_titles(self) -> None:
        operations = {"get": {"title": "Get it"}, "put": {"method": "PUT", "path": "/it"}}
        found = record({"operations": ["get", "put"]}, operations=operations)
        assert found[7]["operations"] == ["Get it", "PUT /it"]

    def test_a_retired_code_is_replaced_by_the_error_that_was_renamed(self) -> None:
        index = index_of(
            catalog({"a": {"errors": {"new": {"renamed_from": ["old"]}}, "retired": {"old": {}}}})
        )
        assert index["apis"]["a"]["retired"] == [
            ["old", [], None, None, None, "", "", {"replaced_by": "new"}]
        ]

    def test_envelopes_are_told_as_they_are_written(self) -> None:
        envelope = {"body": {"x?": "{code}"}, "headers": {"X": "{{{message}}}"}}
        index = index_of(catalog({"a": {"envelopes": [envelope], "errors": {}}}))
        assert index["apis"]["a"]["envelopes"] == [envelope]


class TestScript:
    def test_it_ships_without_comments(self) -> None:
        assert "@param" not in explorer_script()
        assert "//" not in explorer_script()

    def test_it_is_small(self) -> None:
        assert len(gzip.compress(explorer_script().encode())) < 11_000


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
        """Return the errors in the table, in order."""
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
        """Wait until typing counts as done."""
        self.page.wait_for_timeout(300)

    @property
    def hash(self) -> str:
        return self.page.url.partition("#")[2]


def make_site(folder: Path, catalog: Catalog, *, api: str = "", index: str = INDEX) -> Site:
    assets = folder / "assets/errorbook"
    assets.mkdir(parents=True)
    (folder / "explorer").mkdir()
    (folder / "explorer/index.html").write_text(PAGE.format(index=index, api=api), "utf-8")
    (assets / "explorer.js").write_text(explorer_script(), "utf-8")
    css = ROOT / "src/errorbook/site/assets/explorer.css"
    (assets / "explorer.css").write_bytes(css.read_bytes())
    script = explorer_index(catalog, exception=exception, link=link)
    (assets / "explorer-index.js").write_text(script, "utf-8")
    return Site(folder)


def with_case_apis(folder: Path) -> Catalog:
    """Return the repository's catalog with the APIs of the cases, which are valid as well."""
    path = folder / "errors.yaml"
    path.write_text(json.dumps({"apis": CASES["apis"]}), "utf-8")
    return Catalog(apis={**CATALOG.apis, **load(path).catalog.apis})


def standing_explorer(browser: Browser, site: Site) -> Iterator[Explorer]:
    context = browser.new_context()
    yield Explorer(context.new_page()).open(site.url)
    context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"), CATALOG)


@pytest.fixture
def explorer(page: Page, site: Site) -> Explorer:
    """An explorer just opened, for what changes the address or the page."""
    return Explorer(page).open(site.url)


@pytest.fixture(scope="module")
def opened(browser: Browser, site: Site) -> Iterator[Explorer]:
    yield from standing_explorer(browser, site)


@pytest.fixture
def standing(opened: Explorer, site: Site) -> Explorer:
    """An explorer that stays open from test to test, emptied, which is quicker than a new one."""
    opened.page.goto(f"{site.url}#q=")
    opened.page.evaluate("history.replaceState(null, '', location.pathname)")
    return opened


@pytest.fixture(scope="module")
def decoder(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """An explorer that stays open and knows the APIs of the cases."""
    folder = tmp_path_factory.mktemp("cases")
    yield from standing_explorer(browser, make_site(folder, with_case_apis(folder)))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    errors = {
        f"code_{number}": {"status": 400 + number % 100, "group": f"g{number % 3}"}
        for number in range(120)
    }
    groups = {f"g{number}": {"title": f"Group {number}"} for number in range(3)}
    return make_site(
        tmp_path_factory.mktemp("large"), catalog({"a": {"groups": groups, "errors": errors}})
    )


@pytest.fixture
def served(site: Site) -> Iterator[Callable[[str], str]]:
    """Serve the site under a strict content security policy; gives the address of a path."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", "default-src 'self'")
            super().end_headers()

        def do_GET(self) -> None:
            """Answer, but leave a browser's own question for an icon without a complaint."""
            if self.path == "/favicon.ico":
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(site.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield lambda path: f"http://127.0.0.1:{server.server_port}/{path}"
        server.shutdown()


@pytest.mark.browser
class TestDecode:
    @pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
    def test_a_paste_is_decided_as_agreed(self, decoder: Explorer, case: dict[str, Any]) -> None:
        decoder.paste(case["paste"])
        expected = [
            {
                "kind": fit.get("kind", case["kind"]),
                "api": fit["api"],
                "code": fit["code"],
                "envelope": str(fit["envelope"]),
                "details": {name: shown(value) for name, value in fit.get("details", {}).items()},
            }
            for fit in case["fits"]
        ]
        if not expected and case["kind"] != "filter":
            expected = [{"kind": case["kind"], "details": {}}]
        assert decoder.decisions() == expected

    def test_every_error_decodes_to_itself(self, standing: Explorer) -> None:
        decided = {}
        for api, code in ERRORS:
            example = example_response(CATALOG.apis[api], code)
            assert example
            standing.paste(json.dumps(example.body))
            decided[api, code] = [(one["api"], one["code"]) for one in standing.decisions()]
        assert decided == {error: [error] for error in ERRORS}

    def test_a_result_says_what_to_do(self, standing: Explorer) -> None:
        standing.paste(json.dumps(RATE_LIMITED))
        error = CATALOG.apis["artifacta"].errors["rate_limited"]
        card = standing.cards
        expect(card).to_contain_text("429 Too Many Requests")
        expect(card).to_contain_text("Artifacta API")
        expect(card).to_contain_text("RateLimitedError")
        expect(card).to_contain_text("CLIENT_ERROR")
        expect(card).to_contain_text(error.actions[0].how.replace("`", ""))

    def test_a_result_says_how_long_this_response_asks_to_wait(self, standing: Explorer) -> None:
        standing.paste(json.dumps(RATE_LIMITED))
        expect(standing.cards).to_contain_text("after retry_after_seconds (here 30 seconds)")

    def test_a_result_explains_the_details_it_found(self, standing: Explorer) -> None:
        standing.paste(json.dumps(RATE_LIMITED))
        detail = CATALOG.apis["artifacta"].errors["rate_limited"].details["retry_after_seconds"]
        details = standing.page.locator(".eb-x-details")
        expect(details).to_contain_text("retry_after_seconds 30")
        expect(details).to_contain_text(detail.meaning)

    def test_a_status_that_does_not_agree_is_pointed_out(self, standing: Explorer) -> None:
        standing.paste(json.dumps({"error": {**RATE_LIMITED["error"], "status": 500}}))
        expect(standing.cards).to_contain_text("The response has status 500")

    def test_an_unknown_code_is_named_with_its_nearest(self, standing: Explorer) -> None:
        standing.paste('{"error": "not_fund", "message": "No."}')
        expect(standing.page.locator("[data-kind]")).to_contain_text("not_fund")
        assert standing.found() == ["artworks/not_found"]

    def test_json_of_no_known_body_says_so(self, standing: Explorer) -> None:
        standing.paste('{"detail": "No."}')
        expect(standing.page.locator("[data-kind]")).to_contain_text("no error body known here")

    def test_a_retired_code_shows_its_replacement(self, decoder: Explorer) -> None:
        decoder.paste('{"type":"https://errors.example/ledger/overdrawn","title":"No."}')
        expect(decoder.cards).to_contain_text("retired: it is not sent any more since 2.0")
        replacement = decoder.cards.get_by_role("link", name="insufficient-funds")
        expect(replacement).to_have_attribute("href", "#error=ledger/insufficient-funds")

    def test_an_explorer_of_one_api_knows_no_other(self, page: Page, tmp_path: Path) -> None:
        made = make_site(tmp_path, CATALOG, api="artworks")
        explorer = Explorer(page).open(made.url)
        explorer.paste(json.dumps(RATE_LIMITED))
        assert [one["kind"] for one in explorer.decisions()] == ["no_envelope"]

    def test_a_table_has_no_empty_columns(self, page: Page, tmp_path: Path) -> None:
        Explorer(page).open(make_site(tmp_path, CATALOG, api="artworks").url)
        heads = page.get_by_role("columnheader").all_inner_texts()
        assert heads == ["Code", "HTTP", "Meaning", "Exception"]


def shown(value: object) -> str:
    """Return a detail's value as the explorer writes it."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.browser
class TestFilter:
    def test_an_empty_box_shows_every_error(self, explorer: Explorer) -> None:
        assert explorer.found() == [f"{api}/{code}" for api, code in ERRORS]
        expect(explorer.status).to_have_text(f"{len(ERRORS)} errors")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("sealed", ["artifacta/session_sealed"]),
            ("SESSION_SEALED", ["artifacta/session_sealed"]),
            ("session-sealed", ["artifacta/session_sealed"]),
            ("SessionSealed", ["artifacta/session_sealed"]),
            ('"session_sealed"', ["artifacta/session_sealed"]),
            ("sealed session 409", ["artifacta/session_sealed"]),
            ("409 session", ["artifacta/session_sealed"]),
            ("artifacta/rate_limited", ["artifacta/rate_limited"]),
            ("SessionSealedError", ["artifacta/session_sealed"]),
            ("5xx", ["artworks/internal_error"]),
            ("conflict", ["artifacta/session_sealed"]),
            ("idempotency key", ["artworks/internal_error"]),
            ("api:artworks limit", ["artworks/rate_limited"]),
        ],
    )
    def test_terms_are_found_in_any_order(
        self, standing: Explorer, query: str, found: list[str]
    ) -> None:
        standing.box.fill(query)
        assert standing.found() == found

    @pytest.mark.parametrize("query", ["exit 1", "exit code 1", "exit status 1", "client_error"])
    def test_an_exit_code_is_found(self, standing: Explorer, query: str) -> None:
        standing.box.fill(query)
        assert standing.found() == [f"{api}/{code}" for api, code in ERRORS if api == "artifacta"]

    def test_a_status_comes_before_a_number_in_prose(self, standing: Explorer) -> None:
        standing.box.fill("500")
        assert standing.found() == ["artworks/internal_error", "artifacta/file_too_large"]

    def test_an_exact_code_comes_first_and_a_retired_one_last(
        self, page: Page, tmp_path: Path
    ) -> None:
        api: dict[str, Any] = {
            "errors": {"over_limit": {}, "limit_reached": {}, "limit": {}},
            "retired": {"limit_passed": {}},
        }
        explorer = Explorer(page).open(make_site(tmp_path, catalog({"a": api})).url)
        explorer.box.fill("limit")
        assert explorer.found() == ["a/limit", "a/limit_reached", "a/over_limit", "a/limit_passed"]

    def test_a_prefix_of_a_code_comes_before_prose(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        assert standing.found()[0] == "artifacta/quota_exceeded"

    @pytest.mark.parametrize(
        ("typo", "meant"),
        [
            ("rate_limitd", "rate_limited"),
            ("sesion sealed", "session_sealed"),
            ("exipred", "artifact_expired"),
            ("unathorised", "unauthorized"),
            ("flie", "file_too_large"),
        ],
    )
    def test_nothing_found_offers_the_nearest(
        self, standing: Explorer, typo: str, meant: str
    ) -> None:
        standing.box.fill(typo)
        expect(standing.page.get_by_text("Nothing here has all of these words.")).to_be_visible()
        assert standing.found()[0].endswith(f"/{meant}")

    def test_nonsense_offers_nothing(self, standing: Explorer) -> None:
        standing.box.fill("zzzzzzzz")
        assert standing.found() == []

    def test_the_status_is_told_once_typing_rests(self, explorer: Explorer) -> None:
        explorer.box.fill("sealed")
        expect(explorer.status).to_have_text(f"{len(ERRORS)} errors", timeout=100)
        expect(explorer.status).to_have_text("1 error")

    def test_clear_empties_the_box(self, standing: Explorer) -> None:
        standing.box.fill("sealed")
        standing.page.get_by_role("button", name="Clear").click()
        expect(standing.box).to_have_value("")
        expect(standing.rows).to_have_count(len(ERRORS))

    def test_many_errors_begin_as_groups_that_filter(self, page: Page, large: Site) -> None:
        explorer = Explorer(page).open(large.url)
        expect(explorer.rows).to_have_count(0)
        page.get_by_role("button", name="Group 1 40").click()
        expect(explorer.box).to_have_value("api:a group:g1")
        expect(explorer.rows).to_have_count(40)

    def test_many_hits_are_shown_fifty_at_a_time(self, page: Page, large: Site) -> None:
        explorer = Explorer(page).open(large.url)
        explorer.box.fill("code")
        expect(explorer.rows).to_have_count(50)
        expect(explorer.status).to_have_text("120 errors, the first 50 shown")
        page.get_by_role("button", name="Show 50 more").click()
        expect(explorer.rows).to_have_count(100)
        expect(explorer.rows.nth(50).get_by_role("link")).to_be_focused()
        page.get_by_role("button", name="Show 20 more").click()
        expect(page.get_by_role("button", name="more")).to_have_count(0)


@pytest.mark.browser
class TestAddress:
    def test_an_address_opens_its_error(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artworks/rate_limited")
        expect(explorer.cards).to_have_attribute("data-api", "artworks")
        expect(page.get_by_role("heading", name="rate_limited")).to_be_focused()

    def test_every_error_has_an_address(self, standing: Explorer, site: Site) -> None:
        shown = []
        for api, code in ERRORS:
            standing.page.goto(f"{site.url}#error={api}/{code}")
            shown.append([(one["api"], one["code"]) for one in standing.decisions()])
        assert shown == [[error] for error in ERRORS]

    def test_a_row_opens_its_error_and_back_closes_it(self, standing: Explorer) -> None:
        standing.box.fill("sealed")
        standing.settle()
        standing.page.get_by_role("link", name="session_sealed").click()
        assert standing.hash == "error=artifacta/session_sealed"
        expect(standing.cards).to_be_visible()
        standing.page.go_back()
        expect(standing.cards).to_have_count(0)
        assert standing.hash == "q=sealed"
        expect(standing.page.get_by_role("link", name="session_sealed")).to_be_focused()

    def test_forward_opens_it_again(self, standing: Explorer) -> None:
        standing.page.get_by_role("link", name="session_sealed").click()
        standing.page.go_back()
        standing.page.go_forward()
        expect(standing.cards).to_be_visible()

    def test_all_errors_closes_a_card(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_sealed")
        page.get_by_role("button", name="All errors").click()
        expect(explorer.rows).to_have_count(len(ERRORS))
        assert explorer.hash == ""

    def test_closing_a_card_is_a_step_back(self, standing: Explorer) -> None:
        standing.page.get_by_role("link", name="session_sealed").click()
        standing.page.get_by_role("button", name="All errors").click()
        expect(standing.cards).to_have_count(0)
        standing.page.go_forward()
        expect(standing.cards).to_be_visible()

    def test_typing_closes_a_card(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_sealed")
        explorer.box.fill("quota")
        expect(explorer.cards).to_have_count(0)
        explorer.settle()
        assert explorer.hash == "q=quota"

    def test_a_typed_filter_can_be_shared(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#q=sealed%20409")
        expect(explorer.box).to_have_value("sealed 409")
        assert explorer.found() == ["artifacta/session_sealed"]

    def test_a_typed_filter_leaves_no_steps_and_no_state(self, explorer: Explorer) -> None:
        explorer.page.evaluate("history.replaceState({y: 7}, '')")
        steps = explorer.page.evaluate("history.length")
        explorer.box.press_sequentially("quota")
        explorer.settle()
        assert explorer.hash == "q=quota"
        assert explorer.page.evaluate("[history.length, history.state]") == [steps, {"y": 7}]

    def test_a_hash_of_the_page_is_left_alone(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#section")
        explorer.settle()
        assert explorer.hash == "section"
        expect(explorer.rows).to_have_count(len(ERRORS))

    def test_an_address_of_no_error_offers_the_nearest(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_seeled")
        expect(page.get_by_text("There is no error artifacta/session_seeled.")).to_be_visible()
        assert explorer.found()[0] == "artifacta/session_sealed"

    def test_a_broken_address_shows_everything(self, page: Page, site: Site) -> None:
        explorer = Explorer(page).open(f"{site.url}#error=%E0%A4%A")
        expect(explorer.rows).to_have_count(len(ERRORS))

    @pytest.mark.parametrize("code", ["a b", "a/b?c#d&e=f", "100%", "é", "<b>", "__proto__"])
    def test_any_code_has_an_address(self, page: Page, tmp_path: Path, code: str) -> None:
        explorer = Explorer(page).open(
            make_site(tmp_path, catalog({"a": {"errors": {code: {}}}})).url
        )
        explorer.rows.get_by_role("link").click()
        page.reload()
        expect(page.get_by_role("heading", level=2)).to_have_text(code)

    def test_the_reference_is_found_from_the_root_of_the_site(self, page: Page, site: Site) -> None:
        Explorer(page).open(f"{site.url}#error=artworks/forbidden")
        href = page.get_by_role("link", name="Reference").evaluate("link => link.href")
        assert href == f"{site.folder.as_uri()}/artworks/#forbidden"

    def test_the_link_to_an_error_can_be_copied(
        self, browser: Browser, served: Callable[[str], str]
    ) -> None:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        explorer = Explorer(page).open(served("explorer/index.html"))
        explorer.paste(json.dumps(RATE_LIMITED))
        page.get_by_role("button", name="Copy link").click()
        expect(explorer.status).to_have_text("Link copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == served("explorer/index.html#error=artifacta/rate_limited")
        context.close()


@pytest.mark.browser
class TestPrivacy:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(json.dumps({"error": PRIVATE, "message": "No."}), id="a body"),
            pytest.param(f'{{"error": "{PRIVATE}', id="part of a body"),
            pytest.param(PRIVATE, id="words"),
        ],
    )
    def test_a_paste_stays_in_the_page(
        self, page: Page, served: Callable[[str], str], text: str
    ) -> None:
        asked: list[str] = []
        explorer = Explorer(page).open(served("explorer/index.html"))
        page.on("request", lambda request: asked.append(request.url))
        explorer.paste(text)
        explorer.settle()
        kept = page.evaluate(
            """() => JSON.stringify([location.href, history.state, document.cookie,
                                     {...localStorage}, {...sessionStorage}])"""
        )
        assert PRIVATE not in kept
        assert asked == []

    def test_a_paste_that_was_edited_stays_in_the_page(self, standing: Explorer) -> None:
        standing.paste(PRIVATE)
        standing.box.press_sequentially("x")
        standing.settle()
        assert standing.hash == ""

    def test_a_typed_body_stays_in_the_page(self, standing: Explorer) -> None:
        standing.box.press_sequentially('{"error": "forbidden", "message": "No."}')
        standing.settle()
        assert standing.hash == ""
        expect(standing.cards).to_be_visible()

    def test_a_paste_takes_an_earlier_filter_out_of_the_address(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.settle()
        standing.paste(PRIVATE)
        standing.settle()
        assert standing.hash == ""

    def test_opening_an_error_from_a_paste_keeps_it_in_the_box(self, standing: Explorer) -> None:
        standing.paste('{"error": "not_fund", "message": "No."}')
        standing.page.get_by_role("link", name="not_found").click()
        expect(standing.cards).to_be_visible()
        standing.page.go_back()
        expect(standing.page.locator("[data-kind=unknown_code]")).to_be_visible()

    def test_a_filter_after_a_paste_shows_in_the_address(self, standing: Explorer) -> None:
        standing.paste(PRIVATE)
        standing.page.evaluate("location.hash = '#q=quot'")
        standing.box.press("End")
        standing.box.press_sequentially("a")
        standing.settle()
        assert standing.hash == "q=quota"


@pytest.mark.browser
class TestKeyboard:
    def test_arrows_walk_the_rows(self, standing: Explorer) -> None:
        links = standing.page.locator(".eb-x-table a")
        standing.box.press("ArrowDown")
        expect(links.first).to_be_focused()
        for key, expected in (
            ("ArrowDown", links.nth(1)),
            ("End", links.last),
            ("ArrowDown", links.last),
            ("Home", links.first),
            ("ArrowUp", standing.box),
        ):
            standing.page.keyboard.press(key)
            expect(expected).to_be_focused()

    def test_enter_in_the_box_opens_the_first_row(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("Enter")
        assert standing.hash == "error=artifacta/quota_exceeded"

    def test_enter_on_a_row_opens_it(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("ArrowDown")
        standing.page.keyboard.press("Enter")
        expect(standing.page.get_by_role("heading", name="quota_exceeded")).to_be_focused()

    def test_escape_goes_to_the_box_and_then_clears_it(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("ArrowDown")
        standing.page.keyboard.press("Escape")
        expect(standing.box).to_be_focused()
        expect(standing.box).to_have_value("quota")
        standing.page.keyboard.press("Escape")
        expect(standing.box).to_have_value("")

    def test_escape_closes_a_card(self, standing: Explorer) -> None:
        standing.box.fill("quota")
        standing.box.press("Enter")
        standing.page.keyboard.press("Escape")
        expect(standing.cards).to_have_count(0)
        expect(standing.page.get_by_role("link", name="quota_exceeded")).to_be_focused()

    def test_keys_move_within_a_long_paste(self, standing: Explorer) -> None:
        standing.paste(json.dumps(RATE_LIMITED, indent=2))
        standing.box.press("Control+Home")
        standing.box.press("ArrowDown")
        expect(standing.box).to_be_focused()

    def test_hot_keys_of_the_theme_stay_quiet(self, explorer: Explorer) -> None:
        explorer.page.evaluate(
            "window.heard = []; addEventListener('keydown', event => heard.push(event.key))"
        )
        explorer.page.locator(".eb-x-table a").first.focus()
        for key in "npsf/,. ":
            explorer.page.keyboard.press(key)
        explorer.page.keyboard.press("Tab")
        assert explorer.page.evaluate("heard") == ["Tab"]


@pytest.mark.browser
class TestElement:
    def test_without_javascript_the_page_is_a_list(self, browser: Browser, site: Site) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(site.url)
        expect(page.locator("error-explorer")).to_have_text("Every error, as a list.")
        context.close()

    def test_without_an_index_the_list_stays_with_a_quiet_line(
        self, page: Page, tmp_path: Path
    ) -> None:
        page.goto(make_site(tmp_path, CATALOG, index="../missing.js").url)
        element = page.locator("error-explorer")
        expect(element).to_contain_text("The live search cannot be loaded.")
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


def small(nodes: Locator) -> list[str]:
    """Return what is visible and lower or narrower than 24 pixels."""
    found: list[str] = nodes.evaluate_all(
        """nodes => nodes.filter(node => {
            const {width, height} = node.getBoundingClientRect();
            return width && Math.min(width, height) < 24;
        }).map(node => node.textContent)"""
    )
    return found
