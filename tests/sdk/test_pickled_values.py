"""What pickles and copies of exceptions hold: no secrets, nothing live, and never too much."""

from __future__ import annotations

import json
import pickle
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.sdk.modules import module_of
from tests.sdk.packages import Package

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
SECRET = "s3cr3t-v4lu3"  # noqa: S105  # what must be found nowhere
CREDENTIALS = {
    "Authorization": f"Bearer {SECRET}",
    "Cookie": f"session={SECRET}",
    "Set-Cookie": f"session={SECRET}; HttpOnly",
    "X-Api-Key": SECRET,
    "Proxy-Authorization": f"Basic {SECRET}",
    "X-Amz-Security-Token": SECRET,
    "X-Goog-Iam-Authorization-Token": SECRET,
}


def test_no_credential_gets_into_a_pickle(package: Package) -> None:
    for name in (*CREDENTIALS, *map(str.upper, CREDENTIALS), *map(str.lower, CREDENTIALS)):
        headers = {name: CREDENTIALS.get(name) or SECRET, "X-Kept": "kept"}
        for given in (headers, list(headers.items()), _encoded(headers), {**headers, "X-N": 1}):
            response = package.module.from_response(418, given, {"error": {"code": "x"}})
            by_hand = package.base(headers=given)
            for error in (response, by_hand):
                assert error.headers["x-kept"] == "kept"
                for protocol in PROTOCOLS:
                    assert SECRET.encode() not in pickle.dumps(error, protocol), name
                assert SECRET not in f"{error!s} {error!r} {error.to_dict()} {vars(error)}"


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def test_no_sensitive_detail_gets_into_a_pickle() -> None:
    module = module_of("secrets")
    details = {"card": SECRET, "owner": {"name": SECRET}, "bank": "First"}
    message = f"Card {SECRET} was declined."
    body = {"code": "declined", "message": message, **details}
    for error in (
        module.from_response(402, {"X-Echo": SECRET}, body),
        module.from_response(402, {"X-Echo": SECRET}, json.dumps(body)),
        module.DeclinedError(
            message=message, details=details, body=body, headers={"X-Echo": SECRET}
        ),
    ):
        assert error.message == "Card [redacted] was declined."
        assert error.bank == error.body["bank"] == "First"
        assert SECRET not in f"{error!s} {error!r} {error.to_dict()} {vars(error)} {error.args}"
        for protocol in PROTOCOLS:
            assert SECRET.encode() not in pickle.dumps(error, protocol)


class _Live(str):
    """A text that holds something live."""

    held: object

    def __new__(cls, text: str, held: object) -> _Live:
        made = super().__new__(cls, text)
        made.held = held
        return made


class _Number(int):
    """A number that holds something live."""

    held: object


@pytest.fixture(name="live")
def _live() -> Iterator[list[Any]]:
    number = _Number(5)
    number.held = threading.Lock()
    with socket.socket() as one:
        yield [
            one,
            threading.Lock(),
            number,
            (line for line in "lines"),
            {"Authorization": one},
            {one: 1},
            {_Live("key", one): 1},
            _Live("text", one),
            {1, 2},
            object(),
            b"bytes",
        ]


def test_nothing_live_gets_into_a_pickle(
    package: Package, live: list[Any], duplicate: Callable[[Any], Any]
) -> None:
    for one in live:
        error = package.base(details={"kept": 1, "live": one}, body={"kept": [1, one]})
        found = duplicate(error)
        assert found.details["kept"] == 1
        assert found.body["kept"][0] == 1
        json.dumps([found.details, found.body])
        response = package.module.from_response(500, {"X-Live": one}, one)
        assert duplicate(response).status == 500


def test_what_an_exception_was_raised_from_stays_outside(
    package: Package, duplicate: Callable[[Any], Any]
) -> None:
    error = _raised(package)
    assert error.__cause__ is not None
    assert error.__context__ is not None
    found = duplicate(error)
    assert (found.__cause__, found.__context__, found.__traceback__) == (None, None, None)
    assert found.message == "m"


def _raised(package: Package) -> Any:
    """Return an exception that was raised where secrets, locks and sockets are around."""
    request = {"Authorization": SECRET}
    with socket.socket() as held:
        try:
            try:
                raise ConnectionError(held, threading.Lock(), request)
            except ConnectionError as cause:
                raise package.base(message="m") from cause
        except package.base as error:
            return error


def test_nothing_of_the_request_gets_into_a_pickle(package: Package) -> None:
    for protocol in PROTOCOLS:
        assert SECRET.encode() not in pickle.dumps(_raised(package), protocol)


# Large and deep bodies, and what refers to itself.


def test_a_body_a_thousand_deep_is_cut_and_not_refused(
    package: Package, duplicate: Callable[[Any], Any]
) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        body = f"{opening * 1000}1{closing * 1000}"
        error = package.module.from_response(500, None, body)
        assert error.body is not None
        assert duplicate(error).body is not None
        json.dumps(duplicate(error).body)


def test_a_body_of_a_megabyte_survives(package: Package, duplicate: Callable[[Any], Any]) -> None:
    text = "x" * 999_000
    error = package.module.from_response(500, None, json.dumps({"text": text}))
    assert duplicate(error).body == {"text": text}


def test_a_body_that_holds_itself_takes_no_time(
    package: Package, duplicate: Callable[[Any], Any]
) -> None:
    body: list[Any] = [1]
    body.extend([body, body])
    shared: dict[str, Any] = {"leaf": 1}
    for _ in range(45):
        shared = {"one": shared, "other": shared}
    for one in (body, shared):
        error = package.base(body=one, details={"body": one})
        found = duplicate(error)
        assert type(found.body) is type(one)
        assert error.to_dict()["details"] is not None
