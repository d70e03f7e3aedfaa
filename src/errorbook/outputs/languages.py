"""The languages of SDKs: what each calls things, and how its code catches an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.outputs import python, shell, typescript
from errorbook.problems import Finding

Snippet = tuple[str, str, str]
"""Title, language for highlighting, text."""


@dataclass(frozen=True)
class Language:
    """One language; its name is that of its output, and its key below ``sdk`` in errors.yaml.

    Most functions take an API's id and the API, some also a code.
    """

    name: str
    title: str
    file: str
    """What the module of each API is called."""
    module: Callable[[str, Api], str]
    base: Callable[[str, Api], str]
    exception: Callable[[str, Api, str], str]
    attribute: Callable[[Error, str], str | None]
    """What a detail of an error is called; None where an exception has no attribute for it."""
    snippet: Callable[[str, Api, str], str | None]
    problems: Callable[[Catalog], Iterator[Finding]]
    """What of the names of a catalog the language cannot express."""
    is_told: Callable[[Api], bool] = lambda _: True
    """Whether docs, lists and vectors of an API tell of it; of others, they stay as they are."""


LANGUAGES: Final[Mapping[str, Language]] = {
    language.name: language
    for language in (
        Language(
            name="python",
            title="Python",
            file="errors.py",
            module=python.module_name,
            base=python.base_class,
            exception=python.raised_class,
            attribute=python.attribute,
            snippet=python.except_snippet,
            problems=python.problems,
        ),
        Language(
            name="typescript",
            title="TypeScript",
            file="errors.ts",
            module=typescript.module_name,
            base=typescript.base_class,
            exception=typescript.raised_class,
            attribute=typescript.attribute,
            snippet=typescript.catch_snippet,
            problems=typescript.problems,
            is_told=typescript.is_told,
        ),
    )
}


def languages_of(api: Api) -> list[Language]:
    """Return the languages that are told of in what is said of ``api``."""
    return [language for language in LANGUAGES.values() if language.is_told(api)]


def snippets(name: str, api: Api, code: str) -> list[Snippet]:
    """Return the pieces of code to copy for ``code``: the request, each language, the exit."""
    return list(_snippets(name, api, code))


def _snippets(name: str, api: Api, code: str) -> Iterator[Snippet]:
    request = shell.curl_line(name, api, code)
    if request is not None:
        yield "curl", "sh", request
    for language in languages_of(api):
        handler = language.snippet(name, api, code)
        if handler is not None:
            yield language.title, language.name, handler
    ending = shell.exit_snippet(api, code)
    if ending is not None:
        yield "Exit code", "sh", ending
