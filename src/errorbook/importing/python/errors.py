"""One error of a package: what its class says of it, and what lists and dictionaries add."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from errorbook.catalog.models import NO_EXCEPTION, message_holes
from errorbook.importing.gathered import Gathered
from errorbook.importing.python.codes import Code, Codes
from errorbook.importing.python.details import details_of
from errorbook.importing.python.docstrings import docstring, first_sentence, sections
from errorbook.importing.python.messages import message_of
from errorbook.importing.python.package import STATUSES, Package, short
from errorbook.importing.python.parents import statuses_of
from errorbook.outputs.python.naming import RETRY_AFTER, derive_class
from errorbook.problems import Place, quoted
from errorbook.python_source import attributes

_EXIT_CODES: Final = range(256)


@dataclass(frozen=True)
class Errors:
    """The errors of a package, on their way to facts."""

    package: Package
    codes: Codes
    gathered: Gathered
    common: Collection[str]
    """The classes that most errors come below."""
    from_tables: Mapping[str, tuple[list[JsonValue], Place]]
    """The statuses that dictionaries give a code or the path of a class."""

    def add(self, code: str, one: Code) -> None:
        """Remember everything about one error."""
        self._say(code, (), {}, one.place)
        path = self._class_of(code, one)
        has_meaning = path is not None and self._add_class(code, path)
        if one.constant is not None:
            self._say(code, ("sdk", "python", "constant"), *one.constant)
        if one.comment is not None and not has_meaning:
            self._say(code, ("meaning",), *one.comment)
        listed = self.from_tables.get(code) or self.from_tables.get(path or "")
        if listed is not None:
            self._say(code, ("status",), as_one(listed[0]), listed[1])

    def _say(self, code: str, path: tuple[str, ...], value: JsonValue, place: Place) -> None:
        self.gathered.add(("errors", code, *path), value, place)

    def _class_of(self, code: str, one: Code) -> str | None:
        """Return the class of a code, and remember its name where that does not follow."""
        if not one.classes:
            return None
        path, place = next(iter(one.classes.items()))
        for other, where in list(one.classes.items())[1:]:
            message = f"{short(other)} stands for {quoted(code)}, as {short(path)} does"
            hint = "a catalog has one class for a code: the first was taken"
            self.gathered.wonder(where, message, hint)
        name, shared = short(path), self.codes.of(path)
        exception = ("sdk", "python", "exception")
        if path == self.package.base:
            self._say(code, exception, NO_EXCEPTION, place)
            return None
        if len(shared) > 1 and code == shared[0]:
            listed = ", ".join(shared[:5]) + (", …" if len(shared) > 5 else "")
            message = f"{name} stands for {len(shared)} codes ({listed})"
            hint = "a catalog has a class for each code: name them in `sdk`, or let names follow"
            self.gathered.wonder(place, message, hint)
        if len(shared) == 1 and not name.startswith("_") and name != derive_class(code):
            self._say(code, exception, name, self.package.place_of(path))
        return path

    def _add_class(self, code: str, path: str) -> bool:
        """Remember what a class says of its error, and tell whether it says what it means."""
        statuses = statuses_of(self.package, self.codes, path)
        if statuses:
            self._say(code, ("status",), as_one([*statuses]), next(iter(statuses.values())))
        has_meaning = len(self.codes.of(path)) == 1 and self._add_texts(code, path)
        self._add_flags(code, path)
        names = self._add_details(code, path)
        message = message_of(self.package, path)
        if message is not None:
            self._say(code, ("message",), *message)
            for hole in message_holes(message[0]):
                if hole not in names:
                    self._say(code, ("placeholders", hole), {}, message[1])
        return has_meaning

    def _add_texts(self, code: str, path: str) -> bool:
        """Remember what the docstring of a class says, unless others say the same."""
        text = docstring(self.package.classes.get(path).node)
        place = self.package.place_of(path)
        if not text or text in self.package.shared_docstrings:
            return False
        meaning = first_sentence(text)
        if meaning:
            self._say(code, ("meaning",), meaning, place)
        causes, fix = sections(text)
        if causes:
            self._say(code, ("causes",), [*causes], place)
        if fix:
            self._say(code, ("fix",), fix, place)
        return bool(meaning)

    def _add_flags(self, code: str, path: str) -> None:
        """Remember whether sending again makes sense, and what a command ends with."""
        told = self.package.told(path, attributes.RETRYABLE)
        if told is not None and told.values in ((True,), (False,)):
            when = "as_is" if told.values == (True,) else "never"
            place = self.package.place(told.file, told.line)
            self._say(code, ("retry", "when"), when, place)
        told = self.package.told(path, attributes.EXIT_CODE)
        if told is None or told.owner == self.package.base or told.values is None:
            return
        numbers = [one for one in told.values if type(one) is int and one in _EXIT_CODES]
        if len(numbers) == 1:
            place = self.package.place(told.file, told.line)
            self._say(code, ("exit_code",), numbers[0], place)

    def _add_details(self, code: str, path: str) -> set[str]:
        """Remember the fields of a class, and return their names."""
        names: set[str] = set()
        for detail in details_of(self.package, path, self.common):
            if detail.type is None:
                message = f"{short(path)}.{detail.name} has no type that JSON has"
                hint = "say under `details` what the response holds"
                self.gathered.wonder(detail.place, message, hint)
                continue
            names.add(detail.name)
            self._say(code, ("details", detail.name, "type"), detail.type, detail.place)
            if detail.is_required:
                self._say(code, ("details", detail.name, "required"), True, detail.place)
            if detail.name == RETRY_AFTER:
                self._say(code, ("retry", "after"), [RETRY_AFTER], detail.place)
        return names


def errors_of(package: Package, codes: Codes, gathered: Gathered) -> Errors:
    """Return the errors of a package, ready to be put into ``gathered``."""
    return Errors(package, codes, gathered, codes.common(package), _from_tables(package))


def as_one(several: list[JsonValue]) -> JsonValue:
    """Return a list of one as that one, as the catalog writes it."""
    return several[0] if len(several) == 1 else several


def _from_tables(package: Package) -> dict[str, tuple[list[JsonValue], Place]]:
    """Return the statuses that dictionaries give, by code or path of a class."""
    found: dict[str, tuple[list[JsonValue], Place]] = {}
    for table in package.tables:
        name = table.name.casefold()
        if not ("status" in name or "http" in name) or "exit" in name:
            continue
        for row in table.rows:
            if all(number in STATUSES for number in row.numbers):
                place = package.place(table.file, row.line)
                found.setdefault(row.code or row.path, ([*row.numbers], place))
    return found
