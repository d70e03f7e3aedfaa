"""What a card shows, and what can be copied from it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.site.explorer.pages import (
    CATALOG,
    RATE_LIMITED,
    Explorer,
    Site,
    catalog,
    make_site,
    permit,
    serve,
)

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(context: BrowserContext, site: Site) -> Iterator[Callable[[str], str]]:
    """Serve the site, whose pages may use the clipboard."""
    with serve(site.folder) as found:
        permit(context, found(""))
        yield found


@pytest.fixture
def copying(page: Page, address: Callable[[str], str]) -> Explorer:
    """An explorer in a page that may use the clipboard, which is empty."""
    explorer = Explorer(page).open(address("explorer/index.html"))
    page.evaluate("navigator.clipboard.writeText('')")
    return explorer


def copied(explorer: Explorer) -> str:
    """Return what was copied, once the explorer says that it was."""
    expect(explorer.status).to_contain_text("opied")
    found: str = explorer.page.evaluate("navigator.clipboard.readText()")
    return found


def show(explorer: Explorer, ref: str) -> None:
    explorer.page.evaluate("ref => location.hash = `#error=${ref}`", ref)
    expect(explorer.cards).to_be_visible()


def test_a_card_shows_what_there_is_to_say(standing: Explorer) -> None:
    show(standing, "artifacta/artifact_not_found")
    error = CATALOG.apis["artifacta"].errors["artifact_not_found"]
    for text in (error.fix, *error.causes, error.message, error.actions[0].how):
        expect(standing.cards).to_contain_text(text.replace("`", ""))
    for part in ("Example", "curl", "Exit code", "Related errors"):
        expect(standing.page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    for language in ("Python", "TypeScript"):
        expect(standing.cards.locator("label", has_text=language)).to_be_visible()


def test_related_errors_are_a_step_away(standing: Explorer) -> None:
    show(standing, "artifacta/artifact_not_found")
    related = standing.cards.locator(".eb-x-chips a")
    names = related.all_inner_texts()
    # The same status, though another group, comes before the same group.
    assert names[0] == "session_not_found"
    assert "artifact_expired" in names
    related.first.click()
    expect(standing.page.get_by_role("heading", name="session_not_found")).to_be_visible()


def test_the_example_can_be_copied(copying: Explorer) -> None:
    show(copying, "artifacta/rate_limited")
    copying.page.get_by_role("button", name="Copy Example").click()
    assert json.loads(copied(copying))["error"]["code"] == "rate_limited"


def test_the_python_that_is_copied_can_be_run(copying: Explorer, tmp_path: Path) -> None:
    show(copying, "artifacta/session_sealed")
    copying.page.get_by_role("button", name="Copy Python").click()
    assert "except SessionSealedError" in copied(copying)
    compile(copied(copying), "snippet", "exec")


def test_the_shell_that_is_copied_can_be_run(copying: Explorer) -> None:
    show(copying, "artifacta/session_sealed")
    copying.page.get_by_role("button", name="Copy Exit code").click()
    script = f"your_command() {{ return 1; }}\n{copied(copying)}"
    result = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert "CLIENT_ERROR" in result.stdout + result.stderr


def test_a_button_says_that_it_copied(copying: Explorer) -> None:
    show(copying, "artifacta/session_sealed")
    copying.page.get_by_role("button", name="Copy curl").click()
    expect(copying.status).to_have_text("Copied")
    assert copied(copying).startswith("curl ")


def test_a_page_that_may_not_copy_says_so(page: Page, site: Site) -> None:
    explorer = Explorer(page).open(f"{site.url}#error=artifacta/session_sealed")
    page.evaluate(
        """() => {
            navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
            document.execCommand = () => false;
        }"""
    )
    page.get_by_role("button", name="Copy link").click()
    expect(explorer.status).to_have_text("The browser does not allow copying")


def test_a_ticket_has_the_facts_and_no_credentials(copying: Explorer) -> None:
    copying.paste(
        "HTTP/1.1 429\nSet-Cookie: sid=abc123\nRetry-After: 7\n\n"
        + json.dumps({"error": {**RATE_LIMITED["error"], "api_key": "k3y"}})
    )
    copying.page.get_by_role("button", name="Copy as ticket").click()
    ticket = copied(copying)
    for line in (
        "Error: rate_limited (Artifacta API)",
        "HTTP status: 429",
        "retry_after_seconds: 30",
        "Exception: RateLimitedError",
        "Exit code: 1 CLIENT_ERROR",
        "What to do: Wait, then retry",
        "30 s after the response",
        "#error=artifacta/rate_limited",
        "    HTTP/1.1 429",
        "    Set-Cookie: •••",
    ):
        assert line in ticket
    assert "abc123" not in ticket
    assert "k3y" not in ticket


SECRETIVE: dict[str, Any] = {
    "envelopes": [{"body": {"code": "{code}", "message?": "{message}", "*": "{details}"}}],
    "errors": {
        "locked": {
            "message": "Held by {holder} with the password {password}.",
            "placeholders": {"password": {}},
            "details": {"holder": {"type": "string", "sensitive": True}},
        }
    },
}


@pytest.fixture(scope="module")
def secretive(
    context: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    site = make_site(tmp_path_factory.mktemp("secretive"), catalog({"a": SECRETIVE}))
    with serve(site.folder) as found:
        permit(context, found(""))
        yield found


@pytest.mark.parametrize(
    "fields",
    [
        {"holder": "somebody", "near": "locked by somebody"},
        {"message": "Held by somebody with the password somebody."},
        {"holder": ["somebody", {"also": "somebody"}], "near": "somebody"},
        {"holder": 'some"body', "near": 'some"body'},
        {"holder": "somebody", "note": "x" * 200 + " somebody"},
    ],
)
def test_what_is_sensitive_is_shown_nowhere(
    page: Page, secretive: Callable[[str], str], fields: dict[str, Any]
) -> None:
    explorer = Explorer(page).open(secretive("explorer/index.html"))
    page.evaluate("navigator.clipboard.writeText('')")
    explorer.paste(json.dumps({"code": "locked", **fields}))
    page.get_by_role("button", name="Copy as ticket").click()
    for shown in (explorer.cards.inner_text(), copied(explorer)):
        assert "somebody" not in shown
        assert "body" not in shown.replace("nobody", "")


def test_an_unknown_code_that_is_a_credential_is_not_shown(standing: Explorer) -> None:
    standing.paste('{"error": {"code": "ghp_0123456789abcdef", "message": "No."}}')
    expect(standing.page.locator("[data-kind=unknown_code]")).to_be_visible()
    standing.settle()
    assert "ghp_" not in standing.page.locator("main").evaluate("main => main.outerHTML")


def test_a_credential_is_not_shown_by_half(standing: Explorer) -> None:
    token = "SECRET" * 40
    standing.paste("WARN status=404 " + "x" * 130 + f" token={token} and so on, at length")
    standing.paste(f"GET /{'x' * 120}?token={token} answered with code=session_sealed, so it was")
    expect(standing.cards).to_be_visible()
    assert "SECRET" not in standing.page.locator("error-explorer").inner_text()


def test_thousands_of_details_are_cut_short(standing: Explorer) -> None:
    many = {f"field_{number}": number for number in range(50_000)}
    standing.paste(json.dumps({"error": {"code": "session_sealed", "status": 409, **many}}))
    expect(standing.cards).to_contain_text("49950 more details are not shown.")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Site:
    errors = {f"code_{number}": {"fix": f"Mend nr{number}."} for number in range(600)}
    return make_site(tmp_path_factory.mktemp("long"), catalog({"a": {"errors": errors}}))


def test_a_card_of_a_long_catalog_is_whole_in_a_moment(page: Page, long: Site) -> None:
    Explorer(page).open(f"{long.url}#error=a/code_599")
    expect(page.locator(".eb-x-card")).to_contain_text("Mend nr599.")


def test_long_texts_of_a_long_catalog_are_found(page: Page, long: Site) -> None:
    explorer = Explorer(page).open(long.url)
    explorer.box.fill("nr577")
    expect(explorer.rows).to_have_count(1)
    expect(explorer.rows).to_contain_text("code_577")


@pytest.fixture(scope="module")
def retired(tmp_path_factory: pytest.TempPathFactory) -> Site:
    api = {
        "errors": {"new": {"meaning": "It is so."}},
        "retired": {"older": {"replaced_by": "new"}, "oldest": {"replaced_by": "older"}},
    }
    return make_site(tmp_path_factory.mktemp("retired"), catalog({"a": api}))


@pytest.mark.parametrize("old", ["older", "oldest"])
def test_an_old_code_leads_to_what_took_its_place(page: Page, retired: Site, old: str) -> None:
    explorer = Explorer(page).open(f"{retired.url}#error=a/{old}")
    expect(page.get_by_role("heading", level=2)).to_have_text("new")
    expect(explorer.cards).to_contain_text(f"{old} is retired")
