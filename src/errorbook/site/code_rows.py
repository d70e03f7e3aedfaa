"""Rows of the table of codes, in Python because there may be 10,000 of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

from errorbook.site import cells, labels
from errorbook.site.entry import Entry
from errorbook.site.markup import code_html


def code_rows(entries: Iterable[Entry], columns: Sequence[str]) -> Markup:
    """Return a row of the table for each of ``entries``."""
    frames = [(_opening(column), _CELLS[column], _closing(column)) for column in columns]
    rows = []
    for entry in entries:
        row = "".join([f"{start}{cell(entry)}{end}" for start, cell, end in frames])
        rows.append(f"<tr{_id(entry.anchor)}>{row}</tr>")
    return Markup("\n".join(rows))  # noqa: S704  # cells are Markup, escaped where they are made


def _id(anchor: str | None) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _opening(column: str) -> str:
    if column == "code":
        return '<th scope="row" class="eb-cell-code">'
    return f'<td data-label="{labels.COLUMNS[column]}">'


def _closing(column: str) -> str:
    return "</th>" if column == "code" else "</td>"


def _code(entry: Entry) -> Markup:
    return cells.code_link(entry.code, entry.address) + cells.badges(entry.lifecycle)


def _operations(entry: Entry) -> Markup:
    names = [code_html(one["name"]) for one in entry.operations]
    return Markup(", ").join(names) if names else Markup("any")


_CELLS: Final[Mapping[str, Callable[[Entry], Markup]]] = {
    "code": _code,
    "status": lambda entry: cells.statuses(entry.status),
    "meaning": lambda entry: entry.meaning,
    "action": lambda entry: cells.actions(entry.actions),
    "retry": lambda entry: cells.retry(entry.retry),
    "exception": lambda entry: code_html(entry.exception),
    "exit_code": lambda entry: cells.exit_code(entry.exit_code),
    "group": lambda entry: escape(entry.group),
    "operations": _operations,
    "since": lambda entry: escape(entry.since or ""),
}
