"""openapi.json: the errors of an API as OpenAPI 3.1 components, for specifications to refer to.

It is a whole document without paths. A specification takes what it needs from it::

    responses:
      "404": {$ref: "openapi.json#/components/responses/artifact_not_found"}
      "429": {$ref: "openapi.json#/components/responses/Status429"}
      default: {$ref: "openapi.json#/components/responses/Error"}

``responses`` has one for each code, under a name after it (see ``component_names``), one for each
status, and ``Error`` for any error; ``schemas`` has the same of their bodies (see ``body_schema``),
and ``examples`` and ``headers`` what the responses show. A response says of its error::

    x-error-code   the code as it is sent
    x-http-status  [status], those it comes with
    x-action       [word], what a client should do
    x-retry        {when, after, backoff, needs, max_attempts}, those that are known
    x-exit-code    exit code of the command line
    x-docs-url     address of its documentation
    x-deprecated   {since, sunset, replaced_by}, only where it is deprecated

and that of a status has ``x-error-codes``, those it may mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, Final

from errorbook.catalog import Api, Catalog, Envelope, Error
from errorbook.catalog.addresses import docs_url, folder
from errorbook.catalog.facts import (
    example_response,
    exit_code,
    is_answered,
    status_meaning,
)
from errorbook.outputs.body_schema import Bodies
from errorbook.outputs.component_names import ANY_ERROR, STATUS
from errorbook.outputs.envelope_schema import has_reference
from errorbook.outputs.json_lines import Layout, stamped_json
from errorbook.outputs.markdown_prose import markdown_prose
from errorbook.outputs.openapi_prose import description_of
from errorbook.outputs.references import resolver, whole_address
from errorbook.outputs.response_headers import Headers

FORMAT: Final = 1
"""To be raised when what refers to a component by name would have to change."""
SUMMARY: Final = "OpenAPI 3.1 components of each API's errors"
FILE: Final = "openapi.json"

_LAYOUT: Final = Layout("openapi", FORMAT, levels=3, stamp_key="x-generated")

_VERSION: Final = "3.1.0"
_UNVERSIONED: Final = "unversioned"
"""OpenAPI requires a version."""
_SCHEMAS: Final = "#/components/schemas/"
_EXAMPLES: Final = "#/components/examples/"

Fields = dict[str, Any]


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return one document for each API that answers with its errors."""
    return {
        folder(name, api) + FILE: openapi_text(catalog, name)
        for name, api in catalog.apis.items()
        if is_answered(api)
    }


def openapi_text(catalog: Catalog, name: str) -> str:
    """Return the document of one API as it is written to a file, stamped."""
    document = _Document(catalog, name).whole()
    return stamped_json(_LAYOUT, {"openapi": _VERSION}, document)


class _Document:
    def __init__(self, catalog: Catalog, name: str) -> None:
        self._name = name
        self._api: Api = catalog.apis[name]
        link, relative = resolver(catalog, name), partial(whole_address, self._api)
        self._describe = cache(partial(markdown_prose, link=link, relative=relative))
        self._bodies = Bodies(self._api, _SCHEMAS, self._describe)
        self._headers = Headers(self._api, self._bodies.fitting, self._describe)

    def whole(self) -> Fields:
        summary = self._describe(self._api.summary)
        return {
            "info": {
                "title": f"{self._api.title or self._name}: errors",
                "version": self._api.version or _UNVERSIONED,
                **({"description": summary} if summary else {}),
            },
            "paths": {},
            "components": {key: one for key, one in self._components().items() if one},
        }

    def _components(self) -> Fields:
        errors = self._api.errors
        statuses = {
            f"{STATUS}{status}": self._of_status(status, codes)
            for status, codes in sorted(self._by_status.items())
        }
        responses = {self._bodies.names[code]: self._of_error(code) for code in errors}
        return {
            "responses": {**responses, **statuses, ANY_ERROR: self._of_any()},
            "schemas": self._schemas(),
            "examples": self._examples,
            "headers": self._headers.components,
        }

    def _schemas(self) -> Fields:
        if not self._bodies.envelopes:
            return {}
        any_error = {"title": ANY_ERROR, **self._bodies.any_error()}
        return {**self._bodies.definitions(), ANY_ERROR: any_error}

    @cached_property
    def _by_status(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for code, error in self._api.errors.items():
            for status in dict.fromkeys(error.status):
                found.setdefault(status, []).append(code)
        return found

    @cached_property
    def _examples(self) -> Mapping[str, Fields]:
        """The example bodies by name; one that tools would take for a reference is left out."""
        found: dict[str, Fields] = {}
        for code in self._api.errors:
            envelope = self._documented(code)
            if envelope is None or envelope.body is None:
                continue
            example = example_response(self._api, code)
            if example is not None and not has_reference(example.body):
                found[self._bodies.names[code]] = {"summary": code, "value": example.body}
        return found

    def _documented(self, code: str) -> Envelope | None:
        """Return the envelope of the example; ``facts.documented_envelope`` says the same."""
        return next(iter((*self._bodies.fitting[code], *self._api.envelopes)), None)

    def _of_error(self, code: str) -> Fields:
        error = self._api.errors[code]
        content = self._content([code], self._bodies.reference(self._bodies.names[code]))
        return {
            "description": description_of(code, error, self._describe),
            **_present("headers", self._headers.of(code)),
            **_present("content", content),
            "x-error-code": code,
            "x-http-status": list(dict.fromkeys(error.status)),
            "x-action": list(dict.fromkeys(action.do for action in error.actions)),
            "x-retry": {
                "when": error.retry.when,
                **error.retry.model_dump(mode="json", exclude_defaults=True),
            },
            **self._facts(code, error),
        }

    def _facts(self, code: str, error: Error) -> Fields:
        facts: Fields = {
            "x-exit-code": exit_code(self._api, code),
            "x-docs-url": docs_url(self._name, self._api, code),
        }
        if error.deprecated is not None:
            gone = {"since": error.deprecated, "sunset": error.sunset}
            after = {**gone, "replaced_by": error.replaced_by}
            facts["x-deprecated"] = {key: one for key, one in after.items() if one is not None}
        return {key: one for key, one in facts.items() if one is not None}

    def _of_any(self) -> Fields:
        schema = self._bodies.reference(ANY_ERROR)
        content = {one: {"schema": schema} for one in _media_types(self._bodies.envelopes)}
        return {
            "description": "Any error, known or not.",
            **_present("headers", self._headers.of_any(list(self._api.errors))),
            **_present("content", content),
        }

    def _of_status(self, status: int, codes: Sequence[str]) -> Fields:
        meaning = self._describe(status_meaning(self._api, status)) or f"Status {status}"
        return {
            "description": meaning,
            **_present("headers", self._headers.of_any(codes)),
            **_present("content", self._content(codes, self._bodies.one_of(codes))),
            "x-http-status": [status],
            "x-error-codes": list(codes),
        }

    def _content(self, codes: Sequence[str], schema: Fields) -> Fields:
        """Return the bodies of ``codes`` by media type, each with the examples of that type."""
        content: dict[str, Fields] = {}
        for code in codes:
            for media_type in self._media_types[code]:
                content.setdefault(media_type, {"schema": schema})
            name, envelope = self._bodies.names[code], self._documented(code)
            if name in self._examples and envelope is not None:
                shown = content.setdefault(envelope.content_type, {"schema": schema})
                shown.setdefault("examples", {})[name] = {"$ref": _EXAMPLES + name}
        return content

    @cached_property
    def _media_types(self) -> Mapping[str, Sequence[str]]:
        return {code: _media_types(fitting) for code, fitting in self._bodies.fitting.items()}


def _media_types(envelopes: Sequence[Envelope]) -> Sequence[str]:
    return list(dict.fromkeys(one.content_type for one in envelopes if one.body is not None))


def _present(key: str, value: Fields) -> Fields:
    return {key: value} if value else {}
