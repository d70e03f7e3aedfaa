"""What tables that somebody wrote by hand say of errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from http import HTTPStatus

from errorbook.catalog import Catalog
from errorbook.catalog.facts import exit_code
from errorbook.checks.html_facts import Said, is_exception, listed
from errorbook.html_tree import Element

_STATUSES = re.compile(r"[1-5][0-9][0-9](?:\W+(?:\w{1,3}\W+)?[1-5][0-9][0-9])*\Z")
_STATUS = re.compile(r"[1-5][0-9][0-9]")
_CLASS = re.compile(r"[A-Z]\w*(?:Error|Exception|Warning|Failure|Fault)\Z")
_NUMBER = re.compile(r"[0-9]{1,3}\Z")
_FAMILY = re.compile(r"[1-5][xX]{2}\Z")
_BEGINNING = re.compile(r"\W*(?:(?:HTTP(?:/[0-9.]+)?|status|code|error)\W+)*[1-5][0-9]{2}\b", re.I)
_BRACKETED = re.compile(r"[(\[]\W*(?:HTTP\W+)?[1-5][0-9]{2}\W*[)\]]", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_PHRASES = frozenset(" ".join(_LETTERS.findall(one.phrase.casefold())) for one in HTTPStatus)
_MOST_COLUMNS = 40
_LONGEST_STATUS = 80
"""Characters of a cell that are told where it should have a status."""


class TableReader:
    """Reads tables; ``apis_of`` tells which APIs have most of some codes."""

    def __init__(
        self,
        catalog: Catalog,
        classes: frozenset[str],
        headings: Mapping[str, str],
        former: Container[str],
        apis_of: Callable[[Sequence[str]], tuple[str, ...]],
    ) -> None:
        self._catalog = catalog
        self._classes = classes
        self._headings = headings
        self._former = former
        self._apis_of = apis_of

    def read(self, table: Element) -> Iterator[Said]:
        """Read a table that somebody wrote by hand, if one of its columns holds codes."""
        rows = [(row, cells_of(row)) for row in rows_of(table)]
        rows = [(row, cells) for row, cells in rows if not all(one.tag == "th" for one in cells)]
        width = min(_MOST_COLUMNS, max((len(cells) for _, cells in rows), default=0))
        columns = [[_filled(cells, at) for _, cells in rows] for at in range(width)]
        called = self._called(table)
        at = self._code_column([cells for _, cells in rows], columns, called)
        if at is None:
            return
        apis = self._apis_of(columns[at])
        others = [
            (one, called.get(one) or self._meaning(column))
            for one, column in enumerate(columns)
            if one != at
        ]
        endings = self._endings(columns, at, apis)
        with_statuses = {
            one
            for one, aspect in others
            if aspect == "status" and any(map(_STATUS.search, columns[one]))
        }
        for number, code in enumerate(columns[at]):
            if not code:
                continue
            aspects = {}
            for column, aspect in others:
                text = columns[column][number]
                if aspect == "status":
                    status = status_in(text)
                    if status and column in with_statuses:
                        aspects[aspect] = status
                elif is_exception(aspect) and (not called.get(column) or _CLASS.match(text)):
                    if text:
                        aspects[aspect] = text
                elif column == endings and text:
                    aspects["exit code"] = text
                elif aspect == "exit code" and _NUMBER.match(text):
                    aspects[aspect] = text
            yield Said(code, apis, aspects, place=rows[number][0], doubtful=True)

    def _called(self, table: Element) -> dict[int, str]:
        """Return what the columns mean by their headings, as far as they are known."""
        head = next((row for row in table.all("tr") if row.first("th")), None)
        if head is None or not self._headings:
            return {}
        texts = [cell.text.strip(" :").casefold() for cell in cells_of(head)]
        return {at: self._headings[text] for at, text in enumerate(texts) if text in self._headings}

    def _code_column(
        self, rows: Sequence[Sequence[Element]], columns: list[list[str]], called: dict[int, str]
    ) -> int | None:
        """Return which column holds codes: most of it, or a third of it where it is called so.

        Where columns are known by what they are called, a cell may hold more than the code.
        """
        if self._headings:
            for at, column in enumerate(columns):
                shown = [code_in(cells[at]) if at < len(cells) else "" for cells in rows]
                named = sum(map(self._is_code, shown))
                filled = sum(map(bool, shown))
                if named and named * (3 if called.get(at) == "code" else 2) > filled:
                    column[:] = shown
        holding = (at for at, one in enumerate(columns) if _mostly(one, self._is_code))
        called_so = (
            at
            for at, column in enumerate(columns)
            if called.get(at) == "code" and _mostly(column, self._is_code, times=3)
        )
        return next(holding, next(called_so, None))

    def _is_code(self, text: str) -> bool:
        known = any(text in api.errors for api in self._catalog.apis.values())
        return known or text in self._former

    def _meaning(self, column: Sequence[str]) -> str:
        filled = [text for text in column if text]
        if filled and all(_STATUSES.match(text) for text in filled):
            return "status"
        if filled and all(_CLASS.match(one) or one in self._classes for one in filled):
            return "exception"
        return ""

    def _endings(
        self, columns: Sequence[Sequence[str]], codes: int, apis: tuple[str, ...]
    ) -> int | None:
        """Return which column holds exit codes: numbers of which most are the documented ones."""
        for at, column in enumerate(columns):
            numbers = [
                (code, text) for code, text in zip(columns[codes], column, strict=True) if text
            ]
            if at == codes or not numbers or not all(_NUMBER.match(text) for _, text in numbers):
                continue
            for name in apis:
                api = self._catalog.apis[name]
                agreeing = sum(
                    code in api.errors and str(exit_code(api, code)) == text
                    for code, text in numbers
                )
                if agreeing * 2 > len(numbers):
                    return at
        return None


def status_in(text: str) -> str:
    """Return the statuses that a cell gives, a family of them, or else all that stands in it."""
    found = _STATUS.findall(text)
    if found and (_BEGINNING.match(text) or _BRACKETED.search(text)):
        return listed(found)
    words = _LETTERS.findall(_STATUS.split(text, maxsplit=1)[0].casefold())
    if found and " ".join(words) in _PHRASES:
        return listed(found)
    return text.lower() if _FAMILY.match(text) else text[:_LONGEST_STATUS]


def code_in(place: Element) -> str:
    """Return the code that ``place`` begins with: the only one set as code, else its only word."""
    codes = place.all("code")
    text = place.text.rstrip("¶#\u200b ")
    if len(codes) == 1 and codes[0].text and text.startswith(codes[0].text):
        return codes[0].text
    return text if len(text.split()) == 1 and not codes else ""


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table that have cells beside headings."""
    return [row for row in table.all("tr") if any(one.tag == "td" for one in row.elements)]


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row."""
    return [one for one in row.elements if one.tag in ("td", "th")]


def _filled(cells: Sequence[Element], at: int) -> str:
    """Return the text of a cell; none where it is a dash or the like."""
    text = cells[at].text if at < len(cells) else ""
    return text if any(map(str.isalnum, text)) else ""


def _mostly(column: Sequence[str], fits: Callable[[str], bool], *, times: int = 2) -> bool:
    """Tell whether more than one in ``times`` of what is filled in fits."""
    filled = [text for text in column if text]
    return sum(map(fits, filled)) * times > len(filled) if filled else False
