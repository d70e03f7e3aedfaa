"""The catalog that a project is laid out for: one that is there, one that is fetched, a new one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from errorbook import outputs
from errorbook.catalog import Catalog, LoadedCatalog, load
from errorbook.catalog.audience import seen_by
from errorbook.catalog.sources import Source
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.init.answers import Answers
from errorbook.init.contents import rendered
from errorbook.init.layout import Layout
from errorbook.init.mkdocs_file import MkDocsFile
from errorbook.init.refusal import Refusal
from errorbook.problems import ErrorbookError
from errorbook.project import LoadedProject
from errorbook.project_file import CATALOG_FILE, LOCK_FILE, PROJECT_FILE, Project

_NOT_VALID: Final = f"{PROJECT_FILE} is not valid: run errorbook validate, mend it."


@dataclass(frozen=True)
class Subject:
    """A catalog that is valid, and what it is called from the folder of the project."""

    name: str
    catalog: Catalog
    """All of it."""

    @property
    def public(self) -> Catalog:
        """What everybody may see of it."""
        return seen_by(self.catalog, "public")


def existing_project(root: Path) -> LoadedProject | None:
    """Return what errorbook.yaml of the folder says, if there is one.

    Raises:
        ErrorbookError: if it is no valid YAML.
        Refusal: if it says something that is not valid.
    """
    file = root / PROJECT_FILE
    found = project_of(file.read_bytes(), root) if file.is_file() else None
    if found and any(one.output not in outputs.OUTPUTS for one in found.project.generate):
        raise Refusal(_NOT_VALID)
    return found


def project_of(content: bytes, root: Path) -> LoadedProject:
    """Return the project that an errorbook.yaml with this content would be in ``root``."""
    data, problems = read_yaml(content, PROJECT_FILE, first_key="generate")
    if problems and [one.rule for one in problems] != ["empty-file"]:
        raise ErrorbookError(problems)
    try:
        project = Project.model_validate_json(json.dumps(data or {}))
    except ValidationError:
        raise Refusal(_NOT_VALID) from None
    return LoadedProject(project, root, ".", Source(root / PROJECT_FILE, PROJECT_FILE, content))


def existing_name(root: Path, project: LoadedProject | None, site: MkDocsFile | None) -> str | None:
    """Return what the catalog is called that the folder has: in errorbook.yaml, or the usual name.

    ``site`` is its mkdocs.yml, which may call it something else.

    Raises:
        Refusal: if several were fetched and nothing says which is meant, or if ``site`` names one
            that is out of reach.
        ErrorbookError: if errorbook.lock is not valid.
    """
    if project is not None and (root / project.project.catalog).is_file():
        return project.project.catalog
    for name in (site.catalog if site else None, CATALOG_FILE):
        if name is not None and (root / name).is_file():
            return name
    if not (root / LOCK_FILE).is_file():
        return None
    from errorbook.fetch.lock import read_lock  # noqa: PLC0415  # few have one

    names = sorted(read_lock(root, LOCK_FILE).files)
    if len(names) > 1:
        raise Refusal(f"{LOCK_FILE} has several catalogs: include them in an {CATALOG_FILE} first.")
    return next((name for name in names if (root / name).is_file()), None)


def existing(root: Path, name: str) -> Subject:
    """Return the catalog ``name`` of the folder.

    Raises:
        ErrorbookError: if it is not valid.
    """
    return _checked(name, load(root / name, name=name))


def new(layout: Layout, answers: Answers) -> Subject:
    """Add a new errors.yaml, and return what it says."""
    content = rendered("errors.yaml", **vars(answers))
    why = f"the errors of {answers.title}, each once: put yours in place of the examples"
    if not layout.new(CATALOG_FILE, content, why):
        raise Refusal(f"{CATALOG_FILE} is there and is no file: move it away.")
    loaded = load(layout.root / CATALOG_FILE, name=CATALOG_FILE, content=content)
    return _checked(CATALOG_FILE, loaded)


def fetched(layout: Layout, source: str, start: Path) -> Subject:
    """Add the catalog that ``source``, as seen from ``start``, publishes, and its pin.

    Raises:
        Refusal: if it cannot be a source.
        ErrorbookError: if it is no valid catalog.
        OSError: if it cannot be reached.
    """
    from errorbook.fetch.fetch import update_from  # noqa: PLC0415  # slow to import
    from errorbook.fetch.folder import Folder, OutsideError  # noqa: PLC0415  # as above
    from errorbook.fetch.lock import Lock  # noqa: PLC0415  # as above
    from errorbook.fetch.source import NoSourceError, kept_source  # noqa: PLC0415  # as above

    try:
        kept = kept_source(source, start, layout.root)
        update = update_from(Folder(layout.root, start), Lock(), kept, None)
    except (NoSourceError, OutsideError) as error:
        raise Refusal(f"--catalog: {error}.") from None
    file = layout.root / update.name
    if update.content is not None and file.exists():
        raise Refusal(f"{update.name} is there and was not fetched: move it away.")
    content = update.content or file.read_bytes()
    layout.new(update.name, content, f"the published catalog: {update.transition}")
    lock = Lock().with_pins({update.name: update.after})
    layout.new(LOCK_FILE, lock.text.encode(), "pins it: errorbook fetch brings the next version")
    return _checked(update.name, load(file, name=update.name, content=content))


def _checked(name: str, loaded: LoadedCatalog) -> Subject:
    """Refuse a catalog with names that no SDK can have, as every verb does."""
    problems = loaded.place(outputs.problems(seen_by(loaded.catalog, "public")))
    if problems:
        raise ErrorbookError(problems)
    return Subject(name, loaded.catalog)
