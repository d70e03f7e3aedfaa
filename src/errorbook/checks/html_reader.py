"""What the blocks and tables of a built page say of errors, whatever is around them.

Of the blocks of Errorbook, classes tell what is what; of labels only those that the blocks
themselves take from `errorbook.outputs.words`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import anchor_of
from errorbook.checks.html_facts import EXCEPTION, NONE, Said, exception_called, listed
from errorbook.checks.html_tables import TableReader, cells_of, rows_of
from errorbook.html_tree import Element
from errorbook.outputs.words import COLUMNS

_LABELS: Final = {label: column for column, label in COLUMNS.items()}
_NUMBER = re.compile(r"[0-9]{1,3}\Z")
_HEADING: Final = "eb-heading"
"""Class of the headings that the blocks set."""
_LANGUAGE: Final = "data-language"
"""The attribute by which the blocks say of which language a class is one."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class PageReader:
    """Reads one page.

    ``classes`` are the names that the SDKs' exceptions have, ``anchors`` the code by each id that
    the place of an error may have. ``headings`` are what columns of tables are called, each with
    what it means; without them, columns are known by what they hold alone. ``former`` are codes
    that the catalog had before.
    """

    def __init__(  # noqa: PLR0913  # the last two have names
        self,
        tree: Element,
        catalog: Catalog,
        classes: frozenset[str],
        anchors: Mapping[str, str],
        *,
        headings: Mapping[str, str] = MappingProxyType({}),
        former: Container[str] = (),
    ) -> None:
        self._tree = tree
        self._catalog = catalog
        self._codes_at = anchors
        self._tables = TableReader(catalog, classes, headings, former, self.apis_of)
        self.exit_codes: list[tuple[tuple[str, ...], str, str, tuple[str, ...]]] = []
        """APIs it may be, number, name, and the codes and statuses it is for."""
        self.said: list[Said] = []
        self._order = self._by_mentions()
        self._languages = {
            id(table): tab.attributes.get(_LANGUAGE, "")
            for tab in tree.all(of="tabbed-block")
            for table in tab.all("table", of="eb-exceptions")
        }
        self._read()

    def _by_mentions(self) -> list[str]:
        """Return the APIs, the one first that the page is most about."""
        shown = {one.text for one in self._tree.all() if one.tag in {"code", "td", "th"}}
        counts = {name: len(api.errors.keys() & shown) for name, api in self._catalog.apis.items()}
        return sorted(counts, key=lambda name: -counts[name])

    def _read(self) -> None:
        before: Element | None = None
        inner: set[int] = set()
        for one in self._tree.walk():
            if one.tag in _HEADINGS:
                before = one if _HEADING in one.classes else None
            if id(one) in inner:
                continue
            if one.tag == "table":
                inner.update(id(table) for table in one.all("table"))
                self._table(one)
            elif "eb-error" in one.classes:
                inner.update(id(table) for table in one.all("table"))
                self._error(one, before)

    def _table(self, table: Element) -> None:
        readers: dict[str, Callable[[Element], None]] = {
            "eb-codes": self._codes,
            "eb-statuses": self._statuses,
            "eb-exceptions": self._exceptions,
            "eb-exit-codes": self._exits,
        }
        reader = next((readers[name] for name in table.classes if name in readers), None)
        if reader is not None:
            reader(table)
        elif "eb-table" not in table.classes:
            self.said += self._tables.read(table)

    def _codes(self, table: Element) -> None:
        rows = [(row, row.first(of="eb-cell-code")) for row in rows_of(table)]
        codes = [_shown_code(cell) for _, cell in rows if cell is not None]
        apis = self.apis_of(codes)
        for row, cell in rows:
            if cell is not None:
                code = _shown_code(cell)
                aspects = _aspects(row)
                of_row = self._of_row(row, code, apis)
                self.said.append(Said(code, of_row, aspects, place=row))

    def _of_row(self, row: Element, code: str, apis: tuple[str, ...]) -> tuple[str, ...]:
        """Return the API whose name stands in the row's id before the code, else ``apis``."""
        anchor = row.attributes.get("id", "")
        for name in self._catalog.apis:
            if anchor in (f"{name}-{anchor_of(code)}", f"{name}/{anchor_of(code)}"):
                return (name,)
        return apis

    def _statuses(self, table: Element) -> None:
        for row in rows_of(table):
            links = [_shown_code(one) for one in row.all(of="eb-code")]
            status = next(iter(row.all(of="eb-status")), None)
            apis = self.apis_of(links)
            for code in links if status else ():
                number = status.text if status else ""
                aspects = {"one status": number}
                self.said.append(Said(code, apis, aspects, place=row))

    def _exceptions(self, table: Element) -> None:
        rows = rows_of(table)
        every = [_shown_code(one) for one in table.all(of="eb-code")]
        apis = self.apis_of(every)
        language = self._languages.get(id(table), "")
        aspect = exception_called(language) if language else EXCEPTION
        for row in rows if aspect else ():
            name = row.first(of="eb-cell-code")
            for link in row.all(of="eb-code"):
                aspects = {aspect or EXCEPTION: name.text if name else NONE}
                self.said.append(Said(_shown_code(link), apis, aspects, place=row))

    def _exits(self, table: Element) -> None:
        found = []
        for row in rows_of(table):
            cells = cells_of(row)
            if len(cells) == 4 and _NUMBER.match(cells[0].text):
                selectors = tuple(one.text for one in cells[3].all("code"))
                found.append((cells[0].text, cells[1].text, selectors))
        names = {name for _, name, _ in found}
        apis = self._best(
            lambda api: sum(
                entry.name in names for entry in self._catalog.apis[api].exit_codes.values()
            )
        )
        self.exit_codes += [(apis, *one) for one in found]

    def _error(self, block: Element, before: Element | None) -> None:
        """Read a section or a card: its code stands in its title, or in the heading before it."""
        title, anchor = block.first(of="eb-card-title"), block.attributes.get("id", "")
        told = title or before
        code = _shown_code(told) if told else self._codes_at.get(anchor, "")
        if code:
            place = block if anchor or not before else before
            apis = self._of_row(place, code, self.apis_of([code]))
            example = block.first(of="eb-example")
            self.said.append(Said(code, apis, _parts(block), example, place))

    def apis_of(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the APIs that have most of ``codes``, the one first that the page is about."""
        return self._best(lambda name: sum(one in self._catalog.apis[name].errors for one in codes))

    def _best(self, count: Callable[[str], int]) -> tuple[str, ...]:
        counts = Counter({name: count(name) for name in self._order})
        most = max(counts.values(), default=0)
        return tuple(name for name in self._order if counts[name] == most)


def _aspects(row: Element) -> dict[str, str]:
    """Return what the cells of a row of the table of codes say."""
    found = {}
    for cell in cells_of(row):
        column = _LABELS.get(cell.attributes.get("data-label", ""))
        if column == "status":
            found["status"] = listed(one.text for one in cell.all(of="eb-status"))
        elif column == "action":
            found["actions"] = listed(cell.suffixes("eb-do-"))
        elif column == "retry":
            found["retry"] = listed(cell.suffixes("eb-retry-"))
        elif column == "exception":
            found |= _classes(cell) or {EXCEPTION: cell.text}
        elif column == "exit_code":
            number = cell.first("code")
            found["exit code"] = number.text if number else NONE
    return found


def _parts(block: Element) -> dict[str, str]:
    """Return what a section or card of one error says."""
    found = {}
    meaning = block.first(of="eb-meaning")
    if meaning is not None:
        found["status"] = listed(one.text for one in meaning.all(of="eb-status"))
    actions = block.suffixes("eb-do-")
    if actions:
        found["actions"] = listed(actions)
    retry = block.suffixes("eb-retry-")
    if retry:
        found["retry"] = listed(retry)
    for line in block.all(of="eb-line"):
        label, value = line.first(of="eb-label"), line.first("code")
        column = _LABELS.get(label.text if label else "")
        if value is not None and column == "exception":
            found |= _classes(line) or {EXCEPTION: value.text}
        elif value is not None and column == "exit_code":
            found["exit code"] = value.text
    return found


def _classes(place: Element) -> dict[str, str]:
    """Return the classes of several languages that stand in one place."""
    told = {
        exception_called(language): name.text
        for one in place.walk()
        for language in one.attributes.get(_LANGUAGE, "").split()
        if (name := one.first("code"))
    }
    return {aspect: name for aspect, name in told.items() if aspect}


def _shown_code(place: Element) -> str:
    """Return the code in ``place``: what is set as code in it, else its text."""
    code = place if place.tag == "code" else place.first("code")
    return code.text if code is not None else place.text.removesuffix("¶").strip()
