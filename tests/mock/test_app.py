"""The application, without a network: what each request is answered with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from httpx import Client

from errorbook.catalog import load
from errorbook.mock import app as mock_app
from errorbook.mock import create_app
from errorbook.mock.wishes import error_path
from tests.mock.catalogs import catalog_of, hostile
from tests.mock.client import client_of, send_raw

ROOT = Path(__file__).parents[2]
RATE_LIMITED = {
    "code": "rate_limited",
    "message": "Request limit reached. Wait 5 seconds before the next attempt.",
    "status": 429,
    "retry_after_seconds": 5,
}
WISH = {"Prefer": "error=artifacta/rate_limited"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X-ODD")
ELSEWHERE = {"Origin": "http://localhost:3000"}
REFUSED = (
    *("/?error=zzzzzzzz", "/?error=artifacta/zzzzzzzz", "/errors/artifacta/rate_limted"),
    *("/errors/zzzzzzzz/x", "/?error=rate_limited", "/?error=artifact/rate_limited"),
)
NAMES = re.compile("artifacta|artworks|rate_limited|session_sealed")
PREFLIGHT = {
    "Origin": "http://localhost:3000",
    "Access-Control-Request-Method": "PROPFIND",
    "Access-Control-Request-Headers": "authorization, prefer",
}


@pytest.fixture(name="client")
def _client() -> Client:
    return client_of(create_app(load(ROOT / "errors.yaml").catalog))


class TestErrors:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("path", ["/", "/v1/artifacts/7", "//", "/a%0Ab", "/a%2fb", "/%FF"])
    def test_any_path_and_method_answers_with_one(
        self, client: Client, method: str, path: str
    ) -> None:
        answer = client.request(method, path, headers=WISH, content=b"a body")
        assert answer.status_code == 429
        assert answer.json() == {"error": RATE_LIMITED}
        assert answer.headers["content-type"] == "application/json"

    def test_header_query_and_path_mean_the_same(self, client: Client) -> None:
        answers = [
            client.get("/v1/x", headers=WISH),
            client.get("/v1/x?error=artifacta/rate_limited"),
            client.get("/errors/artifacta/rate_limited/v1/x"),
        ]
        assert [answer.json() for answer in answers] == [{"error": RATE_LIMITED}] * 3
        assert [answer.headers.get("preference-applied") for answer in answers] == [
            'error="artifacta/rate_limited"',
            None,
            None,
        ]

    def test_several_header_lines_are_one_header(self, client: Client) -> None:
        lines = [("Prefer", "fail=1"), ("Prefer", "error=session_sealed")]
        assert [client.get("/x", headers=lines).status_code for _ in range(3)] == [409, 200, 409]

    def test_head_has_no_body_but_its_length(self, client: Client) -> None:
        head, got = (client.request(method, "/x", headers=WISH) for method in ("HEAD", "GET"))
        assert head.content == b""
        assert head.status_code == 429
        assert head.headers["content-length"] == str(len(got.content))

    def test_a_browser_keeps_none(self, client: Client) -> None:
        answer = client.get("/x", headers=WISH)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["vary"] == "Prefer"

    def test_an_internal_error_is_not_known(self) -> None:
        hidden = {"status": 400, "visibility": "internal"}
        catalog = catalog_of({"shop": {"errors": {"secret_one": hidden, "open": {}}}})
        client = client_of(create_app(catalog))
        for path in ("/errors/shop/secret_one", "/?error=secret_one", "/?error=secret_on"):
            answer = client.get(path)
            assert answer.status_code == 404
            assert answer.json()["errorbook"]["nearest"] == []
        assert "secret" not in client.get("/").text


class TestFail:
    def test_so_often_then_success_then_from_the_start(self, client: Client) -> None:
        headers = {"Prefer": "error=artifacta/rate_limited, fail=2"}
        answers = [client.get("/v1/x", headers=headers) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [429, 429, 200] * 2
        applied = 'error="artifacta/rate_limited", fail=2'
        assert {answer.headers["preference-applied"] for answer in answers} == {applied}
        assert answers[2].json() == {"ok": True, "method": "GET", "path": "/v1/x"}

    def test_each_method_path_and_error_counts_for_itself(self, client: Client) -> None:
        def status(method: str, path: str, code: str) -> int:
            return client.request(method, path, params={"error": code, "fail": 1}).status_code

        assert status("GET", "/a", "session_sealed") == 409
        assert status("PUT", "/a", "session_sealed") == 409
        assert status("GET", "/b", "session_sealed") == 409
        assert status("GET", "/a", "file_too_large") == 413
        assert status("GET", "/a", "session_sealed") == 200

    def test_a_path_says_it_too(self, client: Client) -> None:
        base = "/errors/artifacta/rate_limited;fail=1"
        assert [client.get(f"{base}/v1").status_code for _ in range(3)] == [429, 200, 429]
        assert [client.get(f"{base}/v2").status_code for _ in range(2)] == [429, 200]

    def test_never_is_often_enough(self, client: Client) -> None:
        assert client.get("/x?error=session_sealed&fail=0").status_code == 200


class TestNoError:
    @pytest.mark.parametrize("method", METHODS)
    def test_all_is_well(self, client: Client, method: str) -> None:
        answer = client.request(method, "/v1/a%2Fb?x=1")
        assert answer.status_code == 200
        assert answer.json() == {"ok": True, "method": method, "path": "/v1/a%2Fb"}

    def test_a_request_to_the_index_that_does_not_read_is_one_like_any(
        self, client: Client
    ) -> None:
        assert client.post("/").json() == {"ok": True, "method": "POST", "path": "/"}

    def test_this_is_no_proxy(self, client: Client) -> None:
        assert client.request("CONNECT", "/", headers=WISH).status_code == 405

    def test_nor_does_it_speak_websocket(self) -> None:
        answered = send_raw(create_app(hostile()), {"type": "websocket"})
        assert answered == [{"type": "websocket.close"}]

    @pytest.mark.parametrize("path", [b"*", b"", b"host:443", b"http://host/x"])
    def test_a_target_that_is_no_path_is_one_like_any(self, path: bytes) -> None:
        scope = {"path": path.decode(), "raw_path": path, "headers": [(b"prefer", b"error=-1")]}
        answered = send_raw(create_app(hostile()), scope)
        assert answered[0]["status"] == 400
        assert b"several APIs" in answered[1]["body"]


class TestRefusals:
    def test_what_there_is_not_is_said_with_the_nearest(self, client: Client) -> None:
        answer = client.get("/errors/artifacta/rate_limted")
        assert answer.status_code == 404
        assert answer.json() == {
            "errorbook": {
                "problem": "unknown-error",
                "message": "artifacta has no error 'rate_limted': did you mean 'rate_limited'?",
                "nearest": ["artifacta/rate_limited"],
                "index": "/",
            }
        }

    @pytest.mark.parametrize(
        ("path", "status", "problem"),
        [
            ("/x?error=rate_limited", 400, "ambiguous-code"),
            ("/x?error=session_sealed&fail=often", 400, "bad-fail"),
            ("/x?error=session_sealed&status=999", 400, "bad-status"),
            ("/errors/artifacta", 404, "no-error"),
            ("/errors/artifacta/session_sealed;x", 400, "unknown-parameter"),
        ],
    )
    def test_the_problem_is_a_word(
        self, client: Client, path: str, status: int, problem: str
    ) -> None:
        answer = client.get(path)
        assert (answer.status_code, answer.json()["errorbook"]["problem"]) == (status, problem)

    def test_a_fault_of_its_own_is_said(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mock_app, "error_answer", lambda *_: 1 // 0)
        answer = client.get("/x", headers=WISH)
        assert answer.status_code == 500
        assert "ZeroDivisionError" in answer.json()["errorbook"]["message"]


class TestBrowsers:
    @pytest.mark.parametrize("path", ["/v1/x", "/errors/artifacta/rate_limited", "/errors/no/no"])
    def test_any_origin_may_read_the_answers(self, client: Client, path: str) -> None:
        answer = client.get(path, headers=ELSEWHERE)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-expose-headers"] == "*"
        assert "access-control-allow-credentials" not in answer.headers

    def test_but_not_the_index(self, client: Client) -> None:
        answer = client.get("/", headers=ELSEWHERE)
        assert "access-control-allow-origin" not in answer.headers

    @pytest.mark.parametrize("path", REFUSED)
    def test_nor_a_refusal_that_names_codes(self, client: Client, path: str) -> None:
        told, kept = client.get(path), client.get(path, headers=ELSEWHERE)
        assert NAMES.search(told.text)
        assert "access-control-allow-origin" not in told.headers
        assert kept.headers["access-control-allow-origin"] == "*"
        assert not NAMES.search(kept.text)
        problem = kept.json()["errorbook"]
        assert (kept.status_code, problem["nearest"]) == (told.status_code, [])
        assert problem["problem"] == told.json()["errorbook"]["problem"]
        assert told.headers["vary"] == kept.headers["vary"] == "Origin, Prefer"

    @pytest.mark.parametrize("origin", ["null", "http://127.0.0.1:3000", "https://127.0.0.1:8900"])
    def test_another_origin_is_any_but_its_own(self, client: Client, origin: str) -> None:
        answer = client.get("/?error=zzzzzzzz", headers={"Origin": origin})
        assert not NAMES.search(answer.text)

    def test_its_own_pages_are_told_the_names(self, client: Client) -> None:
        own = {"Origin": "http://127.0.0.1:8900"}
        assert NAMES.search(client.post("/?error=zzzzzzzz", headers=own).text)

    def test_another_origin_reads_nothing_of_a_fault(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise KeyError("rate_limited")

        monkeypatch.setattr(mock_app, "error_answer", fail)
        assert NAMES.search(client.get("/x", headers=WISH).text)
        answer = client.get("/x", headers=WISH | ELSEWHERE)
        assert answer.status_code == 500
        assert not NAMES.search(answer.text)

    @pytest.mark.parametrize("path", ["/v1/x", "/errors/artifacta/rate_limited"])
    def test_a_preflight_gets_leave_and_no_error(self, client: Client, path: str) -> None:
        answer = client.options(path, headers=PREFLIGHT)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-methods"] == "PROPFIND"
        assert answer.headers["access-control-allow-headers"] == "authorization, prefer"
        assert "access-control-allow-private-network" not in answer.headers

    def test_a_preflight_is_not_counted(self, client: Client) -> None:
        path = "/errors/artifacta/rate_limited;fail=1"
        client.options(path, headers=PREFLIGHT)
        assert [client.get(path).status_code for _ in range(2)] == [429, 200]


class TestHosts:
    @pytest.fixture(name="strict")
    def _strict(self) -> Client:
        catalog = load(ROOT / "errors.yaml").catalog
        return client_of(create_app(catalog, hosts=("localhost",)))

    @pytest.mark.parametrize("path", ["/", "/v1/x", "/?error=zzzzzzzz", "/errors/artworks/any"])
    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
    def test_a_name_of_somebody_s_own_gets_nothing(
        self, strict: Client, method: str, path: str
    ) -> None:
        host = {"Host": "evil.example", "Origin": "http://evil.example"}
        answer = strict.request(method, path, headers=PREFLIGHT | host)
        assert answer.status_code == 421
        assert not NAMES.search(answer.text)
        assert answer.text.count("\n") == (method != "HEAD")
        assert not [name for name in answer.headers if name.startswith("access-control-")]

    @pytest.mark.parametrize("host", ["localhost:1", "127.9.9.9", "[::1]:8900", "192.0.2.1"])
    def test_addresses_and_its_names_are_answered(self, strict: Client, host: str) -> None:
        assert NAMES.search(strict.get("/", headers={"Host": host}).text)

    def test_the_host_is_repeated_as_text(self, strict: Client) -> None:
        host = "\x1b[31m<b>\u00e9".encode("latin-1")
        answer = strict.get("/", headers=[(b"Host", host)])
        assert "'\\x1b[31m<b>" in answer.json()["errorbook"]["message"]

    def test_where_none_is_chosen_any_is_answered(self, client: Client) -> None:
        assert client.get("/", headers={"Host": "mock.example"}).status_code == 200


class TestBodies:
    def test_a_body_is_read_to_its_end(self, client: Client) -> None:
        assert client.post("/x", content=b"x" * 1_000_000, headers=WISH).status_code == 429

    def test_who_has_gone_before_its_end_gets_no_answer_and_is_not_counted(self) -> None:
        app = create_app(hostile())
        scope = {"raw_path": b"/errors/shop/plain;fail=1"}
        assert send_raw(app, scope, "http.disconnect") == []
        assert [send_raw(app, scope)[0]["status"] for _ in range(2)] == [402, 200]

    def test_one_that_is_too_long_is_not(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mock_app, "MOST_BODY", 10)
        short = client.post("/x", content=b"x" * 10)
        long = client.post("/x", content=b"x" * 11)
        assert "connection" not in short.headers
        assert (long.status_code, long.headers["connection"]) == (200, "close")


class TestLog:
    def test_a_line_for_each_request_that_acts_on_no_terminal(self) -> None:
        lines: list[str] = []
        client = client_of(create_app(hostile(), lines.append))
        client.get("/a%1B%5B31m?error=shop/plain")
        client.get("/x")
        assert lines == ["GET /a%1B%5B31m -> 402 shop/plain", "GET /x -> 200"]
        for code in hostile().apis["shop"].errors:
            client.get(error_path("shop", code))
        assert all(line.isprintable() for line in lines)

    def test_whatever_the_request_is_made_of(self) -> None:
        lines: list[str] = []
        path = b"/\x1b[31m\r\n\xff"
        send_raw(create_app(hostile(), lines.append), {"method": "GET\n", "raw_path": path})
        assert lines == ["GET\\n /\\x1b[31m\\x0d\\nÿ -> 200"]
