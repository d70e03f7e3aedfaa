"""What two catalogs say to the same reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from errorbook.catalog.audience import Audience, seen_by, without_parents
from errorbook.catalog.facts import exit_code
from errorbook.catalog.models import Api, Catalog, Visibility


class Unused(NamedTuple):
    """What an API has that no public error uses."""

    operations: frozenset[str]
    groups: frozenset[str]
    exit_codes: frozenset[int]
    parents: frozenset[str]
    """What classes stand for: groups and statuses."""


def seen_both(before: Catalog, after: Catalog, audience: Audience) -> tuple[Catalog, Catalog]:
    """Return what ``audience`` may read of a catalog and of the next one.

    An error that was public and is internal now is still shown to everybody, as internal: that it
    went is theirs to know.
    """
    if audience == "internal":
        return before, after
    former, present = _seen_alike(before, after)
    withdrawn = {
        name: frozenset(_internal(api) & former.apis[name].errors.keys())
        for name, api in after.apis.items()
        if name in former.apis
    }
    if not any(withdrawn.values()):
        return former, present
    former, opened = _seen_alike(before, _with_visibility(after, withdrawn, "public"))
    return former, _with_visibility(opened, withdrawn, "internal")


def _seen_alike(before: Catalog, after: Catalog) -> tuple[Catalog, Catalog]:
    """Return what the public sees of both, without what only other errors hid on one side.

    What nobody but an internal error uses is hidden with it. If that error is no longer there, or
    was not there yet, then nothing came or went that the public could use.
    """
    former, present = seen_by(before, "public"), seen_by(after, "public")
    if former is before and present is after:
        return former, present
    apis = former.apis.keys() & present.apis.keys()
    return (
        _without(former, {name: _only_here(name, former, present, after) for name in apis}),
        _without(present, {name: _only_here(name, present, former, before) for name in apis}),
    )


def _only_here(name: str, seen: Catalog, other: Catalog, whole: Catalog) -> Unused:
    """Return what is seen on one side only, is on the other too, and is used by no error here."""
    api, elsewhere, there = seen.apis[name], other.apis[name], whole.apis[name]
    used = (
        {one for error in api.errors.values() for one in error.operations},
        {error.group for error in api.errors.values()},
        {exit_code(api, code) for code in api.errors},
        {str(one) for error in api.errors.values() for one in error.status},
    )
    return Unused(
        frozenset(
            (api.operations.keys() & there.operations) - elsewhere.operations.keys() - used[0]
        ),
        frozenset((api.groups.keys() & there.groups) - elsewhere.groups.keys() - used[1]),
        frozenset(
            (api.exit_codes.keys() & there.exit_codes) - elsewhere.exit_codes.keys() - used[2]
        ),
        frozenset(
            (_selectors(api) & _selectors(there)) - _selectors(elsewhere) - used[1] - used[3]
        ),
    )


def _selectors(api: Api) -> set[str]:
    return {one for sdk in api.sdk.values() for one in sdk.parents}


def _without(catalog: Catalog, unused: Mapping[str, Unused]) -> Catalog:
    if not any(map(any, unused.values())):
        return catalog
    apis = {
        name: _reduced(api, unused[name]) if any(unused.get(name, ())) else api
        for name, api in catalog.apis.items()
    }
    return catalog.model_copy(update={"apis": apis})


def _reduced(api: Api, unused: Unused) -> Api:
    return api.model_copy(
        update={
            "operations": {k: v for k, v in api.operations.items() if k not in unused.operations},
            "groups": {k: v for k, v in api.groups.items() if k not in unused.groups},
            "exit_codes": {k: v for k, v in api.exit_codes.items() if k not in unused.exit_codes},
            "sdk": {name: without_parents(one, unused.parents) for name, one in api.sdk.items()},
        }
    )


def _internal(api: Api) -> set[str]:
    return {code for code, error in api.errors.items() if error.visibility == "internal"}


def _with_visibility(
    catalog: Catalog, codes: dict[str, frozenset[str]], visibility: Visibility
) -> Catalog:
    apis = {
        name: api.model_copy(
            update={
                "errors": {
                    code: error.model_copy(update={"visibility": visibility})
                    if code in codes.get(name, ())
                    else error
                    for code, error in api.errors.items()
                }
            }
        )
        for name, api in catalog.apis.items()
    }
    return catalog.model_copy(update={"apis": apis})
