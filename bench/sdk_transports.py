"""Transports that answer without a network, and the secrets that pass through them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import Any

KEY = "key-of-nobody-4f9a8b7c6d5e"
ASKED = "for-the-caller-only-3c1f"
COOKIE = "8d2f1c7e5b3a9f60"
HOST = "https://api.example"
HEADERS = {
    "Date": "Sun, 22 Nov 2026 09:30:00 GMT",
    "Content-Type": "application/json",
    "Connection": "keep-alive",
    "Server": "gateway",
    "Retry-After": "7",
    "Request-Id": "req_8Hq2mVt0cZ",
    "X-Request-Id": "req_8Hq2mVt0cZ",
    "X-RateLimit-Limit": "100",
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": "1795339807",
    "Cache-Control": "no-store",
    "Vary": "Origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Set-Cookie": f"session={COOKIE}; HttpOnly; Secure",
    "Via": "1.1 gateway",
}
TOO_MANY = 429


@dataclass
class Answer:
    """What a client is answered with, whatever it asks."""

    status: int = TOO_MANY
    body: bytes = b""


def httpx2_transport(secrets: dict[str, str]) -> tuple[Any, Answer]:
    """Return a transport of httpx2, and what it answers from now on."""
    httpx2 = import_module("httpx2")
    answer = Answer()

    def handle(request: Any) -> Any:
        note_authorization(
            secrets, request.headers.get("authorization") or request.headers["x-api-key"]
        )
        return httpx2.Response(answer.status, headers=HEADERS, content=answer.body)

    return httpx2.MockTransport(handle), answer


def requests_session(secrets: dict[str, str]) -> tuple[Any, Answer]:
    """Return a session of requests, and what it answers from now on."""
    requests, urllib3 = import_module("requests"), import_module("urllib3")
    answer = Answer()
    adapter, session = requests.adapters.HTTPAdapter(), requests.Session()

    def send(request: Any, **_: object) -> Any:
        note_authorization(secrets, request.headers["Authorization"])
        raw = urllib3.HTTPResponse(
            io.BytesIO(answer.body), headers=HEADERS, status=answer.status, preload_content=False
        )
        return adapter.build_response(request, raw)

    adapter.send = send
    session.mount("https://", adapter)
    return session, answer


def requests_headers() -> Any:
    """Return the headers as requests has them in a response."""
    return import_module("requests.structures").CaseInsensitiveDict(HEADERS)


def new_secrets() -> dict[str, str]:
    """Return what is looked for: the key, what was asked, and a cookie of the response."""
    return {"key": KEY, "request": ASKED, "cookie": COOKIE}


def note_authorization(secrets: dict[str, str], authorization: str) -> None:
    """Look for what was really sent: a key, or the signature that stands for it."""
    secrets["key"] = authorization.removeprefix("Bearer ")
