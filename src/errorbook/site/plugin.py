"""The two doors to the events: ``plugins: [errorbook]``, and what ``hooks/errors.py`` takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from errorbook.problems import quoted, suggest
from errorbook.site.events import Events
from errorbook.site.settings import DEFAULT_CATALOG, Settings

EVENTS: Final = tuple(name for name in vars(Events) if name.startswith("on_"))


class ErrorbookConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    catalog = config_options.Type(str, default=DEFAULT_CATALOG)
    """Path of the catalog, from the folder of mkdocs.yml."""
    error_pages = config_options.Optional(config_options.Type((bool, list)))
    """Whether each error has a page, or the APIs whose errors have; all if left out."""
    cast_pages = config_options.Type(bool, default=True)
    """Whether these pages are cast from a few, rather than rendered by MkDocs one by one."""
    audience = config_options.Choice(("public", "internal"), default="public")
    """Who reads the site."""
    templates = config_options.Optional(config_options.Type(str))
    """Folder of templates in place of ours, from the folder of mkdocs.yml."""
    labels = config_options.Optional(config_options.Type((str, dict)))
    """Labels in place of ours, or the path of a file of them."""


class ErrorbookPlugin(BasePlugin[ErrorbookConfig]):
    """Passes each event on; there is nothing else in it."""

    def __init__(self) -> None:
        super().__init__()
        events = Events(lambda _: _settings(dict(self.config)))
        for name in EVENTS:
            setattr(self, name, getattr(events, name))


def hook_events() -> Mapping[str, Any]:
    """Return the events by name, for a hook; its options stand under ``extra.errorbook``."""
    events = Events(_settings_of_hook)
    return {name: getattr(events, name) for name in EVENTS}


def _settings_of_hook(config: MkDocsConfig) -> Settings:
    options = config.extra.get("errorbook") or {}
    if not isinstance(options, dict):
        raise PluginError("extra.errorbook in mkdocs.yml takes a mapping, such as 'catalog: …'")
    ours = ErrorbookConfig()
    for name in options:
        if name not in ours:
            hint = suggest(str(name), ours)
            raise PluginError(f"extra.errorbook has no option {quoted(str(name))} ({hint})")
    ours.load_dict(options)
    for name, error in ours.validate()[0]:
        raise PluginError(f"extra.errorbook.{name} in mkdocs.yml: {error}")
    return _settings(dict(ours))


def _settings(options: Mapping[str, Any]) -> Settings:
    pages = options["error_pages"]
    if isinstance(pages, list):
        pages = tuple(str(name) for name in pages)
    return Settings(
        catalog=options["catalog"],
        error_pages=True if pages is None else pages,
        cast_pages=options["cast_pages"],
        audience=options["audience"],
        templates=options["templates"] or "",
        labels=options["labels"] or "",
    )
