"""The application: every request, whatever its path and method, gets the answer it asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from pydantic import JsonValue
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from errorbook.catalog import Catalog
from errorbook.catalog.audience import Audience, seen_by
from errorbook.catalog.facts import is_answered
from errorbook.checks.printing import one_line
from errorbook.mock.answers import Answer, error_answer, json_answer
from errorbook.mock.countdowns import Countdowns
from errorbook.mock.index import index_answer
from errorbook.mock.origins import is_foreign, is_known
from errorbook.mock.wishes import Asked, RefusedWishError, Wish, wish_of
from errorbook.problems import quoted

INDEX: Final = "/"
MOST_BODY: Final = 64 * 1024 * 1024
"""Bytes of a request that are read, and thrown away as they come. Above that, none are."""

_READS: Final = ("GET", "HEAD")
_MOST_AGE: Final = "600"
_NOT_KEPT: Final = {"Cache-Control": "no-store", "Vary": "Prefer"}
# No credentials, and nothing that a page of the public network needs to reach a private one.
_ANY_ORIGIN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
}
_BY_ORIGIN: Final = {"Vary": "Origin, Prefer"}
_UNSAID: Final = "pages of other origins are not told more: ask without one, as curl does"
_Say = Callable[[str], None]


def create_app(
    catalog: Catalog,
    say: _Say | None = None,
    *,
    hosts: Collection[str] | None = None,
    audience: Audience = "public",
) -> Starlette:
    """Return the mock server of what ``audience`` may read of ``catalog``.

    ``say`` is told a line about each request, which nothing of the request can turn into more.
    ``hosts`` are the names that clients may use for this server, beside addresses; None for any.
    """
    return app_of(served_of(catalog, audience), say, hosts)


def served_of(catalog: Catalog, audience: Audience) -> Catalog:
    """Return what is served of ``catalog``: what ``audience`` may read, and what servers answer.

    APIs whose errors come from a command alone are left out, unless there is no other.
    """
    seen = seen_by(catalog, audience)
    apis = {name: api for name, api in seen.apis.items() if is_answered(api)}
    return seen.model_copy(update={"apis": apis}) if apis else seen


def app_of(catalog: Catalog, say: _Say | None, hosts: Collection[str] | None) -> Starlette:
    """Return the mock server of all that ``catalog`` holds."""
    app = Starlette()
    # A route would not match every path that may be sent: not `*`, and none with a line break.
    app.router.default = _Mock(catalog, say, hosts)
    return app


@dataclass(frozen=True)
class _Reply:
    """An answer, what goes with it, and the error it is, for the log."""

    answer: Answer
    headers: Mapping[str, str]
    error: str = ""


class _Mock:
    """An ASGI application that keeps nothing between requests but how often errors were sent."""

    def __init__(self, catalog: Catalog, say: _Say | None, hosts: Collection[str] | None) -> None:
        self._catalog = catalog
        self._hosts = hosts
        self._countdowns = Countdowns()
        self._say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        end = await _read_all(receive)
        if end == "disconnected":
            return
        method, asked, sent = scope["method"], _asked(scope), Headers(scope=scope)
        try:
            reply = self._reply(method, asked, sent)
        except Exception as error:
            what = ascii(f"{type(error).__name__}: {error}")[1:-1]
            message = f"the mock server failed, please report it: {what}"
            reply = _refusal(RefusedWishError(500, "crashed", message), sent)
        headers = {**_NOT_KEPT, **reply.headers}
        if end == "too much":
            headers["Connection"] = "close"
        status, fields = reply.answer.status, reply.answer.fields(headers)
        body = b"" if method == "HEAD" else reply.answer.body
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": body})
        if self._say:
            note = f" {reply.error}" if reply.error else ""
            self._say(one_line(f"{method} {asked.path} -> {status}{note}"))

    def _reply(self, method: str, asked: Asked, headers: Headers) -> _Reply:
        if method == "CONNECT":
            return _Reply(_problem(405, "bad-method", "this server is no proxy"), {})
        host = headers.get("host")
        if self._hosts is not None and host is not None and not is_known(host, self._hosts):
            message = f"this server is not {quoted(host)}: ask for localhost or an address"
            return _Reply(_problem(421, "wrong-host", message), {})
        if method == "OPTIONS" and "access-control-request-method" in headers:
            return _Reply(Answer(204, {}), _preflight(headers))
        try:
            wish = wish_of(self._catalog, asked)
        except RefusedWishError as error:
            return _refusal(error, headers)
        if wish is None and asked.path == INDEX and method in _READS:
            # Without leave to read it from elsewhere: a page that somebody visits needs no list.
            list_errors = partial(index_answer, self._catalog, host=headers.get("host", ""))
            return _Reply(list_errors(accept=headers.get("accept", "")), {"Vary": "Accept, Prefer"})
        return self._granted(wish, method, asked)

    def _granted(self, wish: Wish | None, method: str, asked: Asked) -> _Reply:
        applied = {"Preference-Applied": wish.applied} if wish and wish.applied else {}
        headers = {**_ANY_ORIGIN, **applied}
        if wish is None or not self._fails(wish, method, asked.path):
            done = json_answer(200, {"ok": True, "method": method, "path": asked.path})
            return _Reply(done, headers)
        answer = error_answer(self._catalog.apis[wish.api], wish.code, wish.status)
        return _Reply(answer, headers, f"{wish.api}/{wish.code}")

    def _fails(self, wish: Wish, method: str, path: str) -> bool:
        if wish.fail is None:
            return True
        return self._countdowns.fails(wish.fail, wish.api, wish.code, method, path)


async def _read_all(receive: Receive) -> str:
    """Read a body to its end, or to what is too much; return which, or that nobody waits."""
    size = 0
    while size <= MOST_BODY:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            return "disconnected"
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return "end"
    return "too much"


def _asked(scope: Scope) -> Asked:
    path = scope.get("raw_path") or scope["path"].encode()
    prefer = [value for name, value in scope["headers"] if name == b"prefer"]
    return Asked(path.decode("latin-1"), scope["query_string"].decode("latin-1"), prefer)


def _preflight(headers: Headers) -> dict[str, str]:
    """Return leave for the request that a browser asks about; a star is not enough for some."""
    wanted = headers.get("access-control-request-headers", "")
    return {
        **_ANY_ORIGIN,
        "Access-Control-Allow-Methods": headers["access-control-request-method"],
        "Access-Control-Allow-Headers": wanted,
        "Access-Control-Max-Age": _MOST_AGE,
        "Vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
    }


def _refusal(error: RefusedWishError, headers: Headers) -> _Reply:
    """Return why there is no answer; a page of another origin is told the kind alone.

    What is nearest to nothing much would be a list of the catalog's codes.
    """
    if is_foreign(headers):
        return _Reply(_problem(error.status, error.problem, _UNSAID), {**_ANY_ORIGIN, **_BY_ORIGIN})
    problem = _problem(error.status, error.problem, error.message, *error.candidates)
    return _Reply(problem, _BY_ORIGIN)


def _problem(status: int, problem: str, message: str, *nearest: str) -> Answer:
    """Return an answer in a form that no client takes for an error of its API."""
    listed: list[JsonValue] = [*nearest]
    about: dict[str, JsonValue] = {"problem": problem, "message": message}
    return json_answer(status, {"errorbook": {**about, "nearest": listed, "index": INDEX}})
