"""Which names a language with classes will not have, with the place in errors.yaml and a remedy.

The names of a module are taken one after another, in the same order whatever the language: what
one of them must look like, and which are in use already, is for the language to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.statuses import family
from errorbook.outputs.class_names import ClassNames, derives, selectors
from errorbook.problems import CatalogPath, Finding, quoted, suggest

Misnomers = Iterator[tuple[str, str]]
"""What speaks against a name, each time as the rule and the message."""

_STATUS: Final = re.compile(r"[1-5][0-9][0-9]")
_FAMILIES: Final = tuple(family(status) for status in range(100, 600, 100))
_CHOOSE_OTHER: Final = "choose another name"


@dataclass(frozen=True)
class Refusals:
    """What a language says of names: what they may be, and how it speaks of them."""

    names: ClassNames
    attribute: Callable[[Error, str], str | None]
    is_name: Callable[[str], bool]
    """Tells whether a constant, or a class of the SDK, may be called so."""
    is_package: Callable[[str], bool]
    is_module: Callable[[str], bool]
    """Tells whether the class that the SDK has already may be imported from there."""
    misnomers: Callable[[str], Misnomers]
    """Yields what speaks against a class of that name."""
    member: str
    """What it calls the attribute that a detail is read from."""
    make: str
    """What it does with an error: ``raise``."""

    def problems(self, catalog: Catalog) -> Iterator[Finding]:
        """Yield what the language cannot express of ``catalog``."""
        packages: dict[str, str] = {}
        for name, api in catalog.apis.items():
            if self.names.has_exceptions(api):
                yield from self._check_package(name, api, packages)
                yield from _Module(self, name, api).problems()

    def _check_package(self, name: str, api: Api, taken: dict[str, str]) -> Iterator[Finding]:
        chosen = api.sdk.get(self.names.language)
        field = "package" if chosen and chosen.package else None
        at = self.at(("apis", name), field, self.choose("package", " of the API"))
        found = self.names.package(name, api)
        if not self.is_package(found):
            yield at.finding("bad-package-name", f"{quoted(found)} cannot be imported")
        other = taken.setdefault(found.casefold(), name)
        if other != name:
            message = f"{quoted(name)} and {quoted(other)} would both be the package {found}"
            yield at.finding("package-name-clash", message)

    def choose(self, field: str, whose: str = "") -> str:
        """Return the hint that a name can be chosen, in ``field``."""
        return f"choose another with 'sdk: {{{self.names.language}: {{{field}: …}}}}'{whose}"

    def at(self, path: CatalogPath, field: str | None, hint: str) -> _At:
        """Return where a name comes from: ``field`` if it was chosen, else the key above."""
        return _At(path if field is None else self.below(path, field), field is None, hint)

    def below(self, path: CatalogPath, *keys: str | int) -> CatalogPath:
        """Return the path of what errors.yaml says of the language."""
        return (*path, "sdk", self.names.language, *keys)


@dataclass(frozen=True)
class _At:
    path: CatalogPath
    at_key: bool
    hint: str

    def finding(self, rule: str, message: str) -> Finding:
        return Finding(rule, self.path, message, self.hint, at_key=self.at_key)


class _Module:
    """The names of one module, which are taken one after another."""

    def __init__(self, refusals: Refusals, name: str, api: Api) -> None:
        self._of = refusals
        self._names = refusals.names
        self._api = api
        self._path: CatalogPath = ("apis", name)
        self._base = self._names.base_class(name, api)
        self._taken = {self._base: "the base class", **self._names.beside_base(self._base)}
        field = "base" if self._names.chosen_base(api) else None
        self._base_at = refusals.at(self._path, field, refusals.choose("base", " of the API"))
        self._choose_class = refusals.choose("exception")
        self._choose_constant = refusals.choose("constant")

    def problems(self) -> Iterator[Finding]:
        yield from self._check_base()
        yield from self._check_parents()
        for code, error in self._api.errors.items():
            yield from self._check_class(code, error)
            yield from self._check_details(code, error)
        yield from self._check_aliases()
        yield from self._check_api_aliases()
        yield from self._check_takeovers()
        yield from self._check_constants()
        yield from self._check_statuses()

    def _of_error(self, code: str) -> CatalogPath:
        return (*self._path, "errors", code)

    def _class_at(self, code: str, error: Error) -> _At:
        """Return where the class of ``code`` gets its name from."""
        chosen = error.sdk.get(self._names.language)
        field = "exception" if chosen is not None and chosen.exception is not None else None
        return self._of.at(self._of_error(code), field, self._choose_class)

    def _check_base(self) -> Iterator[Finding]:
        theirs = self._names.sdk_base(self._api)
        if theirs and not (self._of.is_module(theirs[0]) and self._of.is_name(theirs[1])):
            message = f"{quoted(':'.join(theirs))} names no class of a module"
            yield self._base_at.finding("bad-base-class", message)
        elif theirs:
            yield from (self._base_at.finding(*said) for said in self._of.misnomers(theirs[1]))
        yield from (self._base_at.finding(*said) for said in self._of.misnomers(self._base))
        if theirs:
            what = "the class of the SDK above it"
            if theirs[1] in self._taken:
                both = f"{what} and {self._taken[theirs[1]]}"
                message = f"{both} would both be the class {theirs[1]}"
                yield self._base_at.finding("class-name-clash", message)
            self._taken.setdefault(theirs[1], what)

    def _check_parents(self) -> Iterator[Finding]:
        for selector, name in self._names.parents(self._api).items():
            here = self._of.below(self._path, "parents", selector)
            known = selector in self._api.groups or selector in _FAMILIES
            if not known and not _STATUS.fullmatch(selector):
                message = f"{quoted(selector)} is no group of the API, no status and no family"
                hint = suggest(selector, [*self._api.groups, *_FAMILIES])
                yield Finding("unknown-parent", here, message, hint, at_key=True)
            yield from self._take(here, name, f"the parent for {quoted(selector)}")

    def _take(
        self, path: CatalogPath, name: str, what: str, *, at_key: bool = False
    ) -> Iterator[Finding]:
        """Check a class name that stands at ``path``, and take it."""
        if name in self._taken:
            message = f"{what} and {self._taken[name]} would both be the class {name}"
            yield Finding("class-name-clash", path, message, _CHOOSE_OTHER, at_key=at_key)
        self._taken.setdefault(name, what)
        for rule, message in self._of.misnomers(name):
            yield Finding(rule, path, message, _CHOOSE_OTHER, at_key=at_key)

    def _check_class(self, code: str, error: Error) -> Iterator[Finding]:
        name = self._names.own_class(code, error)
        if name is None:
            return
        at = self._class_at(code, error)
        if name in self._taken:
            message = f"{quoted(code)} and {self._taken[name]} would both be the class {name}"
            yield at.finding("class-name-clash", message)
        self._taken.setdefault(name, quoted(code))
        if at.at_key and not derives(code):
            # Of letters that are not ASCII, two may look the same.
            message = f"no class name follows from the code {quoted(code)}"
            yield at.finding("bad-class-name", message)
        else:
            yield from (at.finding(*said) for said in self._of.misnomers(name))

    def _check_details(self, code: str, error: Error) -> Iterator[Finding]:
        taken: dict[str, str] = {}
        for detail in error.details:
            name = self._of.attribute(error, detail)
            if name is None:
                continue
            other = taken.setdefault(name, detail)
            if other != detail:
                both = f"{quoted(detail)} and {quoted(other)} would both be"
                here: CatalogPath = (*self._of_error(code), "details", detail)
                message, hint = f"{both} the {self._of.member} {name}", "remove one of them"
                yield Finding("attribute-name-clash", here, message, hint, at_key=True)

    def _check_aliases(self) -> Iterator[Finding]:
        for code, error in self._api.errors.items():
            chosen = error.sdk.get(self._names.language)
            for index, alias in enumerate(chosen.aliases if chosen else ()):
                here = self._of.below(self._of_error(code), "aliases", index)
                if self._names.own_class(code, error) is None:
                    message = f"{quoted(code)} has no class that {alias} could stand for"
                    yield Finding("alias-without-class", here, message, "remove the alias")
                else:
                    yield from self._take(here, alias, f"an alias of {quoted(code)}")

    def _check_api_aliases(self) -> Iterator[Finding]:
        present = [self._base, *self._names.parents(self._api).values()]
        for old, new in self._names.api_aliases(self._api).items():
            here = self._of.below(self._path, "aliases", old)
            yield from self._take(here, old, f"an alias of {quoted(new)}", at_key=True)
            if new not in present:
                message = f"{quoted(new)} is neither the base class nor a parent"
                yield Finding("alias-without-class", here, message, suggest(new, present))

    def _check_takeovers(self) -> Iterator[Finding]:
        """Refuse names that a renamed class had: what catches one would catch something else."""
        former: dict[str, tuple[str, str]] = {}
        for code, error in self._api.errors.items():
            if self._names.own_class(code, error) is not None:
                for old, retired in self._names.former_classes(error):
                    former.setdefault(old, (code, f"{quoted(code)} while it was {quoted(retired)}"))
        is_chosen = self._names.chosen_base(self._api) and not self._names.sdk_base(self._api)
        if is_chosen and self._base in former:
            message = _taken_over(self._base, former)
            yield self._base_at.finding("class-name-taken-over", message)
        for selector, cls in self._names.parents(self._api).items():
            if cls in former:
                here = self._of.below(self._path, "parents", selector)
                message = _taken_over(cls, former)
                yield Finding("class-name-taken-over", here, message, _CHOOSE_OTHER)
        for code, error in self._api.errors.items():
            own = self._names.own_class(code, error)
            if own in former and former[own][0] != code:
                at = self._class_at(code, error)
                yield at.finding("class-name-taken-over", _taken_over(own, former))

    def _check_constants(self) -> Iterator[Finding]:
        taken: dict[str, str] = {}
        errors, own_class = self._api.errors, self._names.own_class
        for code, error in errors.items():
            name = self._names.constant(code, error)
            if name is None:
                continue
            chosen = error.sdk.get(self._names.language)
            field = "constant" if chosen and chosen.constant is not None else None
            at = self._of.at(self._of_error(code), field, self._choose_constant)
            if not self._of.is_name(name) or name.startswith("_"):
                yield at.finding("bad-constant-name", f"{quoted(name)} cannot be a constant")
            other = taken.setdefault(name, code)
            if other == code:
                continue
            # Of two codes with one class it is said already.
            own = own_class(code, error)
            if own is None or own != own_class(other, errors[other]):
                message = f"{quoted(code)} and {quoted(other)} would both be the constant {name}"
                yield at.finding("constant-name-clash", message)

    def _check_statuses(self) -> Iterator[Finding]:
        """Find classes that some of their statuses have a parent for, and others have not.

        Before such a code was known, that parent was made for it: what catches the parent must go
        on doing so.
        """
        known = self._names.parents(self._api)
        hint = (
            f"say 'sdk: {{{self._names.language}: {{exception: none}}}}' to {self._of.make} it by "
            "its status, or keep statuses of one kind"
        )
        for code, error in self._api.errors.items() if known else ():
            shared = {known[one] for one in selectors(error.status) if one in known}
            of_each = [known.get(one) for status in error.status for one in selectors((status,))]
            left = [name for name in dict.fromkeys(of_each) if name and name not in shared]
            if left and self._names.own_class(code, error) is not None:
                message = (
                    f"{quoted(code)} would be no {left[0]}, though it comes with such a status"
                )
                at = _At(self._of_error(code), at_key=True, hint=hint)
                yield at.finding("parent-of-some-statuses", message)


def _taken_over(name: str, former: dict[str, tuple[str, str]]) -> str:
    return f"{name} was the class of {former[name][1]}: code that catches it would catch another"
