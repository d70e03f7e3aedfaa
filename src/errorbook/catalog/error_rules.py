"""Rules for one error: what its message, details, retry policy and references say of each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.envelope import KNOWN_HOLES
from errorbook.catalog.models import HEADER_PREFIX, Api, DetailType, Error, message_holes
from errorbook.problems import CatalogPath, Finding, found, nearest, quoted, shortened, suggest

Findings = Iterator[Finding]

_HEADER = re.compile(rf"{HEADER_PREFIX}[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_EXAMPLE_TYPES: Final[dict[DetailType, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@dataclass(frozen=True)
class Surroundings:
    """The API of an error, and what its envelopes say of every error."""

    api: Api
    holes: frozenset[str]
    taken: frozenset[str]
    """Names that stand in a body beside its details."""


def check_error(surroundings: Surroundings, error: Error) -> Findings:
    """Yield what is wrong in ``error``, with paths relative to it."""
    for rule in _RULES:
        yield from rule(surroundings, error)


def _check_message(_: Surroundings, error: Error) -> Findings:
    names = message_holes(error.message)
    known = [*error.details, *error.placeholders]
    meant = set()
    for name in names:
        if name not in known:
            message = f"{{{shortened(name)}}} is neither a detail nor among the 'placeholders'"
            close = nearest(name, known)
            meant.add(close)
            hint = f"did you mean {{{close}}}?" if close else "declare it under 'placeholders'"
            yield Finding("undeclared-placeholder", ("message",), message, hint)
    for name in error.placeholders:
        path = ("placeholders", name)
        if name not in names and name not in meant:
            message = f"the message has no hole {{{shortened(name)}}}"
            yield Finding("unused-placeholder", path, message, "remove it here", at_key=True)
        if name in error.details:
            message = f"{quoted(name)} is a detail already"
            yield Finding("placeholder-is-detail", path, message, "remove it here", at_key=True)


def _check_details(surroundings: Surroundings, error: Error) -> Findings:
    for name, detail in error.details.items():
        path = ("details", name)
        if name in surroundings.taken:
            message = f"the detail {quoted(name)} would overwrite the envelope's field"
            yield Finding("detail-overwrites-field", path, message, "rename it", at_key=True)
        if detail.example is not None and not _has_type(detail.type, detail.example):
            message = f"expected an example of type {detail.type}, found {found(detail.example)}"
            hint = "quote it" if detail.type == "string" else f"write a value of type {detail.type}"
            yield Finding("wrong-example", (*path, "example"), message, hint)


def _has_type(name: DetailType, value: JsonValue) -> bool:
    is_flag = isinstance(value, bool)
    return isinstance(value, _EXAMPLE_TYPES[name]) and is_flag == (name == "boolean")


def _check_retry(surroundings: Surroundings, error: Error) -> Findings:
    when = error.retry.when
    for index, action in enumerate(error.actions):
        if _contradicts(when, action.do, is_conditional=bool(action.when)):
            path: CatalogPath = ("actions", index, "do")
            message = f"the action {action.do!r} contradicts the retry policy {when!r}"
            yield Finding("action-contradicts-retry", path, message, _mend_retry(when))
    for index, source in enumerate(error.retry.after):
        known = surroundings.holes.difference(KNOWN_HOLES).union(error.details)
        if source not in known and not _HEADER.match(source):
            path = ("retry", "after", index)
            message = f"{quoted(source)} is neither a detail of this error nor 'header:Name'"
            yield Finding("unknown-retry-after", path, message, suggest(source, known))


def _contradicts(when: str, do: str, *, is_conditional: bool) -> bool:
    sends_again = do in ("retry", "wait")
    if when == "never":
        return sends_again
    if when == "after_change":
        return sends_again and not is_conditional
    return when == "as_is" and do in ("abort", "fix_request") and not is_conditional


def _mend_retry(when: str) -> str:
    if when == "never":
        return "change one of them"
    return "change one of them, or say with 'when' in which case the action applies"


def _check_references(surroundings: Surroundings, error: Error) -> Findings:
    api = surroundings.api
    if error.group is not None and error.group not in api.groups:
        message = f"there is no group {quoted(error.group)}"
        hint = suggest(error.group, api.groups) or "describe it under 'groups'"
        yield Finding("unknown-group", ("group",), message, hint)
    for index, operation in enumerate(error.operations):
        if api.operations and operation not in api.operations:
            message = f"there is no operation {quoted(operation)}"
            hint = suggest(operation, api.operations)
            yield Finding("unknown-operation", ("operations", index), message, hint)
    if error.replaced_by is not None and error.replaced_by not in api.errors:
        message = f"there is no code {quoted(error.replaced_by)}"
        hint = suggest(error.replaced_by, api.errors)
        yield Finding("unknown-code", ("replaced_by",), message, hint)


def _check_renamed(surroundings: Surroundings, error: Error) -> Findings:
    retired = surroundings.api.retired
    for index, code in enumerate(error.renamed_from):
        if code not in retired:
            message = f"{quoted(code)} is not among the 'retired' codes"
            hint = "list it there, so that nobody uses it again"
            yield Finding("unknown-code", ("renamed_from", index), message, hint)


def _check_lifecycle(_: Surroundings, error: Error) -> Findings:
    if error.sunset is None:
        return
    if error.deprecated is None:
        message = "a sunset without 'deprecated'"
        yield Finding("sunset-without-deprecated", ("sunset",), message, "say since when")
    begin, end = _date(error.deprecated), _date(error.sunset)
    if begin and end and end < begin:
        message = f"the sunset {end} is before the deprecation {begin}"
        yield Finding("sunset-before-deprecated", ("sunset",), message, "choose a later date")


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


_RULES: Final[tuple[Callable[[Surroundings, Error], Findings], ...]] = (
    _check_message,
    _check_details,
    _check_retry,
    _check_references,
    _check_renamed,
    _check_lifecycle,
)
