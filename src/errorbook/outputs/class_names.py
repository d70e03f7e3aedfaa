"""What things are called in any language with classes: errors.yaml is asked first, then the code.

A language binds these to what it says of itself, and adds what only it knows: how modules are
imported, what members are called, and which parent comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from errorbook.catalog import NO_EXCEPTION, Api, Detail, Error
from errorbook.catalog.statuses import family

WAIT_DETAIL: Final = "retry_after"
"""The detail that every exception has a member for, where the catalog says that it is the wait."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_BETWEEN_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_REMEMBERED: Final = 65_536
"""Names of this many codes are derived once: who checks or compares asks for each many times."""
_SUFFIXES: Final = ("Error", "Exception")


def _nothing(_: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class ClassNames:
    """The names that follow from a catalog for one language."""

    language: str
    builtin_names: frozenset[str]
    """What the language has already: nothing of a module may hide it."""
    hyphen: str = "-"
    """What stands in the name of a package for a hyphen of the API's id."""
    beside_base: Callable[[str], Mapping[str, str]] = _nothing
    """What a module defines besides a base class of the name given, each with what it is."""

    def package(self, name: str, api: Api) -> str:
        """Return the package, or the folder, that the module of ``api`` belongs to."""
        chosen = api.sdk.get(self.language)
        return chosen.package if chosen and chosen.package else name.replace("-", self.hyphen)

    def has_exceptions(self, api: Api) -> bool:
        """Tell whether anything is raised for errors of ``api``, unless it says that nothing is."""
        return self.chosen_base(api) != NO_EXCEPTION

    def chosen_base(self, api: Api) -> str | None:
        """Return what errors.yaml says of the base class."""
        chosen = api.sdk.get(self.language)
        return chosen.base if chosen else None

    def sdk_base(self, api: Api) -> tuple[str, str] | None:
        """Return module and name of the SDK's class that the base class comes below, if any."""
        module, colon, name = (self.chosen_base(api) or "").rpartition(":")
        return (module, name) if colon else None

    def base_class(self, name: str, api: Api) -> str:
        """Return the name of the generated base class of all exceptions of ``api``.

        Below a class that the SDK has already it is named after the API; where both would have one
        name, ``AcmeError`` gets an ``AcmeApiError`` below it. "" where nothing is raised.
        """
        if not self.has_exceptions(api):
            return ""
        theirs = self.sdk_base(api)
        if theirs is None:
            return self.chosen_base(api) or derive_class(name)
        derived = derive_class(name)
        return derived if derived != theirs[1] else f"{derived.removesuffix('Error')}ApiError"

    def own_class(self, code: str, error: Error) -> str | None:
        """Return the class that ``code`` has to itself; None where the base class is raised."""
        chosen = error.sdk.get(self.language)
        if chosen is None or chosen.exception is None:
            return derive_class(code)
        return None if chosen.exception == NO_EXCEPTION else chosen.exception

    def raised_class(self, name: str, api: Api, code: str) -> str:
        """Return the class that is raised for ``code``: its own, else of its status, else the base.

        "" where nothing is raised.
        """
        if not self.has_exceptions(api):
            return ""
        error = api.errors[code]
        return (
            self.own_class(code, error)
            or next(iter(self.status_parents(api, error)), "")
            or self.base_class(name, api)
        )

    def parents(self, api: Api) -> dict[str, str]:
        """Return the classes between base class and errors: names by group, status and family."""
        chosen = api.sdk.get(self.language)
        return dict(chosen.parents) if chosen else {}

    def group_parents(self, api: Api, error: Error) -> list[str]:
        """Return the class for the group of ``error``, if there is one."""
        known = self.parents(api)
        return [known[error.group]] if error.group in known else []

    def status_parents(self, api: Api, error: Error) -> list[str]:
        """Return the class for the status of ``error``, else for the family, if there is one.

        It counts where all statuses of the error are of it.
        """
        known = self.parents(api)
        return [known[one] for one in selectors(error.status) if one in known][:1] if known else []

    def classes(self, api: Api) -> list[tuple[str, str]]:
        """Return the classes that codes have to themselves, by name, each with its code."""
        owned = ((self.own_class(code, error), code) for code, error in api.errors.items())
        return sorted({own: code for own, code in owned if own}.items())

    def parents_above(self, name: str, api: Api) -> Iterator[tuple[str, str, str]]:
        """Yield selector and name of each parent, behind the class that it comes below, and that.

        A status comes below its family; families and groups come below the base class.
        """
        known, base = self.parents(api), self.base_class(name, api)
        for selector, cls in sorted(known.items(), key=lambda item: ("x" not in item[0], item[0])):
            above = known.get(family(int(selector)), base) if selector.isdecimal() else base
            yield selector, cls, above

    def aliases(self, name: str, api: Api) -> dict[str, str]:
        """Return the class names that there were before, each with the one it has now.

        They are those the catalog lists, and those that followed from the codes an error had,
        unless something else has that name by now.
        """
        listed = self.api_aliases(api)
        derived: dict[str, str] = {}
        base = self.base_class(name, api)
        taken = {base, *self.beside_base(base), *self.parents(api).values()}
        taken.update((self.sdk_base(api) or ())[1:])
        for code, error in sorted(api.errors.items()):
            own, chosen = self.own_class(code, error), error.sdk.get(self.language)
            if own is None:
                continue
            taken.add(own)
            for alias in chosen.aliases if chosen else ():
                listed.setdefault(alias, own)
            for old, _ in self.former_classes(error):
                derived.setdefault(old, own)
        return {**{old: derived[old] for old in derived if old not in taken}, **listed}

    def former_classes(self, error: Error) -> Iterator[tuple[str, str]]:
        """Yield the classes that followed from the codes ``error`` had, each with that code."""
        for retired in filter(derives, error.renamed_from):
            name = derive_class(retired)
            if name not in self.builtin_names:
                yield name, retired

    def api_aliases(self, api: Api) -> dict[str, str]:
        """Return the names base class and parents had before, each with the present one."""
        chosen = api.sdk.get(self.language)
        return dict(chosen.aliases) if chosen else {}

    def constant(self, code: str, error: Error) -> str | None:
        """Return the constant of ``Code`` that holds ``code``; None where no name follows from it.

        ``rate-limited`` and ``rateLimited`` give ``RATE_LIMITED``, ``42P01`` gives ``CODE_42P01``.
        """
        chosen = error.sdk.get(self.language)
        if chosen is not None and chosen.constant is not None:
            return chosen.constant
        return _derive_constant(code)

    def constants(self, api: Api) -> list[tuple[str, str]]:
        """Return the constants by name, each with the code that it holds."""
        named = ((self.constant(code, error), code) for code, error in api.errors.items())
        return sorted((name, code) for name, code in named if name is not None)


@lru_cache(maxsize=_REMEMBERED)
def derive_class(code: str) -> str:
    """Return the class name that follows from ``code``.

    ``rate_limited`` gives ``RateLimitedError``, ``INTERNAL_ERROR`` gives ``InternalError`` and
    ``42P01``, which no name may begin with, ``Error42P01``.
    """
    words = [
        word.capitalize() if word.isupper() and word[0].isalpha() else word[0].upper() + word[1:]
        for word in _WORD.findall(code)
    ]
    name = "".join(words)
    if name[:1].isdigit():
        return f"Error{name}"
    return name if name.endswith(_SUFFIXES) else f"{name}Error"


@lru_cache(maxsize=_REMEMBERED)
def _derive_constant(code: str) -> str | None:
    if not derives(code):
        return None
    words = [_BETWEEN_WORDS.sub("_", word) for word in _WORD.findall(code)]
    name = "_".join(words).upper()
    return f"CODE_{name}" if name[:1].isdigit() else name


def derives(code: str) -> bool:
    """Tell whether names follow from ``code``: not from letters of which two may look the same."""
    return code.isascii() and _WORD.search(code) is not None


def selectors(statuses: tuple[int, ...]) -> Iterator[str]:
    """Yield the status and the family that all of ``statuses`` are of, the narrower first."""
    if len(set(statuses)) == 1:
        yield str(statuses[0])
    if len(set(map(family, statuses))) == 1:
        yield family(statuses[0])


def attributes(error: Error) -> Iterator[tuple[str, Detail]]:
    """Yield the details of ``error`` that its exception keeps, as it has them.

    What is ``retry_after`` in the catalog is a number there, whatever number it is in the body.
    """
    for name, detail in error.details.items():
        if is_retry_after(error, name):
            yield name, detail.model_copy(update={"type": "number"})
        elif not detail.sensitive:
            yield name, detail


def is_retry_after(error: Error, detail: str) -> bool:
    """Tell whether ``detail`` is the waiting time that every exception has a member for."""
    return detail == WAIT_DETAIL and detail in error.retry.after
