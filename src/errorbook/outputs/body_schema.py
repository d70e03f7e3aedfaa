"""body.schema.json: the JSON Schema of the bodies that an API answers errors with.

A body is one of these, each of which stands among the definitions by itself:

* a known error, under a name after its code (see ``component_names``): the code is a constant, and
  its details have their types;
* ``UnknownError``: a body of the documented form whose code the catalog does not have. So a code
  that comes later is accepted, while a known one with a detail of the wrong type is not.

``Envelope1`` and so on are what the envelopes ask of any body, and ``KnownCode1`` that its code is
one of the catalog. Objects may have more fields than are known. An API whose catalog shows no body
has no such file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from errorbook.catalog import Api, Catalog, Envelope, Error
from errorbook.catalog.addresses import folder
from errorbook.catalog.envelope import holes
from errorbook.catalog.facts import envelopes_of
from errorbook.catalog.prose import plain
from errorbook.outputs.component_names import (
    ENVELOPE,
    KNOWN_CODE,
    UNKNOWN_ERROR,
    component_names,
)
from errorbook.outputs.envelope_schema import (
    Describe,
    Schema,
    Told,
    envelope_schema,
    told_schema,
)
from errorbook.outputs.json_lines import Layout, stamped_json
from errorbook.outputs.schema import DIALECT

FORMAT: Final = 1
"""To be raised when what refers to a definition by name would have to change."""
SUMMARY: Final = "the JSON Schema of each API's error bodies"
FILE: Final = "body.schema.json"

_LAYOUT: Final = Layout("body-schema", FORMAT, levels=2)

_DEFINITIONS: Final = "#/$defs/"


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return one file for each API whose catalog shows a body."""
    return {
        folder(name, api) + FILE: schema_text(name, api)
        for name, api in catalog.apis.items()
        if has_body(api)
    }


def has_body(api: Api) -> bool:
    """Tell whether it is known how some error body of ``api`` looks."""
    return any(envelope.body is not None for envelope in api.envelopes)


def schema_text(name: str, api: Api) -> str:
    """Return the schema of one API as it is written to a file, stamped."""
    bodies = Bodies(api, _DEFINITIONS, plain)
    schema = {
        "title": f"{api.title or name}: error bodies",
        "description": "A known error, or one of the same form whose code is not known yet.",
        **bodies.any_error(),
        "$defs": bodies.definitions(),
    }
    return stamped_json(_LAYOUT, {"$schema": DIALECT}, schema)


@dataclass(frozen=True)
class Bodies:
    """The schemas of the bodies of one API, which refer to each other by ``prefix`` and name."""

    api: Api
    prefix: str
    describe: Describe

    def definitions(self) -> dict[str, Schema]:
        """Return the schemas by name: of errors, then what they share."""
        errors = {self.names[code]: self._error(code) for code in self.forms}
        return {**errors, **self._shared()}

    def any_error(self) -> Schema:
        """Return the schema of any error body of the API."""
        return self.one_of(self.forms)

    def one_of(self, codes: Sequence[str] | Mapping[str, object]) -> Schema:
        """Return the schema of a body with one of ``codes``, or with one that is not known."""
        known = [self.reference(self.names[code]) for code in codes if code in self.forms]
        return {"anyOf": [*known, self.reference(UNKNOWN_ERROR)]}

    def reference(self, name: str) -> Schema:
        """Return a reference to the schema of that name."""
        return {"$ref": self.prefix + name}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each code."""
        return component_names(self.api.errors)

    @cached_property
    def envelopes(self) -> Sequence[Envelope]:
        """The envelopes that say how a body looks."""
        return [envelope for envelope in self.api.envelopes if envelope.body is not None]

    @cached_property
    def fitting(self) -> Mapping[str, Sequence[Envelope]]:
        """The envelopes with a place for each code, those without a body among them."""
        return {code: envelopes_of(self.api, code) for code in self.api.errors}

    @cached_property
    def forms(self) -> Mapping[str, Sequence[int]]:
        """Which of ``envelopes`` the body of each code may have; codes without one are left out."""
        numbers = {id(envelope): number for number, envelope in enumerate(self.envelopes)}
        forms = {
            code: sorted(numbers[id(one)] for one in fitting if id(one) in numbers)
            for code, fitting in self.fitting.items()
        }
        return {code: numbers for code, numbers in forms.items() if numbers}

    @cached_property
    def _named_holes(self) -> Sequence[frozenset[str]]:
        return [frozenset(holes(envelope)) for envelope in self.envelopes]

    def _error(self, code: str) -> Schema:
        error = self.api.errors[code]
        schema: Schema = {"title": code}
        if error.meaning:
            schema["description"] = self.describe(error.meaning)
        if error.deprecated is not None:
            schema["deprecated"] = True
        forms = [self._form(code, error, number) for number in self.forms[code]]
        return {**schema, **_any_of(forms)}

    def _form(self, code: str, error: Error, number: int) -> Schema:
        """Return the schema of the body that ``code`` has in one envelope."""
        may_change = self.api.contract.statuses == "may_change"
        told = Told(
            [code],
            () if may_change else error.status,
            error.details,
            self._named_holes[number],
        )
        own = told_schema(self.envelopes[number], told, self.describe)
        general = self.reference(_numbered(ENVELOPE, number))
        return {"allOf": [general, own] if own else [general]}

    def _shared(self) -> dict[str, Schema]:
        general = {
            _numbered(ENVELOPE, number): envelope_schema(envelope, self.describe, self.api.errors)
            for number, envelope in enumerate(self.envelopes)
        }
        known = {
            _numbered(KNOWN_CODE, number): schema
            for number in range(len(self.envelopes))
            if (schema := self._known_code(number)) is not None
        }
        forms: list[Schema] = [{"allOf": [self.reference(name)]} for name in general]
        unknown: Schema = {
            "title": UNKNOWN_ERROR,
            "description": "An error whose code is not known here, such as one that came later.",
            **_any_of(forms),
        }
        if known:
            unknown["not"] = _any_of([self.reference(name) for name in known])
        return {**general, **known, UNKNOWN_ERROR: unknown}

    def _known_code(self, number: int) -> Schema | None:
        """Return the schema of a body in one envelope whose code is known.

        None where no code fits the envelope, or its body does not tell the code.
        """
        codes = [code for code, forms in self.forms.items() if number in forms]
        told = told_schema(self.envelopes[number], Told(codes), self.describe) if codes else None
        general = self.reference(_numbered(ENVELOPE, number))
        return {"allOf": [general, told]} if told else None


def _numbered(name: str, number: int) -> str:
    return f"{name}{number + 1}"


def _any_of(schemas: Sequence[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
