"""What the explorer shows of a paste."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.explorer.pages import (
    CATALOG,
    RATE_LIMITED,
    Explorer,
    catalog,
    make_site,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


class TestDecode:
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
        expect(standing.page.locator("[data-kind]")).to_contain_text("No error body known here")

    def test_a_retired_code_shows_its_replacement(self, page: Page, tmp_path: Path) -> None:
        api = {
            "envelopes": [{"body": {"code": "{code}"}}],
            "errors": {"broke": {}},
            "retired": {"poor": {"removed": "2.0", "replaced_by": "broke"}},
        }
        explorer = Explorer(page).open(make_site(tmp_path, catalog({"bank": api})).url)
        explorer.paste('{"code": "poor"}')
        expect(explorer.cards).to_contain_text("retired: it is not sent any more since 2.0")
        replacement = explorer.cards.get_by_role("link", name="broke")
        expect(replacement).to_have_attribute("href", "#error=bank/broke")

    def test_an_explorer_of_one_api_knows_no_other(self, page: Page, tmp_path: Path) -> None:
        made = make_site(tmp_path, CATALOG, api="artworks")
        explorer = Explorer(page).open(made.url)
        explorer.paste('{"error": {"code": "session_sealed", "message": "No."}}')
        assert [one["kind"] for one in explorer.decisions()] == ["no_envelope"]

    def test_a_table_has_no_empty_columns(self, page: Page, tmp_path: Path) -> None:
        Explorer(page).open(make_site(tmp_path, CATALOG, api="artworks").url)
        heads = page.get_by_role("columnheader").all_inner_texts()
        assert heads == ["Code", "HTTP", "Meaning", "Exception"]


BODY = json.dumps(RATE_LIMITED)


def response(headers: str) -> str:
    return f"HTTP/1.1 429 Too Many Requests\n{headers}\n\n{BODY}"


class TestRetry:
    @pytest.mark.parametrize(
        ("headers", "shown"),
        [
            ("Content-Type: application/json", "30 s after the response"),
            (
                "Date: Sun, 06 Nov 1994 08:49:37 GMT",
                "30 s after the response, at 1994-11-06 08:50:07 UTC",
            ),
        ],
    )
    def test_a_time_of_day_needs_a_date(self, standing: Explorer, headers: str, shown: str) -> None:
        standing.paste(response(headers))
        expect(standing.cards.locator(".eb-x-wait")).to_have_text(f"This response: {shown}")

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("90", "90 s after the response, at 1994-11-06 08:51:07 UTC"),
            ("3725", "1 h 2 min 5 s after the response, at 1994-11-06 09:51:42 UTC"),
            (
                "Sun, 06 Nov 1994 08:50:37 GMT",
                "60 s after the response, at 1994-11-06 08:50:37 UTC",
            ),
            ("Sun, 06 Nov 1994 08:00:00 GMT", "at once"),
        ],
    )
    def test_a_header_says_when(self, standing: Explorer, value: str, shown: str) -> None:
        body = '{"error": "internal_error", "message": "No."}'
        head = f"HTTP/1.1 500\nDate: Sun, 06 Nov 1994 08:49:37 GMT\nRetry-After: {value}"
        standing.paste(f"{head}\n\n{body}")
        expect(standing.cards.locator(".eb-x-wait")).to_have_text(f"This response: {shown}")


class TestEvidence:
    def test_the_part_that_decided_is_marked(self, standing: Explorer) -> None:
        standing.paste(response("Date: x"))
        evidence = standing.cards.locator(".eb-x-evidence")
        expect(evidence).to_contain_text("Line 4")
        expect(evidence.locator("mark")).to_have_text("rate_limited")

    def test_placeholders_have_their_values(self, standing: Explorer) -> None:
        standing.paste("ERROR There is no artifact with the id art_77.")
        assert standing.decisions()[0]["details"] == {"artifact_id": "art_77"}
        expect(standing.cards).to_contain_text("likely, not certain")

    def test_a_chain_names_what_was_handled(self, standing: Explorer) -> None:
        standing.paste(
            "Traceback (most recent call last):\n"
            "artifacta.errors.RateLimitedError: rate_limited: No.\n\n"
            "During handling of the above exception, another exception occurred:\n\n"
            "Traceback (most recent call last):\n"
            "artifacta.errors.QuotaExceededError: quota_exceeded: No.\n"
        )
        assert [one["code"] for one in standing.decisions()] == ["quota_exceeded"]
        hint = standing.page.get_by_text("It was raised while another was handled")
        expect(hint).to_contain_text("rate_limited (line 2)")

    def test_an_exit_status_that_does_not_agree_is_pointed_out(self, standing: Explorer) -> None:
        standing.paste("Error: rate_limited\nquota_exceeded? no\n$ echo $?\n3\n")
        standing.paste("error: session_sealed: No.\nexit status 3")
        expect(standing.cards).to_contain_text("The command ended with 3")

    def test_several_that_fit_are_all_shown(self, standing: Explorer) -> None:
        standing.paste("WARN This request needs a valid API key.")
        expect(
            standing.page.get_by_text("2 errors fit this. The best comes first.")
        ).to_be_visible()
        assert [one["api"] for one in standing.decisions()] == ["artifacta", "artworks"]

    def test_a_status_alone_lists_what_has_it(self, standing: Explorer) -> None:
        standing.paste("HTTP/1.1 404 Not Found\n\n<html>nothing</html>")
        lead = standing.page.locator("[data-kind=several]")
        expect(lead).to_contain_text("Nothing in this names an error.")
        assert "artworks/not_found" in standing.found()

    def test_many_lines_are_counted(self, standing: Explorer) -> None:
        lines = [
            "2026-01-02T03:04:05Z code=rate_limited api=artifacta RateLimitedError",
            "2026-01-02T03:04:06Z code=session_sealed",
            "nothing",
            "2026-01-02T03:04:07Z code=session_sealed",
        ]
        standing.paste("\n".join(lines))
        rows = standing.page.locator(".eb-x-counts tbody tr")
        assert rows.evaluate_all(
            "rows => rows.map(row => [row.dataset.code, row.dataset.count])"
        ) == [
            ["session_sealed", "2"],
            ["rate_limited", "1"],
        ]
        expect(rows.first).to_contain_text("line 2")
        expect(rows.first).to_contain_text("2026-01-02T03:04:07Z")
        rows.first.get_by_role("link").click()
        expect(standing.page.get_by_role("heading", name="session_sealed")).to_be_focused()

    def test_a_megabyte_answers_within_a_second(self, standing: Explorer) -> None:
        line = f"2026-01-02T03:04:05Z WARN {BODY}\n"
        text = line * (2**20 // len(line))
        milliseconds = standing.page.evaluate(
            """async text => {
                const explorer = document.querySelector('error-explorer');
                await explorer.decode('');
                let least = Infinity;
                for (let round = 0; round < 3; round += 1) {  // other processes count, too
                    const start = performance.now();
                    const {kind} = await explorer.decode(text);
                    least = Math.min(least, kind === 'many' ? performance.now() - start : NaN);
                }
                return least;
            }""",
            text,
        )
        assert milliseconds < 1000
