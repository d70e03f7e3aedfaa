"""The source files of an SDK: which there are, and which can have anything to do with errors.

Nothing is imported or run, no symbolic link is followed, and what is too large is left out. A
package may have a thousand modules of which ten know its exceptions: the others are searched for
words, never parsed.
"""

from __future__ import annotations

import ast
import builtins
import io
import os
import re
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

LARGEST: Final = 5_000_000
"""Bytes of a file that is read."""
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 200_000_000
"""What a package may hold altogether."""

_ENCODINGS: Final = frozenset({"utf-8", "utf-8-sig", "ascii", "iso-8859-1", "cp1252"})
"""What sources are written in; whatever else Python could decode is not worth the risk."""
_CLASS: Final = re.compile(
    r"^[ \t]*+class[ \t]++(\w++)[ \t]*+(?:\[[^\]\n]*+\])?\(([^()]*+(?:\([^()]*+\)[^()]*+)*)\)",
    re.M,
)
_RENAMED: Final = re.compile(r"\b(\w++)\s++as\s++(_*+[A-Z]\w*+)")
_ASSIGNED: Final = re.compile(r"^[ \t]*+(_*+[A-Z]\w*+)[ \t]*+=[ \t]*+([\w.]++)[ \t]*+$", re.M)
_ROOT_NAMES: Final = re.compile(r"(?:Error|Exception|Failure|Fault)\Z")
_CODES: Final = re.compile(
    r"^[ \t]*+class[ \t]++\w*(?:Code|Exit)"
    r"|(?:Code|CODE)\w{0,40}+[^\n=]{0,60}+=[^\n]{0,20}?Literal\[",
    re.M,
)
"""What lists of codes begin with; registries have names of exceptions in them."""
_DICTIONARY: Final = re.compile(r"=[ \t]{0,20}+(?:\w{1,40}+\()?\{")
_OF_NUMBERS: Final = ("exit", "status", "http")
"""What tables of numbers by code have in their names."""
_LONGEST_NAME: Final = 200
_WILDCARD: Final = re.compile(r"\bimport[ \t]*+\(?+[ \t]*+\*")
_EXCEPTIONS: Final = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


_MAKES_NAMES: Final = re.compile(
    r"^(?:def[ \t]++)?__getattr__\b|\bglobals\(\)|\bsys\.modules\b|\bimport_module\b|\blazy_", re.M
)


@dataclass(frozen=True)
class SourceFile:
    """A file of the package: the module it is, its path on disk and below the package."""

    module: str
    path: Path
    below: str
    """Its path below the folder of the package; empty where the package is one file."""
    text: str

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__` of a folder."""
        return self.path.stem == "__init__"

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree.

        Raises:
            SyntaxError, ValueError, RecursionError, MemoryError: if there is none.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(self.text)


@dataclass(frozen=True)
class Sources:
    """The files that may have to do with errors; ``unread`` says which could not be looked at."""

    top: str
    files: tuple[SourceFile, ...]
    unread: tuple[tuple[str, int, str], ...]
    """Path below the package, line or 0, and why."""
    is_inner: bool = False
    """Whether the package lies within another one, which may export what is in it."""

    @property
    def is_fixed(self) -> bool:
        """Whether all that the package exports can be seen: no module makes names when it runs."""
        return not self.is_inner and not any(_MAKES_NAMES.search(one.text) for one in self.files)


def read_sources(package: Path, wanted: Iterable[str], *, follow: bool = False) -> Sources:
    """Return the sources of ``package``, a folder or a single module.

    ``wanted`` are names of classes that matter whatever they come below. With ``follow``, what
    modules with exceptions import is looked at too: constants may stand there.

    Raises:
        OSError: if a folder cannot be listed.
    """
    unread: list[tuple[str, int, str]] = []
    files = list(_read(package, unread))
    names = _exceptions(files) | set(wanted)
    relevant = [one for one in files if _is_relevant(one, names)]
    if follow:
        relevant = _with_imported(relevant, files, names)
    kept = relevant if len(relevant) == len(files) else _with_packages(relevant, files)
    parsed = tuple(one for one in kept if _parses(one, unread))
    is_inner = (package.parent / "__init__.py").exists()
    return Sources(_top(package), parsed, tuple(unread), is_inner)


def source_of_text(name: str, content: bytes) -> Sources:
    """Return a single module that no file is needed for: ``content``, called ``name``."""
    reason, text = _decoded(content)
    module = SourceFile(_top(Path(name)), Path(name), "", text)
    unread: list[tuple[str, int, str]] = [("", 0, reason)] if reason else []
    parsed = () if reason or not _parses(module, unread) else (module,)
    return Sources(module.module, parsed, tuple(unread))


def _read(package: Path, unread: list[tuple[str, int, str]]) -> Iterator[SourceFile]:
    top, total = _top(package), 0
    for number, path in enumerate(_paths(package)):
        below = path.relative_to(package).as_posix() if path != package else ""
        if number >= MOST_FILES or total > MOST_BYTES:
            unread.append(("", 0, "more than can be looked at; name the part that has the errors"))
            return
        reason, text = _text(path)
        if reason:
            unread.append((below, 0, reason))
            continue
        total += len(text)
        yield SourceFile(_module(top, below), path, below, text)


def _paths(package: Path) -> Iterator[Path]:
    if not package.is_dir():
        yield package
        return
    for where, folders, names in os.walk(package, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            if name.endswith(".py"):
                yield Path(where, name)


def _raise(error: OSError) -> None:
    raise error


def _text(path: Path) -> tuple[str, str]:
    """Return why a file cannot be read, or else nothing and its text."""
    try:
        if path.is_symlink():
            return "is a symbolic link, which is never followed", ""
        if not path.is_file():
            return "is no plain file", ""
        if path.stat().st_size > LARGEST:
            return f"has more than {LARGEST:,} bytes", ""
        content = path.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}", ""
    return _decoded(content)


def _decoded(content: bytes) -> tuple[str, str]:
    """Return why there is no text in ``content``, or else nothing and the text."""
    if len(content) > LARGEST:
        return f"has more than {LARGEST:,} bytes", ""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if encoding not in _ENCODINGS:
            return "is in an encoding that is not supported; UTF-8 is", ""
        return "", content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return "is no text in the encoding that it says", ""


def _top(package: Path) -> str:
    return package.stem if package.suffix in {".py", ".pyi"} else package.name


def _module(top: str, below: str) -> str:
    parts = Path(below.removesuffix(".py")).parts
    return ".".join((top, *(parts[:-1] if parts[-1:] == ("__init__",) else parts)))


def _exceptions(files: Iterable[SourceFile]) -> set[str]:
    """Return the names of all classes that may be exceptions, and what else they are called."""
    bases: dict[str, set[str]] = {}
    defined: set[str] = set()
    for file in files:
        for name, written in _CLASS.findall(file.text):
            defined.add(name)
            bases.setdefault(name, set()).update(re.findall(r"\w+", written))
        if "Err" in file.text or "Exc" in file.text or "Fa" in file.text:
            for old, new in _RENAMED.findall(file.text):
                bases.setdefault(new, set()).add(old)
            for new, old in _ASSIGNED.findall(file.text):
                bases.setdefault(new, set()).add(old.rpartition(".")[2])
    foreign = {one for many in bases.values() for one in many} - defined
    roots = {one for one in foreign if _ROOT_NAMES.search(one)}
    below: dict[str, list[str]] = {}
    for name, above in bases.items():
        for one in above:
            below.setdefault(one, []).append(name)
    found: set[str] = set()
    waiting = [*_EXCEPTIONS, *roots]
    while waiting:
        for name in below.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found - _EXCEPTIONS


def _is_relevant(file: SourceFile, names: set[str]) -> bool:
    text = file.text
    if _WILDCARD.search(text) or _CODES.search(text) or _has_table(text):
        return True
    return any(name in text and re.search(rf"\b{name}\b", text) for name in names)


def _has_table(text: str) -> bool:
    for found in _DICTIONARY.finditer(text):
        line = text[max(0, found.start() - _LONGEST_NAME) : found.start()].rpartition("\n")[2]
        if any(word in line.casefold() for word in _OF_NUMBERS):
            return True
    return False


def _with_imported(
    relevant: list[SourceFile], files: list[SourceFile], names: set[str]
) -> list[SourceFile]:
    """Return ``relevant`` and the modules that those of them import which define exceptions."""
    modules = {one.module for one in relevant}
    for one in relevant:
        if not any(name in names for name, _ in _CLASS.findall(one.text)):
            continue
        unread: list[tuple[str, int, str]] = []
        for node in ast.walk(one.tree) if _parses(one, unread) else ():
            if isinstance(node, ast.ImportFrom):
                module = module_of(node, one)
                modules.update((module, *(f"{module}.{name.name}" for name in node.names)))
    return [one for one in files if one.module in modules]


def module_of(node: ast.ImportFrom, file: SourceFile) -> str:
    """Return the path of the module that something is imported from."""
    if not node.level:
        return node.module or ""
    parts = file.module.split(".")
    kept = parts if file.is_package else parts[:-1]
    if node.level > 1:
        kept = kept[: 1 - node.level]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _with_packages(relevant: list[SourceFile], files: list[SourceFile]) -> list[SourceFile]:
    """Return ``relevant`` and the packages around them, in order."""
    modules = {one.module for one in relevant}
    for one in relevant:
        parts = one.module.split(".")
        modules.update(".".join(parts[:number]) for number in range(1, len(parts)))
    return [one for one in files if one.module in modules]


def _parses(file: SourceFile, unread: list[tuple[str, int, str]]) -> bool:
    try:
        _ = file.tree
    except SyntaxError as error:
        unread.append((file.below, error.lineno or 0, f"is no Python: {error.msg}"))
    except (ValueError, RecursionError, MemoryError):
        unread.append((file.below, 0, "cannot be parsed"))
    else:
        return True
    return False
