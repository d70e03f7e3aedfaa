"""Rules between the values of a catalog: what no model can see by looking at one value."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from errorbook.catalog.addresses import folder, is_file_like, is_on_one_page
from errorbook.catalog.docs_holes import HOLE, check_addresses, filled
from errorbook.catalog.envelope import (
    check_envelope,
    fields_beside_details,
    hole_types,
    holes,
    takes_details,
)
from errorbook.catalog.error_rules import Surroundings, check_error
from errorbook.catalog.facts import EXIT_CODE_WORDS
from errorbook.catalog.models import Api, Catalog, Envelope
from errorbook.catalog.prose_rules import check_links
from errorbook.problems import CatalogPath, Finding, nearest, quoted, shortened, suggest

Findings = Iterator[Finding]

_FAMILY = re.compile(r"[1-5]xx\Z")
_STATUS = re.compile(r"[1-5][0-9][0-9]\Z")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_PAGE_HOLE = re.compile(r"\{([^{}]*)\}")
_PAGE_HOLES: Final = ("api", "code", "version")
_STEP = r"(?!\.{1,2}(?:/|#|\Z))[A-Za-z0-9._~-]+"
_PAGE_PATH = re.compile(rf"/?{_STEP}(?:/{_STEP})*/?(?:#[A-Za-z0-9._~:-]+)?\Z")
_MOST_NAMED: Final = 3


def check_catalog(catalog: Catalog) -> Findings:
    """Yield everything that is wrong between the values of ``catalog``."""
    catalog = filled(catalog)
    for name, api in catalog.apis.items():
        path = ("apis", name)
        for rule in _API_RULES:
            yield from _below(path, rule(api))
        yield from _below(path, check_addresses(name, api))
        yield from _below(path, check_links(catalog, name))
    yield from _check_folders(catalog)


def _below(path: CatalogPath, findings: Iterable[Finding]) -> Findings:
    return (replace(finding, path=(*path, *finding.path)) for finding in findings)


def _check_envelopes(api: Api) -> Findings:
    for index, envelope in enumerate(api.envelopes):
        path = ("envelopes", index)
        slips = [slip for slip in check_envelope(envelope) if not _has_address(envelope, slip)]
        yield from _below(path, slips or _check_fields(envelope))


def _has_address(envelope: Envelope, slip: Finding) -> bool:
    """Tell whether a body names its code by an address, which another rule has found wanting."""
    return slip.rule == "envelope-without-code" and HOLE in holes(envelope)


def _check_fields(envelope: Envelope) -> Findings:
    known = holes(envelope)
    for name in envelope.fields:
        if name not in known:
            message = f"the envelope has no hole {quoted(name)}"
            hint = suggest(name, known)
            yield Finding("unknown-field", ("fields", name), message, hint, at_key=True)


def _check_codes_fit(api: Api) -> Findings:
    """Yield, once, that the envelopes carry numbers and there are codes that are none."""
    types = [hole_types(envelope).get("code") for envelope in api.envelopes]
    unfit = next((code for code in api.errors if not _INTEGER.match(code)), None)
    if unfit is not None and types and all(one == "integer" for one in types):
        message = f"{{code:integer}} takes no code such as {quoted(unfit)}"
        path = ("envelopes", 0, *holes(api.envelopes[0])["code"])
        yield Finding("code-without-place", path, message, "write '{code}'")


def _check_details_fit(api: Api) -> Findings:
    """Yield, once, that no envelope carries the details: it is there that this is mended."""
    if not api.envelopes or any(takes_details(envelope) for envelope in api.envelopes):
        return
    known = {name for envelope in api.envelopes for name in holes(envelope)}
    homeless = [name for name in _details(api) if name not in known]
    if homeless:
        shown = ", ".join(shortened(name) for name in homeless[:_MOST_NAMED])
        more = f" and {len(homeless) - _MOST_NAMED} more" if len(homeless) > _MOST_NAMED else ""
        message = f"no envelope has a place for the details of its errors: {shown}{more}"
        hint = 'add \'"*": "{details}"\' where details stand'
        yield Finding("detail-without-place", ("envelopes", 0), message, hint)


def _details(api: Api) -> dict[str, None]:
    return {name: None for error in api.errors.values() for name in error.details}


def _check_errors(api: Api) -> Findings:
    surroundings = _surroundings(api)
    for code, error in api.errors.items():
        for finding in check_error(surroundings, error):
            yield replace(finding, path=("errors", code, *finding.path))


def _surroundings(api: Api) -> Surroundings:
    return Surroundings(
        api,
        holes=frozenset(name for one in api.envelopes for name in holes(one)),
        taken=frozenset(name for one in api.envelopes for name in fields_beside_details(one)),
    )


def _check_retired(api: Api) -> Findings:
    for code, retired in api.retired.items():
        if code in api.errors:
            message = f"{quoted(code)} is retired and must never be used again"
            hint = "choose another code"
            yield Finding("retired-code-reused", ("errors", code), message, hint, at_key=True)
        if retired.replaced_by is not None:
            yield from _check_code(
                api.errors, ("retired", code, "replaced_by"), retired.replaced_by
            )


def _check_code(codes: Collection[str], path: CatalogPath, code: str) -> Findings:
    if code not in codes:
        message = f"there is no code {quoted(code)}"
        yield Finding("unknown-code", path, message, suggest(code, codes))


def _check_exit_codes(api: Api) -> Findings:
    names: dict[str, int] = {}
    selectors: dict[str, int] = {}
    for number, entry in api.exit_codes.items():
        path = ("exit_codes", number)
        if names.setdefault(entry.name, number) != number:
            message = f"exit code {names[entry.name]} is called {shortened(entry.name)} already"
            yield Finding("exit-code-clash", (*path, "name"), message, "choose another name")
        for index, selector in enumerate(entry.applies_to):
            here = (*path, "for", index)
            if selectors.setdefault(selector, number) != number:
                message = f"{quoted(selector)} ends in exit code {selectors[selector]} already"
                yield Finding("exit-code-clash", here, message, "keep it in one of them")
            yield from _check_selector(api, here, selector)


def _check_numbers(api: Api) -> Findings:
    for code, error in api.errors.items():
        if api.exit_codes and error.exit_code not in (None, *api.exit_codes):
            message = f"the API has no exit code {error.exit_code}"
            hint = f"one of: {', '.join(map(str, api.exit_codes))}; or add it to 'exit_codes'"
            yield Finding("unknown-exit-code", ("errors", code, "exit_code"), message, hint)


def _check_selector(api: Api, path: CatalogPath, selector: str) -> Findings:
    known = selector in api.errors or selector in EXIT_CODE_WORDS
    if not known and not _FAMILY.match(selector) and not _STATUS.match(selector):
        message = f"{quoted(selector)} is no code, no status or family of them, and no known word"
        hint = suggest(selector, {*api.errors, *EXIT_CODE_WORDS, "4xx", "5xx"})
        yield Finding("unknown-selector", path, message, hint)


def _check_troubleshooting(api: Api) -> Findings:
    for row, symptom in enumerate(api.troubleshooting):
        for index, code in enumerate(symptom.errors):
            yield from _check_code(api.errors, ("troubleshooting", row, "errors", index), code)


def _check_docs(api: Api) -> Findings:
    template = api.docs.error
    names = _PAGE_HOLE.findall(template)
    path = ("docs", "error")
    unknown = [name for name in names if name not in _PAGE_HOLES]
    for name in unknown:
        message = f"{{{shortened(name)}}} is not known in an address"
        yield Finding("bad-address", path, message, suggest(name, _PAGE_HOLES))
    if "code" not in names and not nearest("code", unknown):
        message = "the address of an error's page has no '{code}'"
        yield Finding("bad-address", path, message, "put '{code}' where it stands")
    if names.count("code") > 1:
        message = "the address of an error's page has '{code}' more than once"
        yield Finding("bad-address", path, message, "keep one of them")
    url = urlsplit(api.docs.url or "")
    if url.query or url.fragment or "@" in url.netloc:
        message = f"{quoted(str(api.docs.url))} is no address that others begin with"
        hint = "leave out '?', '#' and what stands before '@'"
        yield Finding("bad-address", ("docs", "url"), message, hint)
    if any(map(is_file_like, template.partition("#")[0].split("/")[:-1])):
        message = f"{quoted(template)} has a folder that is called like a file"
        yield Finding("bad-address", path, message, "leave out its extension")
    if not _PAGE_PATH.match(_PAGE_HOLE.sub("x", template)):
        message = f"{quoted(template)} is no path below docs.url"
        hint = "such as 'errors/{code}/', 'errors/{code}.html' or 'errors/#{code}'"
        yield Finding("bad-address", path, message, hint)


def _check_folders(catalog: Catalog) -> Findings:
    """Yield that two APIs would have their pages in one folder, where their files clash."""
    folders: dict[tuple[str, str | None], str] = {}
    for name, api in catalog.apis.items():
        where = folder(name, api)
        owner = next(
            (
                other
                for (known, url), other in folders.items()
                if known == where and (None in (url, api.docs.url) or url == api.docs.url)
            ),
            None,
        )
        if owner is not None:
            message = (
                f"the pages of {name} stand in {quoted(where or '/')}, where those of {owner} are"
            )
            hint = (
                "let docs.error of one lead to a page in another folder"
                if is_on_one_page(api)
                else "put '{api}' or '{version}' before '{code}' in docs.error"
            )
            yield Finding("address-clash", ("apis", name, "docs", "error"), message, hint)
        folders.setdefault((where, api.docs.url), name)


_API_RULES: Final[tuple[Callable[[Api], Findings], ...]] = (
    _check_envelopes,
    _check_codes_fit,
    _check_details_fit,
    _check_errors,
    _check_exit_codes,
    _check_numbers,
    _check_troubleshooting,
    _check_retired,
    _check_docs,
)
