"""How each SDK comes by its exceptions: its own client, given responses that never left here.

A call goes through the client a user would make, down to its transport, so that an exception holds
what it holds in production. The SDKs are looked up by name, since only the bench installs them.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bench.sdk_bodies import STATUSES, Place
from bench.sdk_postgres import failing_server
from bench.sdk_transports import (
    ASKED,
    HEADERS,
    HOST,
    KEY,
    TOO_MANY,
    Answer,
    httpx2_transport,
    new_secrets,
    note_authorization,
    requests_headers,
    requests_session,
)


@dataclass(frozen=True)
class Step:
    """One step of a client: what it starts from, made anew each time, and what it does."""

    before: Callable[[], Any]
    run: Callable[[Any], object]


@dataclass(frozen=True)
class Peer:
    """An SDK: its base class, its body of a rate limit, and the ways to its exceptions."""

    base: tuple[type[BaseException], ...]
    body: dict[str, Any]
    places: Sequence[Place]
    ask: Callable[[int, bytes], BaseException]
    """The exception of a whole call that is answered with a status and a body."""
    decoded: Step
    """From the decoded body on."""
    received: Step | None
    """From a response that has been read whole."""
    secrets: dict[str, str]
    """What the last call sent, or was sent, and nobody else should read."""

    @property
    def raw(self) -> bytes:
        """The body as it is sent."""
        return json.dumps(self.body).encode()


def openai_peer() -> Peer:
    """Return openai, with the mock of its own transport."""
    openai, messages = import_module("openai"), [{"role": "user", "content": ASKED}]
    error = {"message": "Limit.", "type": "requests", "param": None, "code": "rate_limit_exceeded"}

    def call(client: Any) -> None:
        client.chat.completions.create(model="gpt-5", messages=messages)

    return _with_response(openai.OpenAI, openai.OpenAIError, {"error": error}, call)


def anthropic_peer() -> Peer:
    """Return anthropic, with the mock of its own transport."""
    anthropic, messages = import_module("anthropic"), [{"role": "user", "content": ASKED}]
    details = {"error_code": "ramp_limit_exceeded"}
    error = {"type": "rate_limit_error", "message": "Limit.", "details": details}
    body = {"type": "error", "error": error, "request_id": "req_8Hq2mVt0cZ"}

    def call(client: Any) -> None:
        client.messages.create(model="claude", max_tokens=9, messages=messages)

    return _with_response(anthropic.Anthropic, anthropic.AnthropicError, body, call)


def stripe_peer() -> Peer:
    """Return stripe, over requests."""
    stripe, secrets = import_module("stripe"), new_secrets()
    session, answer = requests_session(secrets)
    http = stripe.RequestsClient(session=session)
    client = stripe.StripeClient(KEY, http_client=http, max_network_retries=0)
    error = {"type": "invalid_request_error", "code": "rate_limit", "message": "Limit."}
    body = {"error": {**error, "param": "customer"}}
    requestor = client._requestor
    headers = requests_headers()

    def ask(status: int, content: bytes) -> BaseException:
        answer.status, answer.body = status, content
        return _raised(lambda: client.v1.customers.create({"description": ASKED}))

    def decoded(data: object) -> object:
        handle = requestor.handle_error_response
        return _raised(lambda: handle(raw.decode(), TOO_MANY, data, headers, "V1"))

    def received(content: bytes) -> object:
        return _raised(lambda: requestor._interpret_response(content, TOO_MANY, headers, "V1"))

    raw = json.dumps(body).encode()
    return Peer(
        (stripe.StripeError,),
        body,
        [("error",), ("error", "code"), ("error", "message"), ("error", "type")],
        ask,
        Step(lambda: json.loads(raw, object_pairs_hook=OrderedDict), decoded),
        Step(lambda: raw, received),
        secrets,
    )


def botocore_peer() -> Peer:
    """Return botocore with a client of DynamoDB, whose protocol is JSON."""
    session, secrets = import_module("botocore.session").get_session(), new_secrets()
    exceptions, requests = map(import_module, ("botocore.exceptions", "botocore.awsrequest"))
    convert = import_module("botocore.endpoint").convert_to_response_dict
    client = session.create_client(
        "dynamodb",
        region_name="eu-central-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key=KEY,
        config=import_module("botocore.config").Config(retries={"max_attempts": 0}),
    )
    code = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
    reasons = [{"reason": "TableReadProvisionedThroughputExceeded", "resource": "arn:aws:x"}]
    body = {"__type": code, "message": "Limit.", "ThrottlingReasons": reasons}
    answer = Answer()
    endpoint = client._endpoint
    operation = client.meta.service_model.operation_model("GetItem")

    def response(status: int, content: bytes) -> Any:
        raw = import_module("urllib3").HTTPResponse(io.BytesIO(content), preload_content=False)
        return requests.AWSResponse(HOST, status, HEADERS, raw)

    def send(request: Any, **_: object) -> Any:
        note_authorization(
            secrets, request.headers["Authorization"].decode().rpartition("Signature=")[2]
        )
        return response(answer.status, answer.body)

    client.meta.events.register("before-send.dynamodb.GetItem", send)

    def ask(status: int, content: bytes) -> BaseException:
        answer.status, answer.body = status, content
        return _raised(lambda: client.get_item(TableName="table", Key={"id": {"S": ASKED}}))

    def parse(found: Any) -> Any:
        """Do what the endpoint does with a response, without its history and its hooks."""
        given = convert(found, operation)
        parser = endpoint._response_parser_factory.create_parser("json")
        parsed = parser.parse(given, operation.output_shape)
        endpoint._add_modeled_error_fields(given, parsed, operation, parser)
        return parsed

    def construct(parsed: Any) -> object:
        return client.exceptions.from_code(parsed["Error"]["Code"])(parsed, "GetItem")

    def read() -> Any:
        found = response(TOO_MANY, raw)
        _ = found.content  # which reads it
        return found

    raw = json.dumps(body).encode()
    return Peer(
        (exceptions.ClientError, exceptions.BotoCoreError),
        body,
        [("__type",), ("message",), ("ThrottlingReasons",), ("ThrottlingReasons", 0)],
        ask,
        Step(lambda: parse(read()), construct),
        Step(read, lambda found: construct(parse(found))),
        secrets,
    )


def google_peer() -> Peer:
    """Return google-api-core as the generated REST clients use it."""
    exceptions, secrets = import_module("google.api_core.exceptions"), new_secrets()
    session, answer = requests_session(secrets)
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED"}
    error = {
        "code": TOO_MANY,
        "message": "Limit.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [info],
    }
    headers = {"Authorization": f"Bearer {KEY}"}

    def post(status: int, content: bytes) -> Any:
        answer.status, answer.body = status, content
        return session.post(f"{HOST}/v1/things", json={"name": ASKED}, headers=headers)

    def ask(status: int, content: bytes) -> BaseException:

        def call() -> None:
            raise exceptions.from_http_response(post(status, content))

        return _raised(call)

    def decoded(given: tuple[Any, Any]) -> object:
        response, data = given
        return exceptions.format_http_response_error(response, "POST", HOST, data)

    raw = json.dumps({"error": error}).encode()
    return Peer(
        (exceptions.GoogleAPIError,),
        {"error": error},
        [("error",), ("error", "message"), ("error", "details"), ("error", "details", 0)],
        ask,
        Step(lambda: (post(TOO_MANY, raw), json.loads(raw)), decoded),
        Step(lambda: post(TOO_MANY, raw), exceptions.from_http_response),
        secrets,
    )


def psycopg_peer() -> Peer:
    """Return psycopg with its libpq, which talks to a server that fails whatever is asked.

    There is neither a status nor JSON: the body is the text of the message, and a status one of
    seven SQLSTATEs, three of which no server should send.
    """
    psycopg, errors = import_module("psycopg"), import_module("psycopg.errors")
    states = (b"23505", b"42P01", b"ZZ999", b"p0001", b"53300", b"", b"\xff\xfe")
    server = _stack.enter_context(failing_server())
    settings = "sslmode=disable gssencmode=disable dbname=bench user=bench connect_timeout=9"
    server.fields = {}
    place = f"host=127.0.0.1 port={server.port} password={KEY}"
    connection = psycopg.connect(f"{place} {settings}", autocommit=True)
    found: list[Any] = []

    def ask(status: int, content: bytes) -> BaseException:
        text = content.replace(b"\0", b"")
        state = states[STATUSES.index(status)]
        server.fields = {b"S": b"ERROR", b"V": b"ERROR", b"C": state, b"M": text, b"D": text}
        return _raised(lambda: connection.execute("select %s", [ASKED]))

    def result() -> Any:
        if not found:
            error: Any = ask(TOO_MANY, b"Limit.")
            found.append(error._info)
        return found[0]

    decoded = Step(result, errors.error_from_result)
    body = {"M": "Limit.", "C": "53300", "D": "", "S": "ERROR"}
    places = [("M",), ("C",), ("D",), ("S",)]
    return Peer((psycopg.Error,), body, places, ask, decoded, None, new_secrets())


def our_peer(module: str, code: str) -> Peer:
    """Return a generated module of the synthetic API, whose client sends with openai's library."""
    errors, httpx2, secrets = import_module(module), import_module("httpx2"), new_secrets()
    transport, answer = httpx2_transport(secrets)
    client = httpx2.Client(transport=transport, headers={"Authorization": f"Bearer {KEY}"})
    body = {"error": {"code": code, "message": "Limit.", "retry_after": 7}}
    raw = json.dumps(body).encode()

    def call() -> None:
        response = client.post(f"{HOST}/v1/things", json={"name": ASKED})
        raise errors.from_response(response.status_code, response.headers, response.content)

    def ask(status: int, content: bytes) -> BaseException:
        answer.status, answer.body = status, content
        return _raised(call)

    def decoded(data: object) -> object:
        return errors.from_response(TOO_MANY, None, data)

    def received(given: tuple[Mapping[str, str], bytes]) -> object:
        return errors.from_response(TOO_MANY, *given)

    return Peer(
        (errors.SyntheticError,),
        body,
        [("error",), ("error", "code"), ("error", "message"), ("error", "retry_after")],
        ask,
        Step(lambda: json.loads(raw), decoded),
        Step(lambda: (dict(HEADERS), raw), received),
        secrets,
    )


_CLIENT = "botocore.session.get_session().create_client('dynamodb', region_name='eu-central-1')"
PEERS: Mapping[str, tuple[Sequence[str], Callable[[], Peer]]] = {
    "stripe": (["from stripe import RateLimitError"], stripe_peer),
    "openai": (["from openai import RateLimitError"], openai_peer),
    "anthropic": (["from anthropic import RateLimitError"], anthropic_peer),
    "botocore": (
        [
            "from botocore.exceptions import ClientError",
            f"import botocore.session; {_CLIENT}.exceptions.RequestLimitExceeded",
        ],
        botocore_peer,
    ),
    "google-api-core": (["from google.api_core.exceptions import TooManyRequests"], google_peer),
    "psycopg": (["from psycopg.errors import TooManyConnections"], psycopg_peer),
}
"""By the name of the distribution: what a user writes to name an exception, and the SDK."""

_stack = contextlib.ExitStack()


@contextlib.contextmanager
def closing() -> Iterator[None]:
    """Stop what the SDKs needed, at the end."""
    with _stack:
        yield


def _with_response(
    make: Callable[..., Any],
    base: type[BaseException],
    body: dict[str, Any],
    call: Callable[[Any], None],
) -> Peer:
    """Return one of the two SDKs that keep httpx2's response, and are built alike."""
    raw, httpx2, secrets = json.dumps(body).encode(), import_module("httpx2"), new_secrets()
    transport, answer = httpx2_transport(secrets)
    http = httpx2.Client(transport=transport)
    client = make(api_key=KEY, base_url=HOST, max_retries=0, http_client=http)

    def ask(status: int, content: bytes) -> BaseException:
        answer.status, answer.body = status, content
        return _raised(lambda: call(client))

    def response() -> Any:
        request = httpx2.Request("POST", HOST)
        return httpx2.Response(TOO_MANY, headers=HEADERS, content=raw, request=request)

    def decoded(given: tuple[Any, Any]) -> object:
        found, data = given
        return client._make_status_error("Limit.", body=data, response=found)

    last = "details" if "details" in body["error"] else "code"
    return Peer(
        (base,),
        body,
        [("error",), ("error", "type"), ("error", "message"), ("error", last)],
        ask,
        Step(lambda: (response(), json.loads(raw)), decoded),
        Step(response, client._make_status_error_from_response),
        secrets,
    )


def _raised(call: Callable[[], object]) -> BaseException:
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError("an error was asked for, and none came")
