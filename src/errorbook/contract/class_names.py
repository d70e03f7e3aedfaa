"""Names of classes: which of them an API has in a language, and which went on to work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from errorbook.catalog.kept import kept_by_api
from errorbook.catalog.models import Api, Error
from errorbook.contract.pair import Pair
from errorbook.outputs.language import Language

_PLAIN: Final = Error()
"""An error that no name was chosen for."""


def still_works(pair: Pair, language: Language, name: str) -> bool:
    """Tell whether a class name that there was is still there, as a class or as an alias."""
    return name in names_of(language, pair.name, pair.after)


def has_worked(pair: Pair, language: Language, name: str) -> bool:
    """Tell whether there was a class name, as a class or as an alias."""
    return name in names_of(language, pair.name, pair.before)


def names_of(language: Language, name: str, api: Api) -> frozenset[str]:
    """Return the names of classes that work in an API."""
    return _names(api).of(language, name)


def derived_class(language: Language, code: str) -> str | None:
    """Return the class that follows from ``code`` where none is chosen."""
    return language.own_class(code, _PLAIN)


def listed_aliases(language: Language, api: Api) -> Mapping[str, str]:
    """Return the former names of base class and parents, each with the present one."""
    chosen = api.sdk.get(language.NAME)
    return chosen.aliases if chosen else {}


def classes(language: Language, name: str, api: Api) -> Iterator[str]:
    """Yield the classes of an API by the names that they have now."""
    yield from base_classes(language, name, api)
    yield from language.parents(api).values()
    yield from filter(None, (language.own_class(*one) for one in api.errors.items()))


def base_classes(language: Language, name: str, api: Api) -> list[str]:
    """Return the classes that every exception comes below."""
    theirs = language.sdk_base(api)
    return [language.base_class(name, api), *([theirs[1]] if theirs else [])]


@kept_by_api
def _names(api: Api) -> _NamesByApi:
    return _NamesByApi(api)


class _NamesByApi:
    """The names of classes that work in an API, by language and the id that it has in a catalog."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._found: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, language: Language, name: str) -> frozenset[str]:
        key = language.NAME, name
        if key not in self._found:
            found = (*language.aliases(name, self._api), *classes(language, name, self._api))
            self._found[key] = frozenset(found)
        return self._found[key]
