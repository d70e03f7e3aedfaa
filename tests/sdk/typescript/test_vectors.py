"""Every response gives the same answer in Python, in TypeScript and by the catalog."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any, Final

import pytest

from tests.sdk.hostile import Hostile, responses, statuses
from tests.sdk.modules import module_of
from tests.sdk.typescript.modules import answers, apis, vectors_of

pytestmark = pytest.mark.browser  # Node comes where the browser does
ATTRIBUTES: Final = (
    *("code", "status", "message", "request_id", "retryable", "retry_after"),
    *("exit_code", "action", "docs_url"),
)
OURS: Final = ("artifacta", "artworks")
OTHERS: Final = ("forms", "secrets", "numbers", "families", "lists", "patterns")
LARGE_APIS: Final = ("awkward", "many")
"""Those of hundreds of codes: their bodies come in one form each, in turn."""
LARGE: Final = 30_000
LARGEST_WHOLE: Final = 2**53

Case = tuple[str, dict[str, Any]]


@cache
def vector_cases() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return what to call each case of each vector, the vector, and what Node is given."""
    found = []
    for name in apis():
        for number, vector in enumerate(vectors_of(name)["vectors"]):
            response = vector["response"]
            label = f"{name}: {vector['error']}, {vector['case']}"
            for body in _forms(response, number if name in LARGE_APIS else None):
                case = {"name": name, "status": response["status"], "body": body}
                found.append((label, vector, {**case, "headers": response["headers"]}))
    return found


def _forms(response: dict[str, Any], number: int | None) -> list[dict[str, Any]]:
    """Return a body in each form that a client may give it; one in turn, if it has a number."""
    text = response.get("text", json.dumps(response.get("body")))
    forms = [{"text": text}, {"bytes": base64.b64encode(text.encode()).decode()}]
    if "body" in response and not isinstance(response["body"], str):
        forms.append({"json": response["body"]})
    return forms if number is None else [forms[number % len(forms)]]


@cache
def vector_answers() -> list[dict[str, Any]]:
    return answers([case for _, _, case in vector_cases()])


def test_errors_say_what_the_catalog_does() -> None:
    for (label, vector, _), answer in zip(vector_cases(), vector_answers(), strict=True):
        expected = vector["expected"]
        wanted = {key: expected[key] for key in ATTRIBUTES}
        wanted["retry_after"] = pytest.approx(expected["retry_after"])
        assert {key: answer["data"][key] for key in ATTRIBUTES} == wanted, label
        assert answer["details"] == expected["details"], label
        assert answer["name"] == expected["class"]["typescript"], label
        assert answer["stack"] == answer["text"], label
        assert answer["isOne"], label
    assert len(vector_cases()) > 1000


def test_details_are_typed_members() -> None:
    types = set()
    for (label, vector, _), answer in zip(vector_cases(), vector_answers(), strict=True):
        for name, value in vector["expected"]["attributes"]["typescript"].items():
            assert answer["members"][name] == value, (label, name)
            types.add(type(value))
    assert types == {str, int, float, bool, list, dict, type(None)}


def test_what_is_secret_is_nowhere() -> None:
    for (label, vector, _), answer in zip(vector_cases(), vector_answers(), strict=True):
        for text in vector.get("absent", []):
            assert text not in json.dumps(answer), label


def _part(part: Any) -> Any:
    """Return a part of a hostile response as Node is given it."""
    if isinstance(part, bytes):
        return {"bytes": base64.b64encode(part).decode()}
    if isinstance(part, list | tuple):
        return [_part(one) for one in part]
    return part


def _body(body: Any) -> Any:
    if isinstance(body, bytes):
        return _part(body)
    return {"text": body} if isinstance(body, str) else {"json": body}


def test_examples_are_the_same_in_both_languages() -> None:
    cases = [
        {"name": name, "example": code}
        for name, api in apis().items()
        if api.envelopes
        for code in api.errors
    ]
    for case, answer in zip(cases, answers(cases), strict=True):
        module, code = module_of(case["name"]), case["example"]
        wanted = getattr(module, module.FACTS[code].exception).example(code)
        assert _as_numbers(answer["data"]) == _as_numbers(wanted.to_dict()), case
        assert answer["code"] == code, case
    assert len(cases) > 1000


@cache
def hostile_cases() -> list[tuple[str, Hostile, dict[str, Any]]]:
    found = []
    for name in (*OURS, *OTHERS):
        for one in responses():
            is_large = len(str(one.headers)) + len(str(one.body)) > LARGE
            if is_large and name in OTHERS:
                continue
            for status in [429] if is_large or name in OTHERS else statuses():
                case = {"name": name, "status": status, "headers": _part(one.headers)}
                label = f"{name}: {one.name}, {status}"
                found.append((label, one, {**case, "body": _body(one.body)}))
    return found


def test_hostile_responses_give_the_same_in_both_languages() -> None:
    cases = hostile_cases()
    different = []
    for (label, hostile, case), answer in zip(
        cases, answers([case for _, _, case in cases]), strict=True
    ):
        read = module_of(case["name"]).from_response
        wanted = read(case["status"], hostile.headers, hostile.body).to_dict()
        if json.dumps(answer["data"], sort_keys=True) != json.dumps(
            _as_numbers(wanted), sort_keys=True
        ):
            different.append((label, answer["data"], wanted))
        assert len(answer["text"]) <= 400, label
    assert len(cases) > len(responses()) * len(statuses())
    shown = [f"{a}\n  {str(b)[:300]}\n  {str(c)[:300]}" for a, b, c in different]
    assert not different, f"{len(different)}\n" + "\n".join(shown[:12])


def _as_numbers(value: Any) -> Any:
    """Return ``value`` with whole numbers where JSON of JavaScript has them, and no more digits."""
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        return int(float(value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _as_numbers(one) for key, one in value.items()}
    return [_as_numbers(one) for one in value] if isinstance(value, list) else value


CODES: Final = (
    *("9007199254740993", "123456789012345678901234567890", "-0", "0", "1.0", "1e2", "4.0e1"),
    *("-9007199254740993", "1e999", "NaN", "-Infinity", "01", "+1", "1.", ".5", "0x1", "1_0"),
    *('"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\x41"', '"a\tb"', '"a', "'a'", "nul", "[]"),
    *("9" * 4300, "9" * 4301, "9" * 4301 + ".5", '"' + "\U0001f600" * 200 + '"', '"\u2028"'),
)
"""What stands where a code does, as written."""
BODIES: Final = (
    '{"code": "plain", "__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}',
    '{"__proto__": "plain", "code": "plain", "code": "plain"}',
    '\ufeff \ufeff{"code": "plain"} \ufeff',
    '{"code": "plain"}\x0b',
    '\u00a0{"code": "plain"}',
    '{"code": "plain",\u00a0"a": 1}',
    '{"code": "plain", "a": 1,}',
    '{"code": "plain" "a": 1}',
    '{"code": "plain", "a": [1,]}',
    '{"code": "plain", "a": [,]}',
    '{,"code": "plain"}',
    '{"code": "plain", "a": 1.0, "b": 1e5, "c": 12345678901234567890, "d": [1.5, {"e": -0.0}]}',
    '{"code": "plain", "a": 1E400, "b": -1E400, "c": NaN}',
    '{"code": "plain", "a": ' + "[" * 60 + "]" * 60 + "}",
    '{"code": "plain", "message": "' + "\U0001f600" * 600_000 + '"}',
    '{"code": "plain", "message": "' + "\U0001f600" * 1_000_001 + '"}',
    "\U0001f600" * 20_000,
)
MOMENTS: Final = (
    ", Wed, 01 Jul 2026 12:00:05 GMT",
    "Wed, 01 Jul 2026 12:00:05 GMT, ",
    *("30", " 30 ", "5, 7", ".5", "5.", ".", "", "1e3", "-1", "0", "00030", "1" * 20, "1" * 21),
    *("Wed, 01 Jul 2026 12:00:30 GMT", "wed, 01 jul 2026 12:00:30 gmt", "99999999999999999999"),
    *("Wednesday, 01-Jul-26 12:00:30 GMT", "Wed Jul  1 12:00:30 2026", "2026-07-01T12:00:30Z"),
    *("Wed, 01 Jul 2026 14:00:30 +0200", "Wed, 01 Jul 2026 08:00:30 -0400", "1782907230"),
    *("2026-07-01T12:00:30.123456789Z", "2026-07-01 14:00:30,5+02:00", "2026-07-01T14:00:30+0200"),
    *("Wed, 01 Jul 2026 11:59:30 GMT", "Wed, 01 Jul 2026 12:00:30 PDT", "soon", "1782907230500"),
    *("2026-13-01T12:00:30Z", "2026-02-30T12:00:30Z", "2026-07-01T24:00:00Z", "31 Dec 2026"),
    *("Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    *("Thu, 01 Jan 1970 00:00:00 GMT", "Sunday, 06-Nov-70 08:49:37 GMT", "2026-07-01T12:00:60Z"),
)
"""What headers say of a time."""
HEADER_FORMS: Final = (
    {"Retry-After": "7", "X-Request-Id": "r", "Authorization": "s3cret", "X_API_KEY": "s3cret"},
    [["Retry-After", "7"], ["retry-after", "8"], ["Set-Cookie", "s3cret"], ["X-Author", "a"]],
    {"Retry-After": ["7", "8"], "x-ratelimit-remaining-tokens": 5, "X-Session-Id": "s3cret"},
    {"X-Request-Id": "", "Request-Id": "second", "ETag": True, "A": 1.5, "B": None, "": "x"},
)


def odd_cases() -> list[dict[str, Any]]:
    """Return responses whose answers are easily different from language to language."""
    bodies = [f'{{"code": {code}, "message": "m", "number": 1}}' for code in CODES]
    bodies += [f'{{"number": {code}, "id": {code}, "text": "m"}}' for code in CODES]
    made: list[dict[str, Any]] = [
        {"name": name, "status": 400, "headers": [], "body": {"text": body}}
        for name in ("secrets", "numbers", "digits")
        for body in (*bodies, *BODIES)
    ]
    date = ["Date", "Wed, 01 Jul 2026 12:00:00 GMT"]
    for told in MOMENTS:
        body = {"text": json.dumps({"code": "busy", "until": told, "pause": 5})}
        headers = [date, ["Retry-After", told]]
        made.append({"name": "addressed", "status": 503, "headers": headers, "body": body})
        made.append({"name": "empty", "status": 503, "headers": headers, "body": {"text": ""}})
    for form in HEADER_FORMS:
        made.append({"name": "heads", "status": 503, "headers": form, "body": {"text": ""}})
    return made


def test_odd_responses_give_the_same_in_both_languages() -> None:
    cases = odd_cases()
    for case, answer in zip(cases, answers(cases), strict=True):
        error = module_of(case["name"]).from_response(
            case["status"], case["headers"], case["body"]["text"]
        )
        label = (case["name"], case["headers"], case["body"]["text"][:100])
        wanted = error.to_dict()
        assert answer["data"]["retry_after"] == pytest.approx(wanted["retry_after"]), label
        wanted["retry_after"] = answer["data"]["retry_after"]
        assert _as_numbers(answer["data"]) == _as_numbers(wanted), label
        assert "s3cret" not in answer["kept"], label
