"""What things are called in TypeScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from errorbook.catalog import NO_EXCEPTION, Api, Error
from errorbook.catalog.models import SdkApi
from errorbook.outputs.python.naming import RETRY_AFTER as WAIT_DETAIL
from errorbook.outputs.python.naming import constant as python_constant
from errorbook.outputs.python.naming import derive_class, derives, is_retry_after, selectors
from errorbook.outputs.typescript.global_names import GLOBAL_NAMES

LANGUAGE: Final = "typescript"
RETRY_AFTER: Final = "retryAfter"
"""The member, and the detail that it is where the catalog says that it tells the time."""
RESERVED_MEMBERS: Final = frozenset(
    {
        "action",
        "actions",
        "body",
        "cause",
        "code",
        "constructor",
        "details",
        "docsUrl",
        "exitCode",
        "facts",
        "hasOwnProperty",
        "headers",
        "how",
        "isPrototypeOf",
        "meaning",
        "message",
        "name",
        "propertyIsEnumerable",
        "requestId",
        "retryAfter",
        "retryable",
        "stack",
        "status",
        "toJSON",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""Members of every generated error, and of every object."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_START: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]")
_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_identifier(text: str) -> bool:
    """Tell whether ``text`` is a name of ASCII letters, digits and underscores."""
    return _IDENTIFIER.fullmatch(text) is not None


def _chosen(api: Api) -> SdkApi | None:
    return api.sdk.get(LANGUAGE)


def is_told(api: Api) -> bool:
    """Tell whether ``api`` speaks of TypeScript: docs and vectors of others say nothing of it."""
    return LANGUAGE in api.sdk and has_exceptions(api)


def package(name: str, api: Api) -> str:
    """Return the name of the package, or the folder, that the module of ``api`` belongs to."""
    chosen = _chosen(api)
    return chosen.package if chosen and chosen.package else name


def has_exceptions(api: Api) -> bool:
    """Tell whether anything is thrown for the errors of ``api``, unless it says otherwise."""
    return chosen_base(api) != NO_EXCEPTION


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as: ``artifacta/errors``; "" where nothing is thrown."""
    return f"{package(name, api)}/errors" if has_exceptions(api) else ""


def module_path(name: str, api: Api) -> str:
    """Return the path of the module below the folder that it is written to."""
    return f"{module_name(name, api)}.ts"


def base_class(name: str, api: Api) -> str:
    """Return the name of the generated base class; "" where nothing is thrown.

    Below a class that the SDK has already it is named after the API, as in Python.
    """
    if not has_exceptions(api):
        return ""
    theirs = sdk_base(api)
    if theirs is None:
        return chosen_base(api) or derive_class(name)
    derived = derive_class(name)
    return derived if derived != theirs[1] else f"{derived.removesuffix('Error')}ApiError"


def sdk_base(api: Api) -> tuple[str, str] | None:
    """Return module and name of the class of the SDK that the base class comes below, if any."""
    module, colon, name = (chosen_base(api) or "").rpartition(":")
    return (module, name) if colon else None


def chosen_base(api: Api) -> str | None:
    """Return what the catalog says of the base class."""
    chosen = _chosen(api)
    return chosen.base if chosen else None


def own_class(code: str, error: Error) -> str | None:
    """Return the class that ``code`` has to itself; None where the base class is thrown."""
    chosen = error.sdk.get(LANGUAGE)
    if chosen is None or chosen.exception is None:
        return derive_class(code)
    return None if chosen.exception == NO_EXCEPTION else chosen.exception


def raised_class(name: str, api: Api, code: str) -> str:
    """Return the class that is made for ``code``: its own, else of its status, else the base."""
    if not has_exceptions(api):
        return ""
    error = api.errors[code]
    by_status = [parents(api)[one] for one in selectors(error.status) if one in parents(api)]
    return next(filter(None, (own_class(code, error), *by_status)), base_class(name, api))


def parents(api: Api) -> dict[str, str]:
    """Return the classes between base class and errors: names by group, status and family."""
    chosen = _chosen(api)
    return dict(chosen.parents) if chosen else {}


def parents_of(api: Api, error: Error) -> list[str]:
    """Return the classes that the class of ``error`` comes below: of its status, of its group.

    A class of JavaScript extends one; of the other it is an instance all the same.
    """
    known = parents(api)
    by_status = [selector for selector in selectors(error.status) if selector in known]
    by_group = [error.group] if error.group in known else []
    wanted = [selector for selector in (*by_status[:1], *by_group) if selector]
    return list(dict.fromkeys(known[selector] for selector in wanted))


def aliases(name: str, api: Api) -> dict[str, str]:
    """Return the class names that there were before, each with the one it has now."""
    listed = api_aliases(api)
    derived: dict[str, str] = {}
    taken = {base_class(name, api), *parents(api).values(), *(sdk_base(api) or ())[1:]}
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
        if name not in GLOBAL_NAMES:
            yield name, retired


def api_aliases(api: Api) -> dict[str, str]:
    """Return the names that the base class and parents had before, each with the present one."""
    chosen = _chosen(api)
    return dict(chosen.aliases) if chosen else {}


def constant(code: str, error: Error) -> str | None:
    """Return the member of ``Code`` that holds ``code``: as in Python, where nothing is chosen."""
    chosen = error.sdk.get(LANGUAGE)
    if chosen is not None and chosen.constant is not None:
        return chosen.constant
    return python_constant(code, error.model_copy(update={"sdk": {}}))


def attribute(error: Error, detail: str) -> str | None:
    """Return the member that the detail called ``detail`` of ``error`` is read from.

    ``retry_after_seconds`` is ``retryAfterSeconds``, as TypeScript has it; what every error or
    object has already gets an underscore, as ``status_``. None where only ``details`` holds it,
    as with ``_links`` or ``2fa``, and where nothing does, as it is sensitive.
    """
    if not detail.isascii() or error.details[detail].sensitive:
        return None
    if is_retry_after(error, detail):
        return RETRY_AFTER
    name = _in_camel_case(detail)
    if name is None:
        return None
    return f"{name}_" if name in RESERVED_MEMBERS else name


def _in_camel_case(detail: str) -> str | None:
    words = _WORD.findall(detail)
    if not words or not detail[0].isalpha():
        return None
    first = _START.match(words[0])
    start = first[0] if first else ""
    # Of capitals before a word, the last one begins that word: HTTPStatus is httpStatus.
    lowered = start.lower() + words[0][len(start) :]
    following = [word.capitalize() if word.isupper() else word[0].upper() + word[1:]
                 for word in words[1:]]  # fmt: skip
    return "".join([lowered, *following])


__all__ = [
    "WAIT_DETAIL",
    "aliases",
    "api_aliases",
    "attribute",
    "base_class",
    "chosen_base",
    "constant",
    "derive_class",
    "derives",
    "former_classes",
    "has_exceptions",
    "is_identifier",
    "is_told",
    "module_name",
    "module_path",
    "own_class",
    "package",
    "parents",
    "parents_of",
    "raised_class",
    "sdk_base",
    "selectors",
]
