"""Codes, wherever a document says them, and what it says of each."""

from __future__ import annotations

import pytest

from tests.importing.openapi.imported import Fields, answer, api_of, document, read, untold, values


def code_schema(**code: object) -> Fields:
    return {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string", **code}, "message": {"type": "string"}},
    }


def test_named_examples_give_codes_messages_and_details() -> None:
    examples = {
        "gone": {
            "summary": "The pet has left.",
            "value": {"code": "pet_gone", "message": "It left.", "since": "2024-01-01", "days": 3},
        },
        "shy": {"value": {"code": "pet_shy", "message": "It hides."}},
    }
    api = api_of(read(document({"404": answer(code_schema(), examples=examples)})))

    assert api.errors["pet_gone"].status == (404,)
    assert api.errors["pet_gone"].meaning == "The pet has left."
    assert api.errors["pet_gone"].message == "It left."
    details = api.errors["pet_gone"].details
    assert {name: (one.type, one.example) for name, one in details.items()} == {
        "since": ("string", "2024-01-01"),
        "days": ("integer", 3),
    }
    assert not api.errors["pet_shy"].details


def test_an_example_may_be_a_component_with_another_value() -> None:
    components = {
        "examples": {"gone": {"value": {"code": "pet_gone"}}},
        "responses": {
            "Gone": answer(code_schema(), examples={"gone": {"$ref": "#/components/examples/gone"}})
        },
    }
    api = api_of(read(document({"410": {"$ref": "#/components/responses/Gone"}}, components)))

    assert api.errors["pet_gone"].status == (410,)


def test_a_value_of_an_example_may_be_given_as_data() -> None:
    examples = {"gone": {"dataValue": {"code": "pet_gone"}}}

    assert "pet_gone" in api_of(read(document({"410": answer(examples=examples)}))).errors


def test_a_list_of_codes_at_one_status_gives_it() -> None:
    codes = code_schema(enum=["a_b", "c_d"])
    api = api_of(read(document({"409": answer(codes), "404": answer(code_schema())})))

    assert api.errors["a_b"].status == (409,)


@pytest.mark.parametrize("is_written_out", [True, False])
def test_a_list_of_codes_at_several_statuses_gives_none(is_written_out: bool) -> None:
    schema = code_schema(enum=["a_b", "c_d"])
    reference = {"$ref": "#/components/schemas/Error"}
    used = schema if is_written_out else reference
    responses = {"404": answer(used), "409": answer(used)}
    gathered = read(document(responses, {"schemas": {"Error": schema}}))
    api = api_of(gathered)

    assert api.errors["a_b"].status == ()
    assert "which of 404, 409 comes with which code is not told: a_b, c_d" in untold(gathered)


def test_one_code_at_several_statuses_has_them_all() -> None:
    one = answer(code_schema(const="busy"))
    api = api_of(read(document({"503": one, "429": one})))

    assert api.errors["busy"].status == (429, 503)


def test_an_example_says_the_status_of_a_code_that_a_list_leaves_open() -> None:
    codes = code_schema(enum=["a_b", "c_d"])
    shown = answer(codes, example={"code": "a_b"})
    api = api_of(read(document({"404": shown, "409": answer(codes)})))

    assert api.errors["a_b"].status == (404,)
    assert api.errors["c_d"].status == ()


@pytest.mark.parametrize("key", ["4XX", "default"])
def test_a_range_is_no_status(key: str) -> None:
    api = api_of(read(document({key: answer(code_schema(const="busy"))})))

    assert api.errors["busy"].status == ()


def test_a_body_that_repeats_its_status_says_it() -> None:
    schema = code_schema(const="busy")
    schema["properties"]["status"] = {"const": 503}
    api = api_of(read(document({"default": answer(schema)})))

    assert api.errors["busy"].status == (503,)


def test_values_may_be_alternatives_with_descriptions() -> None:
    offered = [{"const": "a_b", "description": "It is a."}, {"const": "c_d", "title": "It is c."}]
    api = api_of(read(document({"400": answer(code_schema(oneOf=offered))})))

    assert api.errors["a_b"].meaning == "It is a."
    assert api.errors["c_d"].meaning == "It is c."


def test_a_discriminator_names_codes() -> None:
    base = {"type": "object", "properties": {"type": {"type": "string"}}}
    components = {
        "schemas": {
            "Base": base,
            "Shy": {
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {"properties": {"corner": {"type": "string"}}},
                ]
            },
            "Gone": {"allOf": [{"$ref": "#/components/schemas/Base"}]},
        }
    }
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/Shy"}, {"$ref": "#/components/schemas/Gone"}],
        "discriminator": {
            "propertyName": "type",
            "mapping": {"pet_shy": "#/components/schemas/Shy", "pet_gone": "Gone"},
        },
    }
    api = api_of(read(document({"404": answer(schema)}, components)))

    assert list(api.errors) == ["pet_shy", "pet_gone"]
    assert list(api.errors["pet_shy"].details) == ["corner"]
    assert api.errors["pet_gone"].status == (404,)


@pytest.mark.parametrize("word", ["x-enum-descriptions", "x-enumDescriptions"])
@pytest.mark.parametrize(
    "said", [["It is a.", "It is c."], {"a_b": "It is a.", "c_d": "It is c."}], ids=["list", "map"]
)
def test_extensions_describe_the_values_of_a_list(word: str, said: object) -> None:
    api = api_of(read(document({"400": answer(code_schema(enum=["a_b", "c_d"], **{word: said}))})))

    assert [error.meaning for error in api.errors.values()] == ["It is a.", "It is c."]


@pytest.mark.parametrize("word", ["x-error-codes", "x-errors", "x-codes"])
def test_an_extension_lists_codes_of_a_response(word: str) -> None:
    response = {**answer(code_schema()), word: ["a_b", "c_d"]}
    api = api_of(read(document({"400": response})))

    assert {code: error.status for code, error in api.errors.items()} == {
        "a_b": (400,),
        "c_d": (400,),
    }


def test_an_extension_may_say_more_of_a_code() -> None:
    listed = [
        {
            "code": "a_b",
            "status": 409,
            "description": "It is a.",
            "message": "A it is.",
            "causes": ["One.", "Two."],
            "solution": "Be *b*.",
            "retryable": True,
        },
        {"code": "c_d", "retryable": False},
    ]
    api = api_of(read({**document({"404": {"description": ""}}), "x-error-codes": listed}))
    error = api.errors["a_b"]

    assert (error.status, error.meaning, error.message) == ((409,), "It is a.", "A it is.")
    assert (error.causes, error.fix) == (("One.", "Two."), "Be *b*.")
    assert error.retry.when == "as_is"
    assert api.errors["c_d"].retry.when == "never"


@pytest.mark.parametrize(
    ("listed", "status", "meaning"),
    [
        ({"a_b": "It is a."}, (), "It is a."),
        ({"a_b": 409}, (409,), ""),
        ({"409": ["a_b"]}, (409,), ""),
        ({"a_b": {"http_status": 409, "meaning": "It is a."}}, (409,), "It is a."),
    ],
)
def test_an_extension_may_be_a_mapping(
    listed: object, status: tuple[int, ...], meaning: str
) -> None:
    error = api_of(read({**document({}), "x-error-codes": listed})).errors["a_b"]

    assert (error.status, error.meaning) == (status, meaning)


def test_an_operation_may_list_its_codes() -> None:
    content = document({"400": {"description": "", "x-error-codes": ["c_d"]}})
    content["paths"]["/pets/{id}"]["get"]["x-error-codes"] = ["a_b"]
    content["paths"]["/shops"] = {"get": {"operationId": "shops", "responses": {}}}
    api = api_of(read(content))

    assert api.errors["a_b"].operations == ("getPet",)
    assert api.errors["a_b"].status == ()


def test_who_answers_is_not_told_where_others_may() -> None:
    content = document({"404": answer(code_schema(), example={"code": "pet_gone"})})
    content["paths"]["/shops"] = {
        "get": {"operationId": "shops", "responses": {"404": answer(code_schema())}}
    }

    assert api_of(read(content)).errors["pet_gone"].operations == ()


def test_retries_of_generators_are_a_policy() -> None:
    retries = {"strategy": "backoff", "statusCodes": ["5XX", "429"]}
    responses = {
        "503": answer(code_schema(const="busy")),
        "404": answer(code_schema(const="pet_gone")),
    }
    api = api_of(read({**document(responses), "x-speakeasy-retries": retries}))

    assert api.errors["busy"].retry.model_dump(exclude_defaults=True) == {
        "when": "as_is",
        "backoff": "exponential",
    }
    assert api.errors["pet_gone"].retry.when == "unknown"


def test_a_table_in_a_description_is_read() -> None:
    text = (
        "All errors:\n\n| Error code | HTTP | Meaning |\n|---|:-:|---|\n"
        "| `pet_gone` | 404 | The pet has left. |\n| `pet_shy` | 409 | It hides. |\n"
    )
    content = document({"404": {"description": ""}})
    content["info"]["description"] = text
    api = api_of(read(content))

    assert api.errors["pet_gone"].meaning == "The pet has left."
    assert api.errors["pet_shy"].status == (409,)


def test_a_table_of_something_else_is_not_read() -> None:
    content = document({"404": {"description": ""}})
    content["info"]["description"] = "| Code | Currency |\n|---|---|\n| USD | Dollar |\n"

    assert "errors" not in values(read(content))


def test_descriptions_that_differ_are_told_and_not_taken() -> None:
    content = document({"404": answer(code_schema(const="gone"), description="No such pet.")})
    content["paths"]["/shops"] = {
        "get": {
            "operationId": "shops",
            "responses": {"404": answer(code_schema(const="gone"), description="No such shop.")},
        }
    }
    gathered = read(content)

    assert api_of(gathered).errors["gone"].meaning == ""
    assert "described in several ways, none of which was taken: gone" in untold(gathered)


def test_messages_that_differ_are_told_and_not_taken() -> None:
    examples = {
        "a": {"value": {"code": "pet_gone", "message": "Rex left."}},
        "b": {"value": {"code": "pet_gone", "message": "Tom left."}},
    }
    gathered = read(document({"404": answer(code_schema(), examples=examples)}))

    assert api_of(gathered).errors["pet_gone"].message == ""
    assert "word the message of pet_gone in several ways" in untold(gathered)


def test_details_may_have_an_object_of_their_own() -> None:
    example = {"code": "pet_gone", "message": "It left.", "details": {"name": "Rex", "legs": 4}}
    api = api_of(read(document({"404": answer(example=example)})))

    assert api.envelopes[0].body == {
        "code": "{code}",
        "message?": "{message}",
        "details?": "{details}",
    }
    assert {name: one.type for name, one in api.errors["pet_gone"].details.items()} == {
        "name": "string",
        "legs": "integer",
    }


def test_webhooks_and_callbacks_are_left_alone() -> None:
    hook = {"post": {"responses": {"404": answer(code_schema(const="theirs"))}}}
    content = document({"404": answer(code_schema(const="ours"))}, webhooks={"x": hook})
    content["paths"]["/pets/{id}"]["get"]["callbacks"] = {"done": {"{$url}": hook}}

    assert list(api_of(read(content)).errors) == ["ours"]


def test_operations_of_newer_versions_are_known() -> None:
    answers = {"responses": {"404": answer(code_schema(const="gone"))}}
    content = document({})
    content["openapi"] = "3.2.0"
    content["paths"] = {
        "/pets": {"query": answers, "additionalOperations": {"PURGE": answers}, "get": {}}
    }
    api = api_of(read(content))

    assert api.errors["gone"].operations == ("QUERY /pets", "PURGE /pets")
    assert api.operations["PURGE /pets"].method == "PURGE"


def test_a_sample_of_an_open_field_is_a_code_at_its_one_status() -> None:
    schema = code_schema(example="pet_gone")
    schema["properties"]["message"]["example"] = "It left."
    schema["properties"]["docs"] = {"type": "string", "description": "Where more is said."}
    api = api_of(read(document({"404": answer(schema), "409": answer(code_schema())})))

    assert api.errors["pet_gone"].status == (404,)
    assert api.errors["pet_gone"].message == "It left."
    assert not api.errors["pet_gone"].details
    assert api.envelopes[0].fields["docs"].meaning == "Where more is said."


@pytest.mark.parametrize(
    "value",
    [
        "string",
        "about:blank",
        "https://httpstatuses.example/404",
        "https://a.example/out-of-credit",
    ],
)
def test_a_stand_in_is_no_code(value: str) -> None:
    example = {"type": value, "title": "Not Found", "status": 404}

    assert "errors" not in values(read(document({"404": answer(example=example)})))


def test_codes_of_an_extension_may_have_several_words() -> None:
    response = {"description": "", "x-error-codes": ["pet gone"]}

    assert list(api_of(read(document({"404": response}))).errors) == ["pet gone"]


def test_the_fields_of_a_request_are_not_the_code_of_a_problem() -> None:
    example = {
        "type": "https://pets.example/problems/not-valid",
        "errors": [{"field": "name", "code": "required"}],
    }
    api = api_of(read(document({"422": answer(example=example, media="application/problem+json")})))

    assert list(api.errors) == ["not-valid"]


def test_a_default_without_codes_is_told() -> None:
    schema = {"properties": {"code": {"type": "integer"}, "message": {"type": "string"}}}
    gathered = read(document({"default": answer(schema)}))

    assert "errors" not in values(gathered)
    assert "which codes come with any other status is not told" in untold(gathered)
