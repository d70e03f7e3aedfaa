"""Where the published documentation has an error, as the catalog says."""

from __future__ import annotations

from urllib.parse import quote

from errorbook.catalog import Api


def docs_url(name: str, api: Api, code: str) -> str | None:
    """Return the address of the page of one error, or None where the catalog does not give it."""
    if api.docs.url is None:
        return None
    values = {"api": name, "code": quote(code, safe=""), "version": quote(api.version or "")}
    path = api.docs.error
    for hole, value in values.items():
        path = path.replace(f"{{{hole}}}", value)
    return f"{api.docs.url.rstrip('/')}/{path.lstrip('/')}"
