"""The two sides of a comparison: one API before and after, and which errors are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from errorbook.catalog.models import Api, Error
from errorbook.contract.changes import Who
from errorbook.contract.renames import Renames, find_renames
from errorbook.problems import CatalogPath


@dataclass(frozen=True)
class Draft:
    """A change whose severity nobody has decided yet: its rule, and the case that it is."""

    rule: str
    path: CatalogPath
    subject: str = ""
    before: str = ""
    after: str = ""
    case: str = ""
    who: tuple[Who, ...] | None = None
    """Whom it breaks, where that is not what its kind says."""


@dataclass(frozen=True)
class ErrorPair:
    """One error before and after. ``code`` is the one it has now."""

    api: Pair
    former_code: str
    code: str
    before: Error
    after: Error

    def at(self, *steps: str | int) -> CatalogPath:
        """Return the path of something within the error, as it is now."""
        return self.api.at("errors", self.code, *steps)

    @property
    def same_status(self) -> bool:
        """Whether it comes with the statuses that it came with."""
        return set(self.before.status) == set(self.after.status)


@dataclass(frozen=True)
class Pair:
    """One API before and after."""

    name: str
    before: Api
    after: Api

    def at(self, *steps: str | int) -> CatalogPath:
        """Return the path of something within the API."""
        return ("apis", self.name, *steps)

    @property
    def same_version(self) -> bool:
        """Whether both sides are one version of the API."""
        return self.before.version == self.after.version

    @cached_property
    def old(self) -> Mapping[str, Error]:
        """The errors that there were for everybody."""
        return _public(self.before)

    @cached_property
    def new(self) -> Mapping[str, Error]:
        """The errors that there are for everybody."""
        return _public(self.after)

    @cached_property
    def renames(self) -> Renames:
        """Which codes became which."""
        return find_renames(self.old, self.new)

    @cached_property
    def kept(self) -> tuple[ErrorPair, ...]:
        """The errors that are on both sides, those renamed too, in the order they have now."""
        former = {new: old for old, new in self.renames.renamed.items()}
        pairs = ((former.get(code, code), code) for code in self.new)
        return tuple(
            ErrorPair(self, old, code, self.old[old], self.new[code])
            for old, code in pairs
            if old in self.old
        )

    @cached_property
    def changed(self) -> tuple[ErrorPair, ...]:
        """Those of ``kept`` whose entries differ."""
        return tuple(one for one in self.kept if one.before != one.after)

    def removed(self) -> Iterator[str]:
        """Yield the codes that are gone and became no other."""
        taken = self.renames.taken_from
        return (code for code in self.old if code not in self.new and code not in taken)

    def added(self) -> Iterator[str]:
        """Yield the codes that are new and were no other before."""
        taken = self.renames.taken_to
        return (code for code in self.new if code not in self.old and code not in taken)


def _public(api: Api) -> Mapping[str, Error]:
    return {code: one for code, one in api.errors.items() if one.visibility == "public"}
