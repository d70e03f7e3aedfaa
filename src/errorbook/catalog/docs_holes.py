"""The hole ``{docs_url}``: the address of an error's documentation, in a body that carries it.

RFC 9457 asks for a ``type`` that leads to the documentation of a problem. Written as
``type: "{docs_url}"``, it cannot come to differ from the address that exceptions print: both are
made of ``docs``. The hole stands for an address with ``{code}`` in it, which is what everybody
renders and decodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.addresses import place_of, places
from errorbook.catalog.envelope import holes
from errorbook.catalog.models import Api, Catalog, Envelope
from errorbook.problems import CatalogPath, Finding, quoted

HOLE: Final = "docs_url"
_WRITTEN: Final = f"{{{HOLE}}}"


def filled(catalog: Catalog) -> Catalog:
    """Return ``catalog`` with the addresses that its envelopes ask for; the same if none does."""
    changed = {
        name: _filled(name, api)
        for name, api in catalog.apis.items()
        if api.docs.url is not None and any(_asks(one) for one in api.envelopes)
    }
    if not changed:
        return catalog
    return catalog.model_copy(update={"apis": {**catalog.apis, **changed}})


def check_addresses(name: str, api: Api) -> Iterator[Finding]:
    """Yield that a body cannot say where its error is documented."""
    for index, envelope in enumerate(api.envelopes):
        found = holes(envelope).get(HOLE) if api.docs.url is None else None
        if found is not None:
            message = f"{_WRITTEN} has no address to begin with"
            hint = "say where the documentation is: docs: {url: …}"
            yield Finding("unknown-address", ("envelopes", index, *found), message, hint)
    pattern = _pattern(name, api)
    if pattern and any(_holds(one.body, pattern) for one in api.envelopes):
        for code, place in places(name, api).items():
            if code in api.errors and place != place_of(name, api, code):
                message = f"the address of {quoted(code)} is spelt {quoted(place.path)}"
                hint = f"no body can carry its code in {_WRITTEN}; put '{{code}}' there"
                path: CatalogPath = ("errors", code)
                yield Finding("address-without-code", path, message, hint, at_key=True)


def _asks(envelope: Envelope) -> bool:
    return HOLE in holes(envelope)


def _filled(name: str, api: Api) -> Api:
    pattern = _pattern(name, api) or _WRITTEN
    envelopes = tuple(
        one.model_copy(
            update={
                "body": _replaced(one.body, pattern),
                "headers": {key: _put(text, pattern) for key, text in one.headers.items()},
            }
        )
        for one in api.envelopes
    )
    return api.model_copy(update={"envelopes": envelopes})


def _pattern(name: str, api: Api) -> str | None:
    """Return the address of any error, with a hole for its code."""
    if api.docs.url is None:
        return None
    url = api.docs.url.rstrip("/").replace("{", "{{").replace("}", "}}")
    return f"{url}/{place_of(name, api, '{code}').path}"


def _replaced(value: JsonValue, pattern: str) -> JsonValue:
    if isinstance(value, str):
        return _put(value, pattern)
    if isinstance(value, list):
        return [_replaced(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, pattern) for key, one in value.items()}
    return value


def _put(text: str, pattern: str) -> str:
    """Put the address into a text, but not where the braces are doubled, which are braces."""
    return "{{".join(part.replace(_WRITTEN, pattern) for part in text.split("{{"))


def _holds(value: JsonValue, pattern: str) -> bool:
    if isinstance(value, str):
        return pattern in value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_holds(one, pattern) for one in inner)
