"""Links of the catalog to pages of the site, by the path of their source.

The site's own views resolve them as they set them; formats for programs get them resolved.
"""

from __future__ import annotations

from collections.abc import Mapping

from errorbook.catalog import Catalog
from errorbook.catalog.prose import Link, link_targets
from errorbook.catalog.prose_edit import link_prose, mended, with_links


def with_addresses(catalog: Catalog, addresses: Mapping[str, str]) -> Catalog:
    """Return ``catalog`` with links such as ``guide/limits.md`` leading to their page.

    ``addresses`` are those of all pages, by path of the source; both from the root of the site.
    """

    def written(link: Link, label: str) -> str:
        path, mark, rest = link.target.partition("#")
        address = addresses.get(path)
        return link_prose(link.target if address is None else f"{address}{mark}{rest}", label)

    def mend(text: str) -> str:
        paths = (target.partition("#")[0] for target in link_targets(text))
        return with_links(text, written) if any(path in addresses for path in paths) else text

    found: Catalog = mended(catalog, mend)
    return found
