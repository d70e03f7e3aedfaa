"""One pattern renders examples and decodes what arrives, whatever an API's errors look like."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from errorbook.catalog.envelope import (
    Hole,
    Key,
    check_envelope,
    fields_beside_details,
    hole_types,
    holes,
    match_envelope,
    parse_key,
    parse_text,
    render_envelope,
    wire_path,
)
from errorbook.catalog.models import Envelope
from tests.catalog.catalogs import BOUNDED


@dataclass(frozen=True)
class Shape:
    """How some API answers: its envelope, a response, and what that response says."""

    envelope: Envelope
    body: JsonValue
    says: dict[str, JsonValue]
    headers: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True
    """Whether the pattern says all of the response, so that it renders just that again."""


SHAPES = {
    "nested": Shape(
        Envelope(
            body={"error": {"code": "{code}", "message": "{message}", "*": "{details}"}},
        ),
        {"error": {"code": "slow_down", "message": "Wait.", "seconds": 7}},
        {"code": "slow_down", "message": "Wait.", "details": {"seconds": 7}},
    ),
    "flat": Shape(
        Envelope(body={"error": "{code}", "message": "{message}", "*": "{details}"}),
        {"error": "slow_down", "message": "Wait.", "seconds": 7, "quota": None},
        {"code": "slow_down", "message": "Wait.", "details": {"seconds": 7, "quota": None}},
    ),
    "problem details of RFC 9457": Shape(
        Envelope(
            body={
                "type": "https://errors.example/{code}",
                "title?": "{title}",
                "status": "{status:integer}",
                "detail?": "{message}",
                "*": "{details}",
            },
            content_type="application/problem+json",
        ),
        {"type": "https://errors.example/no-credit", "status": 403, "balance": 12},
        {"code": "no-credit", "status": 403, "details": {"balance": 12}},
    ),
    "JSON:API": Shape(
        Envelope(body={"errors": [{"code": "{code}", "detail?": "{message}"}]}),
        {"errors": [{"title": "No code here"}, {"code": "bad_year", "detail": "Not a year."}]},
        {"code": "bad_year", "message": "Not a year."},
        is_whole=False,
    ),
    "GraphQL": Shape(
        Envelope(body={"errors": [{"message": "{message}", "extensions": {"code": "{code}"}}]}),
        {"data": None, "errors": [{"message": "Log in.", "extensions": {"code": "NO_USER"}}]},
        {"code": "NO_USER", "message": "Log in."},
        is_whole=False,
    ),
    "Google RPC": Shape(
        Envelope(
            body={
                "error": {
                    "code": "{status:integer}",
                    "message": "{message}",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "{code}",
                            "metadata?": "{details}",
                        }
                    ],
                }
            }
        ),
        {
            "error": {
                "code": 429,
                "message": "Slow down.",
                "details": [
                    {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2s"},
                    {
                        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                        "reason": "RATE_LIMIT",
                        "metadata": {"quota": "reads"},
                    },
                ],
            }
        },
        {
            "status": 429,
            "message": "Slow down.",
            "code": "RATE_LIMIT",
            "details": {"quota": "reads"},
        },
        is_whole=False,
    ),
    "Stripe": Shape(
        Envelope(body={"error": {"type": "{kind}", "code": "{code}", "message": "{message}"}}),
        {"error": {"type": "card_error", "code": "card_declined", "message": "Declined."}},
        {"kind": "card_error", "code": "card_declined", "message": "Declined."},
    ),
    "Stripe without a code": Shape(
        Envelope(body={"error": {"type": "{code}", "message": "{message}"}}),
        {"error": {"type": "api_error", "message": "Our fault."}},
        {"code": "api_error", "message": "Our fault."},
    ),
    "AWS in the body": Shape(
        Envelope(body={"__type": "{namespace}#{code}", "message?": "{message}"}),
        {"__type": "com.example.store.v1#NotFoundException"},
        {"namespace": "com.example.store.v1", "code": "NotFoundException"},
    ),
    "AWS in a header": Shape(
        Envelope(headers={"X-Error-Type": "{code}:{documentation}"}, body={"message": "{message}"}),
        {"message": "Slow down."},
        {
            "code": "ThrottlingException",
            "documentation": "http://docs.example/",
            "message": "Slow down.",
        },
        headers={"x-error-type": "ThrottlingException:http://docs.example/"},
    ),
    "Slack": Shape(
        Envelope(body={"ok": False, "error": "{code}"}),
        {"ok": False, "error": "not_authed"},
        {"code": "not_authed"},
    ),
    "Twilio": Shape(
        Envelope(
            body={"code": "{code:integer}", "message": "{message}", "status": "{status:integer}"}
        ),
        {"code": 20003, "message": "Log in.", "status": 401},
        {"code": 20003, "message": "Log in.", "status": 401},
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_shape_is_decoded(shape: Shape) -> None:
    assert match_envelope(shape.envelope, shape.headers, shape.body) == shape.says


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_what_is_rendered_is_decoded_again(shape: Shape) -> None:
    headers, body = render_envelope(shape.envelope, shape.says)
    assert match_envelope(shape.envelope, headers, body) == shape.says
    if shape.is_whole:
        assert body == shape.body
        assert {name.casefold(): value for name, value in headers.items()} == shape.headers


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_shape_has_anything_wrong_with_it(shape: Shape) -> None:
    assert list(check_envelope(shape.envelope)) == []


FOREIGN: list[JsonValue] = [
    None,
    True,
    7,
    1.5,
    "",
    "text",
    [],
    {},
    [{}],
    {"error": None},
    {"error": {}},
    "<html>",
]


@pytest.mark.parametrize("body", FOREIGN, ids=repr)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_foreign_body_does_not_fit(shape: Shape, body: JsonValue) -> None:
    assert match_envelope(shape.envelope, {}, body) is None


def matched(pattern: JsonValue, body: JsonValue) -> dict[str, JsonValue] | None:
    return match_envelope(Envelope(body=pattern), {}, body)


def rendered(pattern: JsonValue, **values: JsonValue) -> JsonValue:
    return render_envelope(Envelope(body=pattern), values)[1]


@pytest.mark.parametrize(
    ("pattern", "body"),
    [
        ({"ok": False}, {"ok": True}),
        ({"ok": False}, {"ok": 0}),
        ({"ok": False}, {"ok": None}),
        ({"ok": 1}, {"ok": 1.0}),
        ({"ok": 1}, {"ok": True}),
        ({"ok": None}, {}),
        ({"kind": "error"}, {"kind": "Error"}),
        ({"kind": ""}, {"kind": "x"}),
        ([{"a": "{x}"}], [{"b": 1}]),
        ([{"a": "{x}"}], []),
        ([{"a": "{x}"}, {"b": "{y}"}], [{"a": 1}]),
    ],
    ids=repr,
)
def test_constants_must_match(pattern: JsonValue, body: JsonValue) -> None:
    assert matched(pattern, body) is None


def test_every_pattern_of_a_list_must_be_met_by_some_entry() -> None:
    pattern: JsonValue = [{"a": "{x}"}, {"b": "{y}"}]
    assert matched(pattern, [{"b": 2}, {"c": 3}, {"a": 1}, {"a": 9}]) == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("pattern", "body", "expected"),
    [
        ("{code:integer}", 7, {"code": 7}),
        ("{code:integer}", "7", None),
        ("{code:integer}", True, None),
        ("{n:integer}", 1.5, None),
        ("{n:number}", 1.5, {"n": 1.5}),
        ("{n:number}", 2, {"n": 2}),
        ("{n:number}", False, None),
        ("{s:string}", "7", {"s": "7"}),
        ("{s:string}", 7, None),
        ("{b:boolean}", True, {"b": True}),
        ("{b:boolean}", 1, None),
        ("{code}", 7, {"code": 7}),
        ("{code}", "7", {"code": "7"}),
        ("{code}", True, None),
        ("{code}", 7.5, None),
        ("{code}", None, None),
        ("{code}", {}, None),
        ("{other}", {"any": ["thing"]}, {"other": {"any": ["thing"]}}),
    ],
)
def test_a_hole_takes_what_its_type_allows(
    pattern: str, body: JsonValue, expected: dict[str, JsonValue] | None
) -> None:
    assert matched(pattern, body) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a-{x}", "a-b", {"x": "b"}),
        ("a-{x}", "a-", None),
        ("a-{x}", "b-a-c", None),
        ("{x}-a", "b-a", {"x": "b"}),
        ("{x}-a", "b-a-a", {"x": "b-a"}),
        ("{x}-a", "-a", None),
        ("{x}-a", "b-a-c", None),
        ("{x}#{y}", "a#b#c", {"x": "a", "y": "b#c"}),
        ("{x}#{y}", "#b", None),
        ("<{x}|{y}>", "<a|b>", {"x": "a", "y": "b"}),
        ("<{x}|{y}>", "<a|b", None),
        ("a{x}a", "aa", None),
        ("a{x}a", "aba", {"x": "b"}),
        ("a{x}a", "a", None),
        ("constant", "constant", {}),
        ("{{x}}", "{x}", {}),
        ("{{{x}}}", "{7}", {"x": "7"}),
        ("a{x}", 7, None),
    ],
)
def test_a_text_is_taken_apart_at_its_constants(
    pattern: str, text: JsonValue, expected: dict[str, JsonValue] | None
) -> None:
    assert matched(pattern, text) == expected


def test_headers_are_found_whatever_their_case() -> None:
    envelope = Envelope(headers={"x-ERROR": "E-{code}"})
    assert match_envelope(envelope, {"X-Error": "E-7"}, "<html>") == {"code": "7"}
    assert match_envelope(envelope, {"X-Error": "7"}, None) is None
    assert match_envelope(envelope, {}, {"code": 7}) is None


def test_an_optional_key_may_be_absent() -> None:
    pattern: JsonValue = {"code": "{code}", "more?": {"id": "{id}"}}
    assert matched(pattern, {"code": "a"}) == {"code": "a"}
    assert matched(pattern, {"code": "a", "more": {"id": 1}}) == {"code": "a", "id": 1}


@pytest.mark.parametrize("more", [None, 7, {"id": 1}, {"id": 1, "kind": "b"}])
def test_an_optional_key_that_does_not_fit_is_passed_over(more: JsonValue) -> None:
    pattern: JsonValue = {"more?": {"id": "{id}", "kind": "a"}, "code": "{code}"}
    assert matched(pattern, {"code": "a", "more": more}) == {"code": "a"}


def test_an_optional_key_is_left_out_where_nothing_is_known_of_it() -> None:
    pattern: JsonValue = {"a?": "{x}", "b?": {"c": "{x}", "d": "{details}"}, "e?": "constant"}
    assert rendered(pattern) == {"e": "constant"}
    assert rendered(pattern, x=1) == {
        "a": 1,
        "b": {"c": 1, "d": {}},
        "e": "constant",
    }
    assert rendered(pattern, x=False)["a"] is False  # type: ignore[index, call-overload]  # a mapping


def test_what_is_not_known_is_filled_with_its_name_or_a_value_of_its_type() -> None:
    pattern: JsonValue = ["{a}", "x-{b}", "{c:integer}", "{d:number}", "{e:boolean}", "{f:string}"]
    assert rendered(pattern) == ["a", "x-b", 1, 1.5, True, "f"]


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("{x}", 0, 0),
        ("{x}", False, False),
        ("{x}", "", ""),
        ("n={x}", 0, "n=0"),
        ("n={x}", False, "n=false"),
        ("n={x}", [1], "n=[1]"),
        ("{x:integer}", "007", 7),
        ("{x:integer}", "-3", -3),
        ("{x:integer}", "many", "many"),
        ("{x:number}", "1.5", 1.5),
        ("{x:number}", "nan", "nan"),
        ("{x:string}", 7, "7"),
        ("{x:string}", True, "true"),
        ("{{x}}", 1, "{x}"),
    ],
)
def test_a_value_is_rendered_as_its_hole_has_it(
    pattern: str, value: JsonValue, expected: JsonValue
) -> None:
    found = rendered(pattern, x=value)
    assert found == expected
    assert type(found) is type(expected)


def test_headers_are_rendered_as_texts() -> None:
    envelope = Envelope(headers={"A": "{n}", "B": "{ok}; {n}", "C": "{unknown}"})
    assert render_envelope(envelope, {"n": 7, "ok": True})[0] == {
        "A": "7",
        "B": "true; 7",
        "C": "unknown",
    }


def test_details_stand_beside_the_other_keys_and_never_replace_them() -> None:
    pattern: JsonValue = {"*": "{details}", "code": "{code}", "message?": "{message}"}
    details: JsonValue = {"code": "mine", "message": "mine", "wait": 1}
    assert rendered(pattern, code="a", details=details) == {"code": "a", "wait": 1}
    assert matched(pattern, {"code": "a", "message": "m", "wait": 1}) == {
        "code": "a",
        "message": "m",
        "details": {"wait": 1},
    }
    assert fields_beside_details(Envelope(body={"e": [pattern]})) == {"code", "message"}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("code", Key("code")),
        ("code?", Key("code", optional=True)),
        ("why\\?", Key("why?")),
        ("why\\??", Key("why?", optional=True)),
        ("*", None),
        ("\\*", Key("*")),
        ("*?", Key("*", optional=True)),
        ("", Key("")),
    ],
)
def test_a_key_may_be_optional_or_stand_for_itself(written: str, key: Key | None) -> None:
    assert parse_key(written) == key


def test_keys_that_stand_for_themselves_are_rendered_and_decoded() -> None:
    pattern: JsonValue = {"\\*": "{code}", "why\\?": "{why}"}
    assert rendered(pattern, code="a", why="b") == {"*": "a", "why?": "b"}
    assert matched(pattern, {"*": "a", "why?": "b"}) == {"code": "a", "why": "b"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("a", ("a",)),
        ("{a}", (Hole("a"),)),
        ("{a:integer}b", (Hole("a", "integer"), "b")),
        ("{a.b-c}", (Hole("a.b-c"),)),
        ("{{a}} {b}", ("{a} ", Hole("b"))),
        ("{1} {} {", ("{1} {} {",)),
    ],
)
def test_a_text_has_constants_and_holes(text: str, parts: tuple[str | Hole, ...]) -> None:
    assert parse_text(text) == parts


def test_holes_know_where_they_stand() -> None:
    envelope = Envelope(
        body={"e": [{"code?": "{code:integer}", "*": "{details}"}]}, headers={"x": "{id}"}
    )
    assert holes(envelope) == {
        "code": ("body", "e", 0, "code?"),
        "details": ("body", "e", 0, "*"),
        "id": ("headers", "x"),
    }
    assert hole_types(envelope) == {"code": "integer", "details": None, "id": None}
    paths = {name: wire_path(path) for name, path in holes(envelope).items()}
    assert paths == {"code": "e.[].code", "details": "e.[].*", "id": "x:"}


NAMES = st.sampled_from(["code", "message", "status", "one", "two", "three"])
PLAIN = st.text("abc-/.", max_size=4)
VALUES = st.text("xyz", min_size=1, max_size=4)


@st.composite
def patterns(draw: st.DrawFn) -> JsonValue:
    """Draw patterns in which every hole stands once, so that each value can be found again."""
    names = draw(st.lists(NAMES, unique=True, min_size=1))
    keys = draw(st.lists(st.text("abc", min_size=1), min_size=8, max_size=8, unique=True))
    pattern: JsonValue = {"*": "{details}"} if draw(st.booleans()) else {"kind": draw(PLAIN)}
    for name, key in zip(names, keys, strict=False):
        text = draw(st.sampled_from(["{%s}", "a-{%s}", "{%s}/b", "a:{%s}."])) % name
        with_it: list[JsonValue] = [
            {key: text, **pattern} if isinstance(pattern, dict) else [text, pattern],
            {key: text, "inner-" + key: pattern},
            {key + "?": text, "list-" + key: [pattern]},
        ]
        pattern = draw(st.sampled_from(with_it))
    return pattern


@BOUNDED
@given(patterns(), st.dictionaries(NAMES, VALUES), st.dictionaries(st.text("uvw"), VALUES))
def test_whatever_is_rendered_is_decoded_again(
    pattern: JsonValue, given_values: dict[str, str], details: dict[str, str]
) -> None:
    envelope = Envelope(body=pattern)
    values: dict[str, JsonValue] = {**given_values, "details": dict(details)}
    known = {name: values[name] for name in holes(envelope) if name in values}
    headers, body = render_envelope(envelope, known)
    found = match_envelope(envelope, headers, body)
    assert found is not None
    assert known.items() <= found.items()
    assert render_envelope(envelope, found) == (headers, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@BOUNDED
@given(JSON, JSON, st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2))
def test_any_pattern_meets_any_body(
    pattern: JsonValue, body: JsonValue, headers: dict[str, str]
) -> None:
    envelope = Envelope(body=pattern, headers=headers)
    list(check_envelope(envelope))
    match_envelope(envelope, headers, body)
    render_envelope(envelope, {"code": body})


def test_time_grows_with_the_body_and_no_faster() -> None:
    pattern: JsonValue = {"errors": [{"inner": [{"code": "{code}", "x": "a{x}b"}]}]}
    entry: JsonValue = {"inner": [{"code": "c", "x": "a" * 50}] * 50}
    start = time.process_time()
    assert matched(pattern, {"errors": [entry] * 400}) is None
    assert matched("{a}a{b}a{c}b", "a" * 200_000) is None
    assert time.process_time() - start < 3
