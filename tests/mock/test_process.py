"""The server at the boundary of its process: what it prints, and how it begins and ends."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from errorbook.mock import server
from errorbook.mock.server import ListenError
from tests.mock.catalogs import hostile
from tests.mock.processes import Running, running, start

EVIL_CATALOG = """
apis:
  shop:
    envelopes: [{body: {code: "{code}"}, headers: {X-Error: "{code}", X-Day: "日本 {message}"}}]
    errors:
      "日本": {status: 400, message: "a\\r\\nSet-Cookie: b", sdk: {python: {exception: none}}}
"""
SIGNALS = [signal.SIGINT, signal.SIGTERM]


def failed(*arguments: str | Path) -> tuple[int, str, str]:
    process = start(*arguments)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


@pytest.fixture(scope="module", name="mock")
def _mock() -> Iterator[Running]:
    """A server for whoever only asks."""
    with running() as mock:
        yield mock


@pytest.fixture(scope="module", name="free")
def _free(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose only error has any status."""
    file = tmp_path_factory.mktemp("free") / "any.yaml"
    file.write_text("apis: {s: {errors: {free: {}}}}", encoding="utf-8")
    with running("--port", "0", "--catalog", file) as mock:
        yield mock


class TestBeginning:
    def test_the_ready_line_says_what_is_served_and_where(self) -> None:
        with running("--port", "0") as mock:
            counts = "errorbook mock: 2 APIs, 18 errors at http://127.0.0.1:"
            assert mock.ready.startswith(counts)
            assert urlsplit(mock.address).port != 0

    def test_connections_are_accepted_once_it_is_printed(self) -> None:
        with running() as mock:
            where = urlsplit(mock.address)
            assert where.hostname is not None
            socket.create_connection((where.hostname, where.port or 0), timeout=5).close()

    def test_the_port_may_be_chosen_and_used_again_at_once(self) -> None:
        with running() as mock:
            port = str(urlsplit(mock.address).port)
            assert httpx.get(mock.address).status_code == 200
            mock.end(signal.SIGTERM)
        with running("--port", port) as mock:
            assert mock.address == f"http://127.0.0.1:{port}"

    def test_a_catalog_may_be_named(self, tmp_path: Path) -> None:
        file = tmp_path / "other.yaml"
        file.write_text("apis: {demo: {errors: {gone: {status: 410}}}}", encoding="utf-8")
        with running("--port", "0", "--catalog", file) as mock:
            assert "1 API, 1 error at" in mock.ready
            assert httpx.get(f"{mock.address}/x?error=gone").status_code == 410

    def test_on_loopback_there_is_no_warning(self) -> None:
        with running() as mock:
            assert mock.end(signal.SIGINT) == (0, "", "")

    @pytest.mark.parametrize(("host", "status"), [("evil.example", 421), ("localhost", 200)])
    def test_on_loopback_only_its_own_names_are_answered(
        self, mock: Running, host: str, status: int
    ) -> None:
        answer = httpx.get(mock.address, headers={"Host": host})
        assert answer.status_code == status
        assert ("artifacta" in answer.text) == (status == 200)

    def test_anywhere_else_there_is_one(self) -> None:
        with running("--host", "0.0.0.0", "--port", "0") as mock:  # noqa: S104  # what it warns of
            named = {"Host": "mock.example"}
            answer = httpx.get(mock.address.replace("0.0.0.0", "127.0.0.1"), headers=named)  # noqa: S104
            _, _, err = mock.end(signal.SIGINT)
        assert answer.status_code == 200
        assert "warning: anyone on the network can reach 0.0.0.0" in err
        assert len(err.splitlines()) == 1


class TestEnd:
    @pytest.mark.parametrize("number", SIGNALS)
    def test_a_signal_ends_it_at_once_and_well(self, number: int) -> None:
        with running() as mock, httpx.Client(base_url=mock.address) as client:
            # The client keeps its connection open.
            assert client.get("/errors/artifacta/rate_limited").status_code == 429
            begin = time.monotonic()
            assert mock.end(number) == (0, "", "")
            assert time.monotonic() - begin < 3

    def test_nobody_it_waits_for_holds_it_up(self) -> None:
        with running() as mock:
            where = urlsplit(mock.address)
            stalled = socket.create_connection((where.hostname or "", where.port or 0), timeout=5)
            with stalled:
                stalled.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx")
                time.sleep(0.3)
                begin = time.monotonic()
                assert mock.end(signal.SIGTERM) == (0, "", "")
                assert time.monotonic() - begin < 5


class TestRefusals:
    def test_a_port_in_use_is_named_with_what_to_do(self) -> None:
        with running() as mock:
            port = str(urlsplit(mock.address).port)
            code, out, err = failed("--port", port)
            assert httpx.get(f"{mock.address}/x").status_code == 200
        assert (code, out) == (3, "")
        assert err == (
            f"errorbook: could not complete: port {port} of 127.0.0.1 is in use: "
            "name another with --port, or 0 for any free one\n"
        )

    @pytest.mark.parametrize(
        ("host", "said"),
        [
            ("192.0.2.1", "192.0.2.1 is no address of this machine"),
            ("no such\x1b[31m", "no such\\x1b[31m is no address"),
            ("x" * 300, "is no address"),
            ("", "--host takes an address"),
        ],
    )
    def test_a_host_that_is_not_here(self, host: str, said: str) -> None:
        code, out, err = failed("--host", host, "--port", "0")
        assert (code, out) == (3, "")
        assert said in err
        assert len(err.splitlines()) == 1
        assert err.rstrip("\n").isprintable()

    def test_a_port_that_only_others_may_use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(socket.socket, "bind", refuse)
        with pytest.raises(ListenError, match="name one above 1023"):
            server.serve(hostile(), ("127.0.0.1", 80), say=print, warn=print)

    def test_a_catalog_that_is_not_valid_is_wrong_usage(self, tmp_path: Path) -> None:
        file = tmp_path / "broken.yaml"
        file.write_text("apis: {shop: {erors: {}}}", encoding="utf-8")
        code, out, _ = failed("--port", "0", "--catalog", file)
        assert code == 2
        assert "error[unknown-key]" in out


class TestOnTheWire:
    def test_a_path_arrives_as_it_was_sent(self, mock: Running) -> None:
        answer = raw(mock.address, b"GET /a%2fb//../%00;x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b'"path": "/a%2fb//../%00;x"' in answer

    def test_no_header_of_a_catalog_ends_a_header(self, tmp_path: Path) -> None:
        file = tmp_path / "evil.yaml"
        file.write_text(EVIL_CATALOG, encoding="utf-8")
        with running("--port", "0", "--catalog", file) as mock:
            answer = httpx.get(f"{mock.address}/errors/shop/%E6%97%A5%E6%9C%AC")
        assert answer.status_code == 400
        assert answer.json() == {"code": "日本"}
        assert answer.headers["x-error"] == "日本"
        assert answer.headers["x-day"] == "日本 a  Set-Cookie: b"
        assert "set-cookie" not in answer.headers

    @pytest.mark.parametrize("status", [204, 205, 304, 599])
    def test_a_connection_goes_on_after_any_status(self, free: Running, status: int) -> None:
        request = b"%s /errors/s/free;status=%d HTTP/1.1\r\nHost: [::1]\r\n\r\n"
        requests = b"".join(request % (method, status) for method in (b"GET", b"HEAD", b"GET"))
        answer = raw(free.address, requests)
        assert answer.count(b"HTTP/1.1 %d" % status) == 3

    def test_proxies_and_errors_without_a_body_do_not_break_it(self) -> None:
        with running() as mock:
            request = b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"
            assert raw(mock.address, request).startswith(b"HTTP/1.1 405 ")
            assert raw(mock.address, b"not HTTP\x1b[31m\r\n\r\n").startswith(b"HTTP/1.1 400 ")
            assert httpx.get(f"{mock.address}/x").status_code == 200
            assert mock.end(signal.SIGINT) == (0, "", "")

    def test_with_verbose_each_request_is_a_line(self) -> None:
        with running("--port", "0", "--verbose") as mock:
            httpx.get(f"{mock.address}/v1/x?error=session_sealed&token=secret")
            _, out, err = mock.end(signal.SIGINT)
        assert (out, err) == ("GET /v1/x -> 409 artifacta/session_sealed\n", "")


def raw(address: str, sent: bytes) -> bytes:
    """Send bytes and return what comes back until nothing does for a while."""
    where = urlsplit(address)
    received = b""
    with (
        socket.create_connection(
            (where.hostname or "", where.port or 0), timeout=0.5
        ) as connection,
        contextlib.suppress(TimeoutError),
    ):
        connection.sendall(sent)
        while piece := connection.recv(65_536):
            received += piece
    return received
