"""A client of the application that needs no network."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from starlette.applications import Starlette

Result = TypeVar("Result")


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run ``work`` in a thread of its own: this one may have a loop, of a browser's tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class _Transport(httpx.BaseTransport):
    """Passes a request to the application in an event loop of its own."""

    def __init__(self, app: Starlette) -> None:
        self._asgi = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return _run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(
            request.method, request.url, headers=request.headers.raw, content=request.read()
        )
        answer = await self._asgi.handle_async_request(sent)
        return httpx.Response(
            answer.status_code, headers=answer.headers.raw, content=await answer.aread()
        )


def client_of(app: Starlette) -> httpx.Client:
    """Return a client whose every request ``app`` answers."""
    return httpx.Client(transport=_Transport(app), base_url="http://127.0.0.1:8900")


def send_raw(app: Starlette, scope: dict[str, Any], kind: str = "http.request") -> list[Any]:
    """Send one message that no client would, and return what comes back."""
    answered: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": kind}

    async def send(message: Any) -> None:
        answered.append(message)

    whole = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    _run(app(whole | scope, receive, send))
    return answered
