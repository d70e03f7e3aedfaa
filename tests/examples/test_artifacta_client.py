"""The client of the example: when it sends a request again, and what it never shows."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from artifacta import Client, errors
from artifacta.client import NetworkError, TimedOutError
from artifacta.errors import EXIT_CODES, FACTS, ArtifactaError, RateLimitedError
from tests.examples.commands import SECRET, environment

Reply = httpx.Response | Exception
RETRYABLE = [code for code, facts in FACTS.items() if facts.retryable]
OTHERS = [code for code in FACTS if code not in RETRYABLE]


@dataclass
class Api:
    """Answers each request with the next reply, the last one for ever, and counts them."""

    replies: list[Reply]
    requests: list[httpx.Request] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def client(self, **options: Any) -> Client:
        """Return a client of it that does not really sleep."""
        given = {"sleep": self.slept.append, "chance": lambda: 0.0, **options}
        transport = httpx.MockTransport(self._answer)
        return Client("https://api.artifacta.example/eu", SECRET, transport=transport, **given)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply


def failure(code: str, **details: object) -> httpx.Response:
    """Return the catalog's example of an error, with other details."""
    example = ArtifactaError.example(code)
    body = {"error": {"code": code, "message": example.message, **example.details, **details}}
    return httpx.Response(example.status or 500, json=body)


def limited(seconds: float) -> httpx.Response:
    return failure("rate_limited", retry_after_seconds=seconds)


DONE = httpx.Response(200, json={"id": "art_1"})
CALLS: dict[str, Callable[[Client], object]] = {
    "get": lambda client: client.get("art_1"),
    "seal": lambda client: client.seal("ses_1"),
}


@pytest.fixture(params=CALLS)
def call(request: pytest.FixtureRequest) -> Callable[[Client], object]:
    """A call that reads, then one that writes."""
    return CALLS[request.param]


class TestRetriesAgainstTheMock:
    @pytest.mark.parametrize(("chance", "pauses"), [(0.0, [5, 10]), (1.0, [6.25, 12.5])])
    @pytest.mark.parametrize("name", CALLS)
    def test_two_failures_and_a_success(
        self, mock: str, name: str, chance: float, pauses: list[float]
    ) -> None:
        slept: list[float] = []
        # A path of its own for each run: the mock counts by path.
        address = f"{mock}/errors/artifacta/rate_limited;fail=2/{chance}"
        with Client(address, SECRET, sleep=slept.append, chance=lambda: chance) as client:
            CALLS[name](client)
        assert slept == pauses

    def test_the_third_failure_is_raised(self, mock: str) -> None:
        slept: list[float] = []
        address = f"{mock}/errors/artifacta/rate_limited;fail=3/third"
        client = Client(address, SECRET, sleep=slept.append, chance=lambda: 0.0)
        with client, pytest.raises(RateLimitedError) as caught:
            client.get("art_1")
        assert (slept, caught.value.retry_after) == ([5, 10], 5)


class TestRetries:
    def test_the_catalog_has_errors_of_both_kinds(self) -> None:
        assert RETRYABLE == ["rate_limited"]
        assert len(OTHERS) == 11

    @pytest.mark.parametrize("code", OTHERS)
    def test_what_is_not_retryable_is_tried_once(
        self, code: str, call: Callable[[Client], object]
    ) -> None:
        api = Api([failure(code)])
        with pytest.raises(ArtifactaError) as caught:
            call(api.client(max_attempts=9))
        assert (caught.value.code, len(api.requests), api.slept) == (code, 1, [])

    @pytest.mark.parametrize(
        "reply",
        [
            httpx.Response(503, headers={"Retry-After": "1"}),
            httpx.Response(429, json={"error": {"code": "newer_than_we_are"}}),
        ],
    )
    def test_what_nobody_knows_is_tried_once(
        self, reply: httpx.Response, call: Callable[[Client], object]
    ) -> None:
        api = Api([reply, DONE])
        with pytest.raises(ArtifactaError) as caught:
            call(api.client())
        assert caught.value.retryable is None
        assert (len(api.requests), api.slept) == (1, [])

    def test_another_error_ends_the_attempts(self) -> None:
        api = Api([limited(1), failure("artifact_expired"), DONE])
        with pytest.raises(errors.ArtifactExpiredError):
            api.client().get("art_1")
        assert (len(api.requests), api.slept) == (2, [1])

    @pytest.mark.parametrize(("most", "slept"), [(1, []), (2, [1]), (5, [1, 2, 4, 8])])
    def test_there_are_no_more_attempts_than_allowed(self, most: int, slept: list[float]) -> None:
        api = Api([limited(1)])
        with pytest.raises(RateLimitedError):
            api.client(max_attempts=most).get("art_1")
        assert (len(api.requests), api.slept) == (most, slept)

    def test_a_response_that_asks_for_nothing_gets_a_pause(self) -> None:
        api = Api([limited(0), httpx.Response(429, json={"error": {"code": "rate_limited"}}), DONE])
        api.client().get("art_1")
        assert api.slept == [0.5, 1]

    def test_pauses_are_bounded(self) -> None:
        api = Api([limited(40)])
        with pytest.raises(RateLimitedError):
            api.client(max_attempts=2000, chance=lambda: 1.0).get("art_1")
        assert api.slept == [50, *[60] * 1998]

    def test_an_hour_is_for_the_caller_to_wait(self) -> None:
        api = Api([limited(3600), DONE])
        with pytest.raises(RateLimitedError) as caught:
            api.client().get("art_1")
        assert (caught.value.retry_after, api.slept) == (3600, [])

    def test_pauses_do_not_grow_unless_the_catalog_says_so(self, edit: Edit) -> None:
        edit(backoff="fixed")
        api = Api([limited(1), limited(1), DONE])
        api.client().get("art_1")
        assert api.slept == [1, 1]

    def test_the_catalog_may_allow_fewer_attempts(self, edit: Edit) -> None:
        edit(max_attempts=2)
        api = Api([limited(1)])
        with pytest.raises(RateLimitedError):
            api.client(max_attempts=9).get("art_1")
        assert len(api.requests) == 2

    def test_a_write_that_needs_a_key_to_be_safe_is_not_repeated(self, edit: Edit) -> None:
        edit(needs="idempotency_key")
        writing, reading = Api([limited(1), DONE]), Api([limited(1), DONE])
        with pytest.raises(RateLimitedError):
            writing.client().seal("ses_1")
        reading.client().get("art_1")
        assert (len(writing.requests), len(reading.requests)) == (1, 2)


Edit = Callable[..., None]


@pytest.fixture
def edit(monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Lets the catalog say something else of rate_limited."""

    def change(**facts: object) -> None:
        row = errors._ROWS["rate_limited"]
        monkeypatch.setattr(errors, "_ROWS", {**errors._ROWS, "rate_limited": {**row, **facts}})

    return change


class TestNetwork:
    @pytest.mark.parametrize(
        ("raised", "kind", "word"),
        [
            (httpx.ConnectError("refused"), NetworkError, "network"),
            (httpx.ReadError("reset"), NetworkError, "network"),
            (httpx.RemoteProtocolError("closed"), NetworkError, "network"),
            (httpx.ProxyError("no"), NetworkError, "network"),
            (httpx.ConnectTimeout("slow"), TimedOutError, "timeout"),
            (httpx.ReadTimeout("slow"), TimedOutError, "timeout"),
            (httpx.PoolTimeout("slow"), TimedOutError, "timeout"),
        ],
    )
    def test_a_failure_without_a_response_is_tried_once(
        self,
        raised: Exception,
        kind: type[ArtifactaError],
        word: str,
        call: Callable[[Client], object],
    ) -> None:
        api = Api([raised, DONE])
        with pytest.raises(ArtifactaError) as caught:
            call(api.client())
        error = caught.value
        assert (type(error), error.exit_code) == (kind, EXIT_CODES[word])
        assert (error.code, error.retryable, len(api.requests)) == (None, None, 1)
        assert error.__cause__ is raised
        assert type(pickle.loads(pickle.dumps(error))) is kind  # noqa: S301  # our own


class TestRequests:
    def test_what_is_sent(self) -> None:
        api = Api([DONE])
        api.client().get("art_1")
        api.client().seal("ses_1")
        assert [(one.method, str(one.url)) for one in api.requests] == [
            ("GET", "https://api.artifacta.example/eu/v1/artifacts/art_1"),
            ("POST", "https://api.artifacta.example/eu/v1/sessions/ses_1/seal"),
        ]
        assert {one.headers["authorization"] for one in api.requests} == {f"Bearer {SECRET}"}

    @pytest.mark.parametrize("name", ["a/../../b", "a?b=c#d", "%2e%2e", "ü", "a b"])
    def test_an_id_is_one_step_of_the_path(self, name: str) -> None:
        api = Api([DONE])
        api.client().get(name)
        path = api.requests[0].url.raw_path.decode()
        assert path.startswith("/eu/v1/artifacts/")
        assert (path.count("/"), path.count("?")) == (4, 0)
        assert api.requests[0].url.path.endswith(f"/{name}")

    @pytest.mark.parametrize("name", ["", ".", "..", "a\n", "\udcff", "x" * 1001])
    def test_what_is_no_id_is_not_sent(self, name: str, call: Callable[[Client], object]) -> None:
        api = Api([DONE])
        with pytest.raises(ValueError, match="no id"):
            api.client().get(name)
        with pytest.raises(ValueError, match="no id"):
            api.client().seal(name)
        assert api.requests == []

    def test_address_and_key_are_read_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ARTIFACTA_URL", "http://127.0.0.1:8900")
        monkeypatch.setenv("ARTIFACTA_API_KEY", f"{SECRET}\n")
        api = Api([DONE])
        Client(transport=httpx.MockTransport(api._answer)).get("art_1")
        (request,) = api.requests
        assert request.url.host == "127.0.0.1"
        assert request.headers["authorization"] == f"Bearer {SECRET}"

    def test_the_key_does_not_follow_a_redirect(self) -> None:
        api = Api([httpx.Response(307, headers={"Location": "https://elsewhere.example/"}), DONE])
        with pytest.raises(ArtifactaError) as caught:
            api.client().get("art_1")
        assert (caught.value.status, len(api.requests)) == (307, 1)


class TestSecrets:
    @pytest.mark.parametrize(
        "reply",
        [
            *map(failure, FACTS),
            httpx.Response(
                401,
                headers={
                    "Set-Cookie": f"session={SECRET}",
                    "X-Api-Key": SECRET,
                    "Authorization": f"Bearer {SECRET}",
                },
                json={"error": {"code": "unauthorized", "message": "No."}},
            ),
            httpx.Response(200, text="<html>"),
            httpx.ConnectError("refused"),
            httpx.ReadTimeout("slow"),
        ],
    )
    def test_no_error_holds_the_key(self, reply: Reply, call: Callable[[Client], object]) -> None:
        client = Api([reply]).client(max_attempts=2)
        try:
            call(client)
        except ArtifactaError as error:
            shown = [str(error), repr(error), repr(client), traceback.format_exc()]
            shown += [json.dumps(error.to_dict()), repr(vars(error))]
            pickles = [pickle.dumps(error, number) for number in range(pickle.HIGHEST_PROTOCOL + 1)]
            assert not [text for text in shown if SECRET in text]
            assert not [data for data in pickles if SECRET.encode() in data]
        else:
            assert call is CALLS["seal"]  # which expects no body
            assert isinstance(reply, httpx.Response)
            assert reply.is_success

    @pytest.mark.parametrize("key", ["", f"{SECRET}\r\nX: y", f"{SECRET}é", f"{SECRET}\x00"])
    def test_a_key_that_is_none_is_not_shown(
        self, key: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("ARTIFACTA_API_KEY", raising=False)
        with pytest.raises(ValueError, match="API key") as caught:
            Client("http://127.0.0.1:8900", key)
        assert SECRET not in str(caught.value)


def test_the_errors_are_imported_without_httpx() -> None:
    source = "import sys, artifacta.errors; print('httpx' in sys.modules)"
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, env=environment(""), capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]


def test_the_package_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="'artifacta' has no attribute 'Clinet'"):
        __import__("artifacta").Clinet  # noqa: B018  # looking it up is what fails
