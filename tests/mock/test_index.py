"""The index: for people and for programs, and nothing of a catalog acts in it."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import Client

from errorbook.mock import create_app
from tests.mock.catalogs import HOSTILE_CODES, catalog_of, hostile, hostile_apis
from tests.mock.client import client_of

EVIL = "<script>alert(1)</script>\"'&"


class Page(HTMLParser):
    """The tags and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name == "href" and value]


@pytest.fixture(name="client")
def _client() -> Client:
    apis: dict[str, Any] = hostile_apis()
    apis["shop"] |= {"title": EVIL}
    apis["shop"]["errors"]["plain"] |= {"meaning": EVIL, "status": [409, 410]}
    return client_of(create_app(catalog_of(apis)))


class TestPage:
    def test_every_error_has_a_link_that_leads_to_it(self) -> None:
        log: list[str] = []
        apis = hostile().apis
        client = client_of(create_app(hostile(), log.append))
        links = Page(client.get("/").text).links
        log.clear()
        for link in links:
            client.get(link)
        assert log == [
            f"GET {link} -> {error.status[0]} {name}/{code}"
            for link, (name, code, error) in zip(
                links,
                ((name, *item) for name, api in apis.items() for item in api.errors.items()),
                strict=True,
            )
        ]

    def test_its_commands_ask_for_the_same_addresses(self, client: Client) -> None:
        text = client.get("/", headers={"Host": "127.0.0.1:8901"}).text
        commands = [unescape(one) for one in re.findall(r"<code>(curl .*?)</code>", text)]
        addresses = [shlex.split(command)[2] for command in commands]
        assert {urlsplit(address).netloc for address in addresses} == {"127.0.0.1:8901"}
        assert [urlsplit(one).path for one in addresses] == Page(text).links
        assert all(re.fullmatch(r"curl -i (\S+)", one) for one in commands)

    @pytest.mark.parametrize("host", ["a/b", "'; rm -rf /; '", "<b>", "a b", "", "x" * 300])
    def test_a_host_that_is_none_is_not_repeated(self, client: Client, host: str) -> None:
        text = client.get("/", headers={"Host": host}).text
        assert "curl -i http://127.0.0.1/errors/shop/plain" in text

    @pytest.mark.parametrize("host", ["localhost:1", "[::1]:8900", "mock.example"])
    def test_any_other_is(self, client: Client, host: str) -> None:
        text = unescape(client.get("/", headers={"Host": host}).text)
        assert f"http://{host}/errors/shop/plain" in text

    def test_nothing_of_a_catalog_becomes_markup(self, client: Client) -> None:
        page = Page(client.get("/").text)
        assert page.tags == {
            *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p"),
            *("table", "thead", "tbody", "tr", "th", "td", "a", "code"),
        }
        assert page.attributes == {"lang", "charset", "name", "content", "scope", "id", "href"}
        assert all(link.startswith("/errors/") for link in page.links)

    def test_its_policy_allows_its_one_style_and_nothing_else(self, client: Client) -> None:
        answer = client.get("/")
        policy = dict(
            part.partition(" ")[::2]
            for part in answer.headers["content-security-policy"].split("; ")
        )
        (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy.pop("style-src") == f"'sha256-{digest}'"
        assert set(policy) == {"default-src", "base-uri", "form-action", "frame-ancestors"}
        assert set(policy.values()) == {"'none'"}
        assert " style=" not in answer.text

    def test_it_follows_the_palette_of_the_system(self, client: Client) -> None:
        text = client.get("/").text
        assert "color-scheme: light dark" in text
        assert not re.search(
            r"#[0-9a-f]{3,6}\b|rgb", re.findall("<style>(.*)</style>", text, re.S)[0]
        )

    def test_head_has_no_body(self, client: Client) -> None:
        assert client.head("/").content == b""


class TestJson:
    def test_it_lists_all(self, client: Client) -> None:
        answer = client.get("/", headers={"Accept": "application/json"})
        assert answer.headers["vary"] == "Accept, Prefer"
        errors = answer.json()["errors"]
        assert [one["code"] for one in errors if one["api"] == "shop"] == [*HOSTILE_CODES, "plain"]
        assert errors[len(HOSTILE_CODES)] == {
            "error": "shop/plain",
            "api": "shop",
            "code": "plain",
            "status": [409, 410],
            "meaning": EVIL,
            "path": "/errors/shop/plain",
        }

    @pytest.mark.parametrize(
        ("accept", "content_type"),
        [
            ("application/json, */*", "application/json"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
            ("*/*", "text/html; charset=utf-8"),
            ("application/json;q=0.1, text/html", "text/html; charset=utf-8"),
        ],
    )
    def test_who_gets_it(self, client: Client, accept: str, content_type: str) -> None:
        answer = client.get("/", headers={"Accept": accept})
        assert answer.headers["content-type"] == content_type
