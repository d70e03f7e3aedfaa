"""Pieces of shell for one error: the request that it answers, and the exit code it ends in.

They run in any POSIX shell. What the catalog says stands in them only between quotation marks,
without the characters that are hidden: pasted into a terminal, some of them act as keys.
"""

from __future__ import annotations

import re
import shlex
from typing import Final
from urllib.parse import quote

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_code
from errorbook.catalog.models import Operation
from errorbook.characters import without_hidden

_KEY_HEADER: Final = '-H "Idempotency-Key: ${IDEMPOTENCY_KEY:?}"'
_OPTIONS: Final[dict[str, tuple[str, ...]]] = {"GET": (), "HEAD": ("--head",)}
"""How curl is told of a method, if not by its name: of HEAD it would await a body."""
_PLAIN_PATH: Final = re.compile(r"[A-Za-z0-9@%+=:,./_{}-]*\Z")
"""What means itself between double quotation marks, in every shell."""
_GLOB: Final = frozenset("[]{}")
"""What curl takes for a range of addresses, unless it is told not to."""
_NOT_IN_VARIABLES: Final = re.compile(r"[^A-Z0-9]+")


def curl_line(name: str, api: Api, code: str) -> str | None:
    """Return a command that sends the request which ``code`` may answer.

    The address is the API's ``server``, else a variable such as ``ARTIFACTA_URL``, and the path
    of the first operation with method and path; its ``{id}`` stays as it is written. Where the
    address is a variable, which may hold that of ``errorbook mock``, the line also asks for the
    error: other servers ignore that, after RFC 7240. Where no such operation is known, there is
    that line alone, for an error with a status: a server as such would answer something else.
    """
    error = api.errors[code]
    operation = _operation(api, code)
    if operation is None and (api.server or not error.status):
        return None
    path = _path(operation)
    address = f"{api.server or ''}{path}"
    options = [
        *(["-g"] if _GLOB.intersection(address) else []),
        *_sent_as(operation),
        *([_KEY_HEADER] if error.retry.needs == "idempotency_key" else []),
        *([] if api.server else ["-H", shlex.quote(_preference(name, code))]),
    ]
    return " ".join(["curl -i", *options, _address(name, api, path)])


def exit_snippet(api: Api, code: str) -> str | None:
    """Return a command whose exit code is named if it is that of ``code``; None without one."""
    number = exit_code(api, code)
    if number is None:
        return None
    entry = api.exit_codes.get(number)
    name = shlex.quote(entry.name if entry else f"exit code {number}")
    return f'your_command\nif [ "$?" -eq {number} ]; then\n  echo {name} >&2\nfi'


def _preference(name: str, code: str) -> str:
    return f"Prefer: error={name}/{quote(code, safe='')}"


def _operation(api: Api, code: str) -> Operation | None:
    """Return the first operation that can be requested of those that answer ``code``.

    Any may, where the error does not say which do.
    """
    names = api.errors[code].operations or api.operations
    known = (api.operations[name] for name in names if name in api.operations)
    return next((one for one in known if one.method and one.path), None)


def _sent_as(operation: Operation | None) -> tuple[str, ...]:
    method = (operation.method if operation else None) or "GET"
    return _OPTIONS.get(method, ("-X", method))


def _path(operation: Operation | None) -> str:
    path = without_hidden((operation.path if operation else None) or "")
    return f"/{path.lstrip('/')}" if path else ""


def _address(name: str, api: Api, path: str) -> str:
    if api.server is not None:
        return shlex.quote(without_hidden(api.server).rstrip("/") + path)
    variable = f"${{{_variable(name)}_URL:?}}"
    if _PLAIN_PATH.match(path):
        return f'"{variable}{path}"'
    return f'"{variable}"{shlex.quote(path)}'


def _variable(text: str) -> str:
    name = _NOT_IN_VARIABLES.sub("_", text.upper())
    return f"API_{name}" if name[:1].isdigit() else name
