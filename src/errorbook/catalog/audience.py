"""Who may read what of a catalog: errors with ``visibility: internal`` reach no output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from errorbook.catalog.facts import EXIT_CODE_WORDS
from errorbook.catalog.models import Api, Catalog
from errorbook.catalog.prose import (
    ERROR_SCHEME,
    Code,
    Emphasis,
    Link,
    Node,
    Text,
    link_targets,
    parse_prose,
)

_NAMELESS: Final = "an internal error"
"""What ``<error:code>`` becomes: its label is the very code that nobody may read."""
_NOT_PROSE: Final = frozenset({"body", "example", "headers", "message"})
_STATUSES: Final = re.compile(r"[1-5](?:xx|[0-9][0-9])\Z")
_MARK: Final = re.compile(r"([\\`*\[\]<])")

_IsHidden = Callable[[str], bool]
"""Tells whether a reference such as ``artifacta/rate_limited`` means an internal error."""


def public(catalog: Catalog) -> Catalog:
    """Return ``catalog`` without its internal errors and without any reference to them.

    A link to one leaves its label behind. A catalog without internal errors is returned as it is.
    """
    hidden = {name: frozenset(_internal(api)) for name, api in catalog.apis.items()}
    if not any(hidden.values()):
        return catalog
    apis = {
        name: _unlinked(_without(api, hidden[name]), _is_hidden(catalog, hidden, name))
        for name, api in catalog.apis.items()
    }
    return catalog.model_copy(update={"apis": apis})


def _internal(api: Api) -> Iterator[str]:
    return (code for code, error in api.errors.items() if error.visibility == "internal")


def _is_hidden(catalog: Catalog, hidden: Mapping[str, frozenset[str]], home: str) -> _IsHidden:
    def is_hidden(reference: str) -> bool:
        if reference in catalog.apis[home].errors:
            return reference in hidden[home]
        name, _, code = reference.partition("/")
        if name in catalog.apis and code in catalog.apis[name].errors:
            return code in hidden[name]
        return any(reference in hidden[owner] for owner in catalog.owners(reference))

    return is_hidden


def _without(api: Api, codes: frozenset[str]) -> Api:
    """Return ``api`` without the errors of ``codes`` and without what names them in a field."""
    errors = {code: one for code, one in api.errors.items() if code not in codes}
    return api.model_copy(
        update={
            "errors": {code: _unreplaced(one, codes) for code, one in errors.items()},
            "retired": {code: _unreplaced(one, codes) for code, one in api.retired.items()},
            "exit_codes": {
                number: entry.model_copy(update={"applies_to": _kept(entry.applies_to, codes)})
                for number, entry in api.exit_codes.items()
            },
            "troubleshooting": tuple(
                row.model_copy(update={"errors": tuple(_outside(row.errors, codes))})
                for row in api.troubleshooting
            ),
        }
    )


def _unreplaced(one: Any, codes: frozenset[str]) -> Any:
    return one.model_copy(update={"replaced_by": None}) if one.replaced_by in codes else one


def _outside(written: Iterable[str], codes: frozenset[str]) -> Iterator[str]:
    return (code for code in written if code not in codes)


def _kept(selectors: Iterable[str], codes: frozenset[str]) -> tuple[str, ...]:
    """Return the selectors that still mean something: a code may read like a status or a word."""
    return tuple(
        selector
        for selector in selectors
        if selector not in codes or selector in EXIT_CODE_WORDS or _STATUSES.match(selector)
    )


def _unlinked(value: Any, is_hidden: _IsHidden) -> Any:
    """Return ``value`` with links to hidden errors taken out of all prose within it."""
    if isinstance(value, str):
        return _mended(value, is_hidden)
    if isinstance(value, tuple):
        return tuple(_unlinked(item, is_hidden) for item in value)
    if isinstance(value, dict):
        return {key: _unlinked(item, is_hidden) for key, item in value.items()}
    if not isinstance(value, BaseModel):
        return value
    fields = {name: item for name, item in value if name not in _NOT_PROSE}
    return value.model_copy(
        update={name: _unlinked(item, is_hidden) for name, item in fields.items()}
    )


def _mended(text: str, is_hidden: _IsHidden) -> str:
    targets = (target for target in link_targets(text) if target.startswith(ERROR_SCHEME))
    if not any(is_hidden(target.removeprefix(ERROR_SCHEME)) for target in targets):
        return text
    return "".join(_written(node, is_hidden) for node in parse_prose(text))


def _written(node: Node, is_hidden: _IsHidden) -> str:
    """Return ``node`` as prose again; of a link to a hidden error, only the label."""
    if isinstance(node, Text):
        return _MARK.sub(r"\\\1", node.text)
    if isinstance(node, Code):
        return f"`{node.text}`"
    inner = "".join(_written(child, is_hidden) for child in node.children)
    if isinstance(node, Emphasis):
        mark = "**" if node.strong else "*"
        return f"{mark}{inner}{mark}"
    return _link(node, inner, is_hidden)


def _link(node: Link, label: str, is_hidden: _IsHidden) -> str:
    reference = node.target.removeprefix(ERROR_SCHEME)
    if reference == node.target or not is_hidden(reference):
        return f"[{label}]({node.target})"
    return _NAMELESS if node.children == (Code(reference),) else label
