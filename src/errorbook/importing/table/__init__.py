"""Lists of errors -> facts: CSV, TSV, JSON, JSON Lines, TOML and YAML."""

from __future__ import annotations

from typing import Final

from errorbook.checks.printing import one_line
from errorbook.importing.gathered import Gathered
from errorbook.importing.headers import columns_of, facts_of, tell_unknown
from errorbook.importing.readers import UnreadableError, Wish
from errorbook.importing.sources import Source
from errorbook.importing.table.delimited import delimited, looks_delimited
from errorbook.importing.table.entries import rows_of_data
from errorbook.importing.table.structured import FORMATS, looks_structured, structured
from errorbook.importing.table.table import Table
from errorbook.problems import Place, quoted, shortened, suggest

SUMMARY: Final = "a list of errors as CSV, TSV, JSON, JSON Lines, TOML or YAML"

_DELIMITED: Final = (".csv", ".tsv", ".tab")
_OTHERS: Final = (".md", ".markdown", ".html", ".htm", ".py", ".pyi", ".rst")
_MOST_NAMED: Final = 8
_TELLING: Final = frozenset({"code", "status"})
"""Fields of which a list needs one."""


def is_one(source: Source) -> bool:
    """Return whether ``source`` is a list, by its ending or else by how it begins."""
    if source.suffix in (*_DELIMITED, *FORMATS):
        return True
    if source.suffix in _OTHERS or (source.path and source.path.is_dir()):
        return False
    return looks_structured(source) is not None or looks_delimited(source.text())


def read(source: Source, wish: Wish) -> Gathered:
    """Return what the rows of ``source`` say.

    Raises:
        UnreadableError: if it is no list, or nothing in it says which codes there are.
    """
    if source.content.startswith(b"PK\x03\x04"):
        raise UnreadableError("this is a spreadsheet or an archive: save it as CSV first")
    gathered = Gathered()
    table = _table(source, wish, gathered)
    if "\ufffd" in source.text():
        gathered.wonder(Place(source.name), "some characters are not UTF-8", "save it as UTF-8")
    given = {**table.given, **wish.columns}
    fields = columns_of(table.headers, [row.cells for row in table.rows], given)
    _check(table, fields, wish, gathered)
    for row in table.rows:
        cells = dict(zip(fields, row.cells, strict=True))
        known = {field: cell for field, cell in cells.items() if field is not None}
        facts_of(known, Place(source.name, *row.mark), gathered)
    return gathered


def _table(source: Source, wish: Wish, into: Gathered) -> Table:
    name = source.suffix if source.suffix in FORMATS else looks_structured(source)
    if name is None or source.suffix in _DELIMITED:
        return delimited(source, wish.columns, into)
    return rows_of_data(structured(source, name, into), wish.entries, into)


def _absent(table: Table, wish: Wish) -> list[tuple[str, str]]:
    """Return the columns that were named and are not there, with the fields they were to hold."""
    known = {" ".join(one.split()).casefold() for one in table.headers}
    wished = wish.columns.items()
    return [one for one in wished if " ".join(one[0].split()).casefold() not in known]


def _without_codes(table: Table, wish: Wish) -> str:
    """Return why nothing holds the codes, and which columns there are."""
    named = ", ".join(shortened(header) for header in table.headers[:_MOST_NAMED])
    there = f"there is {one_line(named)}" if named else "it has no rows"
    for header, field in _absent(table, wish):
        if field in _TELLING:
            return f"there is no column {quoted(header)} to hold the {field} ({there})"
    why = "no column says the code of an error: name one with --column code=HEADER"
    return f"{why} ({there})"


def _check(table: Table, fields: list[str | None], wish: Wish, into: Gathered) -> None:
    """Complain where no column holds the codes, and tell which ones are not read.

    Raises:
        UnreadableError: if there are no codes and no statuses.
    """
    place = Place(table.name, *table.mark)
    if not _TELLING & set(fields):
        raise UnreadableError(_without_codes(table, wish))
    for header, field in _absent(table, wish):
        message = f"there is no column {quoted(header)} to hold the {field}"
        into.wonder(place, message, suggest(header, table.headers))
    tell_unknown(table.headers, fields, place, into)
