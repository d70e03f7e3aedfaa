"""Compare built docs, generated modules and the catalog: whatever differs is one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType

from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.printing import one_line
from errorbook.testing.built_site import built_site
from errorbook.testing.cases import error_cases
from errorbook.testing.module_statements import (
    catalog_statements,
    module_differences,
    module_statements,
    raised_statements,
)
from errorbook.testing.modules import import_from_disk
from errorbook.testing.pages import SitePages
from errorbook.testing.project import ErrorbookProject, NoProjectError
from errorbook.testing.statements import Statement, contradictions


def assert_docs_match_sdk(
    project: ErrorbookProject,
    *,
    site: Path | str | None = None,
    mkdocs: str = "mkdocs.yml",
    apis: Iterable[str] = (),
) -> None:
    """Fail unless built docs, generated modules and the catalog say the same.

    The docs are built from ``mkdocs``, a file below the project's folder, unless ``site`` names a
    folder where they are already. ``apis`` are those to compare, all with a module if absent.

    Raises:
        AssertionError: with a line for each difference.
        NoProjectError: if there is nothing to compare.
    """
    __tracebackhide__ = True
    differences = docs_differences(project, site=site, mkdocs=mkdocs, apis=apis)
    if differences:
        count = f"{len(differences)} difference{'' if len(differences) == 1 else 's'}"
        total = f"{count} between docs, SDK and {project.catalog_name}"
        raise AssertionError("\n".join([f"{total}:", *differences]))


def docs_differences(
    project: ErrorbookProject,
    *,
    site: Path | str | None = None,
    mkdocs: str = "mkdocs.yml",
    apis: Iterable[str] = (),
) -> list[str]:
    """Return a line for each difference; see `assert_docs_match_sdk`.

    Raises:
        NoProjectError: if there is nothing to compare.
    """
    named = tuple(apis)
    wanted = [one for one in project.chosen(named) if named or one in project.modules]
    missing = [one for one in wanted if one not in project.modules]
    if missing or not wanted:
        whose = missing[0] if missing else "any API"
        message = f"nothing to compare: errorbook.yaml generates no Python module of {whose}"
        raise NoProjectError(f"{message}; add {{output: python, to: …}} to it")
    opened: AbstractContextManager[SiteFolder] = (
        nullcontext(_folder(project.root, site)) if site else built_site(project.root, mkdocs)
    )
    with opened as pages:
        return list(dict.fromkeys(map(one_line, _differences(project, wanted, pages))))


def _folder(root: Path, site: Path | str) -> SiteFolder:
    found = SiteFolder(root / site)
    if not found.pages:
        raise NoProjectError(f"nothing to compare: there is no page in {site}")
    return found


def _differences(project: ErrorbookProject, wanted: list[str], site: SiteFolder) -> Iterator[str]:
    modules: dict[str, ModuleType] = {}
    for name in wanted:
        one = project.modules[name]
        try:
            modules[name] = import_from_disk(one.name, one.folder, one.path)
        except ImportError as error:
            mending = "" if one.path.is_file() else ": run errorbook generate"
            yield f"{name}: {one.shown} cannot be imported: {error}{mending}"
    pages = SitePages(project, modules, site)
    statements: list[Statement] = []
    for name, module in modules.items():
        api, shown = project.catalog.apis[name], project.modules[name].shown
        yield from module_differences(name, api, module, shown)
        statements += catalog_statements(name, api, project.catalog_name)
        known = (one for one in module_statements(name, module, shown) if _is_of(one, project))
        statements += known
        for case in error_cases(project, [name]) if api.envelopes else ():
            if case.code in module.FACTS:
                try:
                    statements += raised_statements(case, module, shown)
                except Exception as error:  # whatever somebody's edit of a module raises
                    said = f"{type(error).__name__}: {error}"
                    yield f"{case.name}: {shown} fails on the documented response: {said}"
        yield from pages.missing(name)
    statements += (one for one in pages.statements if one.api in modules)
    yield from contradictions(statements)
    yield from pages.differences()


def _is_of(one: Statement, project: ErrorbookProject) -> bool:
    return not one.code or one.code in project.catalog.apis[one.api].errors
