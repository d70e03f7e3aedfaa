"""OpenAPI components of errors: valid for validators of others, and of use to specifications."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema_path import SchemaPath
from markdown_it import MarkdownIt
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_spec_validator.schemas import schema_v31
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from errorbook.catalog import Catalog
from errorbook.catalog.facts import is_answered
from errorbook.outputs import OUTPUTS, stamp
from tests.outputs.shapes import CATALOGS, HOSTILE_CODES, catalog, hostile

NAME = re.compile(r"[a-zA-Z0-9._-]+\Z")
FLAT = {"body": {"code": "{code}", "message?": "{message}", "*": "{details}"}}
RENDER = OUTPUTS["openapi"].render


class Validator(OpenAPIV31SpecValidator):
    """That of others. The anchors of its schema are looked up once, and not at every step."""

    schema_validator = OpenAPIV31SpecValidator.schema_validator.evolve(
        _resolver=Registry()
        .with_resource("", DRAFT202012.create_resource(dict(schema_v31)))
        .crawl()
        .resolver()
    )


def documents(given: Catalog) -> list[dict[str, Any]]:
    return [json.loads(text) for text in RENDER(given).values()]


def components(errors: dict[str, Any], **api: Any) -> dict[str, Any]:
    """Return the components of an API, which are valid."""
    (document,) = documents(catalog(shop={"envelopes": [FLAT], "errors": errors, **api}))
    validate(document, cls=Validator)
    found: dict[str, Any] = document["components"]
    return found


def response(error: dict[str, Any], **api: Any) -> dict[str, Any]:
    """Return the response of an API's only error."""
    found: dict[str, Any] = components({"e": error}, **api)["responses"]["e"]
    return found


def takes(document: dict[str, Any], schema: dict[str, Any], value: object) -> bool:
    """Tell whether ``schema``, which stands in ``document``, takes ``value``."""
    resource = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:document#/'))
    return bool(OAS31Validator(absolute, registry=registry).is_valid(value))


@pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS.keys())
def test_a_validator_accepts_every_document(given: Catalog) -> None:
    found = documents(given)
    assert len(found) == sum(map(is_answered, given.apis.values()))
    for document in found:
        validate(document, cls=Validator)


@pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS.keys())
def test_every_code_has_a_response_and_every_status_has_one(given: Catalog) -> None:
    answered = filter(is_answered, given.apis.values())
    for api, document in zip(answered, documents(given), strict=True):
        responses = document["components"]["responses"]
        said = [one.get("x-error-code") for one in responses.values()]
        assert [code for code in said if code is not None] == list(api.errors)
        statuses = {status for error in api.errors.values() for status in error.status}
        assert {f"Status{status}" for status in statuses} < responses.keys()
        assert len(responses) == len(api.errors) + len(statuses) + 1
        assert all(NAME.match(name) for part in document["components"].values() for name in part)


@pytest.mark.parametrize("given", CATALOGS.values(), ids=CATALOGS.keys())
def test_every_example_fits_the_schema_that_it_stands_beside(given: Catalog) -> None:
    for document in documents(given):
        shown = document["components"].get("examples", {})
        for one in document["components"]["responses"].values():
            for content in one.get("content", {}).values():
                for reference in content.get("examples", {}).values():
                    value = shown[reference["$ref"].rpartition("/")[2]]["value"]
                    assert takes(document, content["schema"], value)


def test_a_specification_refers_to_the_responses(tmp_path: Path) -> None:
    texts = RENDER(CATALOGS["errors"])
    (tmp_path / "openapi.json").write_text(texts["artifacta/errors/openapi.json"])
    names = {
        "404": "artifact_not_found",
        "429": "Status429",
        "401": "unauthorized",
        "default": "Error",
    }
    references = {
        status: {"$ref": f"openapi.json#/components/responses/{name}"}
        for status, name in names.items()
    }
    path = {"get": {"responses": {"200": {"description": "OK"}, **references}}}
    spec = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": path}}
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(spec))
    validate(spec, base_uri=file.as_uri(), cls=Validator)

    responses = SchemaPath.from_path(file) / "paths" / "/a" / "get" / "responses"
    assert (responses / "404" / "x-error-code").read_value() == "artifact_not_found"
    assert (responses / "429" / "x-error-codes").read_value() == ["rate_limited"]
    content = responses / "429" / "content" / "application/json"
    example = (content / "examples" / "rate_limited" / "value").read_value()
    assert example["error"]["retry_after_seconds"] == 5
    any_error = responses / "default" / "content" / "application/json" / "schema" / "anyOf"
    assert len(any_error.read_value()) == len(CATALOGS["errors"].apis["artifacta"].errors) + 1


def test_a_response_says_what_is_known_of_its_error() -> None:
    document, *_ = documents(CATALOGS["errors"])
    said = document["components"]["responses"]["rate_limited"]
    said.pop("x-docs-url", None)
    description = said.pop("description")
    assert description.startswith("Requests came faster than the burst limit")
    assert "- **Wait, then retry**: Wait `retry_after_seconds`, then send" in description
    assert said == {
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/rate_limited"},
                "examples": {"rate_limited": {"$ref": "#/components/examples/rate_limited"}},
            }
        },
        "x-error-code": "rate_limited",
        "x-http-status": [429],
        "x-action": ["wait"],
        "x-retry": {"when": "as_is", "after": ["retry_after_seconds"], "backoff": "exponential"},
        "x-exit-code": 1,
    }


def test_of_what_is_not_known_nothing_is_said() -> None:
    said = components({"e": {}, "f": {"status": 400}}, envelopes=[])
    assert said["responses"]["e"] == {
        "description": "`e`",
        "x-error-code": "e",
        "x-http-status": [],
        "x-action": [],
        "x-retry": {"when": "unknown"},
    }


def test_a_response_says_that_its_error_grows_old_and_where_it_is_documented() -> None:
    old = {"deprecated": "2025", "sunset": "2026", "replaced_by": "e"}
    said = response(old, docs={"url": "https://x.example/"})
    assert said["x-deprecated"] == {"since": "2025", "sunset": "2026", "replaced_by": "e"}
    assert said["x-docs-url"] == "https://x.example/shop/errors/e/"
    assert "**Deprecated** since 2025, gone in 2026. Use `e`." in said["description"]


def test_a_status_has_the_codes_that_may_come_with_it() -> None:
    errors = {"a": {"status": [409, 410, 409]}, "b": {"status": 409}, "c": {}}
    (document,) = documents(catalog(shop={"envelopes": [FLAT], "errors": errors}))
    said = document["components"]["responses"]
    assert said["Status409"]["x-error-codes"] == ["a", "b"]
    assert said["Status410"]["x-error-codes"] == ["a"]
    assert said["Status409"]["description"] == "Conflict"
    content = said["Status409"]["content"]["application/json"]
    assert list(content["examples"]) == ["a", "b"]
    for code, is_taken in {"a": True, "b": True, "later": True, "c": False}.items():
        assert takes(document, content["schema"], {"code": code}) is is_taken


def test_a_status_is_described_as_the_api_means_it() -> None:
    notes = {"409": {"meaning": "It *clashes*."}}
    said = components({"a": {"status": [409, 499]}}, statuses=notes)["responses"]
    assert said["Status409"]["description"] == "It *clashes*."
    assert said["Status499"]["description"] == "Status 499"


def test_a_header_that_holds_the_code_is_a_constant_of_the_code_alone() -> None:
    headers = {"X-Error": "E-{code}", "X-Id": "{id}", "content-Type": "text/plain"}
    fields = {"id": {"meaning": "Of the *request*."}}
    envelope = {**FLAT, "headers": headers, "fields": fields}
    said = components({"a/b": {"status": 400}}, envelopes=[envelope])["responses"]
    assert said["a.2f.b"]["headers"] == {
        "X-Error": {"schema": {"type": "string", "const": "E-a/b"}, "required": True},
        "X-Id": {
            "description": "Of the *request*.",
            "schema": {"type": "string"},
            "required": True,
        },
    }
    general = {"schema": {"type": "string", "pattern": r"^E-[\s\S]*$"}}
    assert said["Status400"]["headers"]["X-Error"] == general
    assert said["Error"]["headers"]["X-Error"] == general


def test_headers_of_several_envelopes_are_those_that_may_come() -> None:
    envelopes = [{"headers": {"X-Error": "{code}"}}, {**FLAT, "headers": {"x-error": "E-{code}"}}]
    said = components({"a": {}}, envelopes=envelopes)["responses"]["a"]
    assert said["headers"] == {"X-Error": {"schema": {"type": "string"}, "required": True}}
    said = components({"a": {}}, envelopes=[*envelopes, FLAT])["responses"]["a"]
    assert "required" not in said["headers"]["X-Error"]


def test_headers_that_say_how_long_to_wait_are_shared() -> None:
    errors = {
        "a": {"status": 429, "retry": {"after": ["wait", "header:Retry-After"]}},
        "b": {"status": 429, "retry": {"after": ["header:retry-after", "header:X-Reset"]}},
        "c": {"status": 429},
    }
    found = components(errors)
    retry_after = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    both = {**retry_after, "X-Reset": {"$ref": "#/components/headers/X-Reset"}}
    assert found["responses"]["a"]["headers"] == retry_after
    assert found["responses"]["b"]["headers"] == both
    assert "headers" not in found["responses"]["c"]
    assert found["responses"]["Status429"]["headers"] == both
    assert found["headers"].keys() == both.keys()


def test_bodies_stand_under_their_media_type() -> None:
    problem = {"body": {"type": "urn:{code}"}, "content_type": "application/problem+json"}
    found = components({"a": {"details": {"x": {"type": "string"}}}}, envelopes=[problem, FLAT])
    content = found["responses"]["a"]["content"]
    assert content.keys() == {"application/problem+json", "application/json"}
    assert "examples" not in content["application/problem+json"]
    assert list(content["application/json"]["examples"]) == ["a"]
    assert found["responses"]["Error"]["content"].keys() == content.keys()


@pytest.mark.parametrize("example", [{"$ref": "x"}, [{"a": [{"$ref": {}}]}]], ids=repr)
def test_an_example_that_tools_would_follow_is_left_out(example: Any) -> None:
    kind = "array" if isinstance(example, list) else "object"
    found = components({"e": {"details": {"d": {"type": kind, "example": example}}}})
    assert "examples" not in found
    assert found["schemas"]["e"]["allOf"][1]["properties"]["d"] == {"type": kind}


def test_links_of_prose_lead_to_the_documentation() -> None:
    errors = {"a/b": {"meaning": "See <error:a/b>, [this](error:none) and [that](limits.md)."}}
    docs = {"url": "https://x.example/d"}
    (with_docs, without) = (
        components(errors, **given)["responses"]["a.2f.b"]["description"]
        for given in ({"docs": docs}, {})
    )
    page = "https://x.example/d/shop/errors/a~2f~b/"
    assert with_docs == f"See [`a/b`]({page}), this and [that](https://x.example/d/limits.md)."
    assert without == "See `a/b`, this and [that](limits.md)."


def descriptions(value: object) -> list[str]:
    """Return every description within ``value``, as far as OpenAPI has them."""
    if isinstance(value, list):
        return [text for one in value for text in descriptions(one)]
    if not isinstance(value, dict):
        return []
    own = [value["description"]] if isinstance(value.get("description"), str) else []
    return own + [text for one in value.values() for text in descriptions(one)]


def test_no_text_of_the_catalog_becomes_markup() -> None:
    (document,) = documents(hostile())
    found = descriptions(document)
    assert any("script" in text for text in found)
    for text in found:
        tokens = MarkdownIt("commonmark").parse(text)
        kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
        assert kinds.isdisjoint({"html_block", "html_inline", "image", "heading_open"})
        assert "\x1b" not in text


def test_names_stay_when_codes_are_added() -> None:
    errors: dict[str, Any] = {code: {"status": 400} for code in HOSTILE_CODES}
    before = components(errors)["responses"]
    after = components({**errors, "a.2f.b.2": {}, "..2f.": {}})["responses"]
    said = {name: one["x-error-code"] for name, one in before.items() if "x-error-code" in one}
    assert len(said) == len(HOSTILE_CODES)
    assert all(after[name]["x-error-code"] == code for name, code in said.items())


def test_a_document_has_a_title_a_version_and_a_stamp() -> None:
    errors = {"e": {"status": 400}}
    about = {"title": "Shop", "version": "1.10", "summary": "*All* of them."}
    apis = {"shop": {**about, "errors": errors}, "cafe": {"errors": errors}}
    texts = RENDER(catalog(**apis))
    assert list(texts) == ["shop/errors/openapi.json", "cafe/errors/openapi.json"]
    assert all(stamp.state(text) == "whole" and text.isascii() for text in texts.values())
    shop, cafe = (json.loads(text) for text in texts.values())
    assert shop["info"] == {
        "title": "Shop: errors",
        "version": "1.10",
        "description": "*All* of them.",
    }
    assert cafe["info"] == {"title": "cafe: errors", "version": "unversioned"}
    assert shop["openapi"].startswith("3.1.")


def test_it_is_the_same_every_time() -> None:
    assert RENDER(hostile()) == RENDER(hostile())


def test_it_grows_with_the_number_of_codes_and_no_faster() -> None:
    def size(count: int) -> int:
        errors = {f"error_{number:05}": {"status": 400} for number in range(count)}
        given = catalog(shop={"envelopes": [FLAT], "errors": errors})
        return sum(map(len, RENDER(given).values()))

    assert size(800) < 2.1 * size(400)


def test_errors_that_only_a_command_reports_are_no_responses() -> None:
    assert not RENDER(catalog(tool={"errors": {"bad-file": {"meaning": "A file is bad."}}}))
