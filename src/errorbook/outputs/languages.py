"""The languages of SDKs, and the pieces of code to copy for an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from errorbook.catalog import Api
from errorbook.outputs import python, shell, typescript
from errorbook.outputs.language import Language

Snippet = tuple[str, str, str]
"""Title, language for highlighting, text."""

# By its type mypy holds each of them against the protocol: a loop over packages would not.
_LANGUAGES: Final[tuple[Language, ...]] = (python, typescript)
LANGUAGES: Final[Mapping[str, Language]] = {language.NAME: language for language in _LANGUAGES}
"""By name, in the order that docs show them in."""


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
        handler = language.catch_snippet(name, api, code)
        if handler is not None:
            yield language.TITLE, language.NAME, handler
    ending = shell.exit_snippet(api, code)
    if ending is not None:
        yield "Exit code", "sh", ending
