"""Credentials are never shown: what hides them, and that it finds no more than them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from errorbook.site.explorer import explorer_script

pytest_plugins = ["tests.browser"]
pytestmark = pytest.mark.browser

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJlc2lnbmF0dXJl"
HIDDEN = "•••"


@pytest.fixture(scope="module")
def reader(context: BrowserContext) -> Iterator[Page]:
    """A page with nothing but the script that reads pastes."""
    page = context.new_page()
    page.add_script_tag(content=explorer_script("explorer-read.js"))
    yield page
    page.close()


def mask(reader: Page, text: str) -> str:
    found: str = reader.evaluate("text => errorbook.maskText(text)", text)
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {HIDDEN}"),
        ("authorization: Basic dXNlcjpwYXNz", f"authorization: Basic {HIDDEN}"),
        (
            "> Authorization: Token x\n> Accept: */*",
            f"> Authorization: Token {HIDDEN}\n> Accept: */*",
        ),
        ("Authorization: AWS4-HMAC x=1", f"Authorization: {HIDDEN}"),
        ("< Set-Cookie: sid=1; Path=/\r\n< Date: x", f"< Set-Cookie: {HIDDEN}\r\n< Date: x"),
        ("Cookie: a=b", f"Cookie: {HIDDEN}"),
        ("curl -H 'Authorization: Basic dXNlcg'", f"curl -H 'Authorization: Basic {HIDDEN}'"),
        ("    Authorization: Basic dXNlcg", f"    Authorization: Basic {HIDDEN}"),
        ("('Authorization', 'Basic dXNlcg')", f"('Authorization', 'Basic {HIDDEN}')"),
        ('"Authorization":["Basic dXNlcg"]', f'"Authorization":["{HIDDEN}"]'),
        ('"authorization\\":\\"Bearer a1\\"', f'"authorization\\":\\"{HIDDEN}\\"'),
        ("-H 'Cookie: session=abc; csrf=d'", f"-H 'Cookie: {HIDDEN}'"),
        ("Authorization=Basic dXNlcg", f"Authorization=Basic {HIDDEN}"),
        ('{"password": 12345678}', f'{{"password": {HIDDEN}}}'),
        ('{"tokens":["abc"]}', f'{{"tokens":["{HIDDEN}"]}}'),
        ("password: hunter2", f"password: {HIDDEN}"),
        ("aws_secret_access_key = abc/def", f"aws_secret_access_key = {HIDDEN}"),
        ("password%3Dabc&x", f"password%3D{HIDDEN}&x"),
        ("https://tokentoken@example.com", f"https://{HIDDEN}@example.com"),
        ("whsec_0123456789", HIDDEN),
        ('"access_token":"' + "a" * 6000 + '"', f'"access_token":"{HIDDEN}"'),
        ("token=" + "a" * 6000, f"token={HIDDEN}"),
        ("X-Api-Key: 123", f"X-Api-Key: {HIDDEN}"),
        ('{"password": "hunter2", "a": 1}', f'{{"password": "{HIDDEN}", "a": 1}}'),
        ('{"a": {"clientSecret":"x\\"y"}}', f'{{"a": {{"clientSecret":"{HIDDEN}"}}}}'),
        ('{\\"api_key\\":\\"abc\\"}', f'{{\\"api_key\\":\\"{HIDDEN}\\"}}'),
        ("{'refresh_token': 'abc'}", f"{{'refresh_token': '{HIDDEN}'}}"),
        ("GET /?access_token=abc&page=2", f"GET /?access_token={HIDDEN}&page=2"),
        ("password=hunter", f"password={HIDDEN}"),
        ("token: 0a1b2c3d4e", f"token: {HIDDEN}"),
        ("curl -u bob:hunter2 https://a", f"curl -u bob:{HIDDEN} https://a"),
        ("curl --user=bob:hunter2 https://a", f"curl --user=bob:{HIDDEN} https://a"),
        ("postgres://bob:hunter2@db/x", f"postgres://bob:{HIDDEN}@db/x"),
        ("as Bearer abc123def456", f"as Bearer {HIDDEN}"),
        (f"jwt is {JWT}.", f"jwt is {HIDDEN}."),
        ("ak_live_0123456789", HIDDEN),
        ("ghp_0123456789abcdef", HIDDEN),
        ("AKIAIOSFODNN7EXAMPLE", HIDDEN),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nx",
            f"{HIDDEN}\nx",
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", HIDDEN),
    ],
)
def test_a_credential_is_hidden(reader: Page, text: str, shown: str) -> None:
    assert mask(reader, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "invalid_token: The token has expired.",
        "token_expired: Wait 9 seconds.",
        '{"error": "invalid_token", "max_tokens": 4096}',
        '{"monkey": "banana"}',
        "This request needs a valid API key.",
        "Request limit reached. Wait 30 seconds before the next attempt.",
        "artifacta.errors.UnauthorizedError: unauthorized: This request needs a valid API key.",
        "Basic authentication is needed.",
        "https://example.org:8080/path",
        "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=x",
        "x-request-id: 1234567890",
    ],
)
def test_nothing_else_is_hidden(reader: Page, text: str) -> None:
    assert mask(reader, text) == text


@pytest.mark.parametrize(
    ("name", "value", "sensitive", "shown"),
    [
        ("api_key", "abc", False, HIDDEN),
        ("userPassword", "abc", False, HIDDEN),
        ("retry_after", 30, False, "30"),
        ("artifact_id", "art_1", False, "art_1"),
        ("artifact_id", "art_1", True, HIDDEN),
        ("monkey", "x", False, "x"),
        ("trace", {"token": "abc", "n": [1, None]}, False, f'{{"token":"{HIDDEN}","n":[1,null]}}'),
        ("note", "Bearer abc123def456", False, f"Bearer {HIDDEN}"),
    ],
)
def test_a_value_is_hidden_by_its_name(
    reader: Page, name: str, value: Any, sensitive: bool, shown: str
) -> None:
    found = reader.evaluate("([n, v, s]) => errorbook.maskValue(n, v, s)", [name, value, sensitive])
    assert found == shown


@pytest.mark.parametrize(
    "part",
    [
        *("a", "token", 'token":"', "token':'", "token=", "token: ", "eyJ-", "eyJaaaaaaaa."),
        *("authorization: ", "\nauthorization: ", "-----BEGIN A PRIVATE KEY-----", " -u a"),
        *("://a", "://a:", "Bearer a", "\nx-key", "\\", "sig", "sk-a", "AKIA"),
    ],
)
def test_a_megabyte_is_masked_in_linear_time(reader: Page, part: str) -> None:
    """One of a few tries is enough: a busy machine is slow now and then, a square always."""
    assert any(
        reader.evaluate(
            """part => {
                const text = part.repeat(Math.ceil(2 ** 20 / part.length));
                const start = performance.now();
                errorbook.maskText(text);
                return performance.now() - start;
            }""",
            part,
        )
        < 1000
        for _ in range(4)
    )
