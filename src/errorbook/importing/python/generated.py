"""A module that Errorbook generated, read back: its table holds what the catalog said."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog import Error
from errorbook.catalog.models import NO_EXCEPTION
from errorbook.catalog.statuses import family
from errorbook.importing.gathered import Gathered
from errorbook.importing.python.codes import Codes
from errorbook.importing.python.details import json_type
from errorbook.importing.python.docstrings import docstring, first_sentence, sections
from errorbook.importing.python.exit_codes import add_exit_codes
from errorbook.importing.python.package import Package, short
from errorbook.outputs.python.naming import constant, derive_class
from errorbook.outputs.stamp import GENERATED
from errorbook.problems import Place
from errorbook.python_source.sources import SourceFile
from errorbook.python_source.values import assignments, dotted
from errorbook.python_source.written import SdkClass

_SDK: Final = ("sdk", "python")
_HEAD: Final = 400
_SELECTOR: Final = re.compile(r"Errors (?:of the group|whose every status is) ([\w-]{1,64})[.,]")
_UNIT: Final = re.compile(r"(.*?)\s?In (\S+)\.\Z", re.S)
_NOTHING: Final = "Sent with the code."


def is_generated(file: SourceFile) -> bool:
    """Tell whether a module is one of ours, with a table of all codes."""
    return GENERATED in file.text[:_HEAD] and "_ROWS" in file.text


def gather_generated(package: Package, file: SourceFile, gathered: Gathered) -> None:
    """Put what a generated module says into ``gathered``."""
    rows, places = _rows(package, file)
    classes = {one.name: one for one in _classes(package, file)}
    base = _base(file)
    by_code = {code: str(row.get("exception", "")) for code, row in rows.items()}
    first = min(places.values(), default=Place(package.source.name))
    gathered.add((*_SDK, "base"), base, first)
    known = Codes()
    add_exit_codes(package, known, gathered)
    exits = _exits(gathered)
    uses = Counter(by_code.values())
    for code, row in rows.items():
        known.add(code, places[code])
        own = by_code[code] if uses[by_code[code]] == 1 else ""
        cls = classes.get(own) if own != base and not _selector(classes.get(own)) else None
        _add_row(code, row, places[code], gathered)
        _add_exit_code(code, row, places[code], exits, gathered)
        name = ("errors", code, *_SDK, "exception")
        if cls is None:
            gathered.add(name, NO_EXCEPTION, places[code])
            continue
        if cls.name != derive_class(code):
            gathered.add(name, cls.name, package.place_of(cls.path))
        _add_class(package, code, cls, gathered)
        for group in filter(None, (_selector(classes.get(short(up))) for up in cls.bases)):
            if not re.fullmatch(r"[1-5](?:xx|\d\d)", group):
                gathered.add(("errors", code, "group"), group, package.place_of(cls.path))
    for one in classes.values():
        _add_parent(package, one, gathered)
    _add_constants(package, classes.get("Code"), gathered)


def _rows(
    package: Package, file: SourceFile
) -> tuple[dict[str, Mapping[str, Any]], dict[str, Place]]:
    """Return the table of a module, and the place of each row, as far as they are literals."""
    rows: dict[str, Mapping[str, Any]] = {}
    places: dict[str, Place] = {}
    table = dict(assignments(file.tree.body, file.module)).get("_ROWS")
    node = table.value if table else None
    if not isinstance(node, ast.Dict):
        return rows, places
    for key, value in zip(node.keys, node.values, strict=True):
        try:
            code, row = ast.literal_eval(key) if key else None, ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            gathered_key = key or value
            places.setdefault("", package.place(file, gathered_key.lineno))
            continue
        if isinstance(code, str) and isinstance(row, dict):
            rows[code] = row
            places[code] = package.place(file, value.lineno)
    return rows, places


def _classes(package: Package, file: SourceFile) -> Iterator[SdkClass]:
    return (one for one in package.classes.all.values() if one.file is file)


def _base(file: SourceFile) -> str:
    """Return the class of codes that nothing is known of."""
    unknown = dict(assignments(file.tree.body, file.module)).get("_UNKNOWN")
    node = unknown.value if unknown else None
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            is_it = isinstance(key, ast.Constant) and key.value == "exception"
            if is_it and isinstance(value, ast.Constant) and isinstance(value.value, str):
                return value.value
    return ""


def _add_row(code: str, row: Mapping[str, Any], place: Place, gathered: Gathered) -> None:
    here = ("errors", code)
    gathered.add(here, {}, place)
    statuses: list[JsonValue] = [one for one in _tuple(row.get("status")) if type(one) is int]
    if statuses:
        gathered.add((*here, "status"), statuses[0] if len(statuses) == 1 else [*statuses], place)
    if isinstance(row.get("meaning"), str) and row["meaning"]:
        gathered.add((*here, "meaning"), row["meaning"], place)
    actions = [dict(_action(one)) for one in _tuple(row.get("actions"))]
    if actions and all("do" in one for one in actions):
        gathered.add((*here, "actions"), [*actions], place)
    for key, value in _retry(row):
        gathered.add((*here, "retry", key), value, place)


def _action(said: object) -> Iterator[tuple[str, JsonValue]]:
    for key, value in zip(("do", "how", "when"), _tuple(said), strict=False):
        if isinstance(value, str) and value:
            yield key, value


def _retry(row: Mapping[str, Any]) -> Iterator[tuple[str, JsonValue]]:
    if row.get("retry") not in (None, "unknown"):
        yield "when", row["retry"]
    after = [one for one in map(_tuple, _tuple(row.get("after"))) if len(one) >= 2]
    if after:
        yield "after", [f"header:{one[1]}" if one[0] == "header" else str(one[1]) for one in after]
    for key in ("backoff", "needs", "max_attempts"):
        if isinstance(row.get(key), (str, int)):
            yield key, row[key]


def _exits(gathered: Gathered) -> dict[str, str]:
    """Return the exit code that each status, family and so on ends with."""
    return {
        selector: fact.path[1]
        for fact in gathered.facts
        if fact.path[0] == "exit_codes" and fact.path[-1] == "for"
        for selector in _tuple(fact.value)
    }


def _add_exit_code(
    code: str, row: Mapping[str, Any], place: Place, exits: Mapping[str, str], gathered: Gathered
) -> None:
    """Remember the exit code of an error where it does not follow from its status."""
    said = row.get("exit_code")
    statuses = [one for one in _tuple(row.get("status")) if type(one) is int]
    ways = (*map(str, statuses[:1]), *map(family, statuses[:1]), "unknown")
    derived = next((exits[one] for one in ways if one in exits), None)
    if type(said) is int and str(said) != derived:
        gathered.add(("errors", code, "exit_code"), said, place)


def _add_class(package: Package, code: str, cls: SdkClass, gathered: Gathered) -> None:
    """Remember what stands in a class alone: causes, the fix, and the details."""
    here = ("errors", code)
    causes, fix = sections(docstring(cls.node))
    if causes:
        gathered.add((*here, "causes"), [*causes], package.place_of(cls.path))
    if fix:
        gathered.add((*here, "fix"), fix, package.place_of(cls.path))
    for function in cls.functions.values():
        key, kind = _read_key(function), json_type(function.returns)
        if key is None or kind is None:
            continue
        detail, place = (*here, "details", key), package.place(cls.file, function.lineno)
        gathered.add((*detail, "type"), kind, place)
        text = " ".join((ast.get_docstring(function) or "").split())
        unit = _UNIT.match(text)
        meaning = unit[1] if unit else text
        if meaning and meaning != _NOTHING:
            gathered.add((*detail, "meaning"), meaning, place)
        if unit:
            gathered.add((*detail, "unit"), unit[2], place)


def _read_key(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """Return the key that a property reads: that of `self.details.get("…")`."""
    for one in ast.walk(function):
        if isinstance(one, ast.Call) and dotted(one.func) == "self.details.get" and one.args:
            said = one.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                return said.value
    return None


def _selector(one: SdkClass | None) -> str:
    """Return the group, status or family that a class between base and errors is for."""
    found = _SELECTOR.search(" ".join(docstring(one.node).split())) if one else None
    return found[1] if found else ""


def _add_parent(package: Package, one: SdkClass, gathered: Gathered) -> None:
    selector = _selector(one)
    if not selector:
        return
    place = package.place_of(one.path)
    gathered.add((*_SDK, "parents", selector), one.name, place)
    if not re.fullmatch(r"[1-5](?:xx|\d\d)", selector):
        title, _, meaning = first_sentence(docstring(one.node)).partition(": ")
        gathered.add(("groups", selector), {"title": title} if title != selector else {}, place)
        if meaning:
            gathered.add(("groups", selector, "meaning"), meaning, place)


def _add_constants(package: Package, one: SdkClass | None, gathered: Gathered) -> None:
    for name, assigned in one.assigned.items() if one else ():
        code = package.values.one(assigned.value, assigned.scope)
        if one is not None and isinstance(code, str) and constant(code, Error()) != name:
            place = package.place(one.file, assigned.line)
            gathered.add(("errors", code, *_SDK, "constant"), name, place)


def _tuple(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()
