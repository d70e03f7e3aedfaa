"""Catalog -> files. Each output is a pure function, and says what it cannot express."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from errorbook.catalog import Catalog
from errorbook.outputs.languages import LANGUAGES
from errorbook.problems import CatalogPath, Finding, suggest

Files = Mapping[str, str]
"""Text of each file, by its path below the target folder, with forward slashes."""


class _Renderer(Protocol):
    """What the module of an output has."""

    SUMMARY: str

    def render(self, catalog: Catalog) -> Files:
        """Return every file of ``catalog``; a pure function."""


@dataclass(frozen=True)
class Output:
    """One thing that Errorbook generates: its name in errorbook.yaml, and the module that does it.

    The module is imported when it is needed: who looks up one error should not wait for all.
    """

    name: str
    module: str
    """Its name below this package; that of the site begins with a dot."""

    @property
    def summary(self) -> str:
        """What its files are."""
        return self._renderer.SUMMARY

    def render(self, catalog: Catalog) -> Files:
        """Return every file of ``catalog``."""
        return self._renderer.render(catalog)

    @property
    def _renderer(self) -> _Renderer:
        return cast("_Renderer", import_module(f".{self.module}", __name__))


OUTPUTS: Final[Mapping[str, Output]] = {
    output.name: output
    for output in (
        *(Output(name, name) for name in LANGUAGES),
        Output("catalog", "errors_json"),
        Output("catalog-schema", "errors_json_schema"),
        Output("error-pages", "error_pages"),
        Output("llms", "llms"),
        Output("openapi", "openapi"),
        Output("body-schema", "body_schema"),
        Output("problem-types", "problem_types"),
        Output("schema", "schema"),
        Output("reference", "reference"),
        Output("report-schemas", "report_schemas"),
        Output("vectors", "vectors"),
        Output("pages", ".site.pages"),
    )
}


def problems(catalog: Catalog, wanted: Collection[tuple[str, str]] = ()) -> Iterator[Finding]:
    """Yield what is wrong with the names that ``catalog`` gives to its SDKs.

    A name that one language will not have is none where nobody asks for that language: neither
    the API, nor ``wanted``, the outputs of a project, each with an API that it is for.
    """
    for path, languages in _sdk_entries(catalog):
        for language in languages:
            if language not in LANGUAGES:
                message = f"no output is called {language!r}"
                hint = suggest(language, LANGUAGES)
                yield Finding("unknown-language", (*path, language), message, hint, at_key=True)
    for name, known in LANGUAGES.items():
        told = {
            key: api
            for key, api in catalog.apis.items()
            if (name, key) in wanted or known.is_told(api)
        }
        yield from known.problems(Catalog(apis=told))


def _sdk_entries(catalog: Catalog) -> Iterator[tuple[CatalogPath, Mapping[str, object]]]:
    for name, api in catalog.apis.items():
        yield ("apis", name, "sdk"), api.sdk
        for code, error in api.errors.items():
            yield ("apis", name, "errors", code, "sdk"), error.sdk
