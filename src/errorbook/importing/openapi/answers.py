"""The error responses of a document: who answers with which status, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from errorbook.importing.openapi.documents import Documents, Node
from errorbook.importing.openapi.prose import plain_text

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
STATUS_LIST: Final = "x-http-status"
ERROR_CODE: Final = "x-error-code"
_STATUS: Final = re.compile(r"[45][0-9]{2}\Z")
_RANGE: Final = re.compile(r"[45][Xx]{2}\Z")
_DEFAULT: Final = "default"
_JSON: Final = re.compile(r"(?:[^/;]+/(?:[^;]+\+)?json\b|\*/\*\Z)")
_METHOD: Final = re.compile(r"[A-Z]{1,20}\Z")
_LONGEST_ID: Final = 200


@dataclass(frozen=True)
class Operation:
    """What a client may ask for."""

    id: str
    method: str
    path: str
    title: str
    node: Node


@dataclass(frozen=True, eq=False)
class Content:
    """A body of a response: its media type, its schema and its examples."""

    media_type: str
    node: Node
    schema: Node | None
    examples: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Answer:
    """An error response of an operation; of none, where it stands among the components alone."""

    operation: Operation | None
    statuses: tuple[int, ...]
    """Its status; none where it stands for several that are not named."""
    response: Node
    contents: tuple[Content, ...] = field(default=())
    key: str = ""
    """What the operation lists it under: a status, a range such as ``5XX``, or ``default``."""

    @property
    def family(self) -> str:
        """What kind of statuses it stands for, where none is named: ``4``, ``5``, or any."""
        return self.key[0] if _RANGE.match(self.key) else ""

    @property
    def name(self) -> str:
        """What its statuses are called."""
        listed = ", ".join(map(str, self.statuses))
        return listed or (f"{self.family}XX" if self.family else "any other status")


def operations_of(documents: Documents) -> Iterator[Operation]:
    """Yield what a client may ask for; callbacks and webhooks are asked by others."""
    paths = documents.child(documents.first, "paths")
    taken: set[str] = set()
    for template, item in paths.fields() if paths else ():
        found = documents.follow(item)
        if found is None or template.startswith("x-"):
            continue
        for method, node in _methods(found):
            said = node.get("operationId")
            name = plain_text(said.value if said else "", _LONGEST_ID)
            name = name or plain_text(f"{method} {template}", _LONGEST_ID)
            if name not in taken:
                taken.add(name)
                summary = node.get("summary")
                title = plain_text(summary.value if summary else "")
                yield Operation(name, method, plain_text(template, 500), title, node)


def answers_of(documents: Documents, operations: list[Operation]) -> Iterator[Answer]:
    """Yield the error responses of ``operations``, and those components that say of which error."""
    seen = False
    for operation in operations:
        responses = documents.child(operation.node, "responses")
        for key, node in responses.fields() if responses else ():
            response = documents.follow(node)
            if response is None or not isinstance(response.value, dict):
                continue
            if _STATUS.match(key) or _RANGE.match(key) or key == _DEFAULT:
                seen = True
                statuses = (int(key),) if _STATUS.match(key) else ()
                # The response is looked at where it is referred to: that is what has the status.
                placed = Node(response.file, response.path, response.value, response.referrer)
                contents = tuple(_contents(documents, placed))
                yield Answer(operation, statuses, placed, contents, key)
    for response in _components(documents, only_named=seen):
        yield Answer(
            None, _named_statuses(response), response, tuple(_contents(documents, response))
        )


def headers_of(documents: Documents, response: Node) -> Iterator[str]:
    """Yield the names of the headers of a response."""
    headers = documents.child(response, "headers")
    return (name for name, _ in headers.fields()) if headers else iter(())


def _methods(item: Node) -> Iterator[tuple[str, Node]]:
    for method in METHODS:
        node = item.get(method)
        if node is not None and isinstance(node.value, dict):
            yield method.upper(), node
    additional = item.get("additionalOperations")
    for method, node in additional.fields() if additional else ():
        if _METHOD.match(method) and isinstance(node.value, dict):
            yield method, node


def _components(documents: Documents, *, only_named: bool) -> Iterator[Node]:
    """Yield responses that are there to be referred to, and say by themselves what they are of."""
    components = documents.child(documents.first, "components")
    responses = documents.child(components, "responses") if components else None
    for _, node in responses.fields() if responses else ():
        response = documents.follow(node)
        if response is None or not isinstance(response.value, dict):
            continue
        if not only_named or {STATUS_LIST, ERROR_CODE} & response.value.keys():
            yield response


def _named_statuses(response: Node) -> tuple[int, ...]:
    node = response.get(STATUS_LIST)
    values = node.value if node else ()
    listed = values if isinstance(values, list) else [values]
    return tuple(one for one in listed if type(one) is int and 400 <= one <= 599)


def _contents(documents: Documents, response: Node) -> Iterator[Content]:
    content = documents.child(response, "content")
    for name, node in content.fields() if content else ():
        media = documents.follow(node)
        if media is None or not _JSON.match(name):
            continue
        schema = documents.child(media, "schema")
        yield Content(plain_text(name, 100), media, schema, tuple(_examples(documents, media)))


def _examples(documents: Documents, media: Node) -> Iterator[Node]:
    single = media.get("example")
    if single is not None:
        yield single
    examples = media.get("examples")
    for _, node in examples.fields() if examples else ():
        found = documents.follow(node)
        value = (found.get("value") or found.get("dataValue")) if found else None
        if found is not None and value is not None:
            yield Node(value.file, value.path, value.value, found)
