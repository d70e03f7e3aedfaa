"""errors.json: the catalog as JSON, for programs, and for explorers in other sites.

It is ASCII. Sites publish it as one line, since nobody reads 10,000 errors there; what
``errorbook generate`` writes is indented, so that the differences of two versions can be read.
Its keys, in this order::

    format    1
    $comment  the stamp
    words     {actions: {word: [title, what it asks for]}, of the words that some error uses,
               retry: {when: [label, sentence without its full stop]},
               backoff: {word: clause}}
    apis      {id: api}, in the order of the catalog

An API is what errors.yaml says of it, under the same keys and in the same order, ``derived``
beside them. What is empty, or is the default of its key, is left out. ``status`` is a number, or
a list of several. Prose is as it was written, with its marks. In a file for the public there are
no internal errors, nor what would name them; in one for the internal audience they have their
``visibility``, by which every reader knows them.

``derived`` of an API is what follows from the catalog::

    statuses  {status: what it means}, those of its errors; prose
    LANGUAGE  {package, base} of its SDK in that language, such as ``python``: what is imported,
              and the class that is raised for codes without one of their own

and of an error, where each key is left out if nothing follows::

    exception  {language: class}
    exit_code  number
    example    {status, headers, body} of a response, of which each may be missing
    link       where the error is documented: whole, or relative to errors.json itself
    snippets   [[title, language, text]], pieces of code to copy

A reader takes a file whose ``format`` is its own, and ignores keys that it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import example_response, exit_code, status_meaning
from errorbook.catalog.kept import kept_by_api
from errorbook.outputs.indented_json import indented_json
from errorbook.outputs.languages import languages_of, snippets
from errorbook.outputs.stamp import GENERATED, stamp_line, stamped
from errorbook.outputs.words import words

FORMAT: Final = 1
"""To be raised when a reader of the format before could not read what is written."""
SUMMARY: Final = "errors.json, the whole catalog for programs"
FILE: Final = "errors.json"

Fields = dict[str, Any]


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the catalog as one file, with links to the published documentation."""
    apis = {name: _published_api(name, api) for name, api in catalog.apis.items()}
    return {FILE: _text(catalog, apis, indent=1)}


def errors_json(
    catalog: Catalog, *, link: Callable[[str, str], str], indent: int | None = None
) -> str:
    """Return the text of errors.json, stamped: one line, or indented.

    ``link(api, code)`` is where the error is documented, relative to the file or whole, or ""
    where that is not known.
    """
    apis = {name: _api(name, api, partial(link, name)) for name, api in catalog.apis.items()}
    return _text(catalog, apis, indent)


def _text(catalog: Catalog, apis: Fields, indent: int | None) -> str:
    content = {"words": words(catalog), "apis": apis}
    hashed = _dumped(content).encode()
    comment = f"{GENERATED} {stamp_line('catalog', FORMAT, hashed)}"
    return stamped(_dumped({"format": FORMAT, "$comment": comment, **content}, indent) + "\n")


def published_link(catalog: Catalog, name: str, code: str) -> str:
    """Return the address of the page of one error, or "" where the catalog does not give it."""
    return docs_url(name, catalog.apis[name], code) or ""


def _dumped(value: Fields, indent: int | None = None) -> str:
    if indent is not None:
        return indented_json(value, indent)
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _published_api(name: str, api: Api) -> Fields:
    """Return what is said of an API, with links to the published documentation.

    Several outputs write it, and it takes long to work out.
    """
    known = _by_name(api)
    if name not in known:
        known[name] = _api(name, api, lambda code: docs_url(name, api, code) or "")
    return known[name]


@kept_by_api
def _by_name(_: Api) -> dict[str, Fields]:
    """Return what is known of an API under each name that it was given."""
    return {}


def _api(name: str, api: Api, link: Callable[[str], str]) -> Fields:
    said = api.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for code, error in said.get("errors", {}).items():
        error["derived"] = derived(name, api, code, link(code))
    statuses = sorted({status for error in api.errors.values() for status in error.status})
    said["derived"] = {
        "statuses": {str(status): status_meaning(api, status) for status in statuses},
        **{
            language.NAME: {
                "package": language.module_name(name, api),
                "base": language.base_class(name, api),
            }
            for language in languages_of(api)
        },
    }
    return said


def derived(name: str, api: Api, code: str, link: str) -> Fields:
    """Return what follows of one error, whose documentation is at ``link`` unless that is empty."""
    number = exit_code(api, code)
    return {
        "exception": {one.NAME: one.raised_class(name, api, code) for one in languages_of(api)},
        **({} if number is None else {"exit_code": number}),
        **_example(api, code),
        **({"link": link} if link else {}),
        "snippets": snippets(name, api, code),
    }


def _example(api: Api, code: str) -> Fields:
    example = example_response(api, code)
    if example is None:
        return {}
    found = {"status": example.status, "headers": example.headers, "body": example.body}
    return {"example": {key: value for key, value in found.items() if value not in (None, {})}}
