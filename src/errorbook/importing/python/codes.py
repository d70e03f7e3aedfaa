"""The codes of a package: from its classes, registries, branches, calls and lists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from errorbook.catalog import Error
from errorbook.importing.python.chains import Choice, choices
from errorbook.importing.python.docstrings import comment_behind
from errorbook.importing.python.package import CODE, STATUS, STATUSES, Package
from errorbook.outputs.python.naming import constant
from errorbook.problems import Place
from errorbook.python_source.codes import Listing, calls, text
from errorbook.python_source.sources import SourceFile
from errorbook.python_source.values import Value, statements

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
_OF_ERRORS: Final = frozenset({"error", "errors", "err", "errcode", "errno", "failure", "fault"})
_KINDS: Final = frozenset({"code", "codes", "type", "types", "kind", "name", "names", "id", "ids"})
_SUBJECTS: Final = frozenset({"code", "codes", "error", "err", "errcode", "errno"})
_LONGEST: Final = 128


@dataclass
class Code:
    """A code: where it is read first, the classes that stand for it, and what a list says of it."""

    place: Place
    classes: dict[str, Place] = field(default_factory=dict)
    constant: tuple[str, Place] | None = None
    comment: tuple[str, Place] | None = None


@dataclass
class Codes:
    """All codes of a package, and the statuses that its branches and dictionaries give a class."""

    by_code: dict[str, Code] = field(default_factory=dict)
    statuses: dict[str, dict[int, Place]] = field(default_factory=dict)
    _by_class: dict[str, list[str]] = field(default_factory=dict)

    def of(self, path: str) -> list[str]:
        """Return the codes that a class stands for."""
        return self._by_class.get(path, [])

    def common(self, package: Package) -> frozenset[str]:
        """Return the classes that most of those with codes come below: they say little of each."""
        coded = [path for path, codes in self._by_class.items() if codes]
        above: dict[str, int] = {}
        for path in coded:
            for up in package.classes.line_of(path)[1:]:
                above[up] = above.get(up, 0) + 1
        return frozenset(up for up, number in above.items() if number > max(2, len(coded) // 2))

    def add(self, code: str, place: Place, path: str | None = None) -> Code | None:
        """Remember a code, and a class for it; None if it is no code that a catalog could have."""
        if not code or len(code) > _LONGEST or code != code.strip() or not code.isprintable():
            return None
        found = self.by_code.setdefault(code, Code(place))
        if path is not None and path not in found.classes:
            found.classes[path] = place
            self._by_class.setdefault(path, []).append(code)
        return found

    def take_back(self, code: str) -> Code:
        """Forget a code, and return what was known of it."""
        found = self.by_code.pop(code)
        for path in found.classes:
            self._by_class[path].remove(code)
        return found

    def give(self, path: str, statuses: Iterable[int], place: Place) -> None:
        """Remember that a class stands for statuses."""
        for status in statuses:
            self.statuses.setdefault(path, {}).setdefault(status, place)


def read_codes(package: Package) -> Codes:
    """Return the codes of a package, those of classes first."""
    found = Codes()
    _of_classes(package, found)
    _of_registries(package, found)
    for choice in choices(package):
        _of_choice(package, choice, found)
    _of_calls(package, found)
    comments: dict[str, dict[int, str]] = {}
    for listing in package.listings:
        if is_list_of_codes(listing, found.by_code):
            if listing.file.module not in comments:
                comments[listing.file.module] = _comments(listing.file)
            _of_listing(package, listing, found, comments[listing.file.module])
    _take_statuses_for_statuses(found)
    return found


def _take_statuses_for_statuses(found: Codes) -> None:
    """Where codes are words, take numbers of three digits for the statuses that they are."""
    numbers = [code for code in found.by_code if _are_statuses([code])]
    if len(numbers) < len(found.by_code):
        for number in numbers:
            for path, place in found.take_back(number).classes.items():
                found.give(path, [int(number)], place)


def code_is_status(package: Package) -> bool:
    """Tell whether what the classes call their code is the HTTP status, as in frameworks."""
    values: list[Value] = []
    for path in package.exceptions:
        values += _own_values(package, path)
        if package.classes.told(path, STATUS) is not None:
            return False
    return bool(values) and all(type(one) is int and one in STATUSES for one in values)


def is_list_of_codes(listing: Listing, known: Iterable[str]) -> bool:
    """Tell whether an enumeration or `Literal` lists codes: by its name, or by what it holds."""
    words = [word.lower() for word in _HUMP.split(listing.name) if word]
    if {"exit", "status", "http"} & set(words):
        return False
    if words in (["code"], ["codes"], ["known", "code"], ["known", "codes"]):
        return True
    codes = {value for _, value, _ in listing.members}
    if 2 * len(codes & set(known)) >= len(codes) > 1:
        return True
    is_of_errors = bool(_OF_ERRORS & set(words)) and bool(_KINDS & set(words))
    is_text = not any(value.isspace() or " " in value for value in codes)
    return is_of_errors and is_text


def _own_values(package: Package, path: str) -> tuple[Value, ...]:
    """Return what a class itself says that its code is."""
    told = package.classes.told(path, CODE)
    if told is None or told.owner != path or path == package.base:
        return ()
    return tuple(one for one in told.values or () if one is not None)


def _of_classes(package: Package, found: Codes) -> None:
    is_status = code_is_status(package)
    for path in package.exceptions:
        values = _own_values(package, path)
        told = package.classes.told(path, CODE)
        if told is None or not values:
            continue
        place = package.place(told.file, told.line)
        if is_status:
            found.give(path, (one for one in values if isinstance(one, int)), place)
            continue
        for code in map(text, values):
            if code is not None:
                found.add(code, place, path)


def _of_registries(package: Package, found: Codes) -> None:
    for registry in package.registries:
        entries = () if registry.is_made else registry.entries
        keys = [one.code for one in entries]
        is_of_statuses = _are_statuses(keys) and not any(key in found.by_code for key in keys)
        for entry in entries:
            place = package.place(registry.file, entry.line)
            if is_of_statuses:
                found.give(entry.path, [int(entry.code)], place)
            else:
                found.add(entry.code, place, entry.path)


def _of_choice(package: Package, choice: Choice, found: Codes) -> None:
    place = package.place(choice.file, choice.line)
    numbers = [one for one in choice.values if type(one) is int]
    if len(numbers) == len(choice.values) and all(one in STATUSES for one in numbers):
        found.give(choice.path, numbers, place)
        return
    words = {word.lower() for word in _HUMP.split(choice.subject) if word}
    if words & _SUBJECTS and not words & {"status", "exit", "country", "language"}:
        for code in map(text, choice.values):
            if code is not None:
                found.add(code, place, choice.path)


def _of_calls(package: Package, found: Codes) -> None:
    """Take the codes that exceptions are made with; numbers may be statuses, and are not taken."""
    made = calls(package.sources, package.names, package.values, package.classes, CODE)
    for call in made:
        if not call.code.isdecimal() or call.code in found.by_code:
            is_own = bool(found.of(call.path))
            place = package.place(call.file, call.line)
            found.add(call.code, place, None if is_own else call.path)


def _of_listing(
    package: Package, listing: Listing, found: Codes, comments: Mapping[int, str]
) -> None:
    for name, value, line in listing.members:
        place = package.place(listing.file, line)
        code = found.add(value, place)
        if code is None:
            continue
        if listing.is_enum and code.constant is None and constant(value, Error()) != name:
            code.constant = (name, place)
        said = comments.get(line, "")
        if said and listing.is_enum and code.comment is None:
            code.comment = (said, place)


def _comments(file: SourceFile) -> dict[int, str]:
    """Return the comments that stand behind the statements of the classes of a file, by line."""
    found: dict[int, str] = {}
    lines = file.text.split("\n")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ClassDef):
            for one in statements(node.body):
                if isinstance(one, (ast.Assign, ast.AnnAssign)):
                    found[one.lineno] = comment_behind(lines, one)
    return found


def _are_statuses(codes: Iterable[str]) -> bool:
    said = list(codes)
    return bool(said) and all(one.isdecimal() and int(one) in STATUSES for one in said)
