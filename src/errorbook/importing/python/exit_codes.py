"""The exit codes of a command line: an enumeration, or constants that begin with EXIT."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from errorbook.catalog.facts import EXIT_CODE_WORDS
from errorbook.importing.gathered import Gathered
from errorbook.importing.python.codes import Codes
from errorbook.importing.python.docstrings import comment_behind, docstring_behind
from errorbook.importing.python.package import Package
from errorbook.problems import Place
from errorbook.python_source.values import statements

_NUMBERS: Final = range(256)
_CONSTANT: Final = re.compile(r"EXIT_(?:CODE_)?([A-Z][A-Z0-9_]{0,100})\Z")
_MEMBER: Final = re.compile(r"[A-Z][A-Z0-9_]{0,100}\Z")
_SELECTOR: Final = re.compile(rf"[1-5]xx|[1-5][0-9][0-9]|{'|'.join(EXIT_CODE_WORDS)}")


def add_exit_codes(package: Package, codes: Codes, gathered: Gathered) -> None:
    """Remember the exit codes, and what the dictionaries say that they are for."""
    known: dict[int, str] = {}
    for number, name, meaning, place in _written(package):
        if known.setdefault(number, name) != name:
            message = f"the exit code {number} is {name} here and {known[number]} before"
            gathered.wonder(place, message, "a catalog has one name for it: the first was taken")
            continue
        gathered.add(("exit_codes", str(number), "name"), name, place)
        if meaning:
            gathered.add(("exit_codes", str(number), "meaning"), meaning, place)
    for table in package.tables:
        if "exit" not in table.name.casefold():
            continue
        for row in table.rows:
            place = package.place(table.file, row.line)
            if len(row.numbers) != 1 or row.numbers[0] not in _NUMBERS:
                continue
            own = [row.code] if row.code in codes.by_code else codes.of(row.path)
            for code in own:
                gathered.add(("errors", code, "exit_code"), row.numbers[0], place)
            if not own and row.numbers[0] in known and _SELECTOR.fullmatch(row.code):
                path = ("exit_codes", str(row.numbers[0]), "for")
                gathered.add(path, [row.code], place)


def _written(package: Package) -> Iterator[tuple[int, str, str, Place]]:
    """Yield number, name, meaning and place of each exit code."""
    for file in package.sources.files:
        lines = file.text.split("\n")
        for one in statements(file.tree.body):
            if isinstance(one, ast.ClassDef) and "exit" in one.name.casefold():
                scope, pattern = f"{file.module}.{one.name}", _MEMBER
                body = one.body
            elif isinstance(one, (ast.Assign, ast.AnnAssign)):
                scope, pattern, body = file.module, _CONSTANT, [one]
            else:
                continue
            behind = file.tree.body if body == [one] else body
            for each in body:
                name = _name(each)
                found = pattern.match(name)
                value = each.value if isinstance(each, (ast.Assign, ast.AnnAssign)) else None
                number = package.values.one(value, scope)
                if found and type(number) is int and number in _NUMBERS:
                    said = docstring_behind(behind, each) or comment_behind(lines, each)
                    place = package.place(file, each.lineno)
                    yield number, found[pattern.groups], said, place


def _name(one: ast.stmt) -> str:
    target = one.targets[0] if isinstance(one, ast.Assign) and len(one.targets) == 1 else None
    if isinstance(one, ast.AnnAssign):
        target = one.target
    return target.id if isinstance(target, ast.Name) else ""
