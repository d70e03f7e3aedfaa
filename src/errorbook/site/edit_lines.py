"""Where a code stands in its catalog, for links that lead to an editor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from errorbook.catalog import LoadedCatalog
from errorbook.problems import Finding
from errorbook.site.links import ErrorKey
from errorbook.site.project_paths import project_folder


@dataclass(frozen=True)
class EditLine:
    """A file, as seen from the folder of the pages, and a line of it."""

    file: str
    line: int | str
    is_shown: bool = True
    """Whether an address may end in the line: not where more follows the path in it."""

    @property
    def uri(self) -> str:
        """The two as a path that ``edit_uri`` of mkdocs.yml is put before."""
        return f"{self.file}#L{self.line}" if self.is_shown else self.file


class EditLines:
    """The lines of a catalog's codes, looked up only where somebody is to be led there."""

    def __init__(self, loaded: LoadedCatalog, config: MkDocsConfig) -> None:
        self._loaded = loaded
        self._docs = Path(config.docs_dir).resolve()
        self._repository = _repository(project_folder(config))
        self._shows_lines = not config.edit_uri_template and "?" not in (config.edit_uri or "")

    def __call__(self, key: ErrorKey) -> EditLine | None:
        """Return the line of a code; None where it is in no file of the repository."""
        return self._lines.get(key)

    @cached_property
    def _lines(self) -> dict[ErrorKey, EditLine]:
        codes = {
            f"{name}/{code}": (name, kind, code)
            for name, api in self._loaded.catalog.apis.items()
            for kind, codes in (("errors", api.errors), ("retired", api.retired))
            for code in codes
        }
        findings = (
            Finding("edit", ("apis", *path), key, at_key=True) for key, path in codes.items()
        )
        paths = {source.name: source.path.resolve() for source in self._loaded.sources}
        lines = {}
        for problem in self._loaded.place(findings):
            name, _, code = codes[problem.message]
            path = paths[problem.place.path]
            if path.is_relative_to(self._repository):
                file = Path(os.path.relpath(path, self._docs)).as_posix()
                lines[(name, code)] = EditLine(file, problem.place.line, self._shows_lines)
        return lines


def _repository(folder: Path) -> Path:
    """Return the nearest folder above that is a git repository's; ``folder`` if none is."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
