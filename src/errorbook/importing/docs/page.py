"""A page -> facts: its sections, its tables and its examples, each for what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from pydantic import JsonValue

from errorbook.importing import cells
from errorbook.importing.bodies import is_http_status
from errorbook.importing.docs import closing
from errorbook.importing.docs.blocks import Block, Code, Items, Paragraph, Rule, Table, Terms, walk
from errorbook.importing.docs.columns import codes_of
from errorbook.importing.docs.examples import Example, example_of
from errorbook.importing.docs.lists import ListReader
from errorbook.importing.docs.notes import Notes
from errorbook.importing.docs.parts import Parts
from errorbook.importing.docs.sections import Section, tree
from errorbook.importing.docs.spans import Line, plain_line
from errorbook.importing.docs.tables import Around, TableReader
from errorbook.importing.docs.titles import (
    Subject,
    announces_errors,
    is_reason_phrase,
    label_of,
    subject_of,
    title_field,
)
from errorbook.importing.docs.told import Teller
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import Wish

_EXITS: Final = re.compile(r"\bexit\b", re.I)
_CODE_LABELS: Final = frozenset({"code", "error code", "errorcode", "error_code", "api code"})
_LOWEST: Final = 8


class PageReader:
    """Reads one page into what was gathered."""

    def __init__(self, blocks: Sequence[Block], name: str, wish: Wish, into: Gathered) -> None:
        self._notes = Notes(name, into)
        self._tables = TableReader(self._notes, wish.columns)
        self._teller = Teller(self._notes)
        self._root = tree(blocks)
        self._is_about_errors = bool(announces_errors(re.sub(r"[-_.]", " ", PurePath(name).stem)))
        self._examples: dict[int, Example] = {}
        self._codes: list[Code] = []
        self._known: set[str] = set()
        self._look_ahead(self._root, is_announced=self._is_about_errors)
        self._keys = frozenset(
            key for example in self._examples.values() for key in _keys(example.body)
        )
        self._lists = ListReader(self._notes, self._teller, self._known, self._keys)

    def _look_ahead(self, section: Section, *, is_announced: bool) -> None:
        """Collect the codes of tables and examples: titles are recognised by them."""
        around = Around(is_about_errors=is_announced)
        for block in walk(section.blocks):
            if isinstance(block, Table):
                self._known |= self._tables.codes_in(block, around)
            elif isinstance(block, Code) and (example := example_of(block)) is None:
                self._codes.append(block)
            elif isinstance(block, Code) and example is not None:
                self._examples[id(block)] = example
                if example.parts.code:
                    self._known.add(example.parts.code)
        for below in section.sections:
            self._look_ahead(below, is_announced=_announces(below))

    def read(self) -> None:
        """Add what the page says."""
        self._section(self._root, None, is_about_errors=self._is_about_errors)
        closing.envelopes(self._notes, list(self._examples.values()), self._lists.meanings)
        closing.statuses(self._notes, self._tables.statuses)
        closing.classes(self._notes, self._tables.class_table)
        closing.package(self._notes, self._codes)
        self._notes.tell()

    def _section(self, section: Section, status: int | None, *, is_about_errors: bool) -> None:
        title = section.title
        announced = announces_errors(title.title) if title else None
        is_about_errors = is_about_errors if announced is None else announced
        subject = self._subject(section, is_about_errors=is_about_errors)
        status = subject.status or status
        if subject.codes:
            self._entry(replace(subject, status=status), section, is_about_errors=is_about_errors)
            return
        before = self._notes.amount
        self._loose(section, status, is_about_errors=is_about_errors)
        is_inner = is_about_errors and announced is None and not section.sections
        if is_inner and title and _lines_of_text(section) and self._notes.amount == before:
            kind = "sections below a title about errors were left out: no code is in their titles"
            hint = "if one is about an error, write a line below its title: Code: `its_code`"
            self._notes.among(kind, hint, title.number, title.title[:60])
        for below in section.sections:
            self._section(below, status, is_about_errors=is_about_errors)

    def _subject(self, section: Section, *, is_about_errors: bool) -> Subject:
        """Return what a section is about: with a code only where more than its looks says so."""
        subject = subject_of(section.title) if section.title else Subject()
        if not subject.codes:
            return (
                replace(subject, codes=self._labelled_codes(section)) if section.title else subject
            )
        if subject.status or any(code in self._known for code in subject.codes):
            return subject
        is_filled = bool(section.blocks or section.sections)
        if is_about_errors and subject.is_strong and is_filled:
            return subject
        if _own_parts(section).said.keys() - {"code", "group", "meaning", "action"}:
            return subject
        return Subject(status=subject.status, rest=subject.rest)

    @staticmethod
    def _labelled_codes(section: Section) -> tuple[str, ...]:
        """Return the codes that a label gives: below a title of words stands `Code: E1`."""
        for line in _lines(section.blocks):
            label = label_of(line)
            if label is not None and label.name.casefold() in _CODE_LABELS:
                codes = codes_of(label.value)
                if codes and not is_http_status(codes[0]):
                    return tuple(codes)
        return ()

    def _entry(self, subject: Subject, section: Section, *, is_about_errors: bool) -> None:
        """Read a section about codes."""
        parts = Parts()
        parts.feed(section.blocks)
        lead = list(parts.free)
        inner: list[Section] = []
        for below in section.sections:
            about = self._subject(below, is_about_errors=is_about_errors)
            is_other = bool(about.codes) and set(about.codes) != set(subject.codes)
            if is_other or (about.status and about.status != subject.status):
                inner.append(below)
            else:
                _feed(parts, below)
        number = section.title.number if section.title else 1
        told = _meaning(parts, lead, subject.rest, number)
        for code in subject.codes:
            self._teller.code(code, number)
            if "status" not in parts.said:
                self._teller.status(code, subject.status, number)
            if told is not None:
                self._teller.prose(code, "meaning", told)
            self._teller.parts(code, parts)
        for block in parts.codes:
            if (example := self._examples.get(id(block))) is not None:
                self._teller.example(example)
        for table in parts.tables:
            if not self._teller.fields(table, subject.codes):
                self._table(table, Around(subject.status))
        self._left_over(parts, told, subject.codes[0])
        for below in inner:
            self._section(below, subject.status, is_about_errors=is_about_errors)

    def _left_over(self, parts: Parts, told: Line | None, code: str) -> None:
        every = [*parts.free, *parts.unknown]
        more = [line for line in every if line is not told and not line.plain.endswith(":")]
        if more:
            kind = "text that no label says the meaning of was left out"
            self._notes.among(kind, "see whether it belongs in a field", more[0].number, code)

    def _loose(self, section: Section, status: int | None, *, is_about_errors: bool) -> None:
        """Read a section that is about no code; an example in it is about what follows it."""
        title = section.title.title if section.title else ""
        is_announced = _announces(section) if section.title else self._is_about_errors
        around = Around(status, bool(_EXITS.search(title)), is_announced)
        if status and not any(id(block) in self._examples for block in section.blocks):
            self._status(status, section)
        for example, blocks in self._runs(section.blocks):
            if example is not None:
                self._shown(example, status, blocks)
            for block in blocks:
                if isinstance(block, Table):
                    self._table(block, around)
                elif isinstance(block, Items) and (is_about_errors or status):
                    self._lists.read(block, status)
                elif isinstance(block, Terms):
                    self._terms(block, status, is_about_errors=is_about_errors)

    def _runs(self, blocks: Sequence[Block]) -> Iterator[tuple[Example | None, list[Block]]]:
        """Yield the blocks that follow each example, to the next one or a line across the page."""
        example: Example | None = None
        run: list[Block] = []
        for block in blocks:
            found = self._examples.get(id(block))
            if found is not None or isinstance(block, Rule):
                yield example, run
                example, run = found, []
            else:
                run.append(block)
        yield example, run

    def _shown(self, example: Example, status: int | None, blocks: Sequence[Block]) -> None:
        """Read an example, and the labelled parts below it."""
        code = example.parts.code
        if code is None:
            return
        if example.status is None:
            self._teller.status(code, status, example.number)
        self._teller.example(example)
        parts = Parts()
        parts.feed(block for block in blocks if not isinstance(block, Table))
        for line in parts.said.get("meaning", [])[:1]:
            self._teller.prose(code, "meaning", line)
        self._teller.parts(code, parts)

    def _status(self, status: int, section: Section) -> None:
        """Read a section about a status that no code is known of."""
        parts = Parts()
        parts.feed(section.blocks)
        key = ("statuses", str(status))
        for line in [*parts.said.get("meaning", []), *parts.free][:1]:
            if not line.plain.endswith(":") and not is_reason_phrase(line.plain):
                self._notes.add((*key, "meaning"), cells.prose(line.prose), line.number)
        if parts.said.get("causes"):
            self._teller.causes(key, parts.said["causes"])

    def _table(self, table: Table, around: Around) -> None:
        if not self._tables.read(table, around):
            headers = " | ".join(cell.title for cell in table.header)[:60]
            kind = "tables of which no column holds codes or statuses were left out"
            self._notes.among(kind, "", table.number, f"{headers or 'no header'} ({table.number})")

    def _terms(self, block: Terms, status: int | None, *, is_about_errors: bool) -> None:
        for term, entry in block.entries:
            section = Section(term, _LOWEST, list(entry))
            about = self._subject(section, is_about_errors=is_about_errors)
            if about.codes and about.codes[0] not in self._keys - self._known:
                own = replace(about, status=about.status or status)
                self._entry(own, section, is_about_errors=is_about_errors)


def _meaning(parts: Parts, lead: Sequence[Line], rest: str, number: int) -> Line | None:
    """Return what an error means: by a label, else its first paragraph, else its title."""
    told = parts.said.get("meaning")
    if told:
        return told[0]
    if lead and not lead[0].plain.endswith(":"):
        return lead[0]
    return plain_line(rest, number) if rest else None


def _announces(section: Section) -> bool:
    """Tell whether a title itself announces errors: tables right below it are about them."""
    return section.title is not None and announces_errors(section.title.title) is True


def _own_parts(section: Section) -> Parts:
    """Return the labelled parts of a section, those under a title of their own among them."""
    parts = Parts()
    parts.feed(section.blocks)
    for below in section.sections:
        if below.title and title_field(below.title):
            parts.begin(below.title)
            parts.feed(below.blocks)
    return parts


def _feed(parts: Parts, section: Section) -> None:
    """Take in a section within an error, and those within it."""
    parts.begin(section.title)
    parts.feed(section.blocks)
    for below in section.sections:
        _feed(parts, below)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the lines of text of a section, those of its lists too."""
    for block in walk(blocks):
        if isinstance(block, Paragraph):
            yield from block.lines


def _lines_of_text(section: Section) -> bool:
    """Tell whether a section says something in text."""
    return any(isinstance(block, Paragraph | Items | Terms) for block in section.blocks)


def _keys(value: JsonValue) -> Iterator[str]:
    """Yield the names of the fields of a body."""
    waiting: list[JsonValue] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
