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

DEFAULT_CATALOG: Final = "errors.yaml"
EVENTS: Final = tuple(name for name in vars(Events) if name.startswith("on_"))


class ErrorbookConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    catalog = config_options.Type(str, default=DEFAULT_CATALOG)
    """Path of the catalog, from the folder of mkdocs.yml."""


class ErrorbookPlugin(BasePlugin[ErrorbookConfig]):
    """Passes each event on; there is nothing else in it."""

    def __init__(self) -> None:
        super().__init__()
        events = Events(lambda _: self.config.catalog)
        for name in EVENTS:
            setattr(self, name, getattr(events, name))


def hook_events() -> Mapping[str, Any]:
    """Return the events by name, for a hook; its options stand under ``extra.errorbook``."""
    events = Events(_catalog_of_hook)
    return {name: getattr(events, name) for name in EVENTS}


def _catalog_of_hook(config: MkDocsConfig) -> str:
    options = config.extra.get("errorbook") or {}
    if not isinstance(options, dict):
        raise PluginError("extra.errorbook in mkdocs.yml takes a mapping, such as 'catalog: …'")
    for name in options:
        if name != "catalog":
            hint = suggest(str(name), ["catalog"])
            raise PluginError(f"extra.errorbook has no option {quoted(str(name))} ({hint})")
    catalog = options.get("catalog", DEFAULT_CATALOG)
    if not isinstance(catalog, str):
        raise PluginError("extra.errorbook.catalog in mkdocs.yml takes a path")
    return catalog
