"""OpenAPI 3.x documents, in JSON or YAML: what their error responses say of codes and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from errorbook.importing.gathered import Gathered
from errorbook.importing.openapi.answers import answers_of, operations_of
from errorbook.importing.openapi.collection import Collection
from errorbook.importing.openapi.documents import Documents, Node, place_of, places_of
from errorbook.importing.openapi.facts import Facts
from errorbook.importing.openapi.own import GENERATED
from errorbook.importing.openapi.places import LIST, Path
from errorbook.importing.openapi.prose import plain_text, prose_of
from errorbook.importing.readers import UnreadableError, Wish
from errorbook.importing.sources import Source
from errorbook.problems import quoted

SUMMARY: Final = "OpenAPI 3.x documents, in JSON or YAML, with their error responses"

_JSON: Final = re.compile(rb"\"(?:openapi|swagger)\"\s*:\s*\"[0-9]")
_YAML: Final = re.compile(rb"(?m)^[\"']?(?:openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?[0-9]")
_PARTS: Final = re.compile(rb"[\"']?(?:paths|components|webhooks|info|definitions)[\"']?\s*:")
_BOM: Final = b"\xef\xbb\xbf"
_VERSION: Final = re.compile(r"3\.[0-9]{1,3}(?:\.|\Z)")
_VARIABLE: Final = re.compile(r"\{([^{}]{1,100})\}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}\\]+\Z")
_OF_ERRORS: Final = frozenset({"errors", "statuses", "envelopes"})
_OWN_TITLE: Final = ": errors"
_UNVERSIONED: Final = "unversioned"


def is_one(source: Source) -> bool:
    """Return whether ``source`` looks like OpenAPI, of whichever version."""
    begin = source.content.removeprefix(_BOM).lstrip()
    is_json = begin.startswith(b"{")
    names = _JSON if is_json else _YAML
    return bool(names.search(begin)) and bool(_PARTS.search(begin))


def read(source: Source, wish: Wish) -> Gathered:
    """Return what ``source`` says of errors.

    Of the columns that ``wish`` names, the one that holds the ``code`` is the field of the body
    that does, such as ``error.type`` or ``errors[].code``.

    Raises:
        UnreadableError: if it is no OpenAPI 3 document, or no YAML or JSON.
    """
    gathered = Gathered()
    documents = Documents(source, gathered)
    _check_version(documents.first, source.name)
    _about(documents.first, gathered)
    _server(documents.first, gathered)
    operations = list(operations_of(documents))
    collection = Collection(documents, _given(wish))
    for answer in answers_of(documents, operations):
        collection.add(answer)
    for operation in operations:
        collection.add_listed(operation.node, operation.id)
    collection.add_listed(documents.first)
    components = documents.child(documents.first, "components")
    if components is not None:
        collection.add_listed(components)
    Facts(collection, operations).gather(gathered)
    if not any(fact.path[0] in _OF_ERRORS for fact in gathered.facts) and not gathered.untold:
        hint = "is it the whole document?"
        gathered.wonder(place_of(documents.first), "it has no error responses", hint)
    return gathered


def _check_version(document: Node, name: str) -> None:
    version, former = document.get("openapi"), document.get("swagger")
    if former is not None:
        hint = "convert it to OpenAPI 3 first, for instance with swagger2openapi"
        raise UnreadableError(f"{name} is Swagger {plain_text(str(former.value), 10)}: {hint}")
    if version is None and not isinstance(document.value, dict):
        raise UnreadableError(f"{name} is no OpenAPI document: it is no mapping")
    if version is None:
        if document.get("paths") is None and document.get("components") is None:
            raise UnreadableError(f"{name} is no OpenAPI document: it has no 'openapi'")
    elif not _VERSION.match(str(version.value)):
        found = quoted(str(version.value))
        raise UnreadableError(f"{name} is OpenAPI {found}; versions 3.0, 3.1 and 3.2 are read")


def _about(document: Node, into: Gathered) -> None:
    """Say what the API is called, and where it is."""
    said = {name: one for name, one in _described(document) if one[0]}
    places = places_of(node for _, node in said.values())
    for name, (value, node) in said.items():
        into.add((name,), value, places[node.key])


def _described(document: Node) -> Iterator[tuple[str, tuple[str, Node]]]:
    info = document.get("info")
    if info is None:
        return
    is_own = "errorbook" in plain_text(_text(document, GENERATED), 500)
    title, version, summary = map(info.get, ("title", "version", "description"))
    if title is not None:
        text = plain_text(title.value)
        yield "title", (text.removesuffix(_OWN_TITLE) if is_own else text, title)
    if version is not None and version.value != _UNVERSIONED:
        yield "version", (plain_text(str(version.value), 60), version)
    if summary is not None and is_own:
        yield "summary", (prose_of(str(summary.value)).text, summary)


def _server(document: Node, into: Gathered) -> None:
    servers = document.get("servers")
    known = [
        (_filled(one), url)
        for one in (servers.items() if servers else ())
        if (url := one.get("url")) is not None
    ]
    fitting = [one for one in known if _is_address(one[0])]
    best = next((one for one in fitting if one[0].startswith("https:")), None)
    best = best or next(iter(fitting), None)
    if best is not None:
        into.add(("server",), best[0], place_of(best[1]))
    elif known:
        message = f"the server {quoted(known[0][0])} is no whole address"
        into.wonder(place_of(known[0][1]), message, "write 'server' by hand")


def _is_address(text: str) -> bool:
    try:
        return bool(_ADDRESS.match(text)) and "@" not in urlsplit(text).netloc
    except ValueError:
        return False


def _filled(server: Node) -> str:
    """Return the address of a server with the defaults of its variables."""
    variables = server.get("variables")

    def default(variable: re.Match[str]) -> str:
        one = variables.get(variable[1]) if variables else None
        said = one.get("default") if one else None
        return said.value if said is not None and isinstance(said.value, str) else variable[0]

    return _VARIABLE.sub(default, plain_text(_text(server, "url"), 300))


def _text(node: Node, name: str) -> str:
    found = node.get(name)
    return found.value if found is not None and isinstance(found.value, str) else ""


def _given(wish: Wish) -> Path | None:
    """Return where the code is, if whoever imports said so."""
    named = next((column for column, field in wish.columns.items() if field == "code"), None)
    if named is None:
        return None
    plain = named.replace("[]", f".{LIST}").replace("/", ".").replace("..", ".")
    return tuple(step for step in plain.split(".") if step)
