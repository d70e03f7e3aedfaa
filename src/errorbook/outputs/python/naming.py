"""What things are called in Python, and which names Python will not have."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from errorbook.catalog import NO_EXCEPTION, Api, Catalog, Error
from errorbook.problems import CatalogPath, Finding, quoted

LANGUAGE: Final = "python"
RESERVED_NAMES: Final = frozenset(
    {
        "Action",
        "Callable",
        "ExitCode",
        "FACTS",
        "Facts",
        "Final",
        "IntEnum",
        "Literal",
        "Mapping",
        "NamedTuple",
        "Sequence",
        "TYPE_CHECKING",
        "annotations",
        "from_body",
    }
)
"""Names that a generated module uses itself."""
RESERVED_MEMBERS: Final = frozenset(
    {
        "actions",
        "add_note",
        "args",
        "code",
        "details",
        "exit_code",
        "facts",
        "meaning",
        "message",
        "retryable",
        "status",
        "with_traceback",
    }
)
"""Members of every generated exception."""
_NAMES_IN_CLASSES: Final = frozenset(
    {"Literal", "bool", "dict", "float", "int", "list", "object", "property", "str"}
)
"""What the body of a class refers to: a member of that name would be taken for it."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_]+")
_SUFFIXES: Final = ("Error", "Exception")
_CHOOSE_CLASS: Final = "choose another with 'sdk: {python: {exception: …}}'"
_CHOOSE_BASE: Final = "choose another with 'sdk: {python: {base: …}}' of the API"
_CHOOSE_PACKAGE: Final = "choose another with 'sdk: {python: {package: …}}' of the API"


def package(name: str, api: Api) -> str:
    """Return the import name of the package that the module of ``api`` belongs to."""
    chosen = api.sdk.get(LANGUAGE)
    return chosen.package if chosen and chosen.package else name.replace("-", "_")


def base_class(name: str, api: Api) -> str:
    """Return the name of the base class of all exceptions of ``api``."""
    chosen = api.sdk.get(LANGUAGE)
    return chosen.base if chosen and chosen.base else derive_class(name)


def own_class(code: str, error: Error) -> str | None:
    """Return the class that ``code`` has to itself; None where the base class is raised."""
    chosen = error.sdk.get(LANGUAGE)
    if chosen is None or chosen.exception is None:
        return derive_class(code)
    return None if chosen.exception == NO_EXCEPTION else chosen.exception


def raised_class(name: str, api: Api, code: str) -> str:
    """Return the class that is raised for ``code``: its own, else the base class."""
    return own_class(code, api.errors[code]) or base_class(name, api)


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


def attribute(detail: str) -> str | None:
    """Return the attribute that the detail called ``detail`` becomes.

    What Python will not have gets an underscore: ``from`` becomes ``from_`` and ``retry-after``
    ``retry_after``. None where only ``details`` holds it, as with ``_links`` or ``2fa``.
    """
    if not detail.isascii():
        return None
    name = _NOT_IN_NAMES.sub("_", detail)
    if name.startswith("_") or not name.isidentifier():
        return None
    taken = keyword.iskeyword(name) or name in RESERVED_MEMBERS | _NAMES_IN_CLASSES
    return f"{name}_" if taken else name


def problems(catalog: Catalog) -> Iterator[Finding]:
    """Yield what Python cannot express of ``catalog``."""
    yield from _check_packages(catalog)
    for name, api in catalog.apis.items():
        base = base_class(name, api)
        chosen = api.sdk.get(LANGUAGE)
        at = _At(("apis", name), "base" if chosen and chosen.base else None, _CHOOSE_BASE)
        yield from _check_class(at, base)
        yield from _check_errors(("apis", name), api, base)


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


def _check_packages(catalog: Catalog) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for name, api in catalog.apis.items():
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


def _check_errors(path: CatalogPath, api: Api, base: str) -> Iterator[Finding]:
    taken = {base: "the base class"}
    for code, error in api.errors.items():
        here: CatalogPath = (*path, "errors", code)
        name = own_class(code, error)
        if name is not None:
            at = _At(here, "exception" if _has_chosen_class(error) else None, _CHOOSE_CLASS)
            if name in taken:
                message = f"{quoted(code)} and {taken[name]} would both be the class {name}"
                yield at.finding("class-name-clash", message)
            taken.setdefault(name, quoted(code))
            yield from _check_own_class(at, code, name)
        yield from _check_details(here, error)


def _has_chosen_class(error: Error) -> bool:
    chosen = error.sdk.get(LANGUAGE)
    return chosen is not None and chosen.exception is not None


def _check_own_class(at: _At, code: str, name: str) -> Iterator[Finding]:
    """Refuse to derive a name from letters that are not ASCII: two may look the same."""
    if at.field is None and not (code.isascii() and _WORD.search(code)):
        yield at.finding("bad-class-name", f"no class name follows from the code {quoted(code)}")
    else:
        yield from _check_class(at, name)


def _check_class(at: _At, name: str) -> Iterator[Finding]:
    if not _is_name(name):
        yield at.finding("bad-class-name", f"{quoted(name)} cannot be a class name")
    elif hasattr(builtins, name):
        yield at.finding("builtin-class-name", f"the class {name} would hide Python's own")
    elif name in RESERVED_NAMES or name.startswith("_"):
        yield at.finding("reserved-class-name", f"the module itself uses the name {quoted(name)}")


def _check_details(path: CatalogPath, error: Error) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for detail in error.details:
        name = attribute(detail)
        if name is None:
            continue
        other = taken.setdefault(name, detail)
        if other != detail:
            message = f"{quoted(detail)} and {quoted(other)} would both be the attribute {name}"
            at: CatalogPath = (*path, "details", detail)
            yield Finding("attribute-name-clash", at, message, "remove one of them", at_key=True)


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)
