"""Links of the catalog to pages of the site, by the path of their source.

The site's own views resolve them as they set them; formats for programs get them resolved.
"""

from __future__ import annotations

from collections.abc import Mapping

from errorbook.catalog import Catalog
from errorbook.catalog.prose import Link, may_link
from errorbook.catalog.prose_edit import link_prose, mended, with_links


def with_addresses(catalog: Catalog, addresses: Mapping[str, str]) -> Catalog:
    """Return ``catalog`` with links such as ``guide/limits.md`` leading to their page.

    ``addresses`` are those of all pages, by path of the source; both from the root of the site.
    """

    def written(link: Link, label: str) -> str:
        path, mark, rest = link.target.partition("#")
        address = addresses.get(path)
        return link_prose(link.target if address is None else f"{address}{mark}{rest}", label)

    found: Catalog = mended(
        catalog, lambda text: with_links(text, written) if may_link(text) else text
    )
    return found
