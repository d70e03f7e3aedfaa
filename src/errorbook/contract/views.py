"""What two catalogs say to the same reader."""

from __future__ import annotations

from errorbook.catalog.audience import Audience, seen_by
from errorbook.catalog.models import Api, Catalog, Visibility


def seen_both(before: Catalog, after: Catalog, audience: Audience) -> tuple[Catalog, Catalog]:
    """Return what ``audience`` may read of a catalog and of the next one.

    An error that was public and is internal now is still shown to everybody, as internal: that it
    went is theirs to know. To those who may read them, internal errors are like any others.
    """
    if audience == "internal":
        return _opened(before), _opened(after)
    former = seen_by(before, "public")
    withdrawn = {
        name: frozenset(_internal(api) & former.apis[name].errors.keys())
        for name, api in after.apis.items()
        if name in former.apis
    }
    if not any(withdrawn.values()):
        return former, seen_by(after, "public")
    opened = seen_by(_with_visibility(after, withdrawn, "public"), "public")
    return former, _with_visibility(opened, withdrawn, "internal")


def _internal(api: Api) -> set[str]:
    return {code for code, error in api.errors.items() if error.visibility == "internal"}


def _opened(catalog: Catalog) -> Catalog:
    codes = {name: frozenset(_internal(api)) for name, api in catalog.apis.items()}
    return _with_visibility(catalog, codes, "public") if any(codes.values()) else catalog


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
