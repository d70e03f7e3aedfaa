"""The two sides of a comparison: one API before and after, and which errors are the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Api, Error
from errorbook.contract.changes import Who
from errorbook.contract.renames import Renames, find_renames
from errorbook.contract.versions import is_bumped
from errorbook.outputs.language import Language
from errorbook.outputs.languages import languages_of
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
    whole: Callable[[], str] | None = None
    """Gives all that it is about, where ``before`` and ``after`` show a part of it."""
    languages: tuple[str, ...] | None = None
    """Those in which it breaks users of an SDK, where that is not all of the API."""


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
    """One API before and after.

    ``off`` are the rules that are switched off. They claim nothing: what they would have told as
    one change is told as what it is made of.
    """

    name: str
    before: Api
    after: Api
    audience: Audience = "public"
    off: Collection[str] = ()
    known_renames: Renames | None = None
    """Which codes became which, where that is known."""

    def at(self, *steps: str | int) -> CatalogPath:
        """Return the path of something within the API."""
        return ("apis", self.name, *steps)

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the API told of: there may be users of their SDKs."""
        return self._told(self.before)

    @cached_property
    def languages_now(self) -> tuple[Language, ...]:
        """The languages that the API tells of."""
        return self._told(self.after)

    @cached_property
    def kept_languages(self) -> tuple[Language, ...]:
        """Those that it told of and still does: what became of the others is told at once."""
        now = {language.NAME for language in self.languages_now}
        return tuple(language for language in self.languages if language.NAME in now)

    def _told(self, api: Api) -> tuple[Language, ...]:
        """Return the languages with a module: with ``base: none`` there is nothing to use."""
        return tuple(one for one in languages_of(api) if one.module_name(self.name, api))

    @cached_property
    def is_bound(self) -> bool:
        """Whether promises hold: the version did not rise as far as what breaks needs."""
        before = self.before.version
        return before is None or not is_bumped(before, self.after.version)

    @property
    def has_promised_codes(self) -> bool:
        """Whether no code may come now that there was not before."""
        return self.before.contract.new_codes == "with_a_new_version" and self.is_bound

    @cached_property
    def old(self) -> Mapping[str, Error]:
        """The errors that there were for its readers."""
        return self._seen(self.before)

    @cached_property
    def new(self) -> Mapping[str, Error]:
        """The errors that there are for its readers."""
        return self._seen(self.after)

    @cached_property
    def renames(self) -> Renames:
        """Which codes became which."""
        if self.known_renames is not None:
            return self.known_renames
        names = [language.NAME for language in self.kept_languages]
        return find_renames(self.old, self.new, names).without(self.off)

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

    def without(self, codes: Collection[str]) -> Pair:
        """Return the API as if the errors of ``codes`` had stayed as they were."""
        errors = {
            code: self.before.errors[code] if code in codes else error
            for code, error in self.after.errors.items()
        }
        after = self.after.model_copy(update={"errors": errors})
        return replace(self, after=after, known_renames=self.renames)

    def _seen(self, api: Api) -> Mapping[str, Error]:
        if self.audience == "internal":
            return api.errors
        return {code: one for code, one in api.errors.items() if one.visibility == "public"}


def exemption(*errors: Error) -> str:
    """Return the case of a change that nobody had a promise against, of each of ``errors``."""
    if not all(one.stability == "experimental" or one.visibility == "internal" for one in errors):
        return ""
    is_internal = all(one.visibility == "internal" for one in errors)
    return "internal" if is_internal else "experimental"
