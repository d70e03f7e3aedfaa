"""The MkDocs events, shared by the plugin and by ``hooks/errors.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from errorbook.catalog import CatalogError, LoadedCatalog, load
from errorbook.problems import Problem, quoted, suggest
from errorbook.site.blocks import Slip
from errorbook.site.build import Build
from errorbook.site.explorer import SCRIPTS
from errorbook.site.generated import STYLES
from errorbook.site.markdown import ErrorbookExtension
from errorbook.site.page import ASSETS, Page
from errorbook.site.source_page import API_KEY
from errorbook.site.watch import Watch

logger = get_plugin_logger("errorbook")

_LAST: Final = -100


class Events:
    """One site being built, again and again under ``mkdocs serve``.

    ``catalog`` gives the path of the catalog as it is configured, from the folder of mkdocs.yml.
    """

    def __init__(self, catalog: Callable[[MkDocsConfig], str]) -> None:
        self._catalog_name = catalog
        self._extension = ErrorbookExtension()
        self._watch = Watch()
        self._is_serving = False
        self._last_good: LoadedCatalog | None = None
        self._build: Build | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn what runs. That this is here makes MkDocs keep the object between builds."""
        self._is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension, styles and scripts, and have the catalog watched."""
        self._add_extension(config)
        _add_new(config.extra_css, [ASSETS + name for name in STYLES])
        _add_new(config.extra_javascript, [ASSETS + SCRIPTS[0]])
        self._watch.follow(config, [self._catalog_path(config)])
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Load the catalog, and add assets and pages by group."""
        self._build = Build(self._load(config))
        self._build.add_files(files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Find out where each error lives, before any page is rendered."""
        build = self._current_build()
        build.read_pages(nav, files)
        self._extension.site = build.site
        return nav

    @event_priority(_LAST)
    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Tell the extension which page comes next."""
        build = self._current_build()
        self._extension.page = Page(
            site=build.site,
            path=_path_of(page, config),
            url=page.url,
            source=lambda: page.file.content_string,
            declared_api=page.meta.get(API_KEY),
            late=build.late,
        )
        _check_declared(self._extension.page)
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Forget the page: what is converted from here on is no part of it."""
        self._extension.page = None
        return html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Set large pieces in, after search has read the page."""
        return self._current_build().late.set_in(output)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Have files watched that a later catalog includes."""
        self._watch.start(server)
        return server

    def _add_extension(self, config: MkDocsConfig) -> None:
        """Add ours behind the others: it takes the place of one that mkdocs.yml lists by name."""
        listed: list[Any] = config.markdown_extensions
        others: list[Any] = [one for one in listed if one is not self._extension]
        if any(isinstance(one, ErrorbookExtension) for one in others):
            message = "Errorbook is set up twice, as a plugin and as a hook; remove one of them"
            raise PluginError(message)
        others.append(self._extension)
        config.markdown_extensions = others

    def _catalog_path(self, config: MkDocsConfig) -> Path:
        return project_folder(config) / self._catalog_name(config)

    def _load(self, config: MkDocsConfig) -> LoadedCatalog:
        """Return the catalog; under ``mkdocs serve``, the last good one in place of a broken one.

        A build that fails would leave the server waiting for the next with every page.
        """
        try:
            loaded = load(self._catalog_path(config), name=self._catalog_name(config))
        except CatalogError as error:
            self._watch.follow(config, error.files)
            told = _told(error.problems)
            if not self._is_serving or self._last_good is None:
                raise PluginError(told) from None
            logger.error("%s\nThe site shows the catalog as it was before.", told)
            return self._last_good
        self._watch.follow(config, loaded.files)
        self._last_good = loaded
        return loaded

    def _current_build(self) -> Build:
        if self._build is None:  # pragma: no cover  # `on_files` runs first
            raise PluginError("errors.yaml has not been read")
        return self._build


def project_folder(config: MkDocsConfig) -> Path:
    """Return the folder of mkdocs.yml; mike names the file by a relative path."""
    return Path(config.config_file_path or ".").resolve().parent


def _add_new(listed: list[Any], paths: Iterable[str]) -> None:
    listed.extend(path for path in paths if path not in listed)


def _path_of(page: MkDocsPage, config: MkDocsConfig) -> str:
    """Return the path of a page's source as problems name it, from the folder of mkdocs.yml."""
    docs, project = Path(config.docs_dir).resolve(), project_folder(config)
    folder = docs.relative_to(project) if docs.is_relative_to(project) else docs
    return str(PurePosixPath(folder.as_posix()) / page.file.src_uri)


def _check_declared(page: Page) -> None:
    """Report front matter that names no API."""
    known, name = page.site.catalog.apis, page.declared_api
    if name is None or (isinstance(name, str) and name in known):
        return
    lines = page.source().split("\n") if page.source else []
    line = next((at for at, text in enumerate(lines) if text.startswith(f"{API_KEY}:")), 0)
    message = f"there is no API {quoted(str(name))}"
    page.report(Slip("unknown-api", line, message, suggest(str(name), known)))


def _told(problems: Sequence[Problem]) -> str:
    listed = "\n".join(f"  {problem}" for problem in problems)
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
    return f"the error catalog has {count}:\n{listed}"
