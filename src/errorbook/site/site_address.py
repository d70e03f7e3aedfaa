"""Where a site says it is, and where its catalog says that the documentation is.

Exceptions print addresses below ``docs.url``. They lead to pages of this site only if it is
published there: at that address, or below it, where the addresses of errors begin with the rest,
as ``{version}/`` does for a site that mike puts into a folder of each version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from errorbook.catalog import Api, Catalog
from errorbook.catalog.addresses import place_of
from errorbook.problems import Finding, quoted

_HINT = (
    "set site_url in mkdocs.yml and docs.url to the same address; what stands between them, such "
    "as a version, belongs at the beginning of docs.error; an API that is documented elsewhere is "
    "left out by 'error_pages'"
)


@dataclass(frozen=True)
class SiteAddress:
    """The address of a site: ``site_url`` of mkdocs.yml, if it has one.

    ``mkdocs serve`` puts its own host into it, so that only the path says anything.
    """

    url: str | None
    is_served: bool = False

    def located(self, catalog: Catalog) -> Catalog:
        """Return ``catalog`` with the docs of each API as this site has them: from its root."""
        apis = {name: self._located(name, api) for name, api in catalog.apis.items()}
        return catalog.model_copy(update={"apis": apis})

    def contradictions(self, catalog: Catalog) -> Iterator[Finding]:
        """Yield each API whose addresses lead to another place than this site."""
        for name, api in catalog.apis.items():
            if self._rest(name, api) is None:
                said = quoted(str(api.docs.url))
                message = f"addresses of {name} begin with {said}, but the site is at {self.url}"
                yield Finding(
                    "address-mismatch", ("apis", name, "docs", "url"), message, _HINT, "warning"
                )

    def _located(self, name: str, api: Api) -> Api:
        rest = self._rest(name, api)
        if not rest:
            return api
        path = place_of(name, api, "{code}").path.removeprefix(rest)
        url = f"{(api.docs.url or '').rstrip('/')}/{rest}"
        return api.model_copy(
            update={"docs": api.docs.model_copy(update={"url": url, "error": path})}
        )

    def _rest(self, name: str, api: Api) -> str | None:
        """Return what addresses of errors begin with on top of ``docs.url`` to reach the site.

        None where they do not reach it.
        """
        if self.url is None or api.docs.url is None:
            return ""
        here, there = self._comparable(self.url), self._comparable(api.docs.url)
        if not here.startswith(there):
            return None
        rest = here[len(there) :]
        return rest if place_of(name, api, "{code}").path.startswith(rest) else None

    def _comparable(self, url: str) -> str:
        parts = urlsplit(url)
        path = f"{parts.path.rstrip('/')}/"
        return path if self.is_served else f"{parts.scheme}://{parts.netloc}".lower() + path
