"""The labels and templates that a site has of its own: read, and every problem in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from errorbook.outputs.error_facts import HEADINGS
from errorbook.problems import ErrorbookError, Place, Problem, quoted, suggest
from errorbook.site.labels import Labels
from errorbook.site.look import SUFFIX, Look, OwnTemplate
from errorbook.site.own_labels import labels_in, labels_of_file
from errorbook.site.settings import SettingsError

LARGEST: Final = 256 * 1024
"""Bytes of a template, or of a file of labels, above which it is refused."""
MOST_TEMPLATES: Final = 200
AROUND: Final = tuple(f"page_{name}" for name in ("facts", "retired", *HEADINGS))
"""Templates that there are none of until a site has one: pages are made without, for speed."""
_PASSED_OVER: Final = ("~", ".orig", ".bak", ".swp", ".tmp")
"""How the names of files end that an editor leaves behind."""
_PART: Final = "_"
"""What the name of a template begins with that only others of the site's own include."""

_Stamps = tuple[tuple[str, int, int], ...]
_READ: Final[dict[str, tuple[_Stamps, Look]]] = {}


class LookError(ErrorbookError):
    """The labels or templates of a site cannot be used; ``problems`` says all that is wrong."""


@dataclass(frozen=True)
class OwnLook:
    """Where the labels and templates of a site are, as paths below ``root``.

    Labels may stand in the options themselves, then ``labels`` is a mapping. ``told_in`` is what
    problems call the file of the options.
    """

    root: Path
    templates: str = ""
    labels: str | Mapping[str, Any] = ""
    told_in: str = "mkdocs.yml"

    @property
    def paths(self) -> list[Path]:
        """What is to be watched: the folder, and the file."""
        named = [self.templates, self.labels if isinstance(self.labels, str) else ""]
        return [self.root / one for one in named if one]

    def read(self) -> Look:
        """Return the look of the site, the same one as long as nothing of it changes.

        Raises:
            SettingsError: if a path is not there, or leads out of the project.
            LookError: with every problem found.
        """
        key = json.dumps([str(self.root.absolute()), self.templates, self.labels], default=str)
        stamps = tuple(_stamps(self.paths))
        known = _READ.get(key)
        if known is None or known[0] != stamps:
            known = stamps, self._read()
            _READ[key] = known
        return known[1]

    def _read(self) -> Look:
        problems: list[Problem] = []
        templates: Mapping[str, OwnTemplate] = {}
        texts: Mapping[str, str] = {}
        if isinstance(self.labels, Mapping):
            texts, problems = labels_in(self.labels, self.told_in)
        elif self.labels:
            file = self._inside("labels", self.labels, "file")
            texts, problems = labels_of_file(file, self.labels, _content("labels", file))
        if self.templates:
            folder = self._inside("templates", self.templates, "folder")
            templates, refused = _templates_in(folder, self.templates.rstrip("/"), self.root)
            problems += refused
        look = Look(Labels(texts), templates)
        problems += look.problems()
        if problems:
            raise LookError(sorted(problems, key=lambda one: one.place))
        return look

    def _inside(self, option: str, path: str, kind: str) -> Path:
        """Return the file or folder at ``path``, which is there and within the project."""
        found = self.root / path
        if not _is_within(found, self.root):
            raise SettingsError(f"{option}: {quoted(path)} leads out of the project")
        if not (found.is_dir() if kind == "folder" else found.is_file()):
            raise SettingsError(f"{option}: there is no {kind} {quoted(path)}")
        return found


@cache
def template_names() -> frozenset[str]:
    """Return the names of the templates that a site may have of its own."""
    ours = files("errorbook.site").joinpath("templates").iterdir()
    names = {one.name for one in ours if one.name.endswith(SUFFIX)}
    return frozenset(names | {name + SUFFIX for name in AROUND})


def _templates_in(
    folder: Path, shown: str, root: Path
) -> tuple[dict[str, OwnTemplate], list[Problem]]:
    found: dict[str, OwnTemplate] = {}
    problems: list[Problem] = []
    listed = sorted(folder.iterdir())
    for file in listed[:MOST_TEMPLATES]:
        name = file.name
        if name.startswith(".") or name.endswith(_PASSED_OVER):
            continue
        path = f"{shown}/{name}"
        is_known = name in template_names() or (name.startswith(_PART) and name.endswith(SUFFIX))
        if not is_known:
            message = f"no template of errorbook is called {quoted(name)}"
            hint = suggest(name, template_names())
            problems.append(Problem("unknown-template", Place(path), message, hint))
        elif not file.is_file() or not _is_within(file, root):
            raise SettingsError(f"templates: {quoted(path)} is no file of the project")
        else:
            found[name] = OwnTemplate(_text("templates", file), path)
    if len(listed) > MOST_TEMPLATES:
        raise SettingsError(f"templates: {quoted(shown)} holds more than {MOST_TEMPLATES} files")
    return found, problems


def _is_within(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _content(option: str, file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise SettingsError(f"{option}: {quoted(file.name)} is larger than {LARGEST} bytes")
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{option}: {quoted(file.name)}: {error.strerror}") from None


def _text(option: str, file: Path) -> str:
    try:
        return _content(option, file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{option}: {quoted(file.name)} is not UTF-8") from None


def _stamps(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Yield what changes when somebody writes one of ``paths``, or a file in it."""
    for path in paths:
        below = sorted(path.iterdir()) if path.is_dir() else []
        for one in (path, *below[: MOST_TEMPLATES + 1]):
            try:
                status = os.stat(one)  # noqa: PTH116  # once for each page, under Zensical
            except OSError:
                continue
            yield str(one), status.st_mtime_ns, status.st_size
