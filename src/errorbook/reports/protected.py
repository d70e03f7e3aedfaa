"""Files that no report may take the place of: what it is about, or what somebody generates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from errorbook.problems import quoted

if TYPE_CHECKING:
    from errorbook.project import Workspace
    from errorbook.reports.formats import Wanted

_MOST_READ: Final = 1024 * 1024
_MARKDOWN: Final = frozenset({".md", ".markdown"})
_YAML: Final = frozenset({".yaml", ".yml"})
_LOCK: Final = "errorbook.lock"
_MARKER: Final = re.compile(r"^ {0,3}<!--[ \t]*errorbook:", re.MULTILINE)


def refuse_kept(reports: Iterable[Wanted]) -> None:
    """Refuse files that are somebody's by their names, or by what stands in them.

    This holds where nothing is known of a project, as when its catalog cannot be read.

    Raises:
        ValueError: with what one of them is.
    """
    for file in _files(reports):
        real = Path(os.path.realpath(file))
        if not _YAML.isdisjoint((file.suffix.lower(), real.suffix.lower())):
            raise ValueError(f"{quoted(str(file))} is YAML, as catalogs are, and no report is")
        what = "errorbook.lock" if _LOCK in (file.name, real.name) else _kept(real)
        if what:
            raise ValueError(f"{quoted(str(file))} is {what}: name another file")


def refuse_inputs(reports: Iterable[Wanted], workspace: Workspace | None) -> None:
    """Refuse files that a project and its catalog are read from.

    Raises:
        ValueError: with the first of them.
    """
    files = list(_files(reports))
    inputs = {_real(file) for file in _inputs(workspace)} if files and workspace else set()
    for file in files:
        if _real(file) in inputs:
            raise ValueError(f"{quoted(str(file))} is read by errorbook: name another file")


def _files(reports: Iterable[Wanted]) -> Iterator[Path]:
    return (one.file for one in reports if one.file is not None)


def _real(file: Path) -> str:
    return os.path.normcase(os.path.realpath(file))


def _inputs(workspace: Workspace) -> Iterator[Path]:
    yield from workspace.catalog.files
    project = workspace.project
    if project.source is not None:
        yield project.source.path
    baseline = PurePosixPath(project.project.check.baseline)
    yield project.root / baseline
    if baseline.name:
        yield project.root / baseline.with_suffix(f".internal{baseline.suffix}")


def _kept(file: Path) -> str:
    """Return what a file is if errorbook generated it, or a part of it; empty if it did not."""
    from errorbook.outputs.stamp import GENERATED  # noqa: PLC0415  # few write reports to files

    text = ""
    with suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                text = opened.read(_MOST_READ).decode(errors="replace")
    if GENERATED in text[:2000]:
        return "generated from the catalog"
    is_marked = file.suffix.lower() in _MARKDOWN and _MARKER.search(text)
    return "Markdown with text between markers" if is_marked else ""
