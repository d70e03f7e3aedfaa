"""A small project on disk, for what compares and writes generated files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from errorbook.project import ExpectedFile, Workspace, expected_files, open_workspace

PROJECT = "generate:\n  - {output: python, to: sdk}\n  - {output: schema, to: .}\n"
CATALOG = "apis:\n  shop:\n    errors:\n      sold_out: {status: 409, meaning: No copy is left.}\n"
JSON, MODULE, TYPED = (f"sdk/shop/{name}" for name in ("errors.json", "errors.py", "py.typed"))
"""The files of the package of the only API."""
SCHEMA = "errors.schema.json"


@dataclass(frozen=True)
class SmallProject:
    """A project in a folder of its own."""

    folder: Path

    def write_catalog(self, text: str = CATALOG) -> None:
        (self.folder / "errors.yaml").write_text(text, encoding="utf-8")

    def write_project(self, text: str = PROJECT) -> None:
        (self.folder / "errorbook.yaml").write_text(text, encoding="utf-8")

    def workspace(self) -> Workspace:
        return open_workspace(self.folder / "errorbook.yaml", None, self.folder)

    def files(self) -> tuple[ExpectedFile, ...]:
        workspace = self.workspace()
        return expected_files(workspace.project, workspace.catalog.catalog)

    @property
    def module(self) -> Path:
        return self.folder / MODULE

    def on_disk(self) -> dict[str, bytes]:
        """Return every file of the folder, by path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def small_project(folder: Path) -> SmallProject:
    """Return a project in ``folder`` of which nothing is generated yet."""
    project = SmallProject(folder)
    project.write_catalog()
    project.write_project()
    return project
