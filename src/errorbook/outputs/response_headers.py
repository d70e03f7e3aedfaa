"""Headers of error responses as OpenAPI describes them: those of the envelopes, and of waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from errorbook.catalog import Api, Envelope
from errorbook.catalog.envelope import Hole, parse_text
from errorbook.catalog.models import HEADER_PREFIX
from errorbook.outputs.component_names import component_names
from errorbook.outputs.envelope_schema import Describe, text_schema

_IGNORED: Final = frozenset({"content-type"})
"""OpenAPI says these elsewhere, and has a header of that name ignored."""
_RETRY_AFTER: Final = "retry-after"
_WAIT: Final = "How long to wait before the next attempt."
_SECONDS_OR_DATE: Final = {
    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}],
    "examples": [30],
}
_COMPONENTS: Final = "#/components/headers/"

Fields = dict[str, Any]


class Headers:
    """The headers of the responses of one API."""

    def __init__(
        self, api: Api, fitting: Mapping[str, Sequence[Envelope]], describe: Describe
    ) -> None:
        self._api = api
        self._fitting = fitting
        self._describe = describe

    @cached_property
    def components(self) -> Mapping[str, Fields]:
        """The headers that say how long to wait, by the name of their component."""
        return {
            name: {"description": f"{_WAIT} Seconds, or a date.", "schema": _SECONDS_OR_DATE}
            if header.casefold() == _RETRY_AFTER
            else {"description": _WAIT, "schema": {"type": "string"}}
            for header, name in self._names.items()
        }

    def of(self, code: str) -> Fields:
        """Return the headers of the response with ``code``, by name."""
        return self._of([code], code)

    def of_any(self, codes: Sequence[str]) -> Fields:
        """Return the headers of a response with one of ``codes``, or with one not known yet."""
        return self._of(codes, None)

    def _of(self, codes: Sequence[str], code: str | None) -> Fields:
        found: dict[str, tuple[str, Fields]] = {}
        for envelope in self._envelopes(codes):
            for header, pattern in envelope.headers.items():
                own = self._header(envelope, pattern, code)
                key = header.casefold()
                name, known = found.setdefault(key, (header, own))
                if known["schema"] != own["schema"]:
                    found[key] = name, {**known, "schema": {"type": "string"}}
        always = self._always(codes) if code is not None else frozenset()
        headers = {
            name: {**one, "required": True} if key in always else one
            for key, (name, one) in found.items()
            if key not in _IGNORED
        }
        for header in self._waits(codes):
            if header.casefold() not in found:
                headers[header] = {"$ref": _COMPONENTS + self._names[header]}
        return headers

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        """The headers of waiting in lower case, each as it is written first."""
        spelt: dict[str, str] = {}
        for error in self._api.errors.values():
            for source in error.retry.after:
                if _is_header(source):
                    header = source.removeprefix(HEADER_PREFIX)
                    spelt.setdefault(header.casefold(), header)
        return spelt

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return component_names(self._spelt.values())

    def _waits(self, codes: Sequence[str]) -> Sequence[str]:
        sources = (source for code in codes for source in self._api.errors[code].retry.after)
        headers = (one.removeprefix(HEADER_PREFIX) for one in sources if _is_header(one))
        return list(dict.fromkeys(self._spelt[header.casefold()] for header in headers))

    def _envelopes(self, codes: Sequence[str]) -> Sequence[Envelope]:
        """Return the envelopes with headers that fit one of ``codes``."""
        fitting = {id(one): one for code in codes for one in self._fitting[code] if one.headers}
        return list(fitting.values())

    def _always(self, codes: Sequence[str]) -> frozenset[str]:
        """Return the headers, in lower case, that every envelope of ``codes`` has."""
        fitting = [one for code in codes for one in self._fitting[code]]
        named = [frozenset(map(str.casefold, envelope.headers)) for envelope in fitting]
        return frozenset.intersection(*named) if named else frozenset()

    def _header(self, envelope: Envelope, pattern: str, code: str | None) -> Fields:
        known = [part for part in parse_text(pattern) if isinstance(part, Hole)]
        schema = text_schema(pattern, () if code is None else [code])
        notes = [envelope.fields[hole.name] for hole in known if hole.name in envelope.fields]
        meaning = next((note.meaning for note in notes if note.meaning), "")
        described = {"description": self._describe(meaning)} if meaning else {}
        return {**described, "schema": {"type": "string", **schema}}


def _is_header(source: str) -> bool:
    return source.startswith(HEADER_PREFIX)
