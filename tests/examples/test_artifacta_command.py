"""The command `artifacta`: exit codes, and what it prints, at the boundary of its process too."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess

import pytest

from artifacta import cli, errors
from artifacta.errors import EXIT_CODES, FACTS, ExitCode
from tests.examples.commands import COMMAND, SECRET, call, environment, run
from tests.examples.servers import PATIENCE, listening, response, sending, unused_address

SUCCESS, FAULT, SERVER, NETWORK, INTERRUPTED = 0, 1, 2, 3, 130


def error_body(code: str, message: str = "No.") -> str:
    return json.dumps({"error": {"code": code, "message": message}})


def test_the_codes_are_those_of_the_catalog() -> None:
    assert [one.value for one in ExitCode] == [SUCCESS, FAULT, SERVER, NETWORK, INTERRUPTED]
    words = {"success": SUCCESS, "usage": FAULT, "network": NETWORK, "timeout": NETWORK}
    assert dict(EXIT_CODES) == words | {"interrupt": INTERRUPTED}


class TestSuccess:
    def test_an_artifact_is_printed_field_by_field(self, mock: str) -> None:
        ended = run("get", "art_1", address=mock)
        assert (ended.code, ended.err) == (SUCCESS, "")
        assert ended.out == "ok: true\nmethod: GET\npath: /v1/artifacts/art_1\n"

    def test_or_as_json(self, mock: str) -> None:
        ended = run("get", "art_1", "--json", "--base-url", mock)
        assert (ended.code, ended.err) == (SUCCESS, "")
        assert json.loads(ended.out) == {"ok": True, "method": "GET", "path": "/v1/artifacts/art_1"}

    def test_a_request_that_may_be_repeated_succeeds_in_the_end(self, quick_mock: str) -> None:
        address = f"{quick_mock}/errors/artifacta/rate_limited;fail=2"
        ended = run("get", "art_command", address=address)
        assert (ended.code, ended.err) == (SUCCESS, "")
        assert ended.out.startswith("ok: true\n")

    @pytest.mark.parametrize("arguments", [["--help"], ["get", "--help"]])
    def test_help(self, arguments: list[str]) -> None:
        ended = run(*arguments)
        assert (ended.code, ended.err) == (SUCCESS, "")
        assert ended.out.startswith("usage: artifacta")


class TestErrors:
    @pytest.mark.parametrize("code", FACTS)
    def test_every_code_of_the_catalog(self, quick_mock: str, code: str) -> None:
        ended = call("get", "art_1", address=f"{quick_mock}/errors/artifacta/{code}")
        assert (ended.code, ended.out) == (FAULT, "")
        first, *rest = ended.err.splitlines()
        assert first.startswith(f"artifacta: {code}: ")
        ways = [f"  {one.how} ({one.when})".removesuffix(" ()") for one in FACTS[code].actions]
        assert rest == [*ways, f"  {FACTS[code].docs_url}"]

    def test_a_process_ends_as_the_call_does(self, quick_mock: str) -> None:
        address = f"{quick_mock}/errors/artifacta/artifact_not_found"
        assert run("get", "art_1", address=address) == call("get", "art_1", address=address)

    def test_an_error_of_the_server(self, mock: str) -> None:
        ended = run("get", "art_1", address=f"{mock}/errors/artworks/internal_error")
        assert (ended.code, ended.out, ended.err) == (SERVER, "", "artifacta: HTTP 500\n")

    @pytest.mark.parametrize(
        ("status", "body", "code", "said"),
        [
            (500, error_body("brand_new"), SERVER, "artifacta: brand_new: No.\n"),
            (418, error_body("brand_new"), FAULT, "artifacta: brand_new: No.\n"),
            # What the catalog says of a code counts before the status.
            (503, error_body("session_sealed"), FAULT, "artifacta: session_sealed: No.\n"),
            (503, "<h1>Unavailable</h1>", SERVER, "artifacta: HTTP 503\n"),
            (599, "", SERVER, "artifacta: HTTP 599\n"),
            (404, "[]", FAULT, "artifacta: HTTP 404\n"),
            (302, "", SERVER, "artifacta: HTTP 302\n"),
        ],
    )
    def test_what_the_catalog_does_not_know(
        self, status: int, body: str, code: int, said: str
    ) -> None:
        with sending(response(status, body)) as address:
            ended = call("get", "art_1", address=address)
        assert (ended.code, ended.out) == (code, "")
        assert ended.err.startswith(said)

    @pytest.mark.parametrize(
        "body", ["", "<html>", "null", "[1]", '{"id": ', "[" * 100_000, b"\xff\xfe", "9" * 5000]
    )
    def test_a_success_that_is_no_artifact(self, body: str | bytes) -> None:
        with sending(response(200, body)) as address:
            ended = call("get", "art_1", address=address)
        assert (ended.code, ended.out) == (SERVER, "")
        assert ended.err == "artifacta: HTTP 200: The answer is no artifact.\n"

    def test_a_body_that_is_not_packed_as_it_says(self) -> None:
        with sending(response(200, "plain", "Content-Encoding: gzip")) as address:
            ended = call("get", "art_1", address=address)
        assert (ended.code, ended.err) == (SERVER, "artifacta: The answer cannot be decoded.\n")

    def test_the_documentation_is_named_where_there_is_one(
        self, mock: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        row = {**errors._ROWS["session_sealed"], "docs_url": "https://docs.example/sealed"}
        monkeypatch.setattr(errors, "_ROWS", {"session_sealed": row})
        monkeypatch.setenv("ARTIFACTA_API_KEY", SECRET)
        code = cli.main(["get", "a", "--base-url", f"{mock}/errors/artifacta/session_sealed"])
        *_, last = capsys.readouterr().err.splitlines()
        assert (code, last) == (FAULT, "  https://docs.example/sealed")

    def test_with_json_it_is_one_line_of_json(self, mock: str) -> None:
        ended = run("get", "art_1", "--json", address=f"{mock}/errors/artifacta/artifact_expired")
        assert (ended.code, ended.out) == (FAULT, "")
        assert len(ended.err.splitlines()) == 1
        said = json.loads(ended.err)
        assert (said["code"], said["action"], said["exit_code"]) == ("artifact_expired", "abort", 1)


class TestNetwork:
    def test_nothing_listens(self) -> None:
        address = unused_address()
        ended = run("get", "art_1", address=address)
        assert (ended.code, ended.out) == (NETWORK, "")
        assert ended.err.startswith(f"artifacta: {address[7:]} cannot be reached: ")
        assert "Check the address and the network" in ended.err

    def test_no_answer_in_time(self) -> None:
        with listening() as (address, _):
            ended = run("get", "art_1", "--timeout", "0.2", address=address)
        assert (ended.code, ended.out) == (NETWORK, "")
        assert ended.err.startswith(f"artifacta: {address[7:]} did not answer in time.\n")

    @pytest.mark.parametrize("answer", [b"", b"SSH-2.0-what\r\n", b"HTTP/1.1 200 OK\r\nConte"])
    def test_an_answer_that_is_no_http(self, answer: bytes) -> None:
        with sending(answer) as address:
            ended = run("get", "art_1", address=address)
        assert (ended.code, ended.out) == (NETWORK, "")

    def test_with_json(self) -> None:
        ended = run("get", "art_1", "--json", address=unused_address())
        said = json.loads(ended.err)
        assert (ended.code, said["error"], said["exit_code"]) == (NETWORK, "NetworkError", 3)


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["get"],
            ["put", "art_1"],
            ["get", "art_1", "--jso"],
            ["get", "art_1", "art_2"],
            ["get", "art_1", "\x1b[31m\r\n\u202e"],
            ["get", "art_1", "--base-url"],
            ["get", "art_1", "--base-url", "127.0.0.1:8900"],
            ["get", "art_1", "--base-url", "ftp://127.0.0.1"],
            ["get", "art_1", "--base-url", "http://"],
            ["get", "art_1", "--base-url", "http://[::1"],
            ["get", "art_1", "--base-url", f"http://me:{SECRET}@127.0.0.1"],
            ["get", ""],
            ["get", ".."],
            ["get", "a\nb"],
            ["get", "x" * 100_000],
        ],
    )
    def test_a_call_that_cannot_be_meant(self, arguments: list[str]) -> None:
        ended = call(*arguments, address=unused_address())
        assert (ended.code, ended.out) == (FAULT, "")
        assert "artifacta" in ended.err.splitlines()[-1]
        assert all(line.isprintable() for line in ended.err.split("\n"))

    @pytest.mark.parametrize("seconds", ["soon", "nan", "inf", "-1", "0", "1e300", "3601"])
    def test_a_time_that_is_none(self, seconds: str) -> None:
        ended = call("get", "art_1", "--timeout", seconds, address=unused_address())
        assert (ended.code, ended.out) == (FAULT, "")
        assert "argument --timeout: invalid" in ended.err

    @pytest.mark.parametrize("key", ["", " ", f"{SECRET}\nX: y", f"{SECRET}é"])
    def test_a_key_that_is_none_stays_unsaid(self, key: str) -> None:
        ended = call("get", "art_1", address=unused_address(), ARTIFACTA_API_KEY=key)
        assert (ended.code, ended.out) == (FAULT, "")
        assert "key" in ended.err

    @pytest.mark.parametrize("arguments", [["get", "art_1", "--jso"], ["get", ".."]])
    def test_a_process_ends_as_the_call_does(self, arguments: list[str]) -> None:
        address = unused_address()
        assert run(*arguments, address=address) == call(*arguments, address=address)


class TestInterrupt:
    LIMITED = response(
        429, '{"error": {"code": "rate_limited", "message": "", "retry_after_seconds": 50}}'
    )

    @pytest.mark.parametrize("answer", [b"", LIMITED], ids=["answer", "next attempt"])
    def test_it_ends_by_the_signal_and_says_nothing(self, answer: bytes) -> None:
        with listening() as (address, listener):
            process = _start([*COMMAND, "get", "art_1"], address)
            connection = _asked(listener)
            if answer:
                connection.sendall(answer)
                assert connection.recv(1) == b""  # it has read the answer, and waits
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=PATIENCE)
            connection.close()
        assert (process.returncode, said) == (-signal.SIGINT, ("", ""))

    def test_where_no_signal_can_be_sent_it_is_the_exit_code(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(_: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "_get", interrupt)
        monkeypatch.setattr("artifacta.cli.os.name", "nt")
        assert cli.main(["get", "art_1"]) == INTERRUPTED

    def test_a_shell_shows_the_exit_code(self) -> None:
        script = 'trap : INT; "$@"; echo $?'
        with listening() as (address, listener):
            process = _start(["sh", "-c", script, "sh", *COMMAND, "get", "art_1"], address)
            connection = _asked(listener)
            os.killpg(process.pid, signal.SIGINT)
            out, _ = process.communicate(timeout=PATIENCE)
            connection.close()
        assert out == f"{INTERRUPTED}\n"


class TestOutput:
    MEAN = "a\x1b]0;b\x07\x1b[31m\u202e\r\nartifacta: fine\u2028\x85\ud800"

    def test_no_answer_reaches_the_terminal_as_it_is(self) -> None:
        with sending(response(400, error_body(self.MEAN, self.MEAN))) as address:
            failed = run("get", "art_1", address=address)
        with sending(response(200, json.dumps({self.MEAN: self.MEAN, "list": [self.MEAN]}))) as ok:
            got = run("get", "art_1", address=ok)
        assert (failed.code, got.code) == (FAULT, SUCCESS)
        assert (len(failed.err.splitlines()), len(got.out.splitlines())) == (1, 2)
        assert all(line.isprintable() for line in (failed.err + got.out).split("\n"))
        assert "\\x1b" in failed.err
        assert "\\x1b" in got.out

    def test_a_terminal_without_unicode(self) -> None:
        with sending(response(200, '{"name": "caf\\u00e9"}')) as address:
            ended = run("get", "art_1", address=address, PYTHONIOENCODING="ascii")
        assert (ended.code, ended.out) == (SUCCESS, "name: caf\\xe9\n")

    @pytest.mark.parametrize("arguments", [["get", "art_1"], ["--help"]])
    def test_a_reader_that_has_seen_enough(self, mock: str, arguments: list[str]) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        process = _start([*COMMAND, *arguments], mock, stdout=writing)
        os.close(writing)
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (SUCCESS, "")

    def test_nobody_reads_the_error(self, mock: str) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        address = f"{mock}/errors/artifacta/artifact_not_found"
        process = _start([*COMMAND, "get", "art_1"], address, stderr=writing)
        os.close(writing)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == FAULT

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk at hand")  # noqa: PTH110
    def test_a_full_disk(self, mock: str) -> None:
        disk = os.open("/dev/full", os.O_WRONLY)
        process = _start([*COMMAND, "get", "art_1"], mock, stdout=disk)
        os.close(disk)
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == FAULT
        assert err.startswith("artifacta: ")
        assert len(err.splitlines()) == 1


def _start(
    command: list[str],
    address: str,
    *,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=environment(address),
        stdout=stdout,
        stderr=stderr,
        encoding="utf-8",
        start_new_session=True,
    )


def _asked(listener: socket.socket) -> socket.socket:
    """Return the connection over which the command has sent its request."""
    connection, _ = listener.accept()
    connection.settimeout(PATIENCE)
    assert connection.recv(65_536).startswith(b"GET /v1/artifacts/art_1 HTTP/1.1\r\n")
    return connection
