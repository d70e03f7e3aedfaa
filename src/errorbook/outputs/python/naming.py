"""What things are called in Python."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from errorbook.catalog import NO_EXCEPTION, Api, Detail, Error
from errorbook.catalog.statuses import family
from errorbook.outputs.python.builtin_names import BUILTIN_NAMES

LANGUAGE: Final = "python"
RESERVED_MEMBERS: Final = frozenset(
    {
        "action",
        "actions",
        "add_note",
        "args",
        "body",
        "code",
        "details",
        "docs_url",
        "example",
        "exit_code",
        "facts",
        "headers",
        "how",
        "meaning",
        "message",
        "request_id",
        "retry_after",
        "retryable",
        "status",
        "to_dict",
        "with_traceback",
    }
)
"""Members of every generated exception."""
RETRY_AFTER: Final = "retry_after"
"""The attribute, and the detail that it is where the catalog says that it tells the time."""
_NAMES_IN_CLASSES: Final = frozenset(
    {"Literal", "bool", "dict", "float", "int", "list", "object", "property", "str"}
)
"""What the body of a class refers to: a member of that name would be taken for it."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_]+")
_BETWEEN_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_REMEMBERED: Final = 65_536
"""Names of this many codes are derived once: who checks or compares asks for each many times."""
_SUFFIXES: Final = ("Error", "Exception")


def package(name: str, api: Api) -> str:
    """Return the import name of the package that the module of ``api`` belongs to."""
    chosen = api.sdk.get(LANGUAGE)
    return chosen.package if chosen and chosen.package else name.replace("-", "_")


def has_exceptions(api: Api) -> bool:
    """Tell whether anything is raised for the errors of ``api``, unless it says that nothing is."""
    return chosen_base(api) != NO_EXCEPTION


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as: ``artifacta.errors``; "" where nothing is raised."""
    return f"{package(name, api)}.errors" if has_exceptions(api) else ""


def module_path(name: str, api: Api) -> str:
    """Return the path of the module below the folder that is imported from."""
    return f"{module_name(name, api).replace('.', '/')}.py"


def base_class(name: str, api: Api) -> str:
    """Return the name of the generated base class of all exceptions of ``api``.

    Below a class that the SDK has already it is named after the API; where both would have one
    name, ``AcmeError`` gets an ``AcmeApiError`` below it. "" where nothing is raised.
    """
    chosen = chosen_base(api)
    if not has_exceptions(api):
        return ""
    theirs = sdk_base(api)
    if theirs is None:
        return chosen or derive_class(name)
    derived = derive_class(name)
    return derived if derived != theirs[1] else f"{derived.removesuffix('Error')}ApiError"


def sdk_base(api: Api) -> tuple[str, str] | None:
    """Return module and name of the class of the SDK that the base class comes below, if any."""
    module, colon, name = (chosen_base(api) or "").rpartition(":")
    return (module, name) if colon else None


def chosen_base(api: Api) -> str | None:
    chosen = api.sdk.get(LANGUAGE)
    return chosen.base if chosen else None


def own_class(code: str, error: Error) -> str | None:
    """Return the class that ``code`` has to itself; None where the base class is raised."""
    chosen = error.sdk.get(LANGUAGE)
    if chosen is None or chosen.exception is None:
        return derive_class(code)
    return None if chosen.exception == NO_EXCEPTION else chosen.exception


def raised_class(name: str, api: Api, code: str) -> str:
    """Return the class that is raised for ``code``: its own, else of its status, else the base.

    "" where nothing is raised.
    """
    if not has_exceptions(api):
        return ""
    error = api.errors[code]
    by_status = [parents(api)[one] for one in selectors(error.status) if one in parents(api)]
    return next(filter(None, (own_class(code, error), *by_status)), base_class(name, api))


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


def aliases(name: str, api: Api) -> dict[str, str]:
    """Return the class names that there were before, each with the one it has now.

    They are those the catalog lists, and those that followed from the codes an error had, unless
    something else has that name by now.
    """
    listed = api_aliases(api)
    derived: dict[str, str] = {}
    taken = {base_class(name, api), *parents(api).values(), *(sdk_base(api) or ())}
    for code, error in sorted(api.errors.items()):
        own, chosen = own_class(code, error), error.sdk.get(LANGUAGE)
        if own is None:
            continue
        taken.add(own)
        for alias in chosen.aliases if chosen else ():
            listed.setdefault(alias, own)
        for old, _ in former_classes(error):
            derived.setdefault(old, own)
    return {**{old: derived[old] for old in derived if old not in taken}, **listed}


def former_classes(error: Error) -> Iterator[tuple[str, str]]:
    """Yield the classes that followed from the codes ``error`` had, each with that code."""
    for retired in filter(derives, error.renamed_from):
        name = derive_class(retired)
        if name not in BUILTIN_NAMES:
            yield name, retired


def api_aliases(api: Api) -> dict[str, str]:
    """Return the names that the base class and parents had before, each with the present one."""
    chosen = api.sdk.get(LANGUAGE)
    return dict(chosen.aliases) if chosen else {}


def constant(code: str, error: Error) -> str | None:
    """Return the constant of ``Code`` that holds ``code``; None where no name follows from it.

    ``rate-limited`` and ``rateLimited`` give ``RATE_LIMITED``, and ``42P01`` gives ``CODE_42P01``.
    """
    chosen = error.sdk.get(LANGUAGE)
    if chosen is not None and chosen.constant is not None:
        return chosen.constant
    return _derive_constant(code)


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


def parents(api: Api) -> dict[str, str]:
    """Return the classes between base class and errors: names by group, status and family."""
    chosen = api.sdk.get(LANGUAGE)
    return dict(chosen.parents) if chosen else {}


def parents_of(api: Api, error: Error) -> list[str]:
    """Return the classes that the class of ``error`` comes below: of its group, of its status.

    A status or family counts where all statuses of the error are of it; the status comes first.
    """
    known = parents(api)
    by_status = [selector for selector in selectors(error.status) if selector in known]
    by_group = [error.group] if error.group in known else []
    wanted = [selector for selector in (*by_group, *by_status[:1]) if selector]
    return [known[selector] for selector in wanted]


def selectors(statuses: tuple[int, ...]) -> Iterator[str]:
    """Yield the status and the family that all of ``statuses`` are of, the narrower first."""
    if len(set(statuses)) == 1:
        yield str(statuses[0])
    if len(set(map(family, statuses))) == 1:
        yield family(statuses[0])


def attribute(error: Error, detail: str) -> str | None:
    """Return the attribute that the detail called ``detail`` of ``error`` is read from.

    What Python will not have gets an underscore: ``from`` becomes ``from_`` and ``retry-after``
    ``retry_after_``. None where only ``details`` holds it, as with ``_links`` or ``2fa``, and
    where nothing does, as it is sensitive.
    """
    if not detail.isascii() or error.details[detail].sensitive:
        return None
    if is_retry_after(error, detail):
        return RETRY_AFTER
    name = _NOT_IN_NAMES.sub("_", detail)
    if name.startswith("_") or not name.isidentifier():
        return None
    taken = keyword.iskeyword(name) or name in RESERVED_MEMBERS | _NAMES_IN_CLASSES
    return f"{name}_" if taken else name


def attributes(error: Error) -> Iterator[tuple[str, Detail]]:
    """Yield the details of ``error`` that its exception keeps, as it has them.

    ``retry_after`` is a number there, whatever number it is in the body.
    """
    for name, detail in error.details.items():
        if is_retry_after(error, name):
            yield name, detail.model_copy(update={"type": "number"})
        elif not detail.sensitive:
            yield name, detail


def is_retry_after(error: Error, detail: str) -> bool:
    """Tell whether ``detail`` is what the attribute ``retry_after`` of every exception says."""
    return detail == RETRY_AFTER and detail in error.retry.after
