"""Documents in the shapes that well-known services and frameworks have, each written anew."""

from __future__ import annotations

from errorbook.catalog import Api
from tests.importing.openapi.imported import answer, api_of, document, read, untold, values

PAYMENTS = """
openapi: 3.0.3
info: {title: Payments, version: "2024-04-10"}
servers: [{url: "https://api.payments.example/"}]
paths:
  /charges:
    post:
      operationId: PostCharges
      responses:
        "200": {description: OK}
        default:
          description: Error response.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/error"}
components:
  schemas:
    error:
      type: object
      required: [error]
      properties:
        error: {$ref: "#/components/schemas/api_errors"}
    api_errors:
      type: object
      required: [type]
      properties:
        code: {type: string, maxLength: 5000, description: A short string about the code.}
        doc_url: {type: string, description: <p>Where the error is explained.</p>}
        message: {type: string}
        param: {type: string}
        type: {type: string, enum: [api_error, card_error, idempotency_error]}
"""

PROBLEMS = """
openapi: 3.1.0
info: {title: Bank, version: "1"}
paths:
  /transfers:
    post:
      operationId: transfer
      summary: Send money
      responses:
        "201": {description: Sent}
        "403":
          description: Not allowed.
          content:
            application/problem+json:
              schema:
                oneOf:
                  - $ref: "#/components/schemas/OutOfMoney"
                  - $ref: "#/components/schemas/Locked"
        "429":
          description: Calls came too fast for this plan.
          headers: {retry-after: {schema: {type: integer}}}
          content:
            application/problem+json:
              schema: {$ref: "#/components/schemas/Problem"}
              example:
                type: https://bank.example/problems/too-fast
                title: The calls came too fast.
                status: 429
                detail: Wait a little.
  /accounts:
    get:
      operationId: accounts
      responses:
        "200": {description: OK}
components:
  schemas:
    Problem:
      description: A problem.
      type: object
      required: [type, title]
      properties:
        type: {type: string, format: uri-reference}
        title: {type: string}
        status: {type: integer}
        detail: {type: string}
    OutOfMoney:
      description: The account has less than the transfer needs.
      allOf:
        - $ref: "#/components/schemas/Problem"
        - type: object
          required: [balance]
          properties:
            type: {const: "https://bank.example/problems/out-of-money"}
            balance: {type: number, format: double, description: What is left., examples: [30.5]}
    Locked:
      description: The account is locked.
      allOf:
        - $ref: "#/components/schemas/Problem"
        - type: object
          properties:
            type: {const: "https://bank.example/problems/locked"}
"""

FASTAPI = document(
    {
        "200": {"description": "Successful Response"},
        "422": answer(
            {"$ref": "#/components/schemas/HTTPValidationError"}, description="Validation Error"
        ),
    },
    {
        "schemas": {
            "HTTPValidationError": {
                "type": "object",
                "title": "HTTPValidationError",
                "properties": {
                    "detail": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/ValidationError"},
                    }
                },
            },
            "ValidationError": {
                "type": "object",
                "required": ["loc", "msg", "type"],
                "properties": {
                    "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}]}},
                    "msg": {"type": "string"},
                    "type": {"type": "string"},
                },
            },
        }
    },
)


def _problem_api() -> Api:
    return api_of(read(PROBLEMS))


def test_a_type_is_the_code_where_the_code_is_free_and_optional() -> None:
    gathered = read(PAYMENTS)
    api = api_of(gathered)

    assert list(api.errors) == ["api_error", "card_error", "idempotency_error"]
    assert api.envelopes[0].body == {
        "error": {
            "code?": "{code_field}",
            "doc_url?": "{doc_url}",
            "message?": "{message}",
            "param?": "{param}",
            "type": "{code}",
            "*": "{details}",
        }
    }
    assert api.envelopes[0].fields["doc_url"].meaning == "Where the error is explained."
    assert not any(error.status for error in api.errors.values())
    assert "any status" not in untold(gathered)


def test_whoever_imports_may_say_which_field_is_the_code() -> None:
    assert "code_field" not in str(values(read(PAYMENTS, **{"error.code": "code"})))
    assert values(read(PAYMENTS, **{"/error/type": "code"}))["errors"].keys() == {
        "api_error",
        "card_error",
        "idempotency_error",
    }


def test_a_required_code_without_values_is_not_replaced_by_its_types() -> None:
    schema = {
        "type": "object",
        "required": ["error_code", "error_type"],
        "properties": {
            "error_type": {"type": "string", "enum": ["ITEM_ERROR", "API_ERROR"]},
            "error_code": {"type": "string"},
            "error_message": {"type": "string"},
        },
    }
    gathered = read(document({"400": answer(schema)}))

    assert "errors" not in values(gathered)
    assert values(gathered)["envelopes"][0]["body"]["error_code"] == "{code}"
    assert "the code stands in error_code, and no code is told" in untold(gathered)


def test_codes_may_be_numbers() -> None:
    schema = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": {
                "type": "integer",
                "enum": [20404, 21211],
                "x-enum-descriptions": ["The resource is gone.", "The number is not valid."],
                "x-enum-varnames": ["GONE", "INVALID_NUMBER"],
            },
            "message": {"type": "string"},
            "more_info": {"type": "string", "format": "uri"},
            "status": {"type": "integer"},
        },
    }
    gathered = read(document({"400": answer(schema)}))
    api = api_of(gathered)

    assert api.errors["21211"].meaning == "The number is not valid."
    assert api.errors["20404"].status == (400,)
    assert api.envelopes[0].body == {
        "code": "{code:integer}",
        "message": "{message}",
        "more_info?": "{more_info}",
        "status?": "{status}",
        "*": "{details}",
    }
    assert "GONE, INVALID_NUMBER" in untold(gathered)


def test_a_number_that_repeats_the_status_is_no_code() -> None:
    example = {
        "error": {
            "code": 404,
            "message": "No such book.",
            "status": "NOT_FOUND",
            "details": [{"reason": "GONE"}],
        }
    }
    api = api_of(read(document({"404": answer(example=example)})))

    assert list(api.errors) == ["NOT_FOUND"]
    assert api.errors["NOT_FOUND"].status == (404,)
    assert api.errors["NOT_FOUND"].message == "No such book."
    body = api.envelopes[0].body
    assert isinstance(body, dict)
    assert body["error"] == {
        "code?": "{status}",
        "message?": "{message}",
        "status": "{code}",
        "*": "{details}",
    }


def test_problem_types_are_codes_by_the_end_of_their_address() -> None:
    api = _problem_api()

    assert list(api.errors) == ["out-of-money", "locked", "too-fast"]
    assert api.envelopes[0].content_type == "application/problem+json"
    assert api.envelopes[0].body == {
        "type": "https://bank.example/problems/{code}",
        "title": "{title}",
        "status?": "{status}",
        "detail?": "{message}",
        "*": "{details}",
    }
    assert api.errors["out-of-money"].meaning == "The account has less than the transfer needs."
    balance = api.errors["out-of-money"].details["balance"]
    assert (balance.type, balance.required, balance.example) == ("number", True, 30.5)
    assert balance.meaning == "What is left."


def test_one_code_of_a_response_means_what_the_response_says() -> None:
    error = _problem_api().errors["too-fast"]

    assert error.meaning == "Calls came too fast for this plan."
    assert error.message == "Wait a little."
    assert error.status == (429,)
    assert error.retry.after == ("header:Retry-After",)
    assert error.retry.when == "unknown"


def test_several_codes_of_a_response_leave_its_description_to_the_status() -> None:
    api = _problem_api()

    assert api.statuses[403].meaning == "Not allowed."
    assert api.errors["locked"].meaning == "The account is locked."
    assert api.errors["locked"].status == (403,)


def test_operations_are_named_where_others_answer_otherwise() -> None:
    api = _problem_api()

    assert api.errors["locked"].operations == ("transfer",)
    assert api.operations["transfer"].title == "Send money"
    assert api.operations["transfer"].method == "POST"
    assert "accounts" not in api.operations


def test_validation_of_a_framework_is_a_status_alone() -> None:
    gathered = read(FASTAPI)
    api = api_of(gathered)

    assert not api.errors
    assert not api.envelopes
    assert list(api.statuses) == [422]
    assert api.statuses[422].meaning == ""
    assert "which codes come with 422 is not told" in untold(gathered)
    assert "x-error-codes" in untold(gathered)


def test_a_document_without_bodies_gives_its_statuses() -> None:
    museum = document(
        {
            "400": {"description": "Bad request"},
            "404": {"description": "The museum has no such event."},
        }
    )
    api = api_of(read(museum))

    assert api.statuses[400].meaning == ""
    assert api.statuses[404].meaning == "The museum has no such event."


def test_a_list_of_errors_is_a_list_in_the_pattern() -> None:
    example = {
        "errors": [
            {"status": "422", "code": "too_long", "title": "Too long", "detail": "Shorten it."}
        ]
    }
    api = api_of(read(document({"422": answer(example=example, media="application/vnd.api+json")})))

    assert list(api.errors) == ["too_long"]
    assert api.envelopes[0].content_type == "application/vnd.api+json"
    body = api.envelopes[0].body
    assert isinstance(body, dict)
    assert body["errors"] == [
        {
            "status?": "{status}",
            "code": "{code}",
            "detail?": "{message}",
            "*": "{details}",
        }
    ]


def test_a_reason_phrase_is_no_code() -> None:
    example = {"timestamp": "2024-01-01", "status": 403, "error": "Forbidden", "path": "/pets"}

    assert "errors" not in values(read(document({"403": answer(example=example)})))


def test_a_value_that_every_error_has_is_a_constant() -> None:
    schema = {
        "type": "object",
        "required": ["ok", "code", "kind"],
        "properties": {
            "ok": {"type": "boolean", "const": False},
            "kind": {"enum": ["{e}"]},
            "code": {"type": "string", "enum": ["pet_gone"]},
        },
        "additionalProperties": False,
    }
    example = {"ok": False, "kind": "{e}", "code": "pet_gone"}
    api = api_of(read(document({"404": answer(schema, example=example)})))

    assert api.envelopes[0].body == {"ok": False, "kind": "{{e}}", "code": "{code}"}


def test_several_forms_are_several_envelopes_the_commonest_first() -> None:
    old, new = {"code": "a_b"}, {"error": {"code": "c_d"}}
    api = api_of(
        read(
            document(
                {"400": answer(example=old), "404": answer(example=new), "409": answer(example=new)}
            )
        )
    )

    assert [one.body for one in api.envelopes] == [
        {"error": {"code": "{code}", "*": "{details}"}},
        {"code": "{code}", "*": "{details}"},
    ]
