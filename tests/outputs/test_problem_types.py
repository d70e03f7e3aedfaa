"""Problem types of APIs that use RFC 9457."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from errorbook.catalog import Catalog
from errorbook.catalog.facts import example_response
from errorbook.outputs import OUTPUTS, stamp
from tests.catalog.test_envelope import SHAPES
from tests.json_schema import check_schema
from tests.outputs.shapes import CATALOGS, catalog, hostile, shaped

PROBLEM_SCHEMA: Final = {
    # From RFC 9457, appendix A ("JSON Schema for HTTP Problems"), without its descriptions.
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An RFC 7807 problem object",
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 100, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
    },
}
MEDIA_TYPE: Final = "application/problem+json"
BODY: Final = {
    "type": "https://x.example/problems/{code}",
    "title?": "{title}",
    "status?": "{status}",
    "detail?": "{message}",
    "instance?": "{instance}",
    "*": "{details}",
}
CREDIT: Final = {
    "status": 403,
    "meaning": "The *account* is empty.",
    "message": "Your balance is {balance}, but that costs {price}.",
    "placeholders": {"price": {"example": 50}},
    "details": {
        "balance": {"type": "integer", "unit": "cents", "required": True, "example": 30},
        "accounts": {"type": "array"},
    },
}


def problem_types(given: Catalog) -> list[dict[str, Any]]:
    """Return the documents of the APIs that have one; their examples are problems indeed."""
    found = [json.loads(text) for text in OUTPUTS["problem-types"].render(given).values()]
    for document in found:
        api = given.apis[document["api"]["id"]]
        for one in document["types"]:
            shown = example_response(api, one["code"])
            assert shown is not None
            Draft202012Validator(PROBLEM_SCHEMA).validate(shown.body)
            for schema in one.get("extensions", {}).values():
                check_schema(schema)
    return found


def types(errors: dict[str, Any], **envelope: Any) -> list[dict[str, Any]]:
    """Return the types of an API with one envelope."""
    given = {"body": BODY, "content_type": MEDIA_TYPE, **envelope}
    (document,) = problem_types(catalog(shop={"envelopes": [given], "errors": errors}))
    found: list[dict[str, Any]] = document["types"]
    return found


def test_a_type_says_all_that_is_known_of_the_problem() -> None:
    envelope = {"body": BODY, "content_type": MEDIA_TYPE}
    api = {
        "title": "Shop",
        "docs": {"url": "https://d.example"},
        "envelopes": [envelope],
        "errors": {"out-of-credit": {**CREDIT, "deprecated": "2"}},
    }
    (document,) = problem_types(catalog(shop=api))
    assert "output problem-types, format 1" in document.pop("$comment")
    assert document == {
        "format": 1,
        "api": {"id": "shop", "title": "Shop"},
        "media_type": MEDIA_TYPE,
        "types": [
            {
                "code": "out-of-credit",
                "type": "https://x.example/problems/out-of-credit",
                "title": "The account is empty.",
                "status": 403,
                "detail": "Your balance is {balance}, but that costs {price}.",
                "docs_url": "https://d.example/shop/errors/out-of-credit/",
                "extensions": {
                    "balance": {"type": "integer", "examples": [30], "x-unit": "cents"},
                    "accounts": {"type": "array"},
                },
                "required": ["balance"],
                "deprecated": True,
            }
        ],
    }


def test_of_what_is_not_known_nothing_is_said() -> None:
    assert types({"e": {}}, body={"title?": "{title}", "code": "{code}"}) == [
        {
            "code": "e",
            "type": "about:blank",
            "extensions": {"code": {"type": "string", "const": "e"}},
            "required": ["code"],
        }
    ]


def test_a_title_that_is_sent_comes_before_the_meaning() -> None:
    title = {"title": {"type": "string", "example": "No credit."}}
    (by_detail,) = types({"e": {"meaning": "Empty.", "details": title}})
    (constant,) = types({"e": {"meaning": "Empty."}}, body={**BODY, "title?": "Refused"})
    (by_field,) = types({"e": {"meaning": "Empty."}}, fields={"title": {"example": "Sorry"}})
    assert (by_detail["title"], constant["title"], by_field["title"]) == (
        "No credit.",
        "Refused",
        "Sorry",
    )


def test_a_type_that_the_catalog_does_not_give_is_left_out() -> None:
    (one,) = types({"e": {}}, body={"type": "https://x.example/{kind}", "code": "{code}"})
    assert "type" not in one


def test_a_problem_may_have_several_statuses() -> None:
    (one,) = types({"e": {"status": [400, 422]}})
    assert one["status"] == [400, 422]


def test_details_within_a_member_are_of_that_member() -> None:
    body = {"type": "urn:x:{code}", "data?": "{details}"}
    (one,) = types({"e": CREDIT}, body=body, content_type="application/json")
    assert one["extensions"].keys() == {"data"}
    assert one["extensions"]["data"]["properties"].keys() == {"balance", "accounts"}
    assert one["required"] == ["data"]


@pytest.mark.parametrize(
    ("body", "media_type", "is_problem"),
    [
        ({"code": "{code}"}, "application/json", False),
        ({"code": "{code}"}, "Application/Problem+JSON; charset=utf-8", True),
        ({"type": "{code}"}, "application/json", False),
        ({"type": "aws/{code}"}, "application/json", False),
        ({"type": "https://x.example/", "code": "{code}"}, "application/json", False),
        ({"type?": "HTTPS://x.example/{code}"}, "application/json", True),
        ({"type": "urn:x:{code}"}, "application/json", True),
        ({"error": {"type": "urn:x:{code}"}}, "application/json", False),
        (["{code}"], MEDIA_TYPE, False),
        (None, MEDIA_TYPE, False),
    ],
)
def test_only_an_api_that_uses_problem_types_has_a_file(
    body: Any, media_type: str, is_problem: bool
) -> None:
    envelope = {"body": body, "headers": {"X": "{code}"}, "content_type": media_type}
    given = catalog(shop={"envelopes": [envelope], "errors": {"e": {}}})
    expected = ["shop/errors/problem-types.json"] if is_problem else []
    assert list(OUTPUTS["problem-types"].render(given)) == expected


def test_a_code_that_comes_in_no_problem_has_no_type() -> None:
    envelopes = [{"body": {"type": "urn:x", "code": "{code:integer}"}, "content_type": MEDIA_TYPE}]
    envelopes.append({"body": {"code": "{code}"}, "content_type": "application/json"})
    (document,) = problem_types(catalog(a={"envelopes": envelopes, "errors": {"7": {}, "x": {}}}))
    assert [one["code"] for one in document["types"]] == ["7"]


def test_the_catalogs_here_have_the_files_they_should() -> None:
    with_file = {name for name, given in CATALOGS.items() if problem_types(given)}
    assert with_file == {"problem details of RFC 9457"}
    (document,) = problem_types(shaped(SHAPES["problem details of RFC 9457"]))
    assert [one["type"] for one in document["types"]] == ["https://errors.example/no-credit"]


def test_it_is_stamped_ascii_and_the_same_every_time() -> None:
    api = hostile().apis["shop"]
    envelope = api.envelopes[0].model_copy(update={"body": BODY, "content_type": MEDIA_TYPE})
    problem = api.model_copy(update={"envelopes": (envelope,)})
    given = Catalog(apis={"shop": problem})
    (text,) = OUTPUTS["problem-types"].render(given).values()
    assert text.isascii()
    assert stamp.state(text) == "whole"
    assert [text] == list(OUTPUTS["problem-types"].render(given).values())
    assert [one["code"] for one in json.loads(text)["types"]] == list(api.errors)
