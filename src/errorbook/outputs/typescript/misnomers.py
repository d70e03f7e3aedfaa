"""Which names TypeScript will not have, with the place in errors.yaml and what to do about it.

The rules are those of Python's names; what is refused differs: ``TypeError`` is one of both, but
``RangeError`` is JavaScript's alone, and a package may have a scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.statuses import family
from errorbook.outputs.typescript.global_names import GLOBAL_NAMES, WORDS
from errorbook.outputs.typescript.naming import (
    LANGUAGE,
    api_aliases,
    attribute,
    base_class,
    chosen_base,
    constant,
    derives,
    former_classes,
    has_exceptions,
    is_identifier,
    own_class,
    package,
    parents,
    sdk_base,
    selectors,
)
from errorbook.problems import CatalogPath, Finding, quoted, suggest

RESERVED_NAMES: Final = frozenset(
    {
        "Action",
        "ActionWord",
        "CLASSES",
        "Chosen",
        "Code",
        "DEEPEST",
        "Details",
        "EPOCH",
        "EXIT_CODES",
        "ErrorClass",
        "ErrorData",
        "ErrorInit",
        "ErrorOf",
        "Example",
        "ExitCode",
        "FACTS",
        "FIRST_MOMENT",
        "Facts",
        "Fits",
        "Found",
        "HeaderMap",
        "HeadersLike",
        "KnownCode",
        "LAST_MOMENT",
        "LONGEST",
        "LONGEST_BODY",
        "LONGEST_KEPT",
        "MOST_DIGITS",
        "MOST_LEVELS",
        "Made",
        "Read",
        "Own",
        "ResponseLike",
        "SHARED",
        "Shown",
        "UNKNOWN",
        "UnknownCode",
        "Wait",
        "Written",
    }
)
"""Names with a capital that a generated module uses itself; its functions begin with none."""
_SEGMENT: Final = re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9_.-]*")
_CHOOSE: Final = "choose another with 'sdk: {{typescript: {{{}: …}}}}'{}"
_CHOOSE_CLASS: Final = _CHOOSE.format("exception", "")
_CHOOSE_CONSTANT: Final = _CHOOSE.format("constant", "")
_CHOOSE_BASE: Final = _CHOOSE.format("base", " of the API")
_CHOOSE_PACKAGE: Final = _CHOOSE.format("package", " of the API")
_CHOOSE_OTHER: Final = "choose another name"
_ONE_STATUS: Final = (
    "say 'sdk: {typescript: {exception: none}}' to make it by its status, "
    "or keep statuses of one kind"
)


def problems(catalog: Catalog) -> Iterator[Finding]:
    """Yield what TypeScript cannot express of ``catalog``."""
    apis = {name: api for name, api in catalog.apis.items() if has_exceptions(api)}
    packages: dict[str, str] = {}
    for name, api in apis.items():
        yield from _check_package(name, api, packages)
        yield from _Names(name, api).problems()


@dataclass(frozen=True)
class _At:
    """Where a name comes from: a field below ``sdk`` if it was chosen, else the key above."""

    path: CatalogPath
    field: str | None
    hint: str

    def finding(self, rule: str, message: str) -> Finding:
        if self.field is None:
            return Finding(rule, self.path, message, self.hint, at_key=True)
        return Finding(rule, (*self.path, "sdk", LANGUAGE, self.field), message, self.hint)


def _check_package(name: str, api: Api, taken: dict[str, str]) -> Iterator[Finding]:
    chosen = api.sdk.get(LANGUAGE)
    at = _At(("apis", name), "package" if chosen and chosen.package else None, _CHOOSE_PACKAGE)
    found = package(name, api)
    if not all(map(_SEGMENT.fullmatch, found.split("/"))):
        yield at.finding("bad-package-name", f"{quoted(found)} cannot be imported")
    other = taken.setdefault(found.casefold(), name)
    if other != name:
        message = f"{quoted(name)} and {quoted(other)} would both be the package {found}"
        yield at.finding("package-name-clash", message)


class _Names:
    """The names of one module, which are taken one after another."""

    def __init__(self, name: str, api: Api) -> None:
        self._api = api
        self._path: CatalogPath = ("apis", name)
        self._base = base_class(name, api)
        self._taken = {
            self._base: "the base class",
            f"{self._base}s": "the type of all errors",
            f"Known{self._base}s": "the type of known errors",
            f"Unknown{self._base}": "the type of unknown errors",
        }

    def problems(self) -> Iterator[Finding]:
        yield from self._check_base()
        yield from self._check_parents()
        for code, error in self._api.errors.items():
            yield from self._check_class(code, error)
            yield from _check_details((*self._path, "errors", code), error)
        yield from self._check_aliases()
        yield from self._check_takeovers()
        yield from self._check_constants()
        yield from self._check_statuses()

    def _check_base(self) -> Iterator[Finding]:
        theirs = sdk_base(self._api)
        at = _At(self._path, "base" if chosen_base(self._api) else None, _CHOOSE_BASE)
        if theirs and not (theirs[0] and is_identifier(theirs[1])):
            message = f"{quoted(':'.join(theirs))} names no class of a module"
            yield at.finding("bad-base-class", message)
        elif theirs:
            self._taken[theirs[1]] = "the class of the SDK above it"
        for name in (self._base, *(theirs or ())[1:]):
            yield from (at.finding(*said) for said in _misnomers(name))

    def _check_parents(self) -> Iterator[Finding]:
        families = {family(status) for status in range(100, 600, 100)}
        for selector, name in parents(self._api).items():
            here: CatalogPath = (*self._path, "sdk", LANGUAGE, "parents", selector)
            is_status = selector.isdecimal() and family(int(selector)) in families
            if not (selector in self._api.groups or selector in families or is_status):
                message = f"{quoted(selector)} is no group of the API, no status and no family"
                hint = suggest(selector, [*self._api.groups, *families])
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
        for rule, message in _misnomers(name):
            yield Finding(rule, path, message, _CHOOSE_OTHER, at_key=at_key)

    def _class_at(self, code: str, error: Error) -> _At:
        chosen = error.sdk.get(LANGUAGE)
        is_chosen = chosen is not None and chosen.exception is not None
        path: CatalogPath = (*self._path, "errors", code)
        return _At(path, "exception" if is_chosen else None, _CHOOSE_CLASS)

    def _check_class(self, code: str, error: Error) -> Iterator[Finding]:
        name = own_class(code, error)
        if name is None:
            return
        at = self._class_at(code, error)
        if name in self._taken:
            message = f"{quoted(code)} and {self._taken[name]} would both be the class {name}"
            yield at.finding("class-name-clash", message)
        self._taken.setdefault(name, quoted(code))
        if at.field is None and not derives(code):
            message = f"no class name follows from the code {quoted(code)}"
            yield at.finding("bad-class-name", message)
        else:
            yield from (at.finding(*said) for said in _misnomers(name))

    def _check_aliases(self) -> Iterator[Finding]:
        for code, error in self._api.errors.items():
            chosen = error.sdk.get(LANGUAGE)
            for index, alias in enumerate(chosen.aliases if chosen else ()):
                here: CatalogPath = (
                    *(*self._path, "errors", code, "sdk", LANGUAGE, "aliases"),
                    index,
                )
                if own_class(code, error) is None:
                    message = f"{quoted(code)} has no class that {alias} could stand for"
                    yield Finding("alias-without-class", here, message, "remove the alias")
                else:
                    yield from self._take(here, alias, f"an alias of {quoted(code)}")
        present = [self._base, *parents(self._api).values()]
        for old, new in api_aliases(self._api).items():
            here = (*self._path, "sdk", LANGUAGE, "aliases", old)
            yield from self._take(here, old, f"an alias of {quoted(new)}", at_key=True)
            if new not in present:
                message = f"{quoted(new)} is neither the base class nor a parent"
                yield Finding("alias-without-class", here, message, suggest(new, present))

    def _check_takeovers(self) -> Iterator[Finding]:
        """Refuse names that a renamed class had: what catches one would catch something else."""
        former: dict[str, tuple[str, str]] = {}
        for code, error in self._api.errors.items():
            if own_class(code, error) is not None:
                for old, retired in former_classes(error):
                    former.setdefault(old, (code, f"{quoted(code)} while it was {quoted(retired)}"))
        for code, error in self._api.errors.items():
            own = own_class(code, error)
            if own in former and former[own][0] != code:
                message = f"{own} was the class of {former[own][1]}: another would be caught by it"
                yield self._class_at(code, error).finding("class-name-taken-over", message)

    def _check_constants(self) -> Iterator[Finding]:
        taken: dict[str, str] = {}
        errors = self._api.errors
        for code, error in errors.items():
            chosen = error.sdk.get(LANGUAGE)
            field = "constant" if chosen and chosen.constant is not None else None
            at = _At((*self._path, "errors", code), field, _CHOOSE_CONSTANT)
            name = constant(code, error)
            if name is None:
                continue
            if not is_identifier(name) or name.startswith("_"):
                yield at.finding("bad-constant-name", f"{quoted(name)} cannot be a constant")
            other = taken.setdefault(name, code)
            is_said = own_class(code, error) == own_class(other, errors[other]) is not None
            if other != code and not is_said:
                message = f"{quoted(code)} and {quoted(other)} would both be the constant {name}"
                yield at.finding("constant-name-clash", message)

    def _check_statuses(self) -> Iterator[Finding]:
        """Find classes that some of their statuses have a parent for, and others have not."""
        known = parents(self._api)
        for code, error in self._api.errors.items():
            shared = {known[one] for one in selectors(error.status) if one in known}
            of_each = [known.get(one) for status in error.status for one in selectors((status,))]
            left = [name for name in dict.fromkeys(of_each) if name and name not in shared]
            if left and own_class(code, error) is not None:
                at = _At((*self._path, "errors", code), None, _ONE_STATUS)
                message = (
                    f"{quoted(code)} would be no {left[0]}, though it comes with such a status"
                )
                yield at.finding("parent-of-some-statuses", message)


def _misnomers(name: str) -> Iterator[tuple[str, str]]:
    """Yield the rule and the message for what speaks against a class called ``name``."""
    if not is_identifier(name) or name in WORDS:
        yield "bad-class-name", f"{quoted(name)} cannot be a class name of TypeScript"
    elif name in GLOBAL_NAMES:
        yield "builtin-class-name", f"the class {name} would hide JavaScript's own"
    elif name in RESERVED_NAMES or not name[0].isupper():
        yield "reserved-class-name", f"the module itself uses names such as {quoted(name)}"


def _check_details(path: CatalogPath, error: Error) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for detail in error.details:
        name = attribute(error, detail)
        if name is None:
            continue
        other = taken.setdefault(name, detail)
        if other != detail:
            message = f"{quoted(detail)} and {quoted(other)} would both be the member {name}"
            at: CatalogPath = (*path, "details", detail)
            yield Finding("attribute-name-clash", at, message, "remove one of them", at_key=True)
