"""A project opened: its errorbook.yaml, its catalog, and the files that belong in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from errorbook import outputs
from errorbook.catalog import Catalog, CatalogError, LoadedCatalog, load
from errorbook.catalog.audience import Audience, seen_by
from errorbook.catalog.load import Source, place
from errorbook.catalog.refusals import finding_of
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.checks.disk import Links, why_not
from errorbook.levels import level_findings, waiver_findings
from errorbook.outputs.kept import Rendered, json_of
from errorbook.problems import ErrorbookError, Finding, Place, Problem, quoted, suggest
from errorbook.project_file import CATALOG_FILE, LOCK_FILE, PROJECT_FILE, Project, Target
from errorbook.remedies import to_read

_SITE_PAGES: Final = "pages"
"""The output whose files stand among the sources of a site, where people write too."""


@dataclass(frozen=True)
class LoadedProject:
    """A project and the folder its paths start at. Without ``source`` there is no errorbook.yaml.

    ``folder`` is what problems call ``root``.
    """

    project: Project
    root: Path
    folder: str
    source: Source | None = None

    def shown(self, path: str) -> str:
        """Return what to call a file of the project when speaking to its user."""
        return str(PurePosixPath(self.folder, path))

    def targets(self, audience: Audience) -> list[Target]:
        """Return the targets whose files are for ``audience``."""
        return [target for target in self.project.generate if target.audience == audience]

    def place(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return ``findings`` with the line and column of errorbook.yaml each speaks of."""
        return place([self.source], findings) if self.source else []


@dataclass(frozen=True)
class Workspace:
    """A project and its catalog, both valid."""

    project: LoadedProject
    catalog: LoadedCatalog


@dataclass(frozen=True)
class ExpectedFile:
    """A file as it should be: the target it belongs to, its path below the project, its text.

    ``name`` is its path below the folder of the target. Its digest is known before its text, which
    is rendered when somebody asks for it.
    """

    target: Target
    path: str
    name: str
    rendered: Rendered

    @property
    def text(self) -> str:
        """All of it, with LF newlines."""
        return self.rendered.texts[self.name]

    @property
    def digest(self) -> str:
        """The digest of its text in UTF-8."""
        return self.rendered.digests[self.name]


def find(start: Path) -> Path | None:
    """Return the nearest errorbook.yaml or errors.yaml in ``start`` or above.

    The search ends at the root of a git repository.
    """
    for folder in (start, *start.parents):
        found = find_in(folder)
        if found or (folder / ".git").exists():
            return found
    return None


def find_in(folder: Path) -> Path | None:
    """Return the errorbook.yaml of ``folder``, else its errors.yaml, be it a folder or a link."""
    files = (folder / PROJECT_FILE, folder / CATALOG_FILE)
    return next((file for file in files if os.path.lexists(file)), None)


def open_workspace(
    project: Path | None, catalog: Path | None, start: Path, audience: Audience = "public"
) -> Workspace:
    """Return the project that the file ``project`` describes, and its catalog, all of it.

    ``catalog`` is read instead of the one the project names; without ``project`` there is nothing
    but that catalog. Problems name files as seen from ``start``.

    Raises:
        ErrorbookError: with every problem of both, and of the names the catalog gives to SDKs, as
            the public, ``audience`` and those of the targets see them.
    """
    folder = catalog.parent if catalog else start
    loaded, problems = _load(project, start) if project else (_bare(folder, start), [])
    path = catalog or loaded.root / loaded.project.catalog
    try:
        opened = load(path, name=_shown(path, start))
    except CatalogError as error:
        raise ErrorbookError([*problems, *error.problems]) from None
    audiences = {"public": None, audience: None}
    audiences |= {target.audience: None for target in loaded.project.generate}
    seen = (seen_by(opened.catalog, one) for one in audiences)
    wanted = {
        (target.output, name)
        for target in loaded.project.generate
        for name in target.apis or opened.catalog.apis
    }
    problems += opened.place(chain.from_iterable(outputs.problems(one, wanted) for one in seen))
    if problems:
        raise ErrorbookError(problems)
    return Workspace(loaded, opened)


def expected_files(
    loaded: LoadedProject, catalog: Catalog, audience: Audience = "public"
) -> tuple[ExpectedFile, ...]:
    """Return every file that the project generates for ``audience``, as it should be.

    ``catalog`` is all of it.

    Raises:
        ErrorbookError: as `all_files` does.
        OSError: if a folder of the project cannot be looked at.
    """
    files = all_files(loaded, catalog)
    return tuple(file for file in files if file.target.audience == audience)


def all_files(loaded: LoadedProject, catalog: Catalog) -> tuple[ExpectedFile, ...]:
    """Return every file that the project generates, for every audience: none is written twice.

    ``catalog`` is all of it.

    Raises:
        ErrorbookError: if a target names an API that is not there, two write one file, or a
            file would lie outside the project or behind a symbolic link.
        OSError: if a folder of the project cannot be looked at.
    """
    audiences = {target.audience for target in loaded.project.generate}
    seen = {one: seen_by(catalog, one) for one in audiences}
    findings: list[Finding] = []
    files: list[ExpectedFile] = []
    known: dict[tuple[Audience, tuple[str, ...] | None], tuple[Catalog, bytes]] = {}
    links = Links(loaded.root)
    taken = {path.casefold(): "was fetched from elsewhere" for path in fetched_files(loaded)}
    for index, target in enumerate(loaded.project.generate):
        visible = seen[target.audience]
        findings += _unknown_apis(index, target, catalog, visible)
        whose = (target.audience, target.apis)
        if whose not in known:
            restricted = _restricted(visible, target)
            known[whose] = (restricted, json_of(restricted))
        made = Rendered(target.output, *known[whose])
        for name in sorted(made.digests):
            file = ExpectedFile(target, str(PurePosixPath(target.to, name)), name, made)
            if target.output == _SITE_PAGES and _is_own(loaded.root / file.path):
                continue  # as under MkDocs, where what somebody wrote is never replaced
            findings += _misplaced(links, index, file)
            findings += _clashes(index, file, taken)
            taken[file.path.casefold()] = "is written twice"
            files.append(file)
    if findings:
        raise ErrorbookError(loaded.place(findings))
    return tuple(files)


def _is_own(path: Path) -> bool:
    """Tell whether somebody has written a file that errorbook would generate."""
    from errorbook.checks.origin import origin_of  # noqa: PLC0415  # hardly any project needs it

    return path.is_file() and not path.is_symlink() and origin_of(path) is None


def fetched_files(loaded: LoadedProject) -> Iterable[str]:
    """Return the paths, below the project, of the files that `errorbook fetch` has pinned.

    Raises:
        ErrorbookError: if errorbook.lock is not valid.
        OSError: if it cannot be read.
    """
    if not (loaded.root / LOCK_FILE).is_file():
        return ()
    from errorbook.fetch.lock import read_lock  # noqa: PLC0415  # most projects have none

    return read_lock(loaded.root, loaded.shown(LOCK_FILE)).files


def _bare(folder: Path, start: Path) -> LoadedProject:
    """Return a project without errorbook.yaml, which generates nothing."""
    return LoadedProject(Project(), folder, _shown(folder, start))


def _load(file: Path, start: Path) -> tuple[LoadedProject, list[Problem]]:
    """Return the project, as far as it can be read, and what is wrong with it."""
    bare = _bare(file.parent, start)
    name = _shown(file, start)
    try:
        source = Source(file, name, file.read_bytes())
    except OSError as error:
        problem = Problem(
            "unreadable", Place(name), f"cannot be read: {error.strerror}", to_read(error)
        )
        return bare, [problem]
    data, problems = _data(source)
    project, findings = _validated(data)
    loaded = replace(bare, project=project, source=source)
    return loaded, [*problems, *loaded.place(findings)]


def _shown(path: Path, start: Path) -> str:
    """Return ``path`` as seen from ``start``; whole where no path leads from there."""
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _data(source: Source) -> tuple[dict[str, Any], list[Problem]]:
    data, problems = read_yaml(source.content, source.name, first_key="generate")
    if [problem.rule for problem in problems] == ["empty-file"]:
        return {}, []
    return data or {}, problems


def _validated(data: dict[str, Any]) -> tuple[Project, list[Finding]]:
    """Return the project and what is wrong with it; where it is refused, only its catalog."""
    try:
        project = Project.model_validate_json(json.dumps(data))
    except ValidationError as error:
        catalog = data.get("catalog")
        rest = Project(catalog=catalog) if isinstance(catalog, str) else Project()
        return rest, [_finding(detail) for detail in error.errors(include_url=False)]
    return project, list(_check(project))


def _finding(detail: ErrorDetails) -> Finding:
    finding = finding_of(detail, root=Project)
    if detail["loc"] != ("apis",):
        return finding
    hint = f"APIs stand in {CATALOG_FILE}; to use this file as the catalog, name it with --catalog"
    return replace(finding, hint=hint)


def _check(project: Project) -> Iterator[Finding]:
    for index, target in enumerate(project.generate):
        if target.output not in outputs.OUTPUTS:
            message = f"no output is called {quoted(target.output)}"
            hint = suggest(target.output, outputs.OUTPUTS)
            yield Finding("unknown-output", ("generate", index, "output"), message, hint)
        reason = why_not(target.to)
        if reason:
            message = f"the folder {quoted(target.to)} {reason}"
            yield Finding("bad-target", ("generate", index, "to"), message)
    yield from level_findings(project.levels)
    yield from waiver_findings(waiver.rule for waiver in project.waivers)


def _unknown_apis(
    index: int, target: Target, catalog: Catalog, visible: Catalog
) -> Iterator[Finding]:
    for position, name in enumerate(target.apis or ()):
        if name in visible.apis:
            continue
        path = ("generate", index, "apis", position)
        if name in catalog.apis:
            message = f"every error of {quoted(name)} is internal"
            hint = "write it by a target with audience: internal"
        else:
            message = f"the catalog has no API {quoted(name)}"
            hint = suggest(name, catalog.apis)
        yield Finding("unknown-api", path, message, hint)


def _restricted(catalog: Catalog, target: Target) -> Catalog:
    if target.apis is None:
        return catalog
    apis = {name: api for name, api in catalog.apis.items() if name in target.apis}
    return catalog.model_copy(update={"apis": apis})


def _misplaced(links: Links, index: int, file: ExpectedFile) -> Iterator[Finding]:
    path = ("generate", index, "to")
    reason = why_not(file.path)
    if reason:
        yield Finding("bad-target", path, f"the path {quoted(file.path)} {reason}")
        return
    link = links.on_the_way(file.path)
    if link:
        message = f"{quoted(link)} is a symbolic link, which is never followed"
        yield Finding("target-behind-link", path, message, "choose a folder without one")


def _clashes(index: int, file: ExpectedFile, taken: Mapping[str, str]) -> Iterator[Finding]:
    """Find the file that belongs to something else, even if only the case of letters differs."""
    why = taken.get(file.path.casefold())
    if why is not None:
        message = f"{quoted(file.path)} {why}"
        hint = "give the target another folder"
        yield Finding("target-clash", ("generate", index), message, hint)
