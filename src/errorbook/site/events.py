"""The MkDocs events, shared by the plugin and by ``hooks/errors.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
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
from errorbook.site.error_pages import GENERATOR
from errorbook.site.explorer import SCRIPTS, STYLES
from errorbook.site.look import Look
from errorbook.site.markdown import ErrorbookExtension
from errorbook.site.own_look import LookError, OwnLook
from errorbook.site.page import ASSETS, Page
from errorbook.site.project_paths import project_folder, source_name
from errorbook.site.settings import Settings, SettingsError
from errorbook.site.site_folder import check_site_folder
from errorbook.site.source_page import API_KEY, line_of_key
from errorbook.site.watch import Watch

logger = get_plugin_logger("errorbook")

_FIRST: Final = 100
_LAST: Final = -100
_SITEMAP: Final = "sitemap.xml"


class Events:
    """One site being built, again and again under ``mkdocs serve``.

    ``settings`` gives what mkdocs.yml says of its errors.
    """

    def __init__(self, settings: Callable[[MkDocsConfig], Settings]) -> None:
        self._settings = settings
        self._extension = ErrorbookExtension()
        self._watch = Watch()
        self._look_watch = Watch()
        self._is_serving = False
        self._last_good: LoadedCatalog | None = None
        self._last_look: Look | None = None
        self._build: Build | None = None
        self._nav: Navigation | None = None
        self._env: Environment | None = None
        self._files: Files | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn what runs. That this is here makes MkDocs keep the object between builds."""
        self._is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension, styles and scripts, and have the catalog watched.

        Raises:
            PluginError: if the site cannot be written, or Errorbook is set up twice.
        """
        check_site_folder(config)
        self._add_extension(config)
        _add_new(config.extra_css, [ASSETS + name for name in STYLES])
        _add_new(config.extra_javascript, [ASSETS + SCRIPTS[0]])
        self._watch.follow(config, [self._catalog_path(config)])
        self._look_watch.follow(config, self._own_look(config).paths)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Load the catalog, and add assets and pages by group."""
        settings = self._settings(config)
        try:
            loaded, look = self._load(config), self._load_look(config)
            build = Build(loaded, settings, config, look, is_served=self._is_serving)
        except SettingsError as error:
            raise PluginError(f"mkdocs.yml: {error}") from None
        build.add_files(files)
        self._build = build
        return files

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Find out where each error lives, before any page is rendered."""
        build = self._current_build()
        build.read_pages(nav, files)
        self._extension.site = build.site
        self._nav = nav
        return nav

    @event_priority(_LAST)
    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Tell the extension which page comes next."""
        build = self._current_build()
        self._extension.page = Page(
            site=build.site,
            path=source_name(page.file, config),
            url=page.url,
            source=lambda: page.file.content_string,
            declared_api=page.meta.get(API_KEY),
            late=build.late,
            error=build.pages.error_of(page.file),
            is_generated=page.file.generated_by == GENERATOR,
            stand_in=build.pages.stand_in(page.file),
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
        """Set large pieces in, after search has read the page, and links to its other forms."""
        build = self._current_build()
        return build.pages.with_alternates(build.late.set_in(output), page.file)

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what renders pages until all others are written."""
        self._env, self._files = env, files
        return env

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """List the pages of errors in the sitemap."""
        if template_name != _SITEMAP:
            return output
        return self._current_build().pages.in_sitemap(output)

    @event_priority(_FIRST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages of errors, before a search writes its index."""
        if self._nav is not None and self._env is not None and self._files is not None:
            self._current_build().write_pages(self._files, self._nav, self._env)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Have files watched that a later catalog includes."""
        self._watch.start(server)
        self._look_watch.start(server)
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
        return project_folder(config) / self._settings(config).catalog

    def _load(self, config: MkDocsConfig) -> LoadedCatalog:
        """Return the catalog; under ``mkdocs serve``, the last good one in place of a broken one.

        A build that fails would leave the server waiting for the next with every page.
        """
        try:
            loaded = load(self._catalog_path(config), name=self._settings(config).catalog)
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

    def _own_look(self, config: MkDocsConfig) -> OwnLook:
        settings = self._settings(config)
        return OwnLook(project_folder(config), settings.templates, settings.labels)

    def _load_look(self, config: MkDocsConfig) -> Look:
        """Return labels and templates; under ``mkdocs serve``, the last good ones for broken ones.

        An editor may take a file away before it writes the new one, so those that are gone are
        broken, too.
        """
        try:
            look = self._own_look(config).read()
        except (LookError, SettingsError) as error:
            told = f"mkdocs.yml: {error}"
            if isinstance(error, LookError):
                count, listed = _counted(error.problems), _listed(error.problems)
                told = f"{count} in labels or templates:\n{listed}"
            if not self._is_serving or self._last_look is None:
                raise PluginError(told) from None
            logger.error("%s\nThe site looks as it did before.", told)
            return self._last_look
        self._last_look = look
        return look

    def _current_build(self) -> Build:
        if self._build is None:  # pragma: no cover  # `on_files` runs first
            raise PluginError("errors.yaml has not been read")
        return self._build


def _add_new(listed: list[Any], paths: Iterable[str]) -> None:
    listed.extend(path for path in paths if path not in listed)


def _check_declared(page: Page) -> None:
    """Report front matter that names no API."""
    known, name = page.site.catalog.apis, page.declared_api
    if name is None or (isinstance(name, str) and name in known):
        return
    line = line_of_key(page.source(), API_KEY) if page.source else 0
    message = f"there is no API {quoted(str(name))}"
    page.report(Slip("unknown-api", line, message, suggest(str(name), known)))


def _told(problems: Sequence[Problem]) -> str:
    return f"the error catalog has {_counted(problems)}:\n{_listed(problems)}"


def _counted(problems: Sequence[Problem]) -> str:
    return f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"


def _listed(problems: Sequence[Problem]) -> str:
    return "\n".join(f"  {problem}" for problem in problems)
