"""The attributes of an SDK's exceptions that hold details, compared with the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from errorbook.catalog.models import DetailType, Error
from errorbook.checks.result import Reported
from errorbook.checks.sdk_found import Sdk, short
from errorbook.outputs.python.naming import attribute
from errorbook.problems import nearest, quoted
from errorbook.python_source.annotations import JSON_TYPES, simple_types

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_CONTAINERS: Final = frozenset(
    {"body", "data", "details", "error", "extra", "extras", "fields", "info", "json_body"}
    | {"metadata", "params", "payload", "response"}
)
"""Attributes through which every detail can be reached."""


def are_attributes(sdk: Sdk) -> bool:
    """Tell whether the SDK has an attribute for each detail rather than one for them all."""
    paths = sdk.matches.classes
    wanted = {code: sdk.api.errors[code] for code in paths}
    if any(
        _ways(error, name) & _own_attributes(sdk, paths[code])
        for code, error in wanted.items()
        for name in error.details
    ):
        return True
    return not any(sdk.classes.attributes(path) & _CONTAINERS for path in paths.values())


def _own_attributes(sdk: Sdk, path: str) -> set[str]:
    base = sdk.matches.base
    return {name for one in sdk.family(path) if one.path != base for name in one.attributes}


def details_of(sdk: Sdk, code: str, path: str, error: Error) -> Iterator[Reported]:
    """Yield what is wrong with the attributes of one class that hold details."""
    known = sdk.classes.attributes(path)
    for name, detail in error.details.items():
        ways = _ways(error, name)
        if not ways or detail.sensitive:
            continue
        subject = f"{code}.{name}"
        there = sorted(ways & known)
        if there:
            yield from _typed(sdk, path, there[0], (detail.type, name), subject)
            continue
        if sdk.classes.is_open(path):
            continue
        wanted = attribute(error, name) or name
        close = nearest(wanted, [one for one in known if not one.startswith("__")])
        message = f"{short(path)} has no attribute for the detail {quoted(name)}"
        hint = f"did you mean {quoted(close)}? " if close else ""
        hint += f"Give it the attribute {wanted}" if close else f"give it the attribute {wanted}"
        yield sdk.at_class("sdk-missing-attribute", path, (message, hint), subject)


def _typed(
    sdk: Sdk, path: str, name: str, said: tuple[DetailType, str], subject: str
) -> Iterator[Reported]:
    """Compare the type of an attribute, where its annotation names simple types alone."""
    kind, detail = said
    for one in sdk.family(path):
        annotation = one.annotation(name)
        if annotation is None:
            continue
        types = simple_types(annotation)
        if types and not types & JSON_TYPES[kind] and "retry" not in name:
            shown = " or ".join(sorted(types))
            message = (
                f"{short(path)}.{name} is {shown}; the catalog says that {quoted(detail)} is {kind}"
            )
            hint = f"annotate it as {sorted(JSON_TYPES[kind])[0]}, and read it so"
            place = sdk.place(one.file, annotation.lineno)
            yield sdk.reported("sdk-wrong-type", place, (message, hint), subject, shown)
        return


def _ways(error: Error, detail: str) -> set[str]:
    """Return the attributes that a detail may be read from."""
    if not detail.isascii():
        return set()
    words = [one.lower() for one in _HUMP.split(detail) if one]
    usual = attribute(error, detail)
    ways = {detail, "_".join(words), *([usual] if usual else ())}
    return {one for one in (*ways, *(f"{one}_" for one in ways)) if one.isidentifier()}
