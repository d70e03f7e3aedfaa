"""What a folder has already that `init` has to know of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from errorbook.init.mkdocs_file import MkDocsFile, found_in
from errorbook.project_file import LOCK_FILE, PROJECT_FILE

Forge = Literal["github", "gitlab", "none"]

_MOST_BYTES: Final = 256 * 1024
_GITLAB: Final = re.compile(r"^\s*url\s*=.*gitlab", re.MULTILINE | re.IGNORECASE)
_REQUIREMENTS: Final = (
    "requirements-docs.txt",
    "docs/requirements.txt",
    "requirements/docs.txt",
    "requirements.txt",
)


@dataclass(frozen=True)
class Surroundings:
    """A folder, and what stands in it."""

    root: Path
    mkdocs: MkDocsFile | None
    project_name: str | None
    """The name in pyproject.toml."""
    forge: Forge
    """Whose CI the repository has; none below the root of one, where no CI would find its file."""
    requirements: str | None
    """What the docs need already."""

    @property
    def package(self) -> str | None:
        """The import name of the Python package that is being written here, if there is one."""
        name = re.sub(r"[^a-z0-9]+", "_", (self.project_name or "").lower())
        folders = (self.root / "src" / name, self.root / name)
        return name if name.isidentifier() and any(map(Path.is_dir, folders)) else None

    @property
    def has_project(self) -> bool:
        """Whether there is an errorbook.yaml."""
        return (self.root / PROJECT_FILE).is_file()

    @property
    def has_lock(self) -> bool:
        """Whether catalogs were fetched."""
        return (self.root / LOCK_FILE).is_file()


def look_around(root: Path) -> Surroundings:
    """Return what stands in ``root``.

    Raises:
        Refusal: if mkdocs.yml is no YAML.
        OSError: if a file cannot be read.
    """
    name = found_in(root)
    return Surroundings(
        root=root,
        mkdocs=MkDocsFile(root, name) if name else None,
        project_name=_project_name(root),
        forge=_forge(root),
        requirements=next((one for one in _REQUIREMENTS if (root / one).is_file()), None),
    )


def _project_name(root: Path) -> str | None:
    try:
        data = tomllib.loads(_text(root / "pyproject.toml"))
        name = data["project"]["name"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def _forge(root: Path) -> Forge:
    above = (folder for folder in root.parents if (folder / ".git").exists())
    if not (root / ".git").exists() and next(above, None) is not None:
        return "none"
    if (root / ".gitlab-ci.yml").is_file() or _GITLAB.search(_text(root / ".git/config")):
        return "gitlab"
    return "github"


def _text(file: Path) -> str:
    """Return the beginning of a file; nothing if there is none."""
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return opened.read(_MOST_BYTES).decode("utf-8", errors="replace")
