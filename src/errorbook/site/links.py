"""What a reference such as ``artifacta/rate_limited`` means, and addresses within a site."""

from __future__ import annotations

from urllib.parse import quote, unquote

from errorbook.catalog import Catalog
from errorbook.problems import nearest, quoted

ErrorKey = tuple[str, str]
"""API and code."""


class UnknownReferenceError(LookupError):
    """A reference names no error. The text says why, ``hint`` what was likely meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def find_error(catalog: Catalog, reference: str, api: str | None) -> ErrorKey:
    """Return the API and code that ``reference`` means on a page about ``api``.

    A bare code is the page's, else that of the only API that has it. What no address may hold
    can be written with percent signs.

    Raises:
        UnknownReferenceError: if there is none, or more than one.
    """
    candidates = dict.fromkeys((reference, unquote(reference)))
    for candidate in candidates:
        found = _named(catalog, candidate, api)
        if found is not None:
            return found
    owners = list(catalog.owners(reference))
    if owners:
        message = f"{quoted(reference)} is a code of {' and '.join(owners)}"
        raise UnknownReferenceError(message, f"write {owners[0]}/{reference}")
    message = f"there is no error {quoted(reference)}"
    raise UnknownReferenceError(message, _meant(catalog, reference, api))


def relative_url(target: str, page: str) -> str:
    """Return the address of ``target`` as seen from ``page``, both from the site's root."""
    there, here = _steps(target), _steps(page.rpartition("/")[0])
    shared = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    relative = "/".join(steps) or "."
    return f"{relative}/" if target.endswith("/") or not target else relative


def fragment(anchor: str) -> str:
    """Return ``anchor`` as the end of an address."""
    return "#" + quote(anchor, safe="~!$&'()*+,;=:@/?")


def _steps(path: str) -> list[str]:
    """Return the steps of a path, as ``posixpath.normpath`` leaves them."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == ".." and steps and steps[-1] != "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return steps


def _named(catalog: Catalog, reference: str, api: str | None) -> ErrorKey | None:
    if api is not None and reference in catalog.apis[api].errors:
        return api, reference
    name, _, code = reference.partition("/")
    if name in catalog.apis and code in catalog.apis[name].errors:
        return name, code
    owners = list(catalog.owners(reference))
    return (owners[0], reference) if len(owners) == 1 else None


def _meant(catalog: Catalog, reference: str, api: str | None) -> str:
    """Return a hint that names the code in its place, or the nearest, as the page writes it."""
    successor = _successor(catalog, reference, api)
    if successor is not None:
        return f"it is gone; use {quoted(successor)}"
    if "/" in reference:
        known = [f"{name}/{code}" for name, one in catalog.apis.items() for code in one.errors]
    elif api is not None:
        known = list(catalog.apis[api].errors)
    else:
        known = [code for one in catalog.apis.values() for code in one.errors]
    close = nearest(reference, known)
    return f"did you mean {quoted(close)}?" if close else ""


def _successor(catalog: Catalog, reference: str, api: str | None) -> str | None:
    """Return the code that took the place of a retired one."""
    name, mark, code = reference.rpartition("/")
    names = [name] if mark else [api] if api is not None else list(catalog.apis)
    for one in names:
        retired = catalog.apis[one].retired.get(code) if one in catalog.apis else None
        if retired is not None and retired.replaced_by:
            return f"{name}{mark}{retired.replaced_by}"
    return None
