"""Rows of the table of codes, in Python because there may be 10,000 of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

from errorbook.site import cells
from errorbook.site.entry import Entry
from errorbook.site.look import Look
from errorbook.site.markup import code_html


def code_rows(look: Look, entries: Iterable[Entry], columns: Sequence[str]) -> Markup:
    """Return a row of the table for each of ``entries``."""
    frames = [(_opening(look, one), _CELLS[one], _closing(one)) for one in columns]
    rows = []
    for entry in entries:
        row = "".join([f"{start}{cell(look, entry)}{end}" for start, cell, end in frames])
        rows.append(f"<tr{_id(entry.anchor)}>{row}</tr>")
    return Markup("\n".join(rows))  # noqa: S704  # cells are Markup, escaped where they are made


def _id(anchor: str | None) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _opening(look: Look, column: str) -> str:
    if column == "code":
        return '<th scope="row" class="eb-cell-code">'
    return f'<td data-label="{escape(look.labels.columns[column])}">'


def _closing(column: str) -> str:
    return "</th>" if column == "code" else "</td>"


def _code(_: Look, entry: Entry) -> Markup:
    return cells.code_link(entry.code, entry.address) + cells.badges(entry.lifecycle)


def _action(look: Look, entry: Entry) -> Markup:
    """Return what a client does; where nobody said, how a person mends it."""
    actions = look.cells.actions(entry.actions)
    return actions or cells.how(entry.fix)


def _exceptions(look: Look, entry: Entry) -> Markup:
    return look.cells.exceptions(entry.exceptions) or code_html("")


def _operations(look: Look, entry: Entry) -> Markup:
    names = [code_html(one["name"]) for one in entry.operations]
    return Markup(", ").join(names) if names else look.labels.html("codes.any_operation")


_CELLS: Final[Mapping[str, Callable[[Look, Entry], Markup]]] = {
    "code": _code,
    "status": lambda look, entry: look.cells.statuses(entry.status),
    "meaning": lambda _, entry: entry.meaning,
    "action": _action,
    "retry": lambda look, entry: look.cells.retry(entry.retry),
    "exception": _exceptions,
    "exit_code": lambda look, entry: look.cells.exit_code(entry.exit_code),
    "group": lambda _, entry: escape(entry.group),
    "operations": _operations,
    "since": lambda _, entry: escape(entry.since or ""),
}
