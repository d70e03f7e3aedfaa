"""Documents written to do harm: what comes of them is a valid catalog, in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from errorbook.characters import has_hidden
from errorbook.importing.openapi import collection
from errorbook.importing.readers import UnreadableError
from tests.importing.openapi.imported import answer, api_of, document, read, untold, values

SECONDS = 10.0
"""Far more than any of these takes, and far less than what they would take if they could."""

EVIL = "\x1b[31m<script>alert(1)</script>\u202e{{code}} {code} [x](javascript:1) <error:x> `*"


def evil_document() -> dict[str, Any]:
    example = {
        "code": "pet_gone",
        "message": EVIL,
        EVIL: EVIL,
        "*": 1,
        "a?": 2,
        "status": 9**99,
        "deep": {"a": [[[[1]]]]},
        "details": {"code": "x", "": None, "message": [EVIL]},
    }
    schema = {
        "properties": {
            "code": {"enum": ["pet_gone", EVIL, "x" * 999, " a", "", None, 1.5, True, {}, []]},
            "{x}": {"const": EVIL},
            "__proto__": {"type": ["string", "null", 3], "example": EVIL},
        },
        "required": [EVIL, 3, None],
    }
    response = {
        **answer(schema, description=EVIL, example=example, examples={"a": {"value": [example]}}),
        "headers": {"Retry-After": EVIL},
        "x-error-codes": [{"code": EVIL}, {"code": "a", "status": "999", "cause": [3, EVIL]}, 3.5],
        "x-retryable": EVIL,
        "x-error-code": {"a": {"b": "c"}},
        "x-http-status": [True, 404, "404", 9999],
    }
    content = document({"404": response, "5XX": 3, "default": [EVIL]})
    content["info"] = {"title": EVIL, "version": [EVIL], "description": "|" * 99 + "\n--|--\n"}
    content["tags"] = [3, {"description": EVIL}]
    content["servers"] = EVIL
    content["x-speakeasy-retries"] = [EVIL]
    content["paths"][EVIL] = {"get": {"operationId": EVIL, "responses": {"404": response}}}
    content["paths"]["/x"] = {"post": {"operationId": 3, "summary": [], "responses": [response]}}
    return content


def test_a_document_with_everything_wrong_gives_a_valid_catalog() -> None:
    api = api_of(read(evil_document()))

    assert "pet_gone" in api.errors
    assert not any(map(has_hidden, texts_of(values(read(evil_document())))))


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text in a value, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("word", ["allOf", "oneOf", "anyOf"])
def test_schemas_that_double_at_each_level_end(word: str) -> None:
    schemas: dict[str, Any] = {
        f"S{level}": {word: [{"$ref": f"#/components/schemas/S{level + 1}"}] * 2}
        for level in range(40)
    }
    schemas["S40"] = {"properties": {"code": {"enum": ["pet_gone"]}}}
    content = document({"404": answer({"$ref": "#/components/schemas/S20"})}, {"schemas": schemas})
    begin = time.perf_counter()

    assert "pet_gone" in values(read(content))["errors"]
    assert time.perf_counter() - begin < SECONDS


def test_codes_that_double_at_each_level_end() -> None:
    schemas: dict[str, Any] = {
        f"S{level}": {"anyOf": [{"$ref": f"#/components/schemas/S{level + 1}"}] * 2}
        for level in range(40)
    }
    schemas["S40"] = {"enum": ["pet_gone"]}
    code = {"properties": {"code": {"$ref": "#/components/schemas/S0"}}}
    begin = time.perf_counter()
    values(read(document({"404": answer(code)}, {"schemas": schemas})))

    assert time.perf_counter() - begin < SECONDS


def test_more_codes_than_anyone_has_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_CODES", 5)
    codes = [f"code_{number}" for number in range(9)]
    gathered = read(document({"404": answer({"properties": {"code": {"enum": codes}}})}))

    assert list(values(gathered)["errors"]) == codes[:5]
    assert "4 codes" in untold(gathered)


def test_what_is_nested_too_deep_is_refused() -> None:
    deep: Any = {"code": "pet_gone"}
    for _ in range(300):
        deep = [deep]
    with pytest.raises(UnreadableError, match="nested more than 200 levels"):
        read(document({"404": answer(example=deep)}))


@pytest.mark.parametrize("words", [[{}], [[]], ["explode"], "wait", [None]])
def test_words_that_are_no_actions_are_left_out(words: object) -> None:
    text = "It left.\n\n**What a client should do**\n\n- **Wait, then retry**: Wait."
    response = {"description": text, "x-error-code": "pet_gone", "x-action": words}
    content = {**document({}, {"responses": {"pet_gone": response}}), "paths": {}}

    assert api_of(read(content)).errors["pet_gone"].actions == ()
