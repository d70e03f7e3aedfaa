"""Rules for prose: its links lead somewhere, and somewhere safe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errorbook.catalog.models import Api, Catalog, Error
from errorbook.catalog.prose import ERROR_SCHEME, is_safe_target, link_targets, may_link
from errorbook.problems import CatalogPath, Finding, quoted, suggest

_SAFE: Final = "use http, https, mailto, a relative address or error:code"


def check_links(catalog: Catalog, api: str) -> Iterator[Finding]:
    """Yield what is wrong with the links in the prose of one API, with paths relative to it."""
    for path, text in _prose(catalog.apis[api]):
        for target in link_targets(text):
            if not is_safe_target(target):
                message = f"a link to {quoted(target)} is not followed"
                yield Finding("bad-link", path, message, _SAFE)
            elif target.startswith(ERROR_SCHEME):
                reference = target.removeprefix(ERROR_SCHEME)
                yield from _check_reference(catalog, api, path, reference)


def _check_reference(
    catalog: Catalog, api: str, path: CatalogPath, reference: str
) -> Iterator[Finding]:
    """Complain unless ``reference`` means one error: of this API, the one it names, or the only."""
    name, _, code = reference.partition("/")
    named = catalog.apis.get(name)
    if reference in catalog.apis[api].errors or (named and code in named.errors):
        return
    owners = list(catalog.owners(reference))
    if len(owners) > 1:
        message = f"{quoted(reference)} is a code of {' and '.join(owners)}"
        yield Finding("unknown-code", path, message, f"write {owners[0]}/{reference}")
    elif not owners:
        message = f"a link leads to {quoted(reference)}, and there is no such code"
        yield Finding("unknown-code", path, message, _meant(catalog, api, reference))


def _meant(catalog: Catalog, api: str, reference: str) -> str:
    name, slash, code = reference.partition("/")
    if not slash:
        return suggest(reference, catalog.apis[api].errors)
    if name in catalog.apis:
        return suggest(code, catalog.apis[name].errors)
    return suggest(name, catalog.apis)


def _prose(api: Api) -> Iterator[tuple[CatalogPath, str]]:
    yield ("summary",), api.summary
    yield ("contract", "promise"), api.contract.promise
    for code, error in api.errors.items():
        for path, text in _prose_of_error(error):
            if may_link(text):  # of many errors few have links
                yield ("errors", code, *path), text
    for row, symptom in enumerate(api.troubleshooting):
        for name in ("symptom", "cause", "solution"):
            yield ("troubleshooting", row, name), getattr(symptom, name)
    yield from _meanings(api)


def _prose_of_error(error: Error) -> Iterator[tuple[CatalogPath, str]]:
    yield ("meaning",), error.meaning
    yield ("fix",), error.fix
    for index, cause in enumerate(error.causes):
        yield ("causes", index), cause
    for index, action in enumerate(error.actions):
        yield ("actions", index, "how"), action.how
        yield ("actions", index, "when"), action.when
    for name, placeholder in error.placeholders.items():
        yield ("placeholders", name, "meaning"), placeholder.meaning
    for name, detail in error.details.items():
        yield ("details", name, "meaning"), detail.meaning


def _meanings(api: Api) -> Iterator[tuple[CatalogPath, str]]:
    for number, entry in api.exit_codes.items():
        yield ("exit_codes", number, "meaning"), entry.meaning
    for name, group in api.groups.items():
        yield ("groups", name, "meaning"), group.meaning
    for code, retired in api.retired.items():
        yield ("retired", code, "reason"), retired.reason
        yield ("retired", code, "meaning"), retired.meaning
    for status, note in api.statuses.items():
        yield ("statuses", status, "meaning"), note.meaning
        for index, cause in enumerate(note.causes):
            yield ("statuses", status, "causes", index), cause
    for index, envelope in enumerate(api.envelopes):
        for name, field in envelope.fields.items():
            yield ("envelopes", index, "fields", name, "meaning"), field.meaning
