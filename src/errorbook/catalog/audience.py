"""Who may read what of a catalog.

Whoever lets a catalog out, be it into files, a site, a terminal or a server, asks ``seen_by``
once; what comes behind that shows whatever it is given.

With an internal error goes what nobody else uses: its group, operations, statuses and exit code,
the rows of the troubleshooting matrix about it, the codes that it had before, and an API that has
nothing else. Envelopes stay: they say how every body looks, and clients read them by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from errorbook.catalog.facts import EXIT_CODE_WORDS, exit_code
from errorbook.catalog.models import Api, Catalog, Error, ExitCode, SdkApi
from errorbook.catalog.prose import ERROR_SCHEME, Link, link_targets
from errorbook.catalog.prose_edit import link_prose, mended, with_links

Audience = Literal["public", "internal"]
"""Everybody, or those who may read about internal errors too."""

_NAMELESS: Final = "an internal error"
"""What a link becomes whose label is the very code that nobody may read."""
_STATUSES: Final = re.compile(r"[1-5](?:xx|[0-9][0-9])\Z")

_Key = TypeVar("_Key", int, str)
_Value = TypeVar("_Value")
_IsHidden = Callable[[str], bool]
"""Tells whether a reference such as ``artifacta/rate_limited`` means an internal error."""


def seen_by(catalog: Catalog, audience: Audience) -> Catalog:
    """Return what ``audience`` may read of ``catalog``: all of it, or what is public."""
    return catalog if audience == "internal" else public(catalog)


def public(catalog: Catalog) -> Catalog:
    """Return ``catalog`` without its internal errors and without any reference to them.

    A link to one leaves its label behind. A catalog without internal errors is returned as it is.
    """
    hidden = {name: frozenset(_hidden_codes(api)) for name, api in catalog.apis.items()}
    if not any(hidden.values()):
        return catalog
    apis = {
        name: _unlinked(_without(api, hidden[name]), _is_hidden(catalog, hidden, name))
        for name, api in catalog.apis.items()
        if not _is_all_hidden(api, hidden[name])
    }
    return catalog.model_copy(update={"apis": apis})


def _hidden_codes(api: Api) -> Iterator[str]:
    """Yield the codes of internal errors, those they have now and those they had before."""
    for code, error in api.errors.items():
        if error.visibility == "internal":
            yield code
            yield from error.renamed_from


def _is_all_hidden(api: Api, codes: frozenset[str]) -> bool:
    """Tell whether an API has internal errors and nothing that the public ever met."""
    return bool(codes) and codes.issuperset(api.errors) and codes.issuperset(api.retired)


def _is_hidden(catalog: Catalog, hidden: Mapping[str, frozenset[str]], home: str) -> _IsHidden:
    def has(api: str, code: str) -> bool:
        return code in catalog.apis[api].errors or code in hidden[api]

    def is_hidden(reference: str) -> bool:
        if has(home, reference):
            return reference in hidden[home]
        name, _, code = reference.partition("/")
        if name in catalog.apis and has(name, code):
            return code in hidden[name]
        return any(reference in codes for codes in hidden.values())

    return is_hidden


@dataclass(frozen=True)
class _Gone:
    """What goes with the internal errors of an API, as no public one uses it."""

    groups: frozenset[str]
    operations: frozenset[str]
    statuses: frozenset[int]
    exit_codes: frozenset[int]


def _without(api: Api, codes: frozenset[str]) -> Api:
    """Return ``api`` without the errors of ``codes``, what names them, and what only they use."""
    if not codes:
        return api
    gone = _gone(api, codes)
    errors = _outside(api.errors, codes)
    return api.model_copy(
        update={
            "errors": {code: _unreplaced(one, codes) for code, one in errors.items()},
            "retired": {
                code: _unreplaced(one, codes) for code, one in _outside(api.retired, codes).items()
            },
            "exit_codes": {
                number: entry.model_copy(update={"applies_to": _kept(entry.applies_to, codes)})
                for number, entry in _outside(api.exit_codes, gone.exit_codes).items()
            },
            "troubleshooting": tuple(
                row.model_copy(update={"errors": tuple(_outside(dict.fromkeys(row.errors), codes))})
                for row in api.troubleshooting
                if not row.errors or not codes.issuperset(row.errors)
            ),
            "groups": _outside(api.groups, gone.groups),
            "operations": _outside(api.operations, gone.operations),
            "statuses": _outside(api.statuses, gone.statuses),
            "sdk": {
                language: without_parents(one, {*gone.groups, *map(str, gone.statuses)})
                for language, one in api.sdk.items()
            },
        }
    )


def _gone(api: Api, codes: frozenset[str]) -> _Gone:
    internal = [one for code, one in api.errors.items() if code in codes]
    public_ones = [one for code, one in api.errors.items() if code not in codes]
    statuses = _statuses(internal) - _statuses(public_ones)
    statuses -= {status for one in api.retired.values() for status in one.status}
    still = {exit_code(api, code) for code in api.errors if code not in codes}
    ends = {exit_code(api, code) for code in api.errors if code in codes} - still
    return _Gone(
        groups=frozenset(_groups(internal) - _groups(public_ones)),
        operations=frozenset(_operations(internal) - _operations(public_ones)),
        statuses=frozenset(statuses),
        exit_codes=frozenset(
            number
            for number, entry in api.exit_codes.items()
            if number in ends and _is_only_for(entry, codes, statuses)
        ),
    )


def _groups(errors: Iterable[Error]) -> set[str]:
    return {error.group for error in errors if error.group is not None}


def _operations(errors: Iterable[Error]) -> set[str]:
    return {operation for error in errors for operation in error.operations}


def _statuses(errors: Iterable[Error]) -> set[int]:
    return {status for error in errors for status in error.status}


def _is_only_for(entry: ExitCode, codes: frozenset[str], statuses: Iterable[int]) -> bool:
    """Tell whether nothing ends in ``entry`` but these codes and statuses."""
    return set(_kept(entry.applies_to, codes)).issubset(map(str, statuses))


def without_parents(sdk: SdkApi, selectors: Container[str]) -> SdkApi:
    """Return the names of an SDK without the classes of the groups and statuses ``selectors``."""
    parents = _outside(sdk.parents, selectors)
    lost = set(sdk.parents.values()).difference(parents.values())
    aliases = {alias: now for alias, now in sdk.aliases.items() if now not in lost}
    return sdk.model_copy(update={"parents": parents, "aliases": aliases})


def _outside(entries: Mapping[_Key, _Value], keys: Container[_Key]) -> dict[_Key, _Value]:
    return {key: entry for key, entry in entries.items() if key not in keys}


def _unreplaced(one: Any, codes: frozenset[str]) -> Any:
    return one.model_copy(update={"replaced_by": None}) if one.replaced_by in codes else one


def _kept(selectors: Iterable[str], codes: frozenset[str]) -> tuple[str, ...]:
    """Return the selectors that still mean something: a code may read like a status or a word."""
    return tuple(
        selector
        for selector in selectors
        if selector not in codes or selector in EXIT_CODE_WORDS or _STATUSES.match(selector)
    )


def _unlinked(value: Any, is_hidden: _IsHidden) -> Any:
    """Return ``value`` with links to hidden errors taken out of all prose within it."""

    def written(link: Link, label: str) -> str:
        reference = link.target.removeprefix(ERROR_SCHEME)
        if reference == link.target or not is_hidden(reference):
            return link_prose(link.target, label)
        return _NAMELESS if _names(label, reference) else label

    def mend(text: str) -> str:
        targets = (target for target in link_targets(text) if target.startswith(ERROR_SCHEME))
        if not any(is_hidden(target.removeprefix(ERROR_SCHEME)) for target in targets):
            return text
        return with_links(text, written)

    return mended(value, mend)


def _names(label: str, reference: str) -> bool:
    """Tell whether a label says the code that its link leads to, with its API or without."""
    said = label.replace("\\", "").casefold()
    codes = {reference, reference.partition("/")[2] or reference}
    return any(re.search(rf"(?<!\w){re.escape(code.casefold())}(?!\w)", said) for code in codes)
