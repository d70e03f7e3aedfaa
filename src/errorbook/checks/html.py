"""Built HTML: sites that somebody built, compared with the catalog. Nothing is built or asked.

What takes long to import is imported where there is a site to read.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from errorbook.checks.disk import link_on_the_way, why_not
from errorbook.checks.html_settings import BuiltSite
from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context, Reported
from errorbook.problems import ErrorbookError, Finding, Place, quoted, suggest

if TYPE_CHECKING:
    from errorbook.checks.html_names import Names


@dataclass(frozen=True)
class _Site:
    """A site to compare: what is said of it, its folder, and what to call that."""

    settings: BuiltSite
    folder: Path
    shown: str


def is_wanted(context: Context) -> bool:
    """Tell whether a site for the audience is named, here or in errorbook.yaml."""
    named = context.project.project.check.html
    return bool(context.html) or any(one.audience == context.audience for one in named)


def check(context: Context) -> Checked:
    """Compare every site for the audience with the catalog.

    Raises:
        ErrorbookError: if errorbook.yaml names a folder or an API that cannot be.
        OSError: if a file of a site cannot be read.
    """
    _validate(context)
    found: list[Reported] = []
    not_checked: list[str] = []
    pages = 0
    for site in _sites(context):
        if not site.folder.is_dir():
            not_checked.append(f"{site.shown} is not there; {_build(context, site)}")
            continue
        count, reported, reasons = _check_site(context, site)
        pages += count
        found += reported
        not_checked += reasons
    within = [source.name for source in context.workspace.catalog.sources]
    within += [site.shown for site in _sites(context)]
    looked_at = counted(pages, "built page")
    return Checked(looked_at, tuple(found), tuple(not_checked), within=tuple(within))


def _sites(context: Context) -> Iterator[_Site]:
    project = context.project
    for one in project.project.check.html:
        if one.audience == context.audience:
            yield _Site(one, project.root / one.site, project.shown(one.site))
    for folder in context.html:
        settings = BuiltSite(site=folder, audience=context.audience)
        yield _Site(settings, context.start / folder, Path(folder).as_posix())


def _check_site(context: Context, site: _Site) -> tuple[int, list[Reported], list[str]]:
    """Return how many pages document errors, what is wrong, and what could not be looked at."""
    from errorbook.checks.html_addresses import follow_addresses
    from errorbook.checks.html_findings import findings
    from errorbook.checks.html_folder import SiteFolder
    from errorbook.checks.html_internal import find_internal
    from errorbook.checks.html_known import Known
    from errorbook.checks.html_pages import SitePages

    build = _build(context, site)
    folder = SiteFolder(site.folder)
    if not folder.pages:
        return 0, [], [f"{site.shown} holds no page of HTML; {build}"]
    known = Known(context.catalog, site.settings)
    pages = SitePages(folder, known)
    heard = pages.read()
    find_internal(folder, known, heard)
    reasons = [f"{site.shown}/{path} is too large to be read" for path in heard.too_large]
    is_about = any(name in known.apis for name, _ in heard.shown)
    if not (is_about or heard.unrendered or heard.gone):
        reasons.append(f"no page of {site.shown} documents an error of the catalog; {build}")
        return 0, [], reasons
    addresses = follow_addresses(folder, known, pages)
    names = _names(context, site, build)
    levels = context.project.project.levels
    off = frozenset(rule for rule, level in levels.items() if level == "off")
    return heard.pages, findings(known, heard, addresses, names, off), reasons


def _names(context: Context, site: _Site, build: str) -> Names:
    from errorbook.checks.html_names import Names

    loaded = context.workspace.catalog

    def line_of(name: str, code: str) -> Place:
        path = ("apis", name, "errors", code) if code else ("apis", name)
        return loaded.place([Finding("", path, "", at_key=True)])[0].place

    catalog = loaded.sources[0].name if loaded.sources else "the catalog"
    return Names(site.shown, catalog, build, line_of)


def _build(context: Context, site: _Site) -> str:
    """Return what to do so that the site is as the catalog says."""
    if site.settings.build:
        return f"run: {site.settings.build}"
    from errorbook.checks.html_build import how_to_build

    project = context.project
    return how_to_build(site.folder, project.root, context.start, project.folder)


def _validate(context: Context) -> None:
    """Refuse folders outside the project, and APIs that nobody has."""
    project = context.project
    found: list[Finding] = []
    for number, one in enumerate(project.project.check.html):
        path = ("check", "html", number)
        reason = why_not(one.site)
        link = None if reason else link_on_the_way(project.root, one.site)
        if reason:
            message = f"the folder {quoted(one.site)} {reason}"
            found.append(Finding("bad-target", (*path, "site"), message))
        elif link:
            message = f"{quoted(link)} is a symbolic link, which is never followed"
            found.append(Finding("target-behind-link", (*path, "site"), message))
        for at, name in enumerate(one.apis or ()):
            if name not in context.catalog.apis:
                message = f"the catalog has no API {quoted(name)}"
                hint = suggest(name, context.catalog.apis)
                found.append(Finding("unknown-api", (*path, "apis", at), message, hint))
    if found:
        raise ErrorbookError(project.place(found))
