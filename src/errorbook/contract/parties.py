"""Whom changes break: what reports call them, the users of an SDK by the name of its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.models import Api
from errorbook.contract.changes import Who
from errorbook.outputs.languages import LANGUAGES, languages_of

_FIRST: Final = (next(iter(LANGUAGES)),)
"""The language that was there first: what is told of it alone has the words that it always had."""


@dataclass(frozen=True)
class Parties:
    """Who uses the errors of an API.

    ``languages`` are those that it told of; ``are_several`` says that a change of classes has to
    tell in which language it is one.
    """

    languages: tuple[str, ...]
    are_several: bool

    def named(self, who: Iterable[Who], languages: tuple[str, ...] | None) -> tuple[str, ...]:
        """Return whom a change breaks; in ``languages``, or in all of the API's."""
        return tuple(self._each(who, self.languages if languages is None else languages))

    def where(self, languages: tuple[str, ...] | None) -> str:
        """Return in which languages a change of classes is one, where that has to be told."""
        if not languages or not self.are_several:
            return ""
        return f" in {' and '.join(LANGUAGES[name].TITLE for name in languages)}"

    @staticmethod
    def _each(who: Iterable[Who], languages: tuple[str, ...]) -> Iterator[str]:
        for one in who:
            yield from languages if one == "sdk" else (one,)


def parties(before: Api, after: Api) -> Parties:
    """Return who uses the errors of an API."""
    known, now = ([one.NAME for one in languages_of(api)] for api in (before, after))
    return Parties(tuple(known), are_several=len({*known, *now}) > 1)


def is_first(languages: tuple[str, ...] | None) -> bool:
    """Tell whether a change is about no language but the first, or about none by itself."""
    return languages is None or languages == _FIRST


def titles(who: Iterable[str], words: Mapping[str, str]) -> str:
    """Return whom a change breaks for people; ``words`` has those who are no language."""
    return ", ".join(words[one] if one in words else LANGUAGES[one].TITLE for one in who)
