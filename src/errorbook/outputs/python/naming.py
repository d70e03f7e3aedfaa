"""What things are called in Python."""

from __future__ import annotations

import keyword
import re
from typing import Final

from errorbook.catalog import Api, Error
from errorbook.outputs.class_names import (
    WAIT_DETAIL,
    ClassNames,
    attributes,
    derive_class,
    derives,
    is_retry_after,
    selectors,
)
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
RETRY_AFTER: Final = WAIT_DETAIL
"""The attribute is called as the detail is."""
_NAMES_IN_CLASSES: Final = frozenset(
    {"Literal", "bool", "dict", "float", "int", "list", "object", "property", "str"}
)
"""What the body of a class refers to: a member of that name would be taken for it."""
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_]+")

NAMES: Final = ClassNames(LANGUAGE, BUILTIN_NAMES, hyphen="_")
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


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as: ``artifacta.errors``; "" where nothing is raised."""
    return f"{package(name, api)}.errors" if has_exceptions(api) else ""


def module_path(name: str, api: Api) -> str:
    """Return the path of the module below the folder that is imported from."""
    return f"{module_name(name, api).replace('.', '/')}.py"


def parents_of(api: Api, error: Error) -> list[str]:
    """Return the classes that the class of ``error`` comes below: of its group, of its status."""
    return [*NAMES.group_parents(api, error), *NAMES.status_parents(api, error)]


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


__all__ = [
    "RETRY_AFTER",
    "aliases",
    "api_aliases",
    "attribute",
    "attributes",
    "base_class",
    "chosen_base",
    "constant",
    "derive_class",
    "derives",
    "has_exceptions",
    "is_retry_after",
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
