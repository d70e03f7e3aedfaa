"""Whatever comes in, an exception of the API's own comes out, and it can be shown and sent on."""

from __future__ import annotations

import copy
import json
import pickle
import time
from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import pytest

from errorbook.outputs.python import base_class
from tests.sdk.hostile import Hostile, responses, statuses
from tests.sdk.modules import apis, every_vector, module_of

OURS: Final = ("artifacta", "artworks", "awkward")
OTHERS: Final = ("families", "foreign", "forms", "heads", "many", "numbers", "patterns", "secrets")
LONGEST: Final = 300
LARGE: Final = 30_000
"""Characters of a response that is tried with one status alone."""
MOST_SECONDS: Final = 0.5
STRANGE: Final[tuple[Any, ...]] = (
    *(None, True, 0, -1, 1.5, 10**5000, float("nan"), "", "\ud800", "x" * 100_000, [], {}, [[]]),
    *([{}], {"": None}, [None] * 1000, {"code": {"code": {}}}, "\x1b[31m\r\n\u202e"),
)
"""What stands where something else belongs."""


def check(name: str, error: Any) -> None:
    """Fail unless ``error`` is what ``from_response`` promises, in spite of what it was given."""
    assert isinstance(error, getattr(module_of(name), base_class(name, apis()[name])))
    for text in (str(error), repr(error)):
        assert len(text) <= LONGEST
        assert text.isprintable()
        text.encode()
    assert error.code is None or isinstance(error.code, str)
    assert error.status is None or type(error.status) is int
    assert isinstance(error.message, str)
    assert error.retry_after is None or 0 <= error.retry_after < float("inf")
    json.dumps(error.to_dict(), allow_nan=False)
    assert hash(error) == hash(error)
    shown, said = (str(error), repr(error)), json.dumps(error.to_dict())
    for again in copies(error):
        assert type(again) is type(error)
        assert (str(again), repr(again)) == shown
        assert json.dumps(again.to_dict()) == said
        assert again.args == error.args


def copies(error: Any) -> Iterator[Any]:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # it was made here
    yield copy.copy(error)
    yield copy.deepcopy(error)


@pytest.mark.parametrize("hostile", responses(), ids=lambda one: one.name.replace(" ", "-"))
def test_an_exception_comes_of_everything(hostile: Hostile) -> None:
    is_large = len(str(hostile.headers)) + len(str(hostile.body)) > LARGE
    for name, status in product(OURS, [429] if is_large else statuses()):
        check(name, module_of(name).from_response(status, hostile.headers, hostile.body))
    for name in OTHERS:
        check(name, module_of(name).from_response(503, hostile.headers, hostile.body))


@pytest.mark.parametrize("name", [*OURS, *OTHERS])
def test_an_exception_comes_of_anything_at_any_place(name: str) -> None:
    read, tried = module_of(name).from_response, 0
    for vector in documented(name):
        response = vector["response"]
        pairs = [tuple(pair) for pair in response["headers"]]
        for strange in STRANGE:
            for body in changed(response.get("body", response.get("text")), strange):
                check(name, read(response["status"], pairs, body))
                tried += 1
            for index, (header, _) in enumerate(pairs):
                headers = [*pairs[:index], (header, strange), *pairs[index + 1 :]]
                check(name, read(response["status"], headers, response.get("body", "")))
                tried += 1
    assert tried > len(STRANGE)


def documented(name: str) -> list[dict[str, Any]]:
    """Return the first documented examples of an API: one of each form and kind of detail."""
    vectors = [one for _, one in every_vector(name) if one["error"] is not None]
    return [one for one in vectors if one["case"] == "as documented"][-3:]


def changed(body: Any, strange: Any) -> Iterator[Any]:
    """Yield ``body`` with ``strange`` in the place of each value of it, and of all of it."""
    yield strange
    if isinstance(body, dict | list):
        for key, value in list(body.items() if isinstance(body, dict) else enumerate(body)):
            for one in changed(value, strange):
                again = copy.copy(body)
                again[key] = one
                yield again


class Bomb:
    """Something that fails whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise LookupError(name)

    def __iter__(self) -> Any:
        raise LookupError

    def __bool__(self) -> bool:
        raise LookupError


class Shouting(str):
    """A text that holds more than its letters."""

    __slots__ = ("secret",)


def looped() -> dict[str, Any]:
    body: dict[str, Any] = {"error": {"code": "rate_limited"}}
    body["error"]["error"] = body["self"] = body
    return body


OBJECTS: Final[dict[str, Any]] = {
    "bomb": Bomb(),
    "object": object(),
    "class": dict,
    "looped": looped(),
    "bytes of bytes": [b"a", {b"b": b"c"}],
    "keys of many types": {"error": "rate_limited", 1: 2, None: 3, (1,): 4},
    "set": {"error": {"a", "b"}},
    "memory": memoryview(b'{"error": "rate_limited"}'),
    "generator": {"error": (one for one in "a")},
    "text of its own": {"error": Shouting("rate_limited"), "message": Shouting("m")},
}


@pytest.mark.parametrize("what", OBJECTS)
@pytest.mark.parametrize("name", OURS)
def test_an_exception_comes_of_objects_that_are_no_json(name: str, what: str) -> None:
    given, read = OBJECTS[what], module_of(name).from_response
    check(name, read(500, None, given))
    check(name, read(500, given, "{}"))
    check(name, read(given, [], "{}"))
    check(name, read(500, {"Retry-After": given, "a": given}, {"error": {"code": given}}))


@pytest.mark.parametrize("name", OURS)
def test_a_long_body_takes_no_longer_than_its_length(name: str) -> None:
    read = module_of(name).from_response
    for hostile in responses():
        started = time.process_time()
        read(429, hostile.headers, hostile.body)
        assert time.process_time() - started < MOST_SECONDS, hostile.name


def test_the_list_is_as_long_as_it_says() -> None:
    names = [one.name for one in responses()]
    assert len(names) == len(set(names)) >= 60
    assert any(isinstance(one.body, bytes) for one in responses())
    assert max(len(one.body) for one in responses() if isinstance(one.body, str)) >= 10**6
