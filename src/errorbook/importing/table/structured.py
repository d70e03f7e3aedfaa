"""JSON, JSON Lines, TOML and YAML -> plain data, with the lines its values stand on."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from errorbook.catalog.positions import Positions
from errorbook.catalog.published import JsonPositions
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import UnreadableError
from errorbook.importing.sources import Source
from errorbook.importing.table.table import Mark
from errorbook.problems import CatalogPath, Place, quoted

_ROOT: Final = "rows"
_SAMPLE: Final = 4000
_TOO_LONG: Final = "a number in it has thousands of digits"
"""The only reason beside the syntax for which Python reads no JSON and no TOML."""
_AT: Final = re.compile(r" \(at line (\d+), column (\d+)\)\Z")
"""How Python says where TOML ends to be that."""


@dataclass(frozen=True)
class Structured:
    """Plain data of a file, and where each of its values is."""

    name: str
    data: Any
    find: Callable[[CatalogPath], Mark]


def structured(source: Source, suffix: str, into: Gathered) -> Structured:
    """Return what ``source`` holds, read as files that end in ``suffix`` are.

    Raises:
        UnreadableError: if it cannot be read so.
    """
    try:
        return FORMATS[suffix](source, into)
    except RecursionError:
        raise UnreadableError("it is nested far too deep") from None


def looks_structured(source: Source) -> str | None:
    """Return which of the endings a file without a known one should have; None for no list."""
    text = source.text()[:_SAMPLE].lstrip()
    if not text.startswith(("{", "[")):
        return None
    first = text.partition("\n")[0].strip()
    is_line = first.startswith("{") and first.endswith("}") and "\n{" in text
    return ".jsonl" if is_line else ".json"


def _json(source: Source, into: Gathered) -> Structured:
    text = source.text()
    repeated: dict[str, None] = {}

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in pairs:
            if key in data:
                repeated[key] = None
            data.setdefault(key, value)
        return data

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        lines = text.lstrip().splitlines()[:2]
        if len(lines) > 1 and all(line.startswith("{") for line in lines):
            return _json_lines(source, into)
        mark = (error.lineno, error.colno)
        raise UnreadableError(f"this is not JSON: {error.msg}", mark) from None
    except ValueError:
        raise UnreadableError(_TOO_LONG) from None
    for key in repeated:
        message = f"{quoted(key)} stands more than once in one object"
        into.wonder(Place(source.name), message, "the first was read")
    return Structured(source.name, data, _in_json(text.encode(errors="replace")))


def _json_lines(source: Source, into: Gathered) -> Structured:
    records: list[Any] = []
    lines: list[int] = []
    for number, line in enumerate(source.text().split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line))
            lines.append(number)
        except ValueError:
            into.wonder(Place(source.name, number), "this line is not JSON", "it was left out")
    return Structured(source.name, records, lambda path: (lines[int(path[0])] if path else 0, 0))


def _toml(source: Source, _: Gathered) -> Structured:
    text = source.text()
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error) from None
    except ValueError:
        raise UnreadableError(_TOO_LONG) from None
    return Structured(source.name, data, _TomlLines(text).find)


def _yaml(source: Source, into: Gathered) -> Structured:
    """Read YAML as strictly as a catalog. A list is put below a key, as only mappings are read."""
    lines = source.text().split("\n")
    marked = [at for at, line in enumerate(lines) if line.rstrip() == "---"][:1]
    at = next((at for at, line in enumerate(lines) if at not in marked and _is_said(line)), 0)
    is_flow = lines[at].startswith("[")
    is_list = is_flow or lines[at].startswith("- ") or lines[at].rstrip() == "-"
    shift = 0
    if is_flow:
        lines[at] = f"{_ROOT}: {lines[at]}"
    elif is_list and marked and marked[0] < at:
        lines[marked[0]] = f"{_ROOT}:"
    elif is_list:
        lines.insert(at, f"{_ROOT}:")
        shift = 1
    content = "\n".join(lines).encode(errors="replace")
    data, problems = read_yaml(content, source.name, first_key="errors")
    for problem in problems:
        mark = _mark(problem.place, at, shift, is_flow=is_flow)
        if data is None:
            raise UnreadableError(problem.message, mark)
        into.wonder(Place(source.name, *mark), problem.message, problem.hint)
    positions = Positions(content)

    def find(path: CatalogPath) -> Mark:
        _, position = positions.find((_ROOT, *path) if is_list else path)
        return (position.key.line - shift, 0) if position else (0, 0)

    return Structured(source.name, (data or {}).get(_ROOT) if is_list else data, find)


def _mark(place: Place, at: int, shift: int, *, is_flow: bool) -> Mark:
    """Return where a problem is in the file as it was, without the key that was put above it."""
    line, column = max(place.line - shift, 1), place.column
    if is_flow and line == at + 1:
        column = max(column - len(f"{_ROOT}: "), 1)
    return line, column


def _not_toml(error: tomllib.TOMLDecodeError) -> UnreadableError:
    message = str(error)
    found = _AT.search(message)
    mark = (int(found[1]), int(found[2])) if found else (0, 0)
    return UnreadableError(f"this is not TOML: {_AT.sub('', message)}", mark)


def _is_said(line: str) -> bool:
    """Tell whether a line of YAML is more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _in_json(content: bytes) -> Callable[[CatalogPath], Mark]:
    positions = JsonPositions(content)

    def find(path: CatalogPath) -> Mark:
        _, position = positions.find(path)
        return (position.key.line, 0) if position else (0, 0)

    return find


class _TomlLines:
    """The lines of TOML on which tables and keys begin, as far as they are told by their looks."""

    _HEADER: Final = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?\Z")
    _KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")

    def __init__(self, text: str) -> None:
        self._lines: dict[CatalogPath, int] = {}
        counts: dict[CatalogPath, int] = {}
        table: CatalogPath = ()
        for number, line in enumerate(text.split("\n"), 1):
            header = self._HEADER.match(line.rstrip("\r"))
            key = self._KEY.match(line)
            if header:
                table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
                if line.lstrip().startswith("[["):
                    index = counts[table] = counts.get(table, -1) + 1
                    table = (*table, index)
                self._lines.setdefault(table, number)
            elif key:
                self._lines.setdefault((*table, key[1].strip("\"'")), number)

    def find(self, path: CatalogPath) -> Mark:
        """Return the line of ``path``, or of the nearest of what it stands in."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]], 0
        return 0, 0


FORMATS: Final[dict[str, Callable[[Source, Gathered], Structured]]] = {
    ".json": _json,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".toml": _toml,
    ".yaml": _yaml,
    ".yml": _yaml,
}
