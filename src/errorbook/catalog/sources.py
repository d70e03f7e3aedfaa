"""The files of one catalog: errors.yaml and everything it includes, be it an errors.json."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from errorbook.catalog import cache
from errorbook.catalog.positions import Position, Positions
from errorbook.catalog.published import JsonPositions, read_catalog
from errorbook.catalog.yaml_events import MAX_BYTES
from errorbook.catalog.yaml_reader import Data, read_yaml
from errorbook.problems import CatalogPath, Finding, Place, Problem, quoted
from errorbook.published import is_published
from errorbook.remedies import to_read

MAX_FILES: Final = 1000
_INCLUDE: Final = "include"
_LOOP: Final = ("include-loop", "includes itself in the end")
_READ_ELSEWHERE: Final = ("include-loop", "include-twice")


@dataclass(frozen=True)
class Source:
    """One file of a catalog: its path on disk, its name in problems and its bytes."""

    path: Path
    name: str
    content: bytes

    @cached_property
    def is_published(self) -> bool:
        """Whether it is an errors.json rather than an errors.yaml."""
        return is_published(self.content)

    @cached_property
    def positions(self) -> Positions | JsonPositions:
        """Where its values stand."""
        return JsonPositions(self.content) if self.is_published else Positions(self.content)

    def expect(self, paths: Iterable[CatalogPath]) -> None:
        """Say which positions will be asked for, so that no others have to be found."""
        if "positions" not in self.__dict__ and not self.is_published:
            self.__dict__["positions"] = Positions(self.content, paths)


@dataclass(frozen=True)
class Piece:
    """What one file says of the catalog, without what it includes."""

    source: Source
    data: Data


@dataclass(frozen=True)
class _Wanted:
    """A file that another includes, with the files that led to it."""

    source: Source
    index: int
    name: str
    chain: tuple[Path, ...]

    @cached_property
    def real(self) -> Path:
        """The file on disk, however many links lead there."""
        return self.path.resolve()

    @cached_property
    def path(self) -> Path:
        """The file on disk; it lies beside the file that includes it, not beside a link to that."""
        source = self.source.path
        return (source.resolve() if source.is_symlink() else source).parent / self.name


def to_json(data: Data) -> bytes:
    """Return ``data`` as JSON, which is read quicker than anything else."""
    # PyYAML without libyaml lets lone surrogates through; whoever reads the JSON refuses them.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def place(sources: Iterable[Source], findings: Iterable[Finding]) -> list[Problem]:
    """Return ``findings`` as problems, in order, each at the place it speaks of.

    What stands in one place is said once, however many aliases repeat it.
    """
    files = tuple(sources)
    problems = dict.fromkeys(_placed(files, finding) for finding in findings)
    return sorted(problems, key=lambda problem: problem.place)


def source_of(sources: Iterable[Source], finding: Finding) -> Source:
    """Return the file that ``finding`` is about."""
    return _furthest(sources, finding)[0]


def _furthest(sources: Iterable[Source], finding: Finding) -> tuple[Source, int, Position | None]:
    looked_up = ((source, *source.positions.find(finding.path)) for source in sources)
    return max(looked_up, key=lambda one: one[1])


def _placed(sources: tuple[Source, ...], finding: Finding) -> Problem:
    place = _place_of(sources, finding)
    return Problem(finding.rule, place, finding.message, finding.hint, finding.severity)


def _place_of(sources: tuple[Source, ...], finding: Finding) -> Place:
    """Return where ``finding`` is: in the file that goes furthest along its path."""
    source, steps, position = _furthest(sources, finding)
    if position is None:
        return Place(source.name, 1, 1)
    is_key = finding.at_key and steps == len(finding.path)
    mark = position.key if is_key else position.value
    return Place(source.name, mark.line, mark.column)


class Reading:
    """Reads the files of one catalog, and remembers what is wrong with them."""

    def __init__(self, path: Path, name: str, content: bytes | None = None) -> None:
        """``content`` is what the file holds, where it is not to be read."""
        self.sources: list[Source] = []
        self.files: list[Path] = [path]
        self._content = content
        self.problems: list[Problem] = []
        self.whole = True
        """Whether everything that is included could be read."""
        self._first = (path, name)
        self._known: set[Path] = set()
        """The real paths of what was read."""
        self._folder = path.parent

    def content(self) -> bytes | None:
        """Return what the first file says, as JSON; None where it cannot be read."""
        path, name = self._first
        try:
            source = _read(path, name, self._content)
        except (OSError, ValueError) as error:
            refusal = f"cannot be read: {_why(error)}"
            self.problems.append(Problem("unreadable", Place(name), refusal, to_read(error)))
            return None
        self.sources.append(source)
        return self._parse(source)

    def pieces(self, content: bytes) -> list[Piece]:
        """Return what every file says: the first, then those it includes, depth first."""
        first = Piece(self.sources[0], json.loads(content))
        real = first.source.path.resolve()
        self._folder = real.parent
        self._known.add(real)
        pieces, waiting = [first], self._wanted(first, (real,))
        while waiting and len(self.files) <= MAX_FILES:
            wanted = waiting.pop()
            piece = self._include(wanted)
            if piece:
                pieces.append(piece)
                waiting += self._wanted(piece, (*wanted.chain, wanted.real))
        return pieces

    def _parse(self, source: Source) -> bytes | None:
        """Return the file as JSON; YAML that was parsed without a problem is kept for next time."""
        if source.is_published:
            published, problems = read_catalog(source.content, source.name)
            self.problems += problems
            return None if published is None else to_json(published)
        known = cache.recall(source.content)
        if known is not None:
            return known
        data, problems = read_yaml(source.content, source.name)
        self.problems.extend(problems)
        if data is None:
            return None
        parsed = to_json(data)
        if not problems:
            cache.keep(source.content, parsed)
        return parsed

    def _wanted(self, piece: Piece, chain: tuple[Path, ...]) -> list[_Wanted]:
        """Return what ``piece`` includes, the last first."""
        names = piece.data.pop(_INCLUDE, [])
        if not isinstance(names, list):
            self._refuse_names(piece.source, (_INCLUDE,), "a list of file names")
            return []
        wanted = []
        for index, name in enumerate(names):
            if isinstance(name, str) and name:
                wanted.append(_Wanted(piece.source, index, name, chain))
            else:
                self._refuse_names(piece.source, (_INCLUDE, index), "the name of a file")
        return wanted[::-1]

    def _refuse_names(self, source: Source, path: tuple[str | int, ...], expected: str) -> None:
        self.whole = False
        hint = "one name a line after '- ', relative to this file"
        finding = Finding("wrong-type", path, f"expected {expected}", hint)
        self.problems += place([source], [finding])

    def _include(self, wanted: _Wanted) -> Piece | None:
        """Return what the file that is wanted says, if it may be read and can be."""
        try:
            refusal = self._refusal(wanted)
            source = self._open(wanted) if refusal is None else None
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle
            refusal, source = ("unreadable", f"cannot be read: {_why(error)}"), None
        if refusal is not None:
            self._refuse(wanted, *refusal)
        return self._piece(source) if source else None

    def _open(self, wanted: _Wanted) -> Source:
        self._known.add(wanted.real)
        source = _read(wanted.path, _name_beside(wanted.source.name, wanted.name))
        if sum(len(one.content) for one in (*self.sources, source)) > MAX_BYTES:
            raise ValueError(f"the catalog is larger than {MAX_BYTES:,} bytes")
        self.sources.append(source)
        return source

    def _piece(self, source: Source) -> Piece | None:
        content = self._parse(source)
        self.whole &= content is not None
        return Piece(source, json.loads(content)) if content is not None else None

    def _refusal(self, wanted: _Wanted) -> tuple[str, str] | None:
        """Return the rule by which a file may not be read, and why."""
        if PureWindowsPath(wanted.name).anchor:
            return "include-outside", "is not relative to the file that includes it"
        if not wanted.real.is_relative_to(self._folder):
            return "include-outside", f"leads outside the folder of {self.sources[0].name}"
        if wanted.real in self._known:
            is_loop = wanted.real in wanted.chain
            return _LOOP if is_loop else ("include-twice", "is included twice")
        self.files.append(wanted.path)
        if len(self.files) > MAX_FILES:
            return "too-large", f"is one file too many: a catalog may have {MAX_FILES:,}"
        return _no_file(wanted.real)

    def _refuse(self, wanted: _Wanted, rule: str, message: str) -> None:
        self.whole &= rule in _READ_ELSEWHERE
        finding = Finding(rule, (_INCLUDE, wanted.index), f"{quoted(wanted.name)} {message}")
        self.problems += place([wanted.source], [finding])


def _no_file(path: Path) -> tuple[str, str] | None:
    if path.is_dir():
        return "unreadable", "is a folder, not a file"
    return None if path.is_file() else ("unreadable", "does not exist")


def _read(path: Path, name: str, content: bytes | None = None) -> Source:
    if content is not None:
        return Source(path, name, content)
    with path.open("rb") as file:
        return Source(path, name, file.read(MAX_BYTES + 1))


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _name_beside(name: str, other: str) -> str:
    folder = PurePosixPath(Path(name).as_posix()).parent
    return posixpath.normpath(folder / other)
