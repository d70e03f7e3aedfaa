"""Tables of errors that stand in a document's descriptions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from errorbook.importing.cells import codes
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import columns_of, facts_of
from errorbook.importing.openapi.collection import Collection
from errorbook.importing.openapi.documents import Node, place_of

_MOST_READ: Final = 200_000
_MOST_ROWS: Final = 5_000
_RULE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\Z")
_BAR: Final = re.compile(r"(?<!\\)\|")

Rows = list[list[str]]


def add_tables(collection: Collection, into: Gathered) -> None:
    """Add what tables say of errors, where nothing else says it."""
    known = {fact.path for fact in into.facts}
    for node, is_of_errors in _descriptions(collection):
        told = _facts_of(node, collection.codes, is_of_errors=is_of_errors)
        into.facts += [fact for fact in told.facts if fact.path not in known]
        into.untold += told.untold
        known |= {fact.path for fact in told.facts}


def _facts_of(node: Node, known: Container[str], *, is_of_errors: bool) -> Gathered:
    """Return what the tables in a description say of errors.

    A table is taken for one of errors where ``is_of_errors`` says so, its header does, it has
    statuses beside its codes, or one of its codes is ``known``.
    """
    into = Gathered()
    for headers, rows in _tables(str(node.value)[:_MOST_READ]):
        fields = columns_of(headers, rows)
        if "code" not in fields or not rows:
            continue
        at = fields.index("code")
        told = "status" in fields or any("error" in header.casefold() for header in headers)
        if told or is_of_errors or any(code in known for row in rows for code in codes(row[at])):
            place = place_of(node)
            for row in rows:
                cells = {field: cell for field, cell in zip(fields, row, strict=False) if field}
                facts_of(cells, place, into)
    return into


def _descriptions(collection: Collection) -> Iterator[tuple[Node, bool]]:
    """Yield descriptions with tables, and whether they are about errors and nothing else."""
    documents = collection.documents
    tags = documents.first.get("tags")
    for holder in (documents.first.get("info"), *(tags.items() if tags else ())):
        text = holder.get("description") if holder else None
        if text is not None and _has_table(text):
            yield text, False
    texts = [one for told in collection.texts.values() for one in told.values()]
    fields = [shape.node.text("description") for shape in collection.shapes.values()]
    nodes = {node.key: node for node in (*texts, *fields) if node is not None}
    yield from ((node, True) for node in nodes.values() if _has_table(node))


def _has_table(node: Node) -> bool:
    return isinstance(node.value, str) and "|" in node.value and "--" in node.value


def _tables(text: str) -> Iterator[tuple[list[str], Rows]]:
    """Yield the header and the rows of each pipe table."""
    lines = [line.strip() for line in text.splitlines()]
    at = 1
    while at < len(lines):
        if "|" not in lines[at - 1] or "-" not in lines[at] or not _RULE.match(lines[at]):
            at += 1
            continue
        headers = _cells(lines[at - 1])
        rows: Rows = []
        at += 1
        while at < len(lines) and "|" in lines[at] and len(rows) < _MOST_ROWS:
            cells = _cells(lines[at])
            rows.append([*cells, *[""] * (len(headers) - len(cells))][: len(headers)])
            at += 1
        yield headers, rows


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]
