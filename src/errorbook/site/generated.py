"""Files that we add to a MkDocs site: assets, the explorer's data, and pages by group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from errorbook.catalog import Catalog
from errorbook.outputs import OUTPUTS, errors_json
from errorbook.outputs.stamp import state
from errorbook.site.explorer import SCRIPTS, STYLES, asset, explorer_index
from errorbook.site.group_pages import GroupPage
from errorbook.site.links import fragment
from errorbook.site.page import ASSETS, Site
from errorbook.site.pages import FORMATS, SCHEMAS, is_generated, render

logger = get_plugin_logger("errorbook")

_OF_PAGES: Final = (".css", ".html", ".js", ".json", ".md", ".txt")
_PAGES: Final = (".html", ".md")
_COPY: Final = ".orig"
_NUMBER_OF_COPY: Final = re.compile(r"\.\d+\Z")
_HEAD: Final = 2000
"""Bytes of a file that its stamp stands in."""


def _link(site: Site, api: str, code: str) -> str:
    home = site.homes.get((api, code))
    if home is None:
        return ""
    return home.url + (fragment(home.anchor) if home.anchor else "")


def pass_over_pages(files: Files, catalog: Catalog) -> None:
    """Take out what ``errorbook generate pages`` has written: here, the events make all of that.

    It always writes the explorer's script; where that is not, only copies that it has kept are
    looked for. A page is kept that somebody made of a generated one, under a name of their own.
    """
    for file in [file for file in files if file.src_uri.endswith(_COPY)]:
        if _is_of_pages(file, _copied(file.src_uri)):
            files.remove(file)
    script = files.get_file_from_path(ASSETS + SCRIPTS[0])
    if script is None or not _is_of_pages(script, script.src_uri):
        return
    found = [one for one in files if one.src_uri.endswith(_OF_PAGES)]
    found = [one for one in found if _is_of_pages(one, one.src_uri)]
    edited = [one.src_uri for one in found if one.src_uri.endswith(_PAGES) and _is_edited(one)]
    own = set(edited) - set(render(catalog)) if edited else set()
    for file in found:
        if file.src_uri not in own:
            files.remove(file)
    if own:
        logger.info("made by hand of generated pages, so they stay: %s", ", ".join(sorted(own)))


def _copied(path: str) -> str:
    """Return the path of the file that is kept as ``NAME.orig`` or ``NAME.1.orig``."""
    return _NUMBER_OF_COPY.sub("", path.removesuffix(_COPY))


def _is_of_pages(file: File, path: str) -> bool:
    if file.abs_src_path is None:
        return False
    try:
        with Path(file.abs_src_path).open("rb") as opened:
            begin = opened.read(_HEAD).decode("utf-8", errors="replace")
            return is_generated(path, begin)
    except OSError:  # MkDocs will say so when it comes to the file
        return False


def _is_edited(file: File) -> bool:
    """Tell whether a generated page says other than what was generated."""
    return state(Path(str(file.abs_src_path)).read_text("utf-8", errors="replace")) == "edited"


class Generated:
    """The files of one build that nobody wrote. What somebody did write is never replaced."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        self._files = files
        self._config = config
        self._taken = {file.dest_uri: file for file in files if not file.inclusion.is_excluded()}

    def add_assets(self) -> None:
        """Add styles and scripts."""
        for name in STYLES:
            self._add(self._file(ASSETS + name, content=asset(name)))
        for name in SCRIPTS:
            self._add(self._file(ASSETS + name, content=asset(name)))

    def add_group_pages(self, pages: Iterable[GroupPage]) -> Mapping[str, Sequence[GroupPage]]:
        """Add ``pages``; return them with their addresses, by API."""
        found: dict[str, list[GroupPage]] = {}
        for page in pages:
            file = self._file(page.path, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
            found.setdefault(page.api, []).append(page.at(self._add(file).url))
        return found

    def add_index(self, site: Site) -> None:
        """Add the explorer's index, now that ``site`` knows where each error lives."""
        for name, script in self._index(site).items():
            self._add(self._file(ASSETS + name, content=script))

    def _index(self, site: Site) -> Mapping[str, str]:
        return explorer_index(site.catalog, link=partial(_link, site), labels=site.look.labels)

    def add_catalog(self, catalog: Catalog, site: Site) -> None:
        """Add errors.json: ``catalog`` as it was written, with links into ``site``."""
        text = errors_json.errors_json(catalog, link=partial(_link, site))
        self._add(self._file(errors_json.FILE, content=text))

    def add_formats(self, catalog: Catalog) -> None:
        """Add what programs read of the APIs in ``catalog``, if there are any."""
        for name in (*SCHEMAS, *(FORMATS if catalog.apis else ())):
            for path, text in OUTPUTS[name].render(catalog).items():
                self._add(self._file(path, content=text))

    def _file(self, path: str, **options: Any) -> File:
        return File.generated(self._config, path, **options)

    def _add(self, file: File) -> File:
        theirs = self._taken.get(file.dest_uri)
        if theirs is not None:
            logger.info("%s is your own; none is generated", theirs.src_uri)
            return theirs
        excluded = self._files.get_file_from_path(file.src_uri)
        if excluded is not None:
            self._files.remove(excluded)
        self._files.append(file)
        return file
