"""What mkdocs.yml says of a site's errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from errorbook.catalog import Catalog
from errorbook.catalog.audience import Audience
from errorbook.problems import quoted, suggest

DEFAULT_CATALOG: Final = "errors.yaml"


class SettingsError(ValueError):
    """An option has a value that means nothing. The text says which, and what would."""


@dataclass(frozen=True)
class Settings:
    """The options of the plugin, or those under ``extra.errorbook`` for the hook."""

    catalog: str = DEFAULT_CATALOG
    """Path of the catalog, from the folder of mkdocs.yml."""
    error_pages: bool | tuple[str, ...] = True
    """Whether each error has a page, or the APIs whose errors have."""
    cast_pages: bool = True
    """Whether they are cast from a few; else MkDocs renders each, which takes far longer."""
    audience: Audience = "public"
    """Who reads the site: ``internal`` shows errors with that visibility, too."""

    templates: str = ""
    """Folder of templates in place of ours, from the folder of mkdocs.yml."""
    labels: str | Mapping[str, Any] = ""
    """Labels in place of ours, or the path of a file of them."""

    def paged_apis(self, catalog: Catalog) -> list[str]:
        """Return the ids of the APIs whose errors have pages.

        Raises:
            SettingsError: if the catalog lacks one that is named.
        """
        if isinstance(self.error_pages, bool):
            return list(catalog.apis) if self.error_pages else []
        for name in self.error_pages:
            if name not in catalog.apis:
                hint = suggest(name, catalog.apis)
                raise SettingsError(f"error_pages: there is no API {quoted(name)} ({hint})")
        return [name for name in catalog.apis if name in self.error_pages]
