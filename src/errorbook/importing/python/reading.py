"""A package -> facts, and what could not be told of it."""

from __future__ import annotations

import re
from typing import Final

from errorbook.catalog.models import NO_EXCEPTION
from errorbook.importing.gathered import Gathered
from errorbook.importing.python.codes import Codes, read_codes
from errorbook.importing.python.docstrings import docstring, says_more
from errorbook.importing.python.errors import errors_of
from errorbook.importing.python.exit_codes import add_exit_codes
from errorbook.importing.python.generated import gather_generated, is_generated
from errorbook.importing.python.package import Package, short
from errorbook.importing.python.parents import add_parents, statuses_of
from errorbook.outputs.python.naming import derive_class
from errorbook.problems import Place

SDK: Final = ("sdk", "python")
_CLASS: Final = re.compile(r"[A-Z]\w{0,200}\Z")
_MOST_TOLD: Final = 20
"""Classes without a code that are listed one by one."""


def gather(package: Package, gathered: Gathered) -> None:
    """Put what a package says into ``gathered``."""
    if package.import_name:
        gathered.add((*SDK, "package"), package.import_name, Place(package.source.name))
    generated = [file for file in package.sources.files if is_generated(file)]
    for file in generated:
        gather_generated(package, file, gathered)
    if generated:
        return
    before = len(gathered.facts)
    codes = read_codes(package)
    errors = errors_of(package, codes, gathered)
    for code, one in codes.by_code.items():
        errors.add(code, one)
    parents = add_parents(package, codes, gathered)
    _add_named_parents(package, codes, parents, gathered)
    if package.base is not None and (codes.by_code or parents):
        gathered.add((*SDK, "base"), short(package.base), package.place_of(package.base))
    add_exit_codes(package, codes, gathered)
    _add_aliases(package, codes, parents, gathered)
    if len(gathered.facts) == before:
        gathered.facts.clear()
    _tell_without_code(package, codes, parents, gathered)
    _tell_longer(package, codes, parents, gathered)


def _add_named_parents(
    package: Package, codes: Codes, parents: set[str], gathered: Gathered
) -> None:
    """Give codes that no class stands for the class of a status that would be named after them."""
    named = {short(path): path for path in package.exceptions if path in parents}
    for code, one in codes.by_code.items():
        path = None if one.classes else named.get(derive_class(code))
        statuses = statuses_of(package, codes, path) if path else {}
        for status, place in statuses.items() if len(statuses) == 1 else ():
            gathered.add(("errors", code, "status"), status, place)
            gathered.add(("errors", code, *SDK, "exception"), NO_EXCEPTION, place)


def _add_aliases(package: Package, codes: Codes, parents: set[str], gathered: Gathered) -> None:
    """Remember the former names of classes: `OldError = NewError`."""
    above = {*parents, *([package.base] if package.base else [])}
    for file in package.sources.files:
        for name, said in package.names.aliases(file.module).items():
            path = package.names.resolve(file.module, said)
            one = package.classes.all.get(path)
            if one is None or not _CLASS.match(name) or name == one.name:
                continue
            place = package.place(file, _line_of(file.text, name))
            if path in above:
                gathered.add((*SDK, "aliases", name), one.name, place)
            elif len(found := codes.of(path)) == 1:
                gathered.add(("errors", found[0], *SDK, "aliases"), [name], place)


def _line_of(text: str, name: str) -> int:
    found = re.search(rf"^\s*{name}\b", text, re.M)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _tell_without_code(
    package: Package, codes: Codes, parents: set[str], gathered: Gathered
) -> None:
    """Tell of the exceptions that stand for nothing in the catalog."""
    coded = [path for path in package.exceptions if codes.of(path)]
    above = {up for path in (*coded, *parents) for up in package.classes.line_of(path)}
    left = [
        path
        for path in package.exceptions
        if path not in above and not short(path).startswith("_") and _may_be_error(package, path)
    ]
    told = [path for path in left if not statuses_of(package, codes, path)]
    for path in told[:_MOST_TOLD]:
        message = f"{short(path)} has no code and no status"
        hint = "give it a `code` attribute, or list it by code in a dictionary of classes"
        gathered.wonder(package.place_of(path), message, hint)
    if len(told) > _MOST_TOLD:
        message = f"{len(told) - _MOST_TOLD} more exceptions have no code and no status"
        gathered.wonder(package.place_of(told[_MOST_TOLD]), message)


def _tell_longer(package: Package, codes: Codes, parents: set[str], gathered: Gathered) -> None:
    """Tell that docstrings say more than was taken of them, once for each module."""
    longer: dict[str, list[Place]] = {}
    for path in package.exceptions:
        text = docstring(package.classes.get(path).node)
        is_used = (codes.of(path) or path in parents) and text not in package.shared_docstrings
        if is_used and path != package.base and says_more(text):
            place = package.place_of(path)
            longer.setdefault(place.path, []).append(place)
    for places in longer.values():
        number = len(places)
        said = f"{number} docstrings say" if number > 1 else "a docstring says"
        message = f"{said} more than was taken: a first sentence, causes and a fix"
        gathered.wonder(places[0], message, "the rest may be causes, a fix or details")


def _may_be_error(package: Package, path: str) -> bool:
    """Tell whether a class may stand for an error of the API: it comes below the base, if any."""
    line = package.classes.line_of(path)
    is_warning = any(short(one).endswith("Warning") for one in line)
    is_below = package.base is None or (path != package.base and package.base in line)
    return is_below and not is_warning
