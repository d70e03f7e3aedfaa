"""Where links of the catalog's prose lead, for files that are read far from the documentation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import docs_url

_FROM_ELSEWHERE: Final = ("/", "#", "?")


def resolver(catalog: Catalog, home: str) -> Callable[[str], str | None]:
    """Return a function from references in the prose of the API ``home`` to whole addresses."""

    def resolve(reference: str) -> str | None:
        found = _error_of(catalog, home, reference) or _error_of(catalog, home, unquote(reference))
        return docs_url(found[0], catalog.apis[found[0]], found[1]) if found else None

    return resolve


def whole_address(api: Api, target: str) -> str:
    """Return the target of a link, whole where it is a path and it is known below what."""
    is_path = not target.startswith(_FROM_ELSEWHERE) and ":" not in target.partition("/")[0]
    return f"{api.docs.url.rstrip('/')}/{target}" if is_path and api.docs.url else target


def _error_of(catalog: Catalog, home: str, reference: str) -> tuple[str, str] | None:
    """Return API and code that ``reference`` means: of ``home``, of the API named, or the only."""
    if reference in catalog.apis[home].errors:
        return home, reference
    name, _, code = reference.partition("/")
    if name in catalog.apis and code in catalog.apis[name].errors:
        return name, code
    owners = list(catalog.owners(reference))
    return (owners[0], reference) if len(owners) == 1 else None
