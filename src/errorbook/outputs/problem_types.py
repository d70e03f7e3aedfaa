"""problem-types.json: the problem types of an API whose errors are those of RFC 9457.

An API uses them where an envelope has the media type ``application/problem+json``, or a body with
a ``type`` that is a URI with the code in it. Others have no such file. It is ASCII; its keys::

    format      1
    $comment    the stamp
    api         {id, title}
    media_type  of the responses
    types       in the order of the catalog, of each

        code        the error's code in the catalog
        type        the URI as the API sends it; left out where the catalog does not give it
        title       the title that is sent, else what the error means
        status      a number, or a list of several
        detail      template of the text that is sent, with ``{holes}``
        docs_url    where the error is documented
        extensions  {member: its JSON Schema}, what is sent beside the members of RFC 9457
        required    [member], those of them that are always there
        deprecated  true, where it is

What is not known is left out. A reader ignores keys that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Api, Catalog, Envelope, Error
from errorbook.catalog.addresses import docs_url, folder
from errorbook.catalog.envelope import Hole, holes, parse_key, parse_text
from errorbook.catalog.facts import envelopes_of
from errorbook.catalog.prose import plain
from errorbook.outputs.envelope_schema import Told, envelope_schema, told_schema
from errorbook.outputs.json_lines import Layout, stamped_json

FORMAT: Final = 1
"""To be raised when a reader of the format before could not read what is written."""
SUMMARY: Final = "the problem types of APIs that use RFC 9457"
FILE: Final = "problem-types.json"

_LAYOUT: Final = Layout("problem-types", FORMAT, levels=2)
MEDIA_TYPE: Final = "application/problem+json"
UNSPECIFIED: Final = "about:blank"
"""The type of a problem whose body has no ``type`` (RFC 9457, section 3.1.1)."""

_ADDRESS: Final = re.compile(r"(?:https?|urn|tag):", re.IGNORECASE)
_MEMBERS: Final = frozenset({"type", "title", "status", "detail", "instance"})

Fields = dict[str, Any]


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return one file for each API that uses problem types."""
    return {
        folder(name, api) + FILE: problem_types_text(name, api)
        for name, api in catalog.apis.items()
        if problem_envelope(api) is not None
    }


def problem_envelope(api: Api) -> Envelope | None:
    """Return the first envelope of ``api`` that is one of RFC 9457, if it has one."""
    return next((one for one in api.envelopes if _is_problem(one)), None)


def problem_types_text(name: str, api: Api) -> str:
    """Return the problem types of one API as they are written to a file, stamped."""
    envelope = problem_envelope(api)
    content = {
        "api": {"id": name, **({"title": api.title} if api.title else {})},
        "media_type": envelope.content_type if envelope else MEDIA_TYPE,
        "types": [
            _ProblemType(name, api, code, own).fields()
            for code in api.errors
            if (own := next(filter(_is_problem, envelopes_of(api, code)), None)) is not None
        ],
    }
    return stamped_json(_LAYOUT, {"format": FORMAT}, content)


def _is_problem(envelope: Envelope) -> bool:
    if not isinstance(envelope.body, dict):
        return False
    media_type = envelope.content_type.partition(";")[0].strip().casefold()
    kind = _members(envelope.body).get("type")
    has_code = isinstance(kind, str) and Hole("code") in parse_text(kind)
    is_address = has_code and bool(_ADDRESS.match(str(kind)))
    return media_type == MEDIA_TYPE or is_address


def _members(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    keys = ((parse_key(written), value) for written, value in body.items())
    return {key.name: value for key, value in keys if key}


@dataclass(frozen=True)
class _ProblemType:
    """What one error is as a problem type."""

    name: str
    api: Api
    code: str
    envelope: Envelope

    def fields(self) -> Fields:
        error = self.api.errors[self.code]
        extensions, required = self._extensions(error)
        found: Fields = {
            "code": self.code,
            "type": self._sent("type", error) if "type" in self._pattern else UNSPECIFIED,
            "title": self._sent("title", error) or plain(error.meaning),
            "status": error.status[0] if len(error.status) == 1 else list(error.status),
            "detail": self._sent("detail", error),
            "docs_url": docs_url(self.name, self.api, self.code),
            "extensions": extensions,
            "required": required,
            "deprecated": error.deprecated is not None,
        }
        return {key: one for key, one in found.items() if one not in (None, "", [], {}, False)}

    @property
    def _pattern(self) -> dict[str, JsonValue]:
        return _members(self.envelope.body) if isinstance(self.envelope.body, dict) else {}

    def _sent(self, member: str, error: Error) -> str | None:
        """Return the text that is sent as ``member``: the template, where it is the message."""
        pattern = self._pattern.get(member)
        if not isinstance(pattern, str):
            return None
        text = ""
        for part in parse_text(pattern):
            value = self._value(part, error) if isinstance(part, Hole) else part
            if value is None:
                return None
            text += value
        return text

    def _value(self, hole: Hole, error: Error) -> str | None:
        if hole.name == "code":
            return self.code
        if hole.name == "message":
            return error.message or None
        detail = error.details.get(hole.name)
        field = self.envelope.fields.get(hole.name)
        example = detail.example if detail else field.example if field else None
        return example if isinstance(example, str) else None

    def _extensions(self, error: Error) -> tuple[Fields, list[str]]:
        """Return the schemas of the members that RFC 9457 does not have, and which must be."""
        elsewhere = frozenset(holes(self.envelope))
        told = Told([self.code], error.status, error.details, elsewhere)
        general = envelope_schema(self.envelope, plain, self.api.errors)
        own = told_schema(self.envelope, told, plain) or {}
        members: Fields = dict(general.get("properties", {}))
        for name, schema in own.get("properties", {}).items():
            members[name] = {**members.get(name, {}), **schema}
        required = [*general.get("required", ()), *own.get("required", ())]
        return (
            {name: schema for name, schema in members.items() if name not in _MEMBERS},
            [name for name in dict.fromkeys(required) if name not in _MEMBERS],
        )
