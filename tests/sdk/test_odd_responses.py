"""Responses that are odd, but not hostile: other kinds of headers, dates, and places of secrets."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorbook.outputs.expectations import Response, expectation
from errorbook.outputs.python.module import render
from tests.decode.homes import Node, Python
from tests.outputs.modules import catalog_of, import_text, module_of
from tests.sdk.modules import module_of as committed

CARD = "4111-2222"
TILL = """
apis:
  till:
    envelopes:
      - headers: {X-Card: "{card}", X-Code: "{code}"}
      - body:
          code: "{code}"
          "payment_card?": "{card}"
          "who?": "{owner}"
          "message?": "{message}"
          "*": "{details}"
    errors:
      pay:
        status: 402
        details:
          card: {type: string, sensitive: true}
          owner: {type: object, sensitive: true}
"""


@pytest.fixture(scope="module", name="till")
def _till(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("till")
    return module_of(catalog_of(TILL, folder), folder)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, {"code": "pay", "payment_card": CARD, "message": f"No {CARD}."}),
        ({}, {"code": "pay", "payment_card": [CARD], "message": f"No {CARD}."}),
        ({}, {"code": "pay", "who": {"name": CARD}, "message": f"Dear {CARD}"}),
        ({}, {"code": None, "payment_card": CARD, "message": f"No {CARD}."}),
        ({}, [{"payment_card": CARD}, f"No {CARD}."]),
        ({"X-Card": CARD, "X-Request-Id": f"r-{CARD}"}, {"code": "pay"}),
        ({"X-Card": CARD, "X-Code": "pay"}, f"No {CARD}."),
        ({"X-Card": CARD}, None),
    ],
)
def test_a_secret_is_nowhere_however_it_is_called(
    till: ModuleType, headers: dict[str, str], body: Any
) -> None:
    for error in (
        till.from_response(402, headers, body),
        till.PayError(headers=headers, body=body, message=CARD if headers else ""),
    ):
        held = pickle.dumps(error).decode("latin-1") + repr(vars(error)) + str(error)
        assert CARD not in held + repr(error) + repr(error.to_dict())


def test_a_short_secret_is_taken_out_of_words_of_its_own_alone(till: ModuleType) -> None:
    error = till.from_response(402, {}, {"code": "pay", "card": "a", "message": "a card"})
    assert error.message == "[redacted] card"


class Repeated(Mapping[str, str]):
    """Headers of which each name is listed once, and each value."""

    def __getitem__(self, name: str) -> str:
        return "1"

    def __iter__(self) -> Iterator[str]:
        return iter(["Set-Cookie", "Retry-After"])

    def __len__(self) -> int:
        return 2

    def values(self) -> Any:
        return ["1", "2", "3"]

    def items(self) -> Any:
        return [("Set-Cookie", "1"), ("Set-Cookie", "2"), ("Retry-After", "3")]


class Broken(dict[str, str]):
    """Headers that cannot be read."""

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError

    def items(self) -> Any:
        raise RuntimeError


def test_headers_with_more_values_than_names_are_read(till: ModuleType) -> None:
    error = till.from_response(402, Repeated(), {"code": "pay"})
    assert (type(error).__name__, error.retry_after) == ("PayError", 3.0)
    assert error.headers == {"retry-after": "3"}


def test_headers_that_cannot_be_read_leave_the_body_to_decide(till: ModuleType) -> None:
    error = till.from_response(402, Broken(a="b"), {"code": "pay"})
    assert (type(error).__name__, error.status, error.headers) == ("PayError", 402, {})


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("30", 30.0),
        ("5, 7", 5.0),
        ("Wed, 01 Jul 2026 12:00:30 GMT", 30.0),
        ("wed, 01 jul 2026 12:00:30 gmt", 30.0),
        ("Wednesday, 01-Jul-26 12:00:30 GMT", 30.0),
        ("Wed Jul  1 12:00:30 2026", 30.0),
        ("Wed, 01 Jul 2026 14:00:30 +0200", 30.0),
        ("Wed, 01 Jul 2026 08:00:30 -0400", 30.0),
        ("2026-07-01T12:00:30Z", 30.0),
        ("2026-07-01T12:00:30.5Z", 30.5),
        ("2026-07-01T12:00:30.123456789Z", 30.123),
        ("2026-07-01T14:00:30+0200", 30.0),
        ("Wed, 01 Jul 2026 11:59:30 GMT", 0.0),
        ("Wed, 01 Jul 2026 12:00:30 PDT", None),
        ("99999999999999999999", None),
        ("-1", None),
        ("1e3", None),
        ("soon", None),
        ("2026-13-01T12:00:30Z", None),
    ],
)
def test_a_date_is_read_by_its_zone(till: ModuleType, told: str, seconds: float | None) -> None:
    headers = {"Date": "Wed, 01 Jul 2026 12:00:00 GMT", "Retry-After": told}
    assert till.from_response(402, headers, {"code": "pay"}).retry_after == seconds


@pytest.mark.parametrize(
    "name",
    [
        *("X_API_KEY", "X-AuthToken", "X-SecretKey", "X-Session-Id", "Authentication-Info"),
        *("Ocp-Apim-Subscription-Key", "X-Functions-Key", "X-Bearer", "X-Passphrase", "Cookie2"),
    ],
)
def test_a_header_that_sounds_like_a_credential_is_not_kept(till: ModuleType, name: str) -> None:
    assert till.from_response(402, {name: "x"}, {"code": "pay"}).headers == {}


@pytest.mark.parametrize(
    "name", ["WWW-Authenticate", "X-RateLimit-Remaining-Tokens", "X-Author", "Retry-After", "ETag"]
)
def test_other_headers_are_kept(till: ModuleType, name: str) -> None:
    assert till.from_response(402, {name: "x"}, None).headers == {name.lower(): "x"}


def test_a_former_code_is_read_as_the_one_that_took_its_place(tmp_path: Path) -> None:
    text = """
        apis:
          shop:
            envelopes: [{body: {code: "{code}"}}]
            errors: {sold_out: {status: 409, renamed_from: out_of_stock}}
            retired: {out_of_stock: {replaced_by: sold_out}}
    """
    shop = module_of(catalog_of(text, tmp_path), tmp_path)
    error = shop.from_response(409, None, {"code": "out_of_stock"})
    assert (type(error), error.code) == (shop.SoldOutError, "sold_out")
    assert error.body == {"code": "out_of_stock"}


def test_a_code_without_a_class_is_raised_as_the_class_of_its_status(tmp_path: Path) -> None:
    text = """
        apis:
          shop:
            envelopes: [{body: {code: "{code}"}}]
            errors: {gone: {status: 404, sdk: {python: {exception: none}}}}
            sdk: {python: {parents: {404: AbsentError, 4xx: RequestError}}}
    """
    shop = module_of(catalog_of(text, tmp_path), tmp_path)
    assert type(shop.from_response(404, None, {"code": "gone"})) is shop.AbsentError
    assert shop.FACTS["gone"].exception == "AbsentError"
    assert type(shop.from_response(410, None, {"code": "gone"})) is shop.RequestError


@pytest.mark.browser
@pytest.mark.parametrize(
    ("unit", "seconds"), [("minutes", 120.0), ("days", 172800.0), ("moons", None)]
)
def test_a_unit_that_nobody_knows_is_no_waiting_time(
    tmp_path: Path, unit: str, seconds: float | None
) -> None:
    text = f"""
        apis:
          shop:
            envelopes: [{{body: {{code: "{{code}}", "*": "{{details}}"}}}}]
            errors:
              busy:
                retry: {{when: as_is, after: [pause]}}
                details: {{pause: {{type: integer, unit: {unit}}}}}
    """
    catalog = catalog_of(text, tmp_path)
    body: Any = {"code": "busy", "pause": 2}
    assert module_of(catalog, tmp_path).from_response(None, None, body).retry_after == seconds
    expected = expectation("shop", catalog.apis["shop"], Response(None, (), body))
    assert expected["retry_after"] == seconds
    decided = Python(catalog).decode(json.dumps(body))
    assert (decided["fits"][0]["wait"] or {}).get("seconds") == seconds
    with Node(catalog) as node:
        assert node.decode(json.dumps(body)) == decided


BASES = {
    "a second argument": "    def __init__(self, message, response): super().__init__(message)",
    "an attribute that is read from the catalog": (
        "    def __init__(self, message=''):\n"
        "        super().__init__(message)\n"
        "        self.code = 'unset'"
    ),
    "properties": (
        "    status = property(lambda self: 3)\n    message = property(lambda self: 'no')\n"
        "    details = property(lambda self: {})"
    ),
    "no changes": "    def __setattr__(self, name, value): raise AttributeError(name)",
    "arguments when it is made": (
        "    def __new__(cls, message): return super().__new__(cls, message)"
    ),
}


@pytest.mark.parametrize("above", ["Exception", "OSError", "LookupError"])
@pytest.mark.parametrize("body", BASES.values(), ids=BASES)
def test_whatever_the_class_of_the_sdk_wants_an_exception_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, above: str
) -> None:
    base = import_text(f"class TheirError({above}):\n{body}\n", tmp_path)
    monkeypatch.setitem(sys.modules, "their_base", base)
    text = """
        apis:
          shop:
            envelopes: [{body: {code: "{code}", "message?": "{message}"}}]
            errors: {gone: {status: 404}}
            sdk: {python: {base: "their_base:TheirError"}}
    """
    (source,) = render(catalog_of(text, tmp_path)).values()
    shop = import_text(source, tmp_path)
    error = shop.from_response(404, {"Retry-After": "5"}, {"code": "gone", "message": "m"})
    assert isinstance(error, base.TheirError)
    for one in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301  # our own
        assert (type(one), one.code, one.status) == (shop.GoneError, "gone", 404)
        assert (one.message, one.retry_after, str(one)) == ("m", 5.0, "gone: m")
    assert shop.GoneError(message="by hand").message == "by hand"
    assert type(shop.from_response(500, None, "<html>")) is shop.ShopError


def test_the_example_of_a_class_with_arguments_of_its_own_needs_none() -> None:
    base: Any = committed("artifacta").RateLimitedError

    class Own(base):  # type: ignore[misc]  # the module is only there at run time
        def __init__(self, needed: int) -> None:
            super().__init__(message=str(needed))

    assert Own.example().retry_after == 5
