"""Extensions (`x-…`) that list the errors of a response, an operation or a whole document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.code_fields import LISTED_CODES, plainly
from errorbook.importing.openapi.documents import Documents, Node

LISTS: Final = ("x-error-codes", "x-errors", "x-codes", "x-errorCodes", "x-error-code", "x-code")
RETRYABLE: Final = ("x-retryable", "x-retry", "x-retriable")
_ANY_TEXT: Final = ("x-error-codes", "x-error-code")
"""Those that hold codes and nothing else, be they of several words."""
_STATUSES: Final = ("status", "httpstatus", "statuscode", "httpstatuscode", "httpcode", "http")
_TEXTS: Final = {
    "meaning": ("description", "meaning", "summary", "title"),
    "message": ("message", "msg"),
    "fix": ("fix", "solution", "resolution", "remediation"),
}
_CAUSES: Final = ("cause", "causes")
_RETRY: Final = ("retryable", "retriable", "retry")
_MOST: Final = 20_000


@dataclass
class Listed:
    """An error that an extension lists, and what it says of it."""

    code: str
    node: Node
    statuses: list[tuple[int, Node]] = field(default_factory=list)
    texts: dict[str, Node] = field(default_factory=dict)
    causes: list[Node] = field(default_factory=list)
    retryable: Node | None = None
    is_number: bool = False


def listed_in(documents: Documents, holder: Node) -> Iterator[Listed]:
    """Yield the errors that the extensions of ``holder`` list."""
    count = 0
    for word in LISTS:
        node = documents.child(holder, word)
        is_text = word in _ANY_TEXT
        for one in _entries(documents, node, is_text=is_text) if node else ():
            count += 1
            if count > _MOST:
                return
            yield one


def retryable_of(holder: Node) -> Node | None:
    """Return what says whether sending again makes sense, if that is a plain yes or no."""
    nodes = (holder.get(word) for word in RETRYABLE)
    return next((one for one in nodes if one is not None and isinstance(one.value, bool)), None)


def _entries(documents: Documents, node: Node, *, is_text: bool) -> Iterator[Listed]:
    if isinstance(node.value, dict):
        if _field(node, LISTED_CODES) is not None:
            yield from _entry(documents, node, None)
            return
        for name, inner in node.fields():
            yield from _entry(documents, inner, name)
    elif isinstance(node.value, list):
        for inner in node.items():
            yield from _entry(documents, inner, None, is_text=is_text)
    else:
        yield from _entry(documents, node, None, is_text=is_text)


def _entry(
    documents: Documents, node: Node, name: str | None, *, is_text: bool = False
) -> Iterator[Listed]:
    found = documents.follow(node)
    if found is None:
        return
    if isinstance(found.value, dict):
        yield from _described(found, name)
    elif name is None:
        yield from _coded(found.value, found, is_text=is_text)
    elif is_http_status(name) and isinstance(found.value, list):
        for inner in found.items():
            for one in _coded(inner.value, inner):
                one.statuses.append((int(name), inner))
                yield one
    else:
        for one in _coded(name, found):
            if is_http_status(found.value):
                one.statuses.append((int(str(found.value)), found))
            elif isinstance(found.value, str):
                one.texts["meaning"] = found
            yield one


def _described(node: Node, name: str | None) -> Iterator[Listed]:
    code = _field(node, LISTED_CODES)
    for one in _coded(name if name is not None else code.value if code else None, node):
        status = _field(node, _STATUSES)
        for number in (
            (status.items() if isinstance(status.value, list) else [status]) if status else ()
        ):
            if is_http_status(number.value):
                one.statuses.append((int(str(number.value)), number))
        for field_name, words in _TEXTS.items():
            text = _field(node, words)
            if text is not None and isinstance(text.value, str):
                one.texts[field_name] = text
        causes = _field(node, _CAUSES)
        if causes is not None:
            listed = list(causes.items()) or [causes]
            one.causes = [cause for cause in listed if isinstance(cause.value, str)]
        retry = _field(node, _RETRY)
        one.retryable = retry if retry is not None and isinstance(retry.value, bool) else None
        yield one


def _coded(value: object, node: Node, *, is_text: bool = False) -> Iterator[Listed]:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if (is_number or isinstance(value, str)) and (is_code(str(value)) or (is_text and value)):
        yield Listed(str(value), node, is_number=is_number)


def _field(node: Node, names: tuple[str, ...]) -> Node | None:
    plain = {plainly(name): inner for name, inner in node.fields() if inner.value is not None}
    return next((plain[name] for name in names if name in plain), None)
