"""The catalog as the decoder knows it: APIs with their errors and retired codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue

from errorbook.catalog import Api, Catalog, Detail, Envelope
from errorbook.catalog.envelope import holes
from errorbook.catalog.facts import exit_code
from errorbook.decode.names import Names, names_of
from errorbook.decode.vocabulary import Vocabulary, vocabulary_of


@dataclass(frozen=True, eq=False)
class KnownApi:
    """An API, as the decoder looks things up in it."""

    id: str
    modules: tuple[str, ...]
    """Those of its exceptions, a language each."""
    bases: frozenset[str]
    """Their base classes. What is called the same in two languages is one word."""
    parents: frozenset[str]
    """Other classes that codes without one of their own are raised as."""
    title: str
    envelopes: tuple[Envelope, ...]
    entries: dict[str, Entry]

    @cached_property
    def headers_only(self) -> Sequence[tuple[int, Envelope]]:
        """Envelopes whose headers hold the code, without their bodies, each with its number.

        Of a response without a body, as HEAD has it, they say all.
        """
        bare = (one.model_copy(update={"body": None}) for one in self.envelopes)
        return [(number, one) for number, one in enumerate(bare) if "code" in holes(one)]

    @cached_property
    def has_spaced_codes(self) -> bool:
        """Whether some code holds a space, so that words may be one."""
        return any(_is_spaced(code) for code in self.entries)


@dataclass(frozen=True, eq=False)
class Entry:
    """One error, or a retired code."""

    api: KnownApi
    code: str
    statuses: tuple[int, ...]
    exceptions: tuple[str, ...] = ()
    """The classes that are raised for it, each name once."""
    exit: int | None = None
    message: str = ""
    details: Mapping[str, Detail] | None = None
    after: tuple[str, ...] = ()
    is_retired: bool = False

    @property
    def ref(self) -> str:
        """The code with its API."""
        return f"{self.api.id}/{self.code}"

    def agrees(self, status: int | None) -> bool:
        """Tell whether it may come with ``status``; it may where one of them says none."""
        return not status or not self.statuses or status in self.statuses


class Known:
    """What is known of every API. Made once, for any number of texts."""

    def __init__(self, catalog: Catalog) -> None:
        self.apis = [_api(name, api, names_of(name, api)) for name, api in catalog.apis.items()]
        self.entries = [entry for api in self.apis for entry in api.entries.values()]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that name an error."""
        return vocabulary_of(self.apis, self.entries)


def _api(name: str, api: Api, sdks: Sequence[Names]) -> KnownApi:
    envelopes = tuple(one.model_copy(update={"body": _as_read(one.body)}) for one in api.envelopes)
    modules = tuple(dict.fromkeys(one.module for one in sdks))
    bases = frozenset(one.base for one in sdks)
    own = {exception for one in sdks for exception in one.exceptions.values()}
    parents = frozenset(parent for one in sdks for parent in one.parents) - bases - own
    known = KnownApi(name, modules, bases, parents, api.title, envelopes, {})
    for code, error in api.errors.items():
        known.entries[code] = Entry(
            known,
            code,
            error.status,
            tuple(dict.fromkeys(filter(None, (one.exceptions.get(code) for one in sdks)))),
            exit_code(api, code),
            error.message,
            error.details,
            error.retry.after,
        )
    for code, retired in api.retired.items():
        # A code that came back is an error again.
        known.entries.setdefault(code, Entry(known, code, retired.status, is_retired=True))
    return known


def _as_read(pattern: JsonValue) -> JsonValue:
    """Return a pattern with its numbers as they are read from a body, where 1.0 is 1."""
    if isinstance(pattern, dict):
        return {key: _as_read(value) for key, value in pattern.items()}
    if isinstance(pattern, list):
        return [_as_read(value) for value in pattern]
    return int(pattern) if isinstance(pattern, float) and pattern.is_integer() else pattern


def _is_spaced(code: str) -> bool:
    return any(sign.isspace() for sign in code)
