"""The index: every error with a link to its path, as a page for people and as JSON."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections.abc import Iterator
from html import escape
from typing import Final

from pydantic import JsonValue

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.prose import plain
from errorbook.catalog.statuses import reason_phrase
from errorbook.checks.printing import counted
from errorbook.mock.answers import JSON, Answer, json_answer
from errorbook.mock.wishes import NO_STATUS, error_path

_STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid GrayText; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th:nth-child(2), td:nth-child(2) { white-space: nowrap; }
td p { margin: 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr, td, tbody th { display: block; border: 0; padding: 0; }
  tr { padding: .6rem 0; border-bottom: 1px solid GrayText; }
}
"""
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")


def index_answer(catalog: Catalog, *, host: str, accept: str) -> Answer:
    """Return the index for a client that came to ``host`` and wants what ``accept`` says."""
    wanted = accept.lower()
    if JSON in wanted and "text/html" not in wanted:
        return json_answer(200, _listed(catalog))
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    base = f"http://{host}" if _HOST.match(host) else "http://127.0.0.1"
    return Answer(200, headers, "".join(_page(catalog, base)).encode("utf-8", "replace"))


def totals(catalog: Catalog) -> str:
    """Return how many APIs and errors there are, in words."""
    errors = sum(len(api.errors) for api in catalog.apis.values())
    return f"{counted(len(catalog.apis), 'API')}, {counted(errors, 'error')}"


def _listed(catalog: Catalog) -> JsonValue:
    return {
        "errors": [
            {
                "error": f"{name}/{code}",
                "api": name,
                "code": code,
                "status": list(error.status),
                "meaning": plain(error.meaning),
                "path": error_path(name, code),
            }
            for name, api in catalog.apis.items()
            for code, error in api.errors.items()
        ]
    }


def _page(catalog: Catalog, base: str) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Errorbook mock</title><style>{_STYLE}</style></head>\n<body><main>"
    yield f"<h1>Errorbook mock</h1>\n<p>{escape(totals(catalog))}. Ask for one on any path with"
    yield " <code>Prefer: error=api/code</code>, with <code>?error=api/code</code>, or at its own"
    yield " path below; <code>fail=2</code> answers it twice, then succeeds.</p>\n"
    for name, api in catalog.apis.items():
        yield from _table(name, api, base)
    yield "</main></body></html>\n"


def _table(name: str, api: Api, base: str) -> Iterator[str]:
    yield f'<h2 id="{escape(name)}">{escape(api.title or name)}</h2>\n<table><thead><tr>'
    yield '<th scope="col">Error</th><th scope="col">Status</th>'
    yield '<th scope="col">Meaning and command</th></tr></thead>\n<tbody>\n'
    for code, error in api.errors.items():
        yield _row(error_path(name, code), code, error, base)
    yield "</tbody></table>\n"


def _row(path: str, code: str, error: Error, base: str) -> str:
    command = f"curl -i {shlex.quote(base + path)}"
    return (
        f'<tr><th scope="row"><a href="{escape(path)}">{escape(code)}</a></th>'
        f"<td>{escape(_statuses(error))}</td><td><p>{escape(plain(error.meaning))}</p>"
        f"<p><code>{escape(command)}</code></p></td></tr>\n"
    )


def _statuses(error: Error) -> str:
    if len(error.status) == 1:
        return f"{error.status[0]} {reason_phrase(error.status[0])}".strip()
    return ", ".join(map(str, error.status)) or f"none, sent as {NO_STATUS}"
