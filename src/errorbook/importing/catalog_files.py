"""The catalog that is imported into: the files it has on disk, and edits of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import JsonValue

from errorbook.catalog.load import CatalogError, load
from errorbook.catalog.merge import merge
from errorbook.catalog.sources import Piece, Reading, Source, to_json
from errorbook.catalog.yaml_reader import Data, read_yaml
from errorbook.importing.changes import Change
from errorbook.problems import CatalogPath, ErrorbookError, Place, Problem
from errorbook.remedies import to_read
from errorbook.yaml_text.document import Document, formatted

HEAD: Final = """\
# yaml-language-server: $schema=errors.schema.json
#
# Every error of the API, each written once: documentation, SDK exceptions and checks read it.
# It was imported; what no source said is absent. `errorbook validate` says what is wrong with it,
# and importing again adds what is new and keeps what was written here by hand. Editors complete
# and check it once there is a schema beside it: errorbook schema > errors.schema.json

"""
_EMPTY: Final = b"apis: {}\n"


@dataclass(frozen=True)
class CatalogFiles:
    """The files of a catalog, the one that includes the others first; none where it is new."""

    path: Path
    name: str
    pieces: tuple[Piece, ...]

    @property
    def is_new(self) -> bool:
        """Whether there is no such file yet."""
        return not self.pieces

    def data(self) -> Data:
        """Return what all files say together, in a copy."""
        return merge(self._copies())[0] if self.pieces else {"apis": {}}

    def _copies(self) -> list[Piece]:
        return [Piece(piece.source, _copied(piece.data)) for piece in self.pieces]

    def place_of(self, path: CatalogPath) -> Place:
        """Return where the catalog says what stands at ``path``."""
        if not self.pieces:
            return Place(self.name)
        sources = [piece.source for piece in self.pieces]
        looked_up = [(source, *source.positions.find(path)) for source in sources]
        source, _, position = max(looked_up, key=lambda one: one[1])
        return Place(source.name, *((position.value.line, 0) if position else (0, 0)))

    def owner(self, path: CatalogPath) -> int:
        """Return which file a value at ``path`` belongs in: the one that has most of the way there.

        Of several with the same, it is the one where most stands beside it.
        """
        return max(
            range(len(self.pieces)), key=lambda at: (*_along(self.pieces[at].data, path), -at)
        )

    def is_published(self, at: int) -> bool:
        """Tell whether a file is an errors.json, which nobody edits."""
        return self.pieces[at].source.is_published


def catalog_files(path: Path, name: str) -> CatalogFiles:
    """Return the files of the catalog at ``path``, which is valid or not there at all.

    Raises:
        ErrorbookError: if it is not valid, cannot be read, or is no errors.yaml.
    """
    content = _content(path, name)
    if content is None:
        return CatalogFiles(path, name, ())
    source = Source(path, name, content)
    if source.is_published:
        message = "an errors.json is made from an errors.yaml, and is not edited"
        raise ErrorbookError([Problem("wrong-type", Place(name), message, "name the errors.yaml")])
    if not content.strip():
        return CatalogFiles(path, name, ())
    try:
        load(path, name=name, content=content)
    except CatalogError as error:
        if {problem.rule for problem in error.problems} != {"empty-file"}:
            raise
        return CatalogFiles(path, name, ())
    reading = Reading(path, name, content)
    parsed = reading.content()
    return CatalogFiles(path, name, tuple(reading.pieces(parsed or b"{}")))


def _content(path: Path, name: str) -> bytes | None:
    """Return what is in a file, None where there is none.

    Raises:
        ErrorbookError: if it cannot be read.
    """
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problem = Problem("unreadable", Place(name), message, to_read(error))
        raise ErrorbookError([problem]) from None


def edited(files: CatalogFiles, changes: Iterable[Change]) -> dict[Path, tuple[str, bytes]]:
    """Return the files that ``changes`` make other ones: the name and the content of each."""
    wanted = list(changes)
    if not wanted:
        return {}
    if files.is_new:
        return {files.path: (files.name, _anew(files, wanted))}
    texts: dict[Path, tuple[str, bytes]] = {}
    for at, piece in enumerate(files.pieces):
        mine = [change for change in wanted if files.owner(change.path) == at]
        if mine:
            content = _put(piece, mine)
            if content != piece.source.content:
                texts[piece.source.path] = (piece.source.name, content)
    return texts


def said(files: CatalogFiles, texts: Mapping[Path, tuple[str, bytes]]) -> bytes:
    """Return as JSON what the catalog says once ``texts`` are written."""
    pieces = []
    for piece in files.pieces or (Piece(Source(files.path, files.name, b""), {}),):
        source = piece.source
        name, content = texts.get(source.path, (source.name, source.content))
        if source.path not in texts:
            pieces.append(Piece(source, _copied(piece.data)))
            continue
        data, problems = read_yaml(content, name)
        if data is None or problems:
            raise ErrorbookError(problems)
        data.pop("include", None)
        pieces.append(Piece(Source(source.path, name, content), data))
    merged, problems = merge(pieces)
    if problems:
        raise ErrorbookError(problems)
    return to_json(merged)


def _anew(files: CatalogFiles, changes: Iterable[Change]) -> bytes:
    data: Data = {"apis": {}}
    for change in changes:
        change.apply(data)
    document = Document(f"{HEAD}apis: {{}}\n", files.name)
    document.put(("apis",), data["apis"])
    return formatted(document.text(), files.name).encode()


def _put(piece: Piece, changes: Iterable[Change]) -> bytes:
    """Return a file with ``changes``; a mapping that is new is put there whole."""
    source, data = piece.source, _copied(piece.data)
    whole: dict[CatalogPath, None] = {}
    for change in changes:
        whole[_first_new(piece.data, change.path)] = None
        change.apply(data)
    document = Document(source.content.decode(), source.name)
    for path in whole:
        document.put(path, _at(data, path))
    return document.text().encode()


def _first_new(data: Data, path: CatalogPath) -> CatalogPath:
    """Return the part of ``path`` up to the first step that ``data`` does not have yet.

    It ends at a list: what comes before an item, and may be left out, decides where that stands.
    """
    inner: Any = data
    for steps, key in enumerate(path, 1):
        if isinstance(inner, list):
            return path[: steps - 1]
        inner = inner.get(key) if isinstance(inner, dict) else None
        if inner is None:
            return path[:steps]
    return path


def _at(data: Any, path: CatalogPath) -> JsonValue:
    for key in path:
        data = data[key]
    return data  # type: ignore[no-any-return]  # plain data, as JSON would hold it


def _along(data: Data, path: CatalogPath) -> tuple[int, int]:
    """Return how many steps of ``path`` exist in ``data``, and how much stands at the last."""
    inner: Any = data
    for steps, key in enumerate(path):
        following = inner.get(key) if isinstance(inner, dict) else None
        if following is None:
            return steps, len(inner) if isinstance(inner, (dict, list)) else 0
        inner = following
    return len(path), 0


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
