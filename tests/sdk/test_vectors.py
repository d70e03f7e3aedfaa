"""Every generated SDK sees of every response what the catalog says that it must."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from errorbook.outputs.python.module import MOST_STATEMENTS
from tests.sdk.foreign import HouseError
from tests.sdk.modules import apis, every_vector, module_of, vectors_of

ATTRIBUTES = (
    *("code", "status", "message", "request_id", "retryable", "retry_after"),
    *("exit_code", "action", "docs_url", "details"),
)


def answers(name: str, vector: dict[str, Any]) -> Iterator[Any]:
    """Yield what a module makes of a response, in each form that a client may give it."""
    read = module_of(name).from_response
    response = vector["response"]
    status, pairs = response["status"], [tuple(pair) for pair in response["headers"]]
    headers: list[Any] = [pairs, iter(pairs)]
    if len({key.lower() for key, _ in pairs}) == len(pairs):
        headers.append(dict(pairs))
    else:
        headers.append({key: [v for k, v in pairs if k.lower() == key.lower()] for key, _ in pairs})
    if "text" in response:
        bodies = [response["text"], response["text"].encode()]
    else:
        text = json.dumps(response["body"])
        bodies = [text, text.encode(), bytearray(text.encode()), "\ufeff" + text]
        if not isinstance(response["body"], str):
            bodies.append(copy.deepcopy(response["body"]))
    yield from (read(status, headers[0], body) for body in bodies)
    yield from (read(status, one, bodies[0]) for one in headers[1:])


def seen(exception: Any) -> dict[str, Any]:
    """Return what an exception says, as a vector's ``expected`` does; but typed details."""
    return {name: getattr(exception, name) for name in ATTRIBUTES}


@pytest.mark.parametrize("name", apis())
def test_exceptions_say_what_the_catalog_does(name: str) -> None:
    checked = 0
    for label, vector in every_vector(name):
        expected = vector["expected"]
        for exception in answers(name, vector):
            wanted = {key: expected[key] for key in ATTRIBUTES}
            wanted["retry_after"] = pytest.approx(expected["retry_after"])
            assert seen(exception) == wanted, label
            assert type(exception).__name__ == expected["class"]["python"], label
            assert isinstance(
                exception, getattr(module_of(name), vectors_of(name)["base"]["python"])
            )
            checked += 1
    assert checked >= 4 * len(apis()[name].errors)


@pytest.mark.parametrize("name", apis())
def test_details_are_typed_attributes(name: str) -> None:
    base = vectors_of(name)["base"]
    for label, vector in every_vector(name):
        expected = vector["expected"]
        if expected["class"] == base:
            continue
        (exception, *_) = answers(name, vector)
        for attribute, value in expected["attributes"]["python"].items():
            assert getattr(exception, attribute) == value, (label, attribute)


def test_there_are_typed_details_of_every_type() -> None:
    vectors = [vector for name in apis() for _, vector in every_vector(name)]
    values = [
        one for vector in vectors for one in vector["expected"]["attributes"]["python"].values()
    ]
    assert {type(one) for one in values} == {str, int, float, bool, list, dict, type(None)}


@pytest.mark.parametrize("name", apis())
def test_what_is_secret_is_nowhere(name: str) -> None:
    for label, vector in every_vector(name):
        for text in vector.get("absent", []):
            assert text in json.dumps(vector["response"])
            for exception in answers(name, vector):
                held = [str(exception), repr(exception), str(exception.__dict__)]
                held += [str(exception.args), json.dumps(exception.to_dict())]
                assert not any(text in one for one in held), label
                for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                    assert text.encode() not in pickle.dumps(exception, protocol), label


@pytest.mark.parametrize("name", apis())
def test_copies_say_the_same(name: str) -> None:
    for label, vector in every_vector(name):
        (exception, *_) = answers(name, vector)
        pickled = pickle.loads(pickle.dumps(exception))  # noqa: S301  # it was made here
        for again in (pickled, copy.copy(exception), copy.deepcopy(exception)):
            assert type(again) is type(exception), label
            assert seen(again) == seen(exception), label
            assert (again.args, again.headers) == (exception.args, exception.headers), label
            assert again.body == exception.body, label


@pytest.mark.parametrize("name", apis())
def test_the_example_of_a_class_is_the_documented_one(name: str) -> None:
    module, base = module_of(name), vectors_of(name)["base"]
    for label, vector in every_vector(name):
        expected = vector["expected"]
        if vector["case"] == "as documented" and expected["class"] != base:
            cls = getattr(module, expected["class"]["python"])
            example = cls.example(expected["code"])
            assert example.code == expected["code"], label
            assert (example.status, example.message) == (expected["status"], expected["message"])
            assert example.details == expected["details"], label


def test_classes_come_below_those_that_the_catalog_asks_for() -> None:
    module = module_of("families")
    above = {
        "TooManyError": ("LimitError", "ClientError"),
        "TooBigError": ("LimitError", "ClientError"),
        "DeniedError": ("ClientError",),
        "LostError": ("AbsentError", "ClientError"),
        "LostTooError": ("ClientError",),
        "OddError": (),
        "BrokenError": ("ServerError",),
        "TimelessError": (),
    }
    parents = ("LimitError", "ClientError", "AbsentError", "ServerError")
    for name, expected in above.items():
        found = [one for one in parents if issubclass(getattr(module, name), getattr(module, one))]
        assert sorted(found) == sorted(expected), name


def test_the_base_class_comes_below_that_of_the_sdk() -> None:
    exception = module_of("foreign").from_response(500, None, {"code": "broken"})
    assert isinstance(exception, HouseError)
    assert exception.house == "ours"


def test_old_names_of_classes_still_work() -> None:
    module = module_of("renamed")
    for name in ("FormerError", "BeforeError"):
        with pytest.warns(DeprecationWarning, match="CurrentError"):
            assert getattr(module, name) is module.CurrentError


def test_the_exit_codes_of_what_ends_without_a_response() -> None:
    codes = module_of("exits").EXIT_CODES
    assert {word: int(code) for word, code in codes.items()} == {
        "success": 0,
        "network": 3,
        "timeout": 3,
        "usage": 1,
        "interrupt": 130,
        "unknown": 70,
    }


def test_many_classes_are_made_on_demand_and_once() -> None:
    module = module_of("many")
    assert len(apis()["many"].errors) > MOST_STATEMENTS
    exception = module.from_response(None, None, {"error": {"code": "code_1"}})
    assert module.Code1Error is type(exception) is module.Code1Error
    assert issubclass(module.Code1Error, module.SomeError)
