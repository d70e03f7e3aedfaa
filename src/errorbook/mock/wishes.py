"""Which error a request asks for: by header, by a path of its own, or by query string."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, quote, unquote

from errorbook.catalog import Api, Catalog
from errorbook.mock.preferences import read_preferences, write_preferences
from errorbook.problems import nearest, quoted, shortened, suggest

ERRORS: Final = "/errors/"
"""Below here each error has a path of its own."""
NO_STATUS: Final = 500
"""What an error is answered with that has no status, or one that ends no request."""
_LEAST_STATUS: Final = 200
_LAST_STATUS: Final = 599
_PARAMETERS: Final = ("fail", "status")
_TIMES = re.compile(r"[0-9]{1,6}\Z")
_STATUS = re.compile(r"[0-9]{3}\Z")
_DOTS: Final = (".", "..")

Source = Literal["header", "path", "query"]


@dataclass(frozen=True)
class Asked:
    """What a client sent, as far as it says which error it wants."""

    path: str
    """As it was sent, with percent signs, without the query string."""
    query: str = ""
    prefer: Sequence[bytes] = ()
    """The value of each ``Prefer`` header."""


@dataclass(frozen=True)
class Wish:
    """An error of the catalog, the status it shall have, and how often before a success."""

    api: str
    code: str
    status: int
    fail: int | None
    applied: str
    """The value of ``Preference-Applied``; empty where no header asked."""


class RefusedWishError(Exception):
    """A request asks for what there is not; ``problem`` says it in a word for programs."""

    def __init__(
        self, status: int, problem: str, message: str, candidates: Sequence[str] = ()
    ) -> None:
        self.status = status
        self.problem = problem
        self.message = message
        self.candidates = tuple(candidates)
        super().__init__(message)


@dataclass(frozen=True)
class _Words:
    """A wish as somebody wrote it."""

    source: Source
    error: str
    fail: str = ""
    status: str = ""
    api: str | None = None
    """The API, where it does not stand in ``error``."""


def error_path(api: str, code: str) -> str:
    """Return the path whose every request, and whose every path below, is answered with an error.

    ``.`` and ``..`` would be taken for steps of the path, percent-encoded or not, but for the
    semicolon.
    """
    return f"{ERRORS}{api}/{quote(code, safe='')}{';' if code in _DOTS else ''}"


def wish_of(catalog: Catalog, asked: Asked) -> Wish | None:
    """Return what ``asked`` wants of ``catalog``; None where it names no error.

    One source decides alone: a header before a path, and a path before the query string, since
    a client has query parameters of its own.

    Raises:
        RefusedWishError: if there is no such error, or no such status, or a number is none.
    """
    words = _words(asked)
    if words is None:
        return None
    name, code = _found(catalog, words)
    fail = _fail(words.fail)
    status = _status(catalog.apis[name], name, code, words.status)
    return Wish(name, code, status, fail, _applied(words, f"{name}/{code}"))


def _words(asked: Asked) -> _Words | None:
    preferences = read_preferences(asked.prefer)
    if preferences.get("error"):
        return _from_mapping("header", preferences)
    if asked.path.startswith(ERRORS) or asked.path == ERRORS.rstrip("/"):
        return _from_path(asked.path)
    if preferences.get("fail"):
        message = "Prefer says how often to fail, and not with which error"
        raise RefusedWishError(400, "no-error", f"{message}: add error=<api>/<code>")
    parameters = dict(reversed(parse_qsl(asked.query)))
    return _from_mapping("query", parameters) if parameters.get("error") else None


def _from_mapping(source: Source, words: Mapping[str, str]) -> _Words:
    return _Words(source, words["error"], words.get("fail", ""), words.get("status", ""))


def _from_path(path: str) -> _Words:
    api, _, rest = path[len(ERRORS) :].partition("/")
    code, *written = rest.partition("/")[0].split(";")
    if not code:
        message = f"no error is named: write {ERRORS}<api>/<code>"
        raise RefusedWishError(404, "no-error", message)
    parameters: dict[str, str] = {}
    for parameter in filter(None, written):
        name, _, value = parameter.partition("=")
        if name not in _PARAMETERS:
            message = f"a path takes no parameter {quoted(unquote(name))}"
            hint = suggest(name, _PARAMETERS)
            raise RefusedWishError(400, "unknown-parameter", f"{message}: {hint}")
        parameters.setdefault(name, unquote(value))
    return _Words("path", unquote(code), **parameters, api=unquote(api))


def _found(catalog: Catalog, words: _Words) -> tuple[str, str]:
    """Return the API and the code of an error; ``api/code`` counts before a code with a slash."""
    name, _, code = words.error.partition("/")
    if words.api is not None:
        name, code = words.api, words.error
    if name in catalog.apis and code in catalog.apis[name].errors:
        return name, code
    owners = [] if words.api is not None else list(catalog.owners(words.error))
    if len(owners) > 1:
        candidates = [f"{owner}/{words.error}" for owner in owners]
        listed = " and ".join(map(quoted, candidates))
        message = f"{quoted(words.error)} is a code of several APIs: {listed}"
        raise RefusedWishError(400, "ambiguous-code", message, candidates)
    if not owners:
        raise _unknown(catalog, name, code, words)
    return owners[0], words.error


def _unknown(catalog: Catalog, name: str, code: str, words: _Words) -> RefusedWishError:
    if name in catalog.apis:
        return _unknown_code(catalog.apis[name], name, code)
    if words.api is not None or (code and nearest(name, catalog.apis)):
        message = f"there is no API {quoted(name)}"
        close = nearest(name, catalog.apis)
        known = close is not None and code in catalog.apis[close].errors
        candidates = [f"{close}/{code}"] if known else []
        return _refusal(f"{message}: {suggest(name, catalog.apis)}", candidates)
    codes = dict.fromkeys(one for api in catalog.apis.values() for one in api.errors)
    close = nearest(words.error, codes)
    candidates = [f"{owner}/{close}" for owner in catalog.owners(close)] if close else []
    hint = suggest(words.error, codes)
    return _refusal(f"no API has the error {quoted(words.error)}: {hint}", candidates)


def _unknown_code(api: Api, name: str, code: str) -> RefusedWishError:
    retired = api.retired.get(code)
    if retired:
        new = retired.replaced_by
        known = new is not None and new in api.errors
        message = f"{name} has retired {quoted(code)}"
        hint = f": {quoted(new)} took its place" if new and known else ""
        return _refusal(message + hint, [f"{name}/{new}"] if known else [])
    close = nearest(code, api.errors)
    message = f"{name} has no error {quoted(code)}: {suggest(code, api.errors)}"
    return _refusal(message, [f"{name}/{close}"] if close else [])


def _refusal(message: str, candidates: Sequence[str]) -> RefusedWishError:
    return RefusedWishError(404, "unknown-error", message.removesuffix(": "), candidates)


def _fail(written: str) -> int | None:
    if not written:
        return None
    if not _TIMES.match(written):
        message = f"fail takes how often to fail, from 0 to 999999, and not {quoted(written)}"
        raise RefusedWishError(400, "bad-fail", message)
    return int(written)


def _status(api: Api, name: str, code: str, written: str) -> int:
    """Return the status to answer with, which is one that a response may end with."""
    possible = [one for one in api.errors[code].status if one >= _LEAST_STATUS]
    if not written:
        return possible[0] if possible else NO_STATUS
    status = int(written) if _STATUS.match(written) else 0
    is_any = not api.errors[code].status and _LEAST_STATUS <= status <= _LAST_STATUS
    if status not in possible and not is_any:
        listed = ", ".join(map(str, possible)) or f"{_LEAST_STATUS} to {_LAST_STATUS}"
        where = f"{name}/{shortened(code)}"
        message = f"status {quoted(written)} is none of {where}, which has: {listed}"
        raise RefusedWishError(400, "bad-status", message)
    return status


def _applied(words: _Words, reference: str) -> str:
    if words.source != "header":
        return ""
    values = {"error": reference, "fail": words.fail, "status": words.status}
    return write_preferences({name: value for name, value in values.items() if value})
