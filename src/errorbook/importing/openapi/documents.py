"""The files of one OpenAPI document: the first, and those beside it that its `$ref`s lead to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import JsonValue

from errorbook.catalog.positions import Positions
from errorbook.catalog.published import JsonPositions
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import UnreadableError
from errorbook.importing.sources import MAX_BYTES, Source
from errorbook.problems import CatalogPath, Place, Problem, quoted, shortened

MOST_FILES: Final = 200
MOST_LEVELS: Final = 200
_MOST_REFERENCES: Final = 32
"""References that lead to references, one after the other."""
_JSON_BEGINS: Final = (b"{", b"[")
_BOM: Final = b"\xef\xbb\xbf"
_SETTLED: Final = frozenset({"duplicate-key", "unused-anchor"})
"""What YAML may have wrong without a value being lost."""


@dataclass
class File:
    """One file, read: what it holds, and its name in problems."""

    name: str
    content: bytes
    data: JsonValue
    folder: Path | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_json(self) -> bool:
        """Tell whether it was read as JSON."""
        return _is_json(self.content)

    def positions(self, paths: Iterable[CatalogPath]) -> Positions | JsonPositions:
        """Return where the values at ``paths`` stand."""
        return JsonPositions(self.content) if self.is_json else Positions(self.content, paths)


@dataclass(frozen=True, eq=False)
class Node:
    """A value of a document, and the way to it."""

    file: File
    path: CatalogPath
    value: JsonValue
    referrer: Node | None = None
    """What referred to it, whose own description comes first."""

    @property
    def key(self) -> tuple[str, CatalogPath]:
        """What tells it from any other value."""
        return self.file.name, self.path

    def get(self, name: str) -> Node | None:
        """Return what stands under ``name``, as it is; None where nothing does."""
        if not isinstance(self.value, dict) or self.value.get(name) is None:
            return None
        return Node(self.file, (*self.path, name), self.value[name])

    def fields(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping; none of anything else."""
        if isinstance(self.value, dict):
            for name, value in self.value.items():
                yield name, Node(self.file, (*self.path, name), value)

    def items(self) -> Iterator[Node]:
        """Yield the entries of a list; none of anything else."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.file, (*self.path, index), value)

    def text(self, name: str) -> Node | None:
        """Return the text under ``name``, of what referred to this value or of the value itself."""
        for one in (self.referrer, self):
            found = one.get(name) if one else None
            if found is not None and isinstance(found.value, str) and found.value.strip():
                return found
        return None


class Documents:
    """Reads files and follows references, within the folder of the first and nowhere else."""

    def __init__(self, source: Source, into: Gathered) -> None:
        self._into = into
        folder = source.path.resolve().parent if source.path is not None else None
        self._root = folder
        first = _read(source.name, source.content, folder)
        self.first = Node(first, (), first.data)
        self._files: dict[Path, File | None] = {}
        if source.path is not None:
            self._files[source.path.resolve()] = first
        self._prefix = source.name[: len(source.name) - len(Path(source.name).name)]
        self._untold: dict[str, None] = {}
        self._tell(first)

    def follow(self, node: Node) -> Node | None:
        """Return what ``node`` refers to, itself if to nothing; None where that is out of reach."""
        referrer = node.referrer
        for _ in range(_MOST_REFERENCES):
            target = node.value.get("$ref") if isinstance(node.value, dict) else None
            if not isinstance(target, str):
                return Node(node.file, node.path, node.value, referrer)
            referrer = referrer or node
            found = self._target(node, target)
            if found is None:
                return None
            node = found
        self._wonder(node, "a reference leads round in a circle", "let it lead to a value")
        return None

    def child(self, node: Node, name: str) -> Node | None:
        """Return what stands under ``name`` of ``node``, references followed."""
        found = node.get(name)
        return self.follow(found) if found is not None else None

    def _target(self, node: Node, target: str) -> Node | None:
        address, _, pointer = target.partition("#")
        file = self._file(node, address) if address else node.file
        if file is None:
            return None
        found = _at(file, pointer)
        if found is None:
            self._wonder(node, f"{quoted(target)} leads nowhere", "name a value that there is")
        return found

    def _file(self, node: Node, address: str) -> File | None:
        shown = quoted(address)
        parts = _parts(address)
        if parts is None or parts.scheme or parts.netloc or address.startswith("//"):
            message = f"the reference to {shown} was not followed: nothing is read over the network"
            self._wonder(node, message, "save that file beside this one, and refer to it")
            return None
        if self._root is None or node.file.folder is None:
            message = f"the reference to {shown} was not followed: what is piped in has no folder"
            self._wonder(node, message, "name the file instead")
            return None
        try:
            path = (node.file.folder / unquote(parts.path)).resolve()
            is_inside = path.is_relative_to(self._root)
        except (OSError, ValueError, RuntimeError):
            is_inside, path = False, self._root
        if not is_inside:
            message = f"the reference to {shown} was not followed: it leads out of the folder"
            self._wonder(node, message, "bring that file into the folder of the first one")
            return None
        return self._loaded(node, path, shown)

    def _loaded(self, node: Node, path: Path, shown: str) -> File | None:
        if path in self._files:
            return self._files[path]
        if len(self._files) >= MOST_FILES:
            self._wonder(node, f"no more than {MOST_FILES} files are read", "bundle them into one")
            return None
        name = self._prefix + path.relative_to(self._root or path).as_posix()
        try:
            content = _content(path)
            file = _read(name, content, path.parent)
        except (OSError, UnreadableError):
            self._files[path] = None
            self._wonder(node, f"{shown} cannot be read as YAML or JSON", "mend it, or remove it")
            return None
        self._files[path] = file
        self._tell(file)
        return file

    def _tell(self, file: File) -> None:
        for problem in file.problems:
            if problem.rule not in _SETTLED:
                self._into.wonder(problem.place, problem.message, problem.hint)

    def _wonder(self, node: Node, message: str, hint: str) -> None:
        if message not in self._untold:
            self._untold[message] = None
            self._into.wonder(place_of(node), message, hint)


def place_of(node: Node) -> Place:
    """Return where ``node`` stands. For many, ``places_of`` is far quicker."""
    return places_of([node])[node.key]


def places_of(nodes: Iterable[Node]) -> dict[tuple[str, CatalogPath], Place]:
    """Return where each of ``nodes`` stands, by its key."""
    by_file: dict[str, list[Node]] = {}
    for node in nodes:
        by_file.setdefault(node.file.name, []).append(node)
    places: dict[tuple[str, CatalogPath], Place] = {}
    for name, inside in by_file.items():
        positions = inside[0].file.positions({node.path for node in inside})
        for node in inside:
            if node.key not in places:
                _, position = positions.find(node.path)
                at = (position.value.line, position.value.column) if position else (1, 1)
                places[node.key] = Place(name, *at)
    return places


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address) if address.isprintable() else None
    except ValueError:
        return None


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableError("not a file")
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableError("too large")
    return content


def _is_json(content: bytes) -> bool:
    return content.removeprefix(_BOM).lstrip().startswith(_JSON_BEGINS)


def _read(name: str, content: bytes, folder: Path | None) -> File:
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"{shortened(name)} is larger than the {MAX_BYTES:,} bytes read")
    if _is_json(content):
        try:
            data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            if name.endswith(".json"):
                raise UnreadableError(f"{shortened(name)} is no JSON: {_reason(error)}") from None
        else:
            if _is_deep(data):
                raise UnreadableError(f"{shortened(name)} is nested more than {MOST_LEVELS} levels")
            return File(name, content, data, folder)
    found, problems = read_yaml(content, name, first_key="openapi")
    if found is None:
        why = str(problems[0].message) if problems else "nothing is in it"
        where = problems[0].place if problems else name
        raise UnreadableError(f"{where}: {why}")
    return File(name, content, found, folder, problems)


def _is_deep(data: JsonValue) -> bool:
    level: list[JsonValue] = [data]
    for _ in range(MOST_LEVELS):
        inner = (
            one.values() if isinstance(one, dict) else one
            for one in level
            if isinstance(one, (dict, list))
        )
        level = [value for values in inner for value in values]
        if not level:
            return False
    return True


def _reason(error: Exception) -> str:
    return "nested far too deep" if isinstance(error, RecursionError) else str(error)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _at(file: File, pointer: str) -> Node | None:
    """Return what a JSON pointer leads to; None where it leads nowhere."""
    value: JsonValue = file.data
    path: list[str | int] = []
    for raw in unquote(pointer).split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and step in value:
            value = value[step]
            path.append(step)
        elif isinstance(value, list) and step.isascii() and step.isdigit() and len(step) < 9:
            if int(step) >= len(value):
                return None
            value = value[int(step)]
            path.append(int(step))
        else:
            return None
    if pointer and not pointer.startswith("/"):
        return None
    return Node(file, tuple(path), value)
