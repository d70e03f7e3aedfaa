"""What a page about one code shows, in HTML as in Markdown: its parts, and what a gone code was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from errorbook.catalog import Api, Symptom
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import former_codes
from errorbook.catalog.neighbours import Neighbourhood, Neighbours
from errorbook.outputs.errors_json import Fields, derived

HEADINGS: Final[Mapping[str, str]] = {
    "example": "Example response",
    "causes": "Causes",
    "fix": "Fix",
    "actions": "What a client does",
    "details": "Details",
    "code": "In code",
    "operations": "Operations",
    "troubleshooting": "Troubleshooting",
    "related": "Related errors",
}
"""The parts of a page below its first heading and facts, in order, each with its heading."""


class ErrorIndex:
    """The errors of one API and what is said of several at once, to be asked for each of them."""

    def __init__(self, name: str, api: Api) -> None:
        self.name = name
        self.api = api
        self._neighbourhood = Neighbourhood(api)
        self.former: Mapping[str, str] = former_codes(api)
        self._symptoms: dict[str, list[Symptom]] = {}
        for row in api.troubleshooting:
            for code in dict.fromkeys(row.errors):
                self._symptoms.setdefault(code, []).append(row)
        self._last_derived: tuple[str, Fields] | None = None
        self._last_parts: tuple[str, Sequence[str]] | None = None
        self._last_near: tuple[str, Neighbours] | None = None

    def symptoms(self, code: str) -> Sequence[Symptom]:
        """Return the rows of the troubleshooting matrix that name ``code``."""
        return self._symptoms.get(code, ())

    def near(self, code: str) -> Neighbours:
        """Return the errors near ``code``, an error; those of the last one are kept."""
        if self._last_near is None or self._last_near[0] != code:
            self._last_near = code, self._neighbourhood.of(code)
        return self._last_near[1]

    def derived(self, code: str) -> Fields:
        """Return what follows of an error, as errors.json has it; that of the last one is kept."""
        if self._last_derived is None or self._last_derived[0] != code:
            link = docs_url(self.name, self.api, code) or ""
            self._last_derived = code, derived(self.name, self.api, code, link)
        return self._last_derived[1]

    def parts(self, code: str) -> Sequence[str]:
        """Return the keys of ``HEADINGS`` that the page of ``code`` has; a gone code has none.

        Those of the last one are kept.
        """
        if self._last_parts is None or self._last_parts[0] != code:
            self._last_parts = code, [part for part, content in self._filled(code) if content]
        return self._last_parts[1]

    def gone(self, code: str) -> Gone | None:
        """Return what there is to say of a code that is no longer sent; None of a present one."""
        if code in self.api.errors:
            return None
        retired = self.api.retired.get(code)
        present = self.former.get(code)
        if retired is None:
            return Gone("renamed", present) if present else None
        return Gone(
            "renamed" if present else "retired",
            present or retired.replaced_by,
            retired.removed,
            retired.reason,
            retired.status,
            retired.meaning,
        )

    def _filled(self, code: str) -> Iterator[tuple[str, object]]:
        error = self.api.errors.get(code)
        if error is None:
            return
        near = self.near(code)
        yield "example", self.derived(code).get("example")
        yield "causes", error.causes
        yield "fix", error.fix
        yield "actions", error.actions
        yield "details", error.details
        yield "code", self.derived(code)["snippets"]
        yield "operations", error.operations
        yield "troubleshooting", self.symptoms(code)
        yield "related", near.same_status or near.same_group


@dataclass(frozen=True)
class Gone:
    """A code that is no longer sent: retired, or the former name of an error."""

    kind: Literal["retired", "renamed"]
    replaced_by: str | None = None
    """The code that took its place, or that it is called by now."""
    removed: str | None = None
    reason: str = ""
    status: tuple[int, ...] = ()
    meaning: str = ""
