"""Which names Python will not have, with the place in errors.yaml and what to do about it."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import Api, Catalog, Error
from errorbook.catalog.statuses import family
from errorbook.outputs.python.builtin_names import BUILTIN_NAMES
from errorbook.outputs.python.naming import (
    LANGUAGE,
    api_aliases,
    attribute,
    base_class,
    chosen_base,
    constant,
    derives,
    former_classes,
    has_exceptions,
    own_class,
    package,
    parents,
    sdk_base,
    selectors,
)
from errorbook.problems import CatalogPath, Finding, quoted, suggest

RESERVED_NAMES: Final = frozenset(
    {
        "ASCII",
        "Action",
        "ActionWord",
        "Any",
        "Callable",
        "Code",
        "EXIT_CODES",
        "ExitCode",
        "FACTS",
        "Facts",
        "Final",
        "IntEnum",
        "Iterable",
        "Iterator",
        "JSONDecoder",
        "KnownCode",
        "Literal",
        "Mapping",
        "NamedTuple",
        "Protocol",
        "Sequence",
        "TYPE_CHECKING",
        "TypeAlias",
        "TypeGuard",
        "TypeVar",
        "TypedDict",
        "annotations",
        "cache",
        "cast",
        "datetime",
        "escape",
        "from_response",
        "loads",
        "lru_cache",
        "match",
        "sub",
        "time",
        "timedelta",
        "timezone",
        "warn",
    }
)
"""Names that a generated module uses itself."""
_ONE_STATUS: Final = (
    "say 'sdk: {python: {exception: none}}' to raise it by its status, or keep statuses of one kind"
)
_CHOOSE_CLASS: Final = "choose another with 'sdk: {python: {exception: …}}'"
_CHOOSE_CONSTANT: Final = "choose another with 'sdk: {python: {constant: …}}'"
_CHOOSE_BASE: Final = "choose another with 'sdk: {python: {base: …}}' of the API"
_CHOOSE_PACKAGE: Final = "choose another with 'sdk: {python: {package: …}}' of the API"


def problems(catalog: Catalog) -> Iterator[Finding]:
    """Yield what Python cannot express of ``catalog``."""
    apis = {name: api for name, api in catalog.apis.items() if has_exceptions(api)}
    yield from _check_packages(apis)
    for name, api in apis.items():
        path: CatalogPath = ("apis", name)
        base = base_class(name, api)
        at = _At(path, "base" if chosen_base(api) else None, _CHOOSE_BASE)
        theirs = sdk_base(api)
        if theirs and not all(map(_is_name, (*theirs[0].split("."), theirs[1]))):
            message = f"{quoted(':'.join(theirs))} names no class of a module"
            yield at.finding("bad-base-class", message)
        elif theirs:
            yield from _check_class(at, theirs[1])
        yield from _check_class(at, base)
        taken = {base: "the base class"}
        if theirs:
            taken[theirs[1]] = "the class of the SDK above it"
        yield from _check_parents(path, api, taken)
        yield from _check_errors(path, api, taken)
        yield from _check_aliases(path, api, taken)
        yield from _check_api_aliases(path, api, base, taken)
        yield from _check_takeovers(path, name, api)
        yield from _check_constants(path, api)
        yield from _check_statuses(path, api)


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


def _check_packages(apis: Mapping[str, Api]) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for name, api in apis.items():
        chosen = api.sdk.get(LANGUAGE)
        of_api: CatalogPath = ("apis", name)
        at = _At(of_api, "package" if chosen and chosen.package else None, _CHOOSE_PACKAGE)
        found = package(name, api)
        if not all(_is_name(part) for part in found.split(".")):
            message = f"{quoted(found)} cannot be imported"
            yield at.finding("bad-package-name", message)
        other = taken.setdefault(found.casefold(), name)
        if other != name:
            message = f"{quoted(name)} and {quoted(other)} would both be the package {found}"
            yield at.finding("package-name-clash", message)


def _check_parents(path: CatalogPath, api: Api, taken: dict[str, str]) -> Iterator[Finding]:
    families = {family(status) for status in range(100, 600, 100)}
    for selector, name in parents(api).items():
        here: CatalogPath = (*path, "sdk", LANGUAGE, "parents", selector)
        is_status = selector.isdecimal() and len(selector) == 3 and f"{selector[0]}xx" in families
        if not (selector in api.groups or selector in families or is_status):
            message = f"{quoted(selector)} is no group of the API, no status and no family"
            hint = suggest(selector, [*api.groups, *families])
            yield Finding("unknown-parent", here, message, hint, at_key=True)
        yield from _check_name(here, name, taken, f"the parent for {quoted(selector)}")


def _check_aliases(path: CatalogPath, api: Api, taken: dict[str, str]) -> Iterator[Finding]:
    for code, error in api.errors.items():
        chosen = error.sdk.get(LANGUAGE)
        for index, alias in enumerate(chosen.aliases if chosen else ()):
            here: CatalogPath = (*path, "errors", code, "sdk", LANGUAGE, "aliases", index)
            if own_class(code, error) is None:
                message = f"{quoted(code)} has no class that {alias} could stand for"
                yield Finding("alias-without-class", here, message, "remove the alias")
                continue
            yield from _check_name(here, alias, taken, f"an alias of {quoted(code)}")


def _check_api_aliases(
    path: CatalogPath, api: Api, base: str, taken: dict[str, str]
) -> Iterator[Finding]:
    present = [base, *parents(api).values()]
    for old, new in api_aliases(api).items():
        here: CatalogPath = (*path, "sdk", LANGUAGE, "aliases", old)
        yield from _check_name(here, old, taken, f"an alias of {quoted(new)}", at_key=True)
        if new not in present:
            message = f"{quoted(new)} is neither the base class nor a parent"
            yield Finding("alias-without-class", here, message, suggest(new, present))


def _check_takeovers(path: CatalogPath, name: str, api: Api) -> Iterator[Finding]:
    """Refuse names that a renamed class had: ``except`` with one would catch something else."""
    former: dict[str, tuple[str, str]] = {}
    for code, error in api.errors.items():
        if own_class(code, error) is not None:
            for old, retired in former_classes(error):
                former.setdefault(old, (code, f"{quoted(code)} while it was {quoted(retired)}"))
    if chosen_base(api) and not sdk_base(api) and base_class(name, api) in former:
        message = _taken_over(base_class(name, api), former)
        yield _At(path, "base", _CHOOSE_BASE).finding("class-name-taken-over", message)
    for selector, cls in parents(api).items():
        if cls in former:
            here: CatalogPath = (*path, "sdk", LANGUAGE, "parents", selector)
            message = _taken_over(cls, former)
            yield Finding("class-name-taken-over", here, message, "choose another name")
    for code, error in api.errors.items():
        own = own_class(code, error)
        if own in former and former[own][0] != code:
            at = _of_error(path, code, error)
            yield at.finding("class-name-taken-over", _taken_over(own, former))


def _taken_over(name: str, former: dict[str, tuple[str, str]]) -> str:
    return f"{name} was the class of {former[name][1]}: code that catches it would catch another"


def _check_name(
    path: CatalogPath, name: str, taken: dict[str, str], what: str, *, at_key: bool = False
) -> Iterator[Finding]:
    """Check a class name that stands at ``path``, and take it."""
    if name in taken:
        message = f"{what} and {taken[name]} would both be the class {name}"
        yield Finding("class-name-clash", path, message, "choose another name", at_key=at_key)
    taken.setdefault(name, what)
    for rule, message in _misnomers(name):
        yield Finding(rule, path, message, "choose another name", at_key=at_key)


def _check_statuses(path: CatalogPath, api: Api) -> Iterator[Finding]:
    """Find classes that some of their statuses have a parent for, and others have not.

    Before such a code was known, that parent was raised for it: what catches the parent must go on
    doing so.
    """
    known = parents(api)
    for code, error in api.errors.items():
        shared = {known[one] for one in selectors(error.status) if one in known}
        of_each = [known.get(one) for status in error.status for one in selectors((status,))]
        left = [name for name in dict.fromkeys(of_each) if name and name not in shared]
        if left and own_class(code, error) is not None:
            at = _At((*path, "errors", code), None, _ONE_STATUS)
            message = f"{quoted(code)} would be no {left[0]}, though it comes with such a status"
            yield at.finding("parent-of-some-statuses", message)


def _check_constants(path: CatalogPath, api: Api) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for code, error in api.errors.items():
        chosen = error.sdk.get(LANGUAGE)
        field = "constant" if chosen and chosen.constant is not None else None
        at = _At((*path, "errors", code), field, _CHOOSE_CONSTANT)
        name = constant(code, error)
        if name is None:
            continue
        if not _is_name(name) or name.startswith("_"):
            yield at.finding("bad-constant-name", f"{quoted(name)} cannot be a constant")
        other = taken.setdefault(name, code)
        is_said = own_class(code, error) == own_class(other, api.errors[other]) is not None
        if other != code and not is_said:
            message = f"{quoted(code)} and {quoted(other)} would both be the constant {name}"
            yield at.finding("constant-name-clash", message)


def _check_errors(path: CatalogPath, api: Api, taken: dict[str, str]) -> Iterator[Finding]:
    for code, error in api.errors.items():
        name = own_class(code, error)
        if name is not None:
            at = _of_error(path, code, error)
            if name in taken:
                message = f"{quoted(code)} and {taken[name]} would both be the class {name}"
                yield at.finding("class-name-clash", message)
            taken.setdefault(name, quoted(code))
            yield from _check_own_class(at, code, name)
        yield from _check_details((*path, "errors", code), error)


def _of_error(path: CatalogPath, code: str, error: Error) -> _At:
    """Return where the class of ``code`` gets its name from."""
    chosen = error.sdk.get(LANGUAGE)
    is_chosen = chosen is not None and chosen.exception is not None
    return _At((*path, "errors", code), "exception" if is_chosen else None, _CHOOSE_CLASS)


def _check_own_class(at: _At, code: str, name: str) -> Iterator[Finding]:
    """Refuse to derive a name from letters that are not ASCII: two may look the same."""
    if at.field is None and not derives(code):
        yield at.finding("bad-class-name", f"no class name follows from the code {quoted(code)}")
    else:
        yield from _check_class(at, name)


def _check_class(at: _At, name: str) -> Iterator[Finding]:
    for rule, message in _misnomers(name):
        yield at.finding(rule, message)


def _misnomers(name: str) -> Iterator[tuple[str, str]]:
    """Yield the rule and the message for what speaks against a class called ``name``."""
    if not _is_name(name):
        yield "bad-class-name", f"{quoted(name)} cannot be a class name"
    elif name in BUILTIN_NAMES:
        yield "builtin-class-name", f"the class {name} would hide Python's own"
    elif name in RESERVED_NAMES or name.startswith("_"):
        yield "reserved-class-name", f"the module itself uses the name {quoted(name)}"


def _check_details(path: CatalogPath, error: Error) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for detail in error.details:
        name = attribute(error, detail)
        if name is None:
            continue
        other = taken.setdefault(name, detail)
        if other != detail:
            message = f"{quoted(detail)} and {quoted(other)} would both be the attribute {name}"
            at: CatalogPath = (*path, "details", detail)
            yield Finding("attribute-name-clash", at, message, "remove one of them", at_key=True)


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)
