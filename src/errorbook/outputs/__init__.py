"""Catalog -> files. Each output is a pure function, and says what it cannot express."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Catalog
from errorbook.outputs import errors_json, python, reference, schema, vectors
from errorbook.outputs.languages import LANGUAGES
from errorbook.outputs.python import files
from errorbook.problems import CatalogPath, Finding, suggest

Files = Mapping[str, str]
"""Text of each file, by its path below the target folder, with forward slashes."""


@dataclass(frozen=True)
class Output:
    """One thing that Errorbook generates: its name in errorbook.yaml and two pure functions."""

    name: str
    summary: str
    render: Callable[[Catalog], Files]
    problems: Callable[[Catalog], Iterator[Finding]] = lambda _: iter(())


OUTPUTS: Final[Mapping[str, Output]] = {
    output.name: output
    for output in (
        Output("python", files.SUMMARY, files.render, python.problems),
        Output("catalog", errors_json.SUMMARY, errors_json.render),
        Output("schema", schema.SUMMARY, schema.render),
        Output("reference", reference.SUMMARY, reference.render),
        Output("vectors", vectors.SUMMARY, vectors.render),
    )
}


def problems(catalog: Catalog) -> Iterator[Finding]:
    """Yield what is wrong with the names that ``catalog`` gives to its SDKs."""
    for path, languages in _sdk_entries(catalog):
        for language in languages:
            if language not in LANGUAGES:
                message = f"no output is called {language!r}"
                hint = suggest(language, LANGUAGES)
                yield Finding("unknown-language", (*path, language), message, hint, at_key=True)
    for name in LANGUAGES:
        yield from OUTPUTS[name].problems(catalog)


def _sdk_entries(catalog: Catalog) -> Iterator[tuple[CatalogPath, Mapping[str, object]]]:
    for name, api in catalog.apis.items():
        yield ("apis", name, "sdk"), api.sdk
        for code, error in api.errors.items():
            yield ("apis", name, "errors", code, "sdk"), error.sdk
