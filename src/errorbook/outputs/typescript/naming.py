"""What things are called in TypeScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from errorbook.catalog import Api, Error
from errorbook.outputs.class_names import ClassNames, attributes, is_retry_after
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


def _types_of(base: str) -> Mapping[str, str]:
    """Return the types that a module has besides a base class called ``base``."""
    return {
        f"{base}s": "the type of all errors",
        f"Known{base}s": "the type of known errors",
        f"Unknown{base}": "the type of unknown errors",
    }


NAMES: Final = ClassNames(LANGUAGE, GLOBAL_NAMES, beside_base=_types_of)
aliases = NAMES.aliases
api_aliases = NAMES.api_aliases
base_class = NAMES.base_class
chosen_base = NAMES.chosen_base
constant = NAMES.constant
has_exceptions = NAMES.has_exceptions
own_class = NAMES.own_class
package = NAMES.package
parents = NAMES.parents
raised_class = NAMES.raised_class
sdk_base = NAMES.sdk_base


def is_identifier(text: str) -> bool:
    """Tell whether ``text`` is a name of ASCII letters, digits and underscores."""
    return _IDENTIFIER.fullmatch(text) is not None


def is_told(api: Api) -> bool:
    """Tell whether ``api`` speaks of TypeScript: docs and vectors of others say nothing of it."""
    return LANGUAGE in api.sdk and has_exceptions(api)


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as: ``artifacta/errors``; "" where nothing is thrown."""
    return f"{package(name, api)}/errors" if has_exceptions(api) else ""


def module_path(name: str, api: Api) -> str:
    """Return the path of the module below the folder that it is written to."""
    return f"{module_name(name, api)}.ts"


def parents_of(api: Api, error: Error) -> list[str]:
    """Return the classes that the class of ``error`` comes below: of its status, of its group.

    A class of JavaScript extends one; of the other it is an instance all the same.
    """
    wanted = [*NAMES.status_parents(api, error), *NAMES.group_parents(api, error)]
    return list(dict.fromkeys(wanted))


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
    "RETRY_AFTER",
    "aliases",
    "api_aliases",
    "attribute",
    "attributes",
    "base_class",
    "chosen_base",
    "constant",
    "has_exceptions",
    "is_identifier",
    "is_retry_after",
    "is_told",
    "module_name",
    "module_path",
    "own_class",
    "package",
    "parents",
    "parents_of",
    "raised_class",
    "sdk_base",
]
