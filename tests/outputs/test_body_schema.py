"""The JSON Schema of error bodies takes what the catalog documents, and no more than it should."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import JsonValue

from errorbook.catalog import Api, Catalog
from errorbook.catalog.envelope import render_envelope
from errorbook.catalog.facts import example_response
from errorbook.outputs import OUTPUTS, stamp
from errorbook.outputs.body_schema import has_body
from errorbook.outputs.component_names import component_names
from tests.catalog.catalogs import BOUNDED
from tests.catalog.test_envelope import SHAPES, Shape
from tests.json_schema import check_schema
from tests.outputs.shapes import CATALOGS, catalog, shaped

NESTED = {"body": {"error": {"code": "{code}", "message?": "{message}", "*": "{details}"}}}
WAIT = {"type": "integer", "required": True, "example": 5}


def schemas(given: Catalog) -> dict[str, dict[str, Any]]:
    """Return the schema of each API with one, by its name; each is a schema indeed."""
    names = [name for name, api in given.apis.items() if has_body(api)]
    texts = OUTPUTS["body-schema"].render(given)
    found = dict(zip(names, map(json.loads, texts.values()), strict=True))
    for schema in found.values():
        check_schema(schema)
    return found


def takes(schema: dict[str, Any], body: JsonValue, name: str | None = None) -> bool:
    """Tell whether ``schema``, or its definition of that name, takes ``body``."""
    if name is not None:
        schema = {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}
    return bool(Draft202012Validator(schema).is_valid(body))


def one(errors: dict[str, Any], *envelopes: dict[str, Any], **api: Any) -> dict[str, Any]:
    """Return the schema of an API."""
    given = {"envelopes": envelopes or [NESTED], "errors": errors, **api}
    (schema,) = schemas(catalog(shop=given)).values()
    return schema


@pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS.keys())
def test_every_documented_example_is_taken(given: Catalog) -> None:
    for name, schema in schemas(given).items():
        api = given.apis[name]
        names = component_names(api.errors)
        for code, body in examples(api):
            assert takes(schema, body)
            assert takes(schema, body, names[code])


def examples(api: Api) -> list[tuple[str, JsonValue]]:
    found = [(code, example_response(api, code)) for code in api.errors]
    return [(code, shown.body) for code, shown in found if shown and shown.body is not None]


@pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS.keys())
def test_an_example_is_that_of_no_other_code(given: Catalog) -> None:
    for name, schema in schemas(given).items():
        shown = examples(given.apis[name])
        names = component_names(given.apis[name].errors)
        for code, body in shown[:12]:
            others = [other for other in names if other != code]
            assert not any(takes(schema, body, names[other]) for other in others)
            tells_code = any(key.startswith("KnownCode") for key in schema["$defs"])
            assert takes(schema, body, "UnknownError") is not tells_code


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_what_an_api_really_sends_is_taken(shape: Shape) -> None:
    (schema,) = schemas(shaped(shape)).values()
    assert takes(schema, shape.body)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_code_that_came_later_is_taken(shape: Shape) -> None:
    (schema,) = schemas(shaped(shape)).values()
    code: JsonValue = 987 if isinstance(shape.says["code"], int) else "came_later"
    _, body = render_envelope(shape.envelope, {**shape.says, "code": code, "details": {"new": []}})
    assert takes(schema, body)


@pytest.mark.parametrize("name", ["nested", "flat", "problem details of RFC 9457", "Google RPC"])
def test_a_known_code_with_a_detail_of_the_wrong_type_is_refused(name: str) -> None:
    shape = SHAPES[name]
    (schema,) = schemas(shaped(shape)).values()
    details = shape.says["details"]
    assert isinstance(details, dict)
    wrong: JsonValue = {key: [] for key in details}
    _, body = render_envelope(shape.envelope, {**shape.says, "details": wrong})
    assert not takes(schema, body)
    _, body = render_envelope(shape.envelope, {**shape.says, "details": wrong, "code": "later"})
    assert takes(schema, body)


@pytest.mark.parametrize(
    "body", [None, 7, "x", [], {}, {"error": None}, {"error": "slow"}, {"error": {"code": []}}]
)
def test_another_form_is_refused(body: JsonValue) -> None:
    assert not takes(one({"slow": {}}), body)


def test_a_required_detail_must_be_there_and_an_optional_one_need_not() -> None:
    schema = one({"slow": {"details": {"wait": WAIT, "until": {"type": "string"}}}})
    assert takes(schema, {"error": {"code": "slow", "wait": 5}})
    assert takes(schema, {"error": {"code": "slow", "wait": 5, "until": "x", "more": 1}})
    assert not takes(schema, {"error": {"code": "slow", "until": "x"}})
    assert not takes(schema, {"error": {"code": "slow", "wait": 5, "until": 1}})


def test_a_required_detail_brings_the_optional_keys_above_it() -> None:
    pattern = {"code": "{code}", "more?": {"wait?": "{wait}"}}
    schema = one({"slow": {"details": {"wait": WAIT}}, "other": {}}, {"body": pattern})
    assert takes(schema, {"code": "slow", "more": {"wait": 5}})
    assert takes(schema, {"code": "other"})
    assert not takes(schema, {"code": "slow"})
    assert not takes(schema, {"code": "slow", "more": {}})
    assert not takes(schema, {"code": "slow", "more": {"wait": "5"}})


def test_a_detail_with_a_hole_of_its_own_need_not_stand_among_the_others() -> None:
    schema = one(
        {"slow": {"details": {"wait": WAIT}}},
        {"body": {"code": "{code}", "wait": "{wait}", "data?": "{details}"}},
    )
    assert takes(schema, {"code": "slow", "wait": 5})
    assert takes(schema, {"code": "slow", "wait": 5, "data": {}})
    assert not takes(schema, {"code": "slow", "wait": 5, "data": {"wait": "5"}})


def test_the_type_of_a_hole_comes_before_that_of_the_detail() -> None:
    schema = one(
        {"slow": {"details": {"wait": WAIT}}}, {"body": {"code": "{code}", "w": "{wait:string}"}}
    )
    assert takes(schema, {"code": "slow", "w": "5"})
    assert not takes(schema, {"code": "slow", "w": 5})


def test_the_first_envelope_with_a_known_code_decides() -> None:
    """A body fits the second envelope too, where its code would not be known."""
    with_code = {"body": {"error": {"type": "{kind}", "code": "{code}", "*": "{details}"}}}
    without = {"body": {"error": {"type": "{code}"}}}
    schema = one({"declined": {"details": {"wait": WAIT}}, "ours": {}}, with_code, without)
    assert takes(schema, {"error": {"type": "card", "code": "declined", "wait": 5}})
    assert not takes(schema, {"error": {"type": "card", "code": "declined", "wait": "5"}})
    assert takes(schema, {"error": {"type": "card", "code": "later", "wait": "5"}})
    assert takes(schema, {"error": {"type": "ours"}})


def test_a_detail_of_the_wrong_type_is_refused_in_any_envelope() -> None:
    second = {"body": {"id": "{code}", "data": "{details}"}}
    schema = one({"slow": {"details": {"wait": WAIT}}}, NESTED, second)
    assert takes(schema, {"id": "slow", "data": {"wait": 5}})
    assert not takes(schema, {"id": "slow", "data": {"wait": "5"}})
    assert takes(schema, {"id": "later", "data": {"wait": "5"}})


def test_what_stands_for_a_detail_that_may_be_absent_is_not_known() -> None:
    details = {"limit": {"type": "integer"}, "size": {"type": "integer", "example": 1}}
    body = {"code": "{code}", "limit": "{limit}", "size": "{size}"}
    schema = one({"big": {"details": details}}, {"body": body})
    assert takes(schema, {"code": "big", "limit": None, "size": 1})
    assert not takes(schema, {"code": "big", "limit": None, "size": None})


def test_an_entry_of_a_list_has_all_that_its_pattern_has() -> None:
    body = {"errors": [{"kind": "info", "reason": "{code}", "*": "{details}"}]}
    schema = one({"slow": {"details": {"wait": WAIT}}}, {"body": body})
    other: JsonValue = {"kind": "other", "reason": "slow", "wait": 5}
    assert takes(schema, {"errors": [other, {"kind": "info", "reason": "slow", "wait": 5}]})
    assert not takes(schema, {"errors": [other, {"kind": "info", "reason": "slow"}]})


def test_codes_are_numbers_where_the_envelope_says_so() -> None:
    schema = one({"007": {}, "8": {}}, {"body": {"code": "{code:integer}", "ok": False}})
    assert schema["$defs"]["007"]["allOf"][1]["properties"]["code"] == {"const": 7}
    assert takes(schema, {"code": 9, "ok": False})
    assert not takes(schema, {"code": "8", "ok": False})
    assert not takes(schema, {"code": 8, "ok": True})


def test_a_number_is_known_as_text_and_as_number_where_nothing_says_which() -> None:
    schema = one({"8": {"details": {"wait": WAIT}}}, {"body": {"code": "{code}", "*": "{details}"}})
    for code in ("8", 8):
        assert takes(schema, {"code": code, "wait": 1})
        assert not takes(schema, {"code": code, "wait": "1"})


def test_a_number_is_no_code_that_is_spelt_otherwise() -> None:
    envelope = {"body": {"code": "{code}", "*": "{details}"}}
    schema = one({"007": {"details": {"wait": WAIT}}}, envelope)
    assert takes(schema, {"code": 7, "wait": "1"})
    assert not takes(schema, {"code": "007", "wait": "1"})


def test_codes_are_texts_where_all_of_them_are() -> None:
    assert not takes(one({"slow": {}}), {"error": {"code": 8}})
    assert takes(one({"slow": {}, "8": {}}), {"error": {"code": 9}})


def test_a_code_within_a_text_is_known_there() -> None:
    body = {"type": "a.b+{space}#{code}!{rest}", "*": "{details}"}
    schema = one({"(x)": {"details": {"wait": WAIT}}, "y": {}}, {"body": body})
    assert takes(schema, {"type": "a.b+ns#(x)!z", "wait": 5})
    assert not takes(schema, {"type": "a.b+ns#(x)!z", "wait": "5"})
    assert takes(schema, {"type": "a.b+ns#x!z", "wait": "5"})
    assert not takes(schema, {"type": "axb+ns#x!z"})


def test_statuses_in_the_body_are_those_of_the_code() -> None:
    envelope = {"body": {"code": "{code}", "status": "{status}", "text?": "{status:string}"}}
    errors = {"slow": {"status": [429, 503]}, "any": {}}
    schema = one(errors, envelope)
    assert takes(schema, {"code": "slow", "status": 503, "text": "429"})
    assert not takes(schema, {"code": "slow", "status": 500})
    assert not takes(schema, {"code": "slow", "status": 503, "text": "500"})
    assert takes(schema, {"code": "any", "status": 500})
    loose = one(errors, envelope, contract={"statuses": "may_change"})
    assert takes(loose, {"code": "slow", "status": 500})


def test_a_code_in_a_header_leaves_the_body_open() -> None:
    envelope = {"headers": {"X-Error": "{code}"}, "body": {"message": "{message}"}}
    schema = one({"slow": {}}, envelope)
    assert takes(schema, {"message": "Wait."})
    assert not takes(schema, {"message": 7})


def test_details_say_what_they_are() -> None:
    detail = {**WAIT, "unit": "seconds", "format": "int32", "meaning": "How *long*."}
    secret = {"type": "string", "sensitive": True}
    schema = one({"slow": {"details": {"wait": detail, "secret": secret}, "deprecated": "2"}})
    error = schema["$defs"]["slow"]
    assert error["deprecated"] is True
    assert error["allOf"][1]["properties"]["error"]["properties"] == {
        "code": {"const": "slow"},
        "wait": {
            "type": "integer",
            "format": "int32",
            "description": "How long.",
            "examples": [5],
            "x-unit": "seconds",
        },
        "secret": {"type": "string", "x-sensitive": True},
    }


def test_an_api_without_a_body_has_no_file() -> None:
    given = catalog(a={"errors": {"x": {}}}, b={"envelopes": [{"headers": {"X": "{code}"}}]})
    assert OUTPUTS["body-schema"].render(given) == {}


def test_the_file_stands_beside_the_pages_of_its_api() -> None:
    api = {"version": "v1", "docs": {"error": "{version}/e/{code}.html"}, "envelopes": [NESTED]}
    on_one_page = {"docs": {"error": "b/page/#{code}"}, "envelopes": [NESTED]}
    texts = OUTPUTS["body-schema"].render(catalog(a=api, b=on_one_page))
    assert list(texts) == ["v1/e/body.schema.json", "b/page/body.schema.json"]
    assert all(stamp.state(text) == "whole" and text.isascii() for text in texts.values())


def test_it_grows_with_the_number_of_codes_and_no_faster() -> None:
    def size(count: int) -> int:
        errors = {f"error_{number:05}": {"details": {"wait": WAIT}} for number in range(count)}
        given = catalog(shop={"envelopes": [NESTED], "errors": errors})
        return sum(map(len, OUTPUTS["body-schema"].render(given).values()))

    assert size(800) < 2.1 * size(400)


KEYS = st.sampled_from(["a", "b?", "$ref", "c~/?", "\\*", "", "q\\?", "\U0001f980"])
CONSTANTS = st.sampled_from([None, True, 0, 1.5, "", "text", "{{x}}"])
HOLES = st.sampled_from(
    [
        *("{code}", "{message}", "{status}", "{request_id}", "{x}", "{y}", "{z}", "{p:integer}"),
        *("{q:boolean}", "{r:string}", "{status:integer}", "a{x}b", "{x}-{y}", "E-{code}"),
        "{z}#{code}!",
    ]
)
PATTERNS = st.recursive(
    CONSTANTS | HOLES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
DETAILS = st.dictionaries(
    st.sampled_from(["x", "y", "w"]),
    st.sampled_from(
        [
            *(WAIT, {"type": "integer"}, {"type": "string", "example": ""}, {"type": "boolean"}),
            *({"type": "array", "required": True}, {"type": "object", "example": {"$ref": "x"}}),
        ]
    ),
)
ERRORS = st.fixed_dictionaries(
    {"details": DETAILS, "status": st.sampled_from([[], [404], [400, 422]])}
)


@BOUNDED
@given(
    st.lists(st.dictionaries(KEYS, PATTERNS, max_size=4), min_size=1, max_size=2),
    st.sampled_from(["{code}", "{code:integer}", "at {code}"]),
    st.sampled_from([{"*": "{details}"}, {"details": "{details}"}, {}]),
    st.dictionaries(st.sampled_from(["1", "22", "x.y"]), ERRORS, min_size=1),
)
def test_the_example_of_any_catalog_is_taken(
    patterns: list[dict[str, Any]], code: str, details: dict[str, Any], errors: dict[str, Any]
) -> None:
    envelopes = [{"body": {**pattern, **details, "the code": code}} for pattern in patterns]
    given = catalog(shop={"envelopes": envelopes, "errors": errors})
    (schema,) = schemas(given).values()
    for one_code, body in examples(given.apis["shop"]):
        if one_code != "x.y" or code != "{code:integer}":  # the catalog would not be valid
            assert takes(schema, body), body
