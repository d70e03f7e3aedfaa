"""The page that Zensical renders, told by what it hands to Markdown extensions.

It makes a new converter for each page, with a preprocessor that holds the page and its
configuration. Nothing of Zensical is imported, so it need not be installed.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from markdown import Markdown

from errorbook.catalog import CatalogError
from errorbook.problems import Place, Problem, quoted
from errorbook.site.catalog_file import catalog_files, read_catalog
from errorbook.site.docs_folder import DocsFolder
from errorbook.site.explorer import SCRIPTS, STYLES
from errorbook.site.own_look import LookError, OwnLook
from errorbook.site.page import ASSETS, Page, Report
from errorbook.site.source_page import API_KEY

_CONTEXT: Final = "rendering_context"
_CONFIG_FILE: Final = "mkdocs.yml"
_PAGES: Final[WeakKeyDictionary[Any, Page]] = WeakKeyDictionary()
"""Ours of each of Zensical's: further texts of a page are converted by other converters."""


class UnusableCatalogError(RuntimeError):
    """The catalog has problems. The text says which, each on a line."""


@dataclass(frozen=True)
class Options:
    """The options of the extension: paths from the folder of mkdocs.yml, or labels as such."""

    catalog: str
    templates: str = ""
    labels: str | Mapping[str, Any] = ""

    def look(self, root: Path, told_in: str) -> OwnLook:
        """Return where labels and templates are; ``told_in`` is what holds the options."""
        return OwnLook(root, self.templates, self.labels, told_in)


@dataclass(frozen=True)
class _Project:
    """Where a project is, and where its sources and catalog are."""

    root: Path
    docs: str
    catalog: Path


def page_of(md: Markdown, options: Options, report: Report) -> Page | None:
    """Return the page that Zensical has ``md`` render; None if that is not at work.

    Raises:
        UnusableCatalogError: if the catalog has problems, or labels or templates have.
        SettingsError: if labels or templates are not where the options say.
    """
    if _CONTEXT not in md.preprocessors:
        return None
    context = md.preprocessors[_CONTEXT]
    theirs, config = getattr(context, "page", None), getattr(context, "config", None)
    if theirs is None or not isinstance(config, Mapping):
        return None
    if theirs not in _PAGES:
        _PAGES[theirs] = _made(theirs, config, options, report)
    return _PAGES[theirs]


def _made(theirs: Any, config: Mapping[str, Any], options: Options, report: Report) -> Page:
    root = Path(str(config.get("root_dir") or "."))
    docs = Path(os.path.relpath(root / str(config.get("docs_dir") or "docs"), root)).as_posix()
    # As seen from the working folder, since that is how problems name it.
    project = _Project(root, docs, Path(os.path.relpath(root / options.catalog)))
    folder = _folder(project, report)
    look = options.look(root, _CONFIG_FILE)
    try:
        found = folder.read(read_catalog(project.catalog), look.read())
    except (CatalogError, LookError) as error:
        # Zensical prints the text of whatever is raised, and ends the build with 1.
        what = (
            "the error catalog has"
            if isinstance(error, CatalogError)
            else "labels or templates have"
        )
        problems = "\n".join(f"  {problem}" for problem in error.problems)
        raise UnusableCatalogError(f"{what} problems:\n{problems}") from None
    for problem in _unready(project, config, look.paths):
        _once(problem, report)
    path = str(theirs.path)
    return Page(
        found.site,
        folder.place(path),
        path,
        source=partial(folder.source, path),
        declared_api=theirs.meta.get(API_KEY),
        error=found.adopted.by_source.get(path),
        is_generated=path in found.generated,
        shown_at=str(theirs.url),
    )


def forget() -> None:
    """Forget what was read and said, as if no page had been rendered yet."""
    _folder.cache_clear()
    _once.cache_clear()


@cache
def _folder(project: _Project, report: Report) -> DocsFolder:
    return DocsFolder(project.root / project.docs, project.docs, report)


@cache
def _once(problem: Problem, report: Report) -> None:
    report(problem)


def _unready(
    project: _Project, config: Mapping[str, Any], look: Sequence[Path]
) -> Iterator[Problem]:
    """Yield what mkdocs.yml lacks for pages to look and stay as they should."""
    place = Place(_CONFIG_FILE)
    watched = {Path(str(name)) for name, *_ in config.get("watched_files") or ()}
    files = [file.resolve() for file in (*catalog_files(project.catalog), *_files_in(look))]
    lacking = [file for file in files if file not in watched]
    if lacking:
        names = ", ".join(_named(lacking, project.root))
        message = "pages will stay as they are when the catalog changes"
        hint = f"add to {_CONFIG_FILE}: watch: [{names}]"
        yield Problem("unwatched-catalog", place, message, hint, "warning")
    for key, assets in (("extra_css", STYLES), ("extra_javascript", SCRIPTS[:1])):
        listed = {_path(one) for one in config.get(key) or ()}
        for name in assets:
            if ASSETS + name not in listed:
                message = f"{key} lacks {quoted(ASSETS + name)}"
                hint = "add it; 'errorbook generate pages' writes the file"
                yield Problem("unlisted-asset", place, message, hint, "warning")


def _files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files among ``paths``, and those in folders among them."""
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.iterdir()) if one.is_file())
        else:
            yield path


def _path(listed: Any) -> str:
    """Return the path of a style or script that mkdocs.yml lists, alone or with options."""
    return str(listed.get("path")) if isinstance(listed, Mapping) else str(listed)


def _named(files: Sequence[Path], root: Path) -> Iterator[str]:
    """Yield what mkdocs.yml may list to have ``files`` watched: a folder that holds several."""
    folder = root.resolve()
    counts = Counter(file.parent for file in files)
    places = (
        file if counts[file.parent] == 1 or file.parent == folder else file.parent for file in files
    )
    for one in dict.fromkeys(places):
        yield Path(os.path.relpath(one, folder)).as_posix()
