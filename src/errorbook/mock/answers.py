"""Responses as bytes: an error as the catalog documents it, in what HTTP allows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Api, Error
from errorbook.catalog.facts import documented_envelope, example_message, example_response
from errorbook.catalog.models import Envelope
from errorbook.catalog.statuses import reason_phrase

JSON: Final = "application/json"
_TEXT: Final = "text/plain; charset=utf-8"
_BODILESS: Final = frozenset({204, 205, 304})
_NO_LENGTH: Final = frozenset({204, 304})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_ILLEGAL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_OURS: Final = frozenset(
    {
        # They say where a body ends and how to unpack it, which the server knows best.
        *("connection", "content-encoding", "content-length", "keep-alive", "te", "trailer"),
        *("transfer-encoding", "upgrade"),
        # What keeps a browser from taking an answer for a page.
        *("content-security-policy", "x-content-type-options"),
        *("preference-applied", "vary"),
    }
)
"""Headers that a catalog cannot set."""
_CORS: Final = "access-control-"
_INERT: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Answer:
    """A response: its status, its headers without those of its length, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def fields(self, others: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
        """Return all header fields as they are sent; those of the answer count before ``others``.

        What is not ASCII goes out as UTF-8. What HTTP forbids in a value becomes a space, and a
        field whose name it forbids is left out.
        """
        sent = {name.lower(): (name, value) for name, value in others.items()}
        sent |= {name.lower(): (name, value) for name, value in self.headers.items()}
        if self.status not in _NO_LENGTH:
            sent["content-length"] = ("Content-Length", str(len(self.body)))
        return [
            (name.lower().encode(), _ILLEGAL.sub(" ", value).strip().encode("utf-8", "replace"))
            for name, value in sent.values()
            if _NAME.match(name)
        ]


def error_answer(api: Api, code: str, status: int) -> Answer:
    """Return the documented response of an error with ``status``, which its body repeats.

    Where the API says nothing of its bodies, the body is the error's message as a text.
    """
    error = api.errors[code].model_copy(update={"status": (status,)})
    envelope = documented_envelope(api, code)
    # An envelope of nothing gives the headers that belong to the error itself.
    envelopes = (envelope or Envelope(),)
    alone = api.model_copy(update={"errors": {code: error}, "envelopes": envelopes})
    example = example_response(alone, code)
    documented = example.headers if example else {}
    headers = {name: text for name, text in documented.items() if _may_be_set(name)}
    if example is None or envelope is None:
        return _with_body(status, headers, _TEXT, _sentence(error, status))
    if envelope.body is None:
        return Answer(status, headers)
    return _with_body(status, headers, envelope.content_type, _json(example.body))


def json_answer(status: int, body: JsonValue) -> Answer:
    """Return a response of the mock server's own."""
    return Answer(status, {"Content-Type": JSON, **_INERT}, _json(body))


def _with_body(status: int, headers: dict[str, str], content_type: str, body: bytes) -> Answer:
    if status in _BODILESS:
        return Answer(status, headers)
    names = {name.lower() for name in headers}
    typed = {} if "content-type" in names else {"Content-Type": content_type}
    return Answer(status, {**typed, **headers, **_INERT}, body)


def _sentence(error: Error, status: int) -> bytes:
    text = example_message(error) or reason_phrase(status) or str(status)
    return f"{text}\n".encode("utf-8", "replace")


def _may_be_set(name: str) -> bool:
    return name.lower() not in _OURS and not name.lower().startswith(_CORS)


def _json(value: JsonValue) -> bytes:
    """Return ``value`` as JSON, people's letters as they are; half a letter stays an escape."""
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
