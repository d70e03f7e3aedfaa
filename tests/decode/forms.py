"""The forms that an error reaches somebody in, made from the catalog."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.facts import Example, example_message, example_response, exit_code
from errorbook.decode.names import names_of
from errorbook.outputs.python.module import render


@dataclass(frozen=True)
class Sample:
    """An error of a catalog, and how it is raised."""

    name: str
    api: Api
    code: str
    module: ModuleType
    is_silent: bool = False
    """Whether the server said nothing but the code."""

    @property
    def ref(self) -> str:
        return f"{self.name}/{self.code}"

    @property
    def message(self) -> str:
        return "" if self.is_silent else example_message(self.api.errors[self.code])

    @property
    def response(self) -> Example:
        found = example_response(self.api, self.code)
        assert found is not None
        return found

    def error(self) -> Exception:
        """Return the exception that the generated module makes of the code and the message."""
        kind: Any = getattr(self.module, names_of(self.name, self.api)[0].exceptions[self.code])
        error: Exception = kind(message=self.message, code=self.code)
        return error


def samples(catalog: Catalog) -> list[Sample]:
    """Return every error of a catalog."""
    return [
        Sample(name, api, code, module)
        for name, api in catalog.apis.items()
        if api.errors
        for module in [_module(name, api)]
        for code in api.errors
    ]


def _module(name: str, api: Api) -> ModuleType:
    """Return the generated module of an API, under the name that it is imported by."""
    (text,) = render(Catalog(apis={name: api})).values()
    module = ModuleType(names_of(name, api)[0].module)
    exec(text, module.__dict__)  # noqa: S102  # our own
    return module


def _body(sample: Sample) -> str:
    if sample.response.body is None:
        return ""
    return json.dumps(sample.response.body, separators=(",", ":"))


def _pretty(sample: Sample) -> str:
    if sample.response.body is None:
        return ""
    return json.dumps(sample.response.body, indent=2, ensure_ascii=False)


def _dict(sample: Sample) -> str:
    return "" if sample.response.body is None else f"answer: {sample.response.body!r}"


def _head(sample: Sample) -> list[str]:
    response = sample.response
    headers = {"Content-Type": "application/json", **response.headers}
    return [
        f"HTTP/1.1 {response.status or 500} ",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]


def _curl_i(sample: Sample) -> str:
    redirect = ["HTTP/1.1 307 Temporary Redirect", "Location: /v2"]
    return "\r\n".join([*redirect, "", *_head(sample), "", _body(sample)])


def _curl_v(sample: Sample) -> str:
    sent = ["* Connected to api.example (192.0.2.1) port 443", "> GET /v1 HTTP/1.1", ">"]
    received = [f"< {line}" for line in [*_head(sample), ""]]
    noise = ["{ [45 bytes data]", "* Connection #0 to host api.example left intact"]
    return "\n".join([*sent, *received, *noise, _body(sample)])


def _formatted(error: Exception) -> str:
    """Return what Python prints of an exception that nobody caught."""
    try:
        raise error
    except type(error):
        return "".join(traceback.format_exception(error))


def _traceback(sample: Sample) -> str:
    return _formatted(sample.error())


def _requested(sample: Sample) -> str:
    raised: Any = sample.error()
    raised.request_id = "req_8f2c"
    return _formatted(raised)


def _chained(sample: Sample) -> str:
    raised = sample.error()
    raised.__context__ = KeyError("forbidden")
    return _formatted(raised)


def _caused(sample: Sample) -> str:
    raised = sample.error()
    raised.__cause__ = ValueError("no")
    return _formatted(raised)


def _grouped(sample: Sample) -> str:
    return _formatted(ExceptionGroup("several", [ValueError("no"), sample.error()]))


def _command(sample: Sample) -> str:
    number = exit_code(sample.api, sample.code)
    return f"error: {sample.error()}\nexit status {1 if number is None else number}\n"


def _key_value(sample: Sample) -> str:
    return f'ts=2026-01-02T03:04:05Z level=error code={sample.code} msg="it failed"'


def _json_log(sample: Sample) -> str:
    body = _pretty(sample)
    return body and json.dumps({"ts": "2026-01-02T03:04:05Z", "level": "error", "answer": body})


def _json_log_of_objects(sample: Sample) -> str:
    body = sample.response.body
    return "" if body is None else json.dumps({"level": "error", "answer": {"body": body}})


def _logged(sample: Sample) -> str:
    return f"2026-01-02 03:04:05,678 ERROR jobs.upload {sample.message}" if sample.message else ""


FORMS: Final[Mapping[str, Callable[[Sample], str]]] = {
    "a body on one line": _body,
    "a body over several lines": _pretty,
    "a body as Python prints it": _dict,
    "curl -i": _curl_i,
    "curl -v": _curl_v,
    "a traceback": _traceback,
    "a traceback with the id of the request": _requested,
    "a traceback of a chain": _chained,
    "a traceback with a cause": _caused,
    "a traceback of a group": _grouped,
    "what a command printed": _command,
    "a line of a log with its message": _logged,
    "a line of a log with key=value": _key_value,
    "a line of a log in JSON, the body as a text": _json_log,
    "a line of a log in JSON, the body as an object": _json_log_of_objects,
}
"""Each returns "" for an error that cannot be in this form."""
