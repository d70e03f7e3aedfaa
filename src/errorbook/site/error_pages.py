"""The pages of errors: which codes have one, at which address of the site, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from errorbook.catalog import Catalog
from errorbook.catalog.addresses import places
from errorbook.catalog.facts import former_codes
from errorbook.site.anchors import Home
from errorbook.site.links import ErrorKey

if TYPE_CHECKING:  # other builders need not have MkDocs installed
    from mkdocs.structure.files import File

GENERATOR: Final = "errorbook"
"""Who makes the pages of errors, as MkDocs is told."""
Kind = Literal["error", "retired", "former"]
MOST_SEARCHED: Final = 1000
"""Codes above which pages of errors are left out of a site's search: its index would be larger
than all else that a reader loads. The explorer finds them all."""


@dataclass(frozen=True)
class ErrorPage:
    """The place of one code: ``stem`` is the path of its files, ``url`` its address, both from
    the root of the site.

    ``instead`` is the page of the site that its readers are sent to, where somebody wrote one or
    the code has another name now.
    """

    key: ErrorKey
    kind: Kind
    stem: str
    url: str
    instead: str | None = None

    @property
    def path(self) -> str:
        """The path of the page's file."""
        return f"{self.stem}.html"


ErrorPages = Mapping[ErrorKey, ErrorPage]


def page_file(stem: str, site_dir: str, *, use_directory_urls: bool) -> File:
    """Return the page at ``stem`` as MkDocs has it; its file is there with any kind of address."""
    from mkdocs.structure.files import File, InclusionLevel  # noqa: PLC0415  # see above

    return File(
        f"{stem}.md",
        None,
        site_dir,
        use_directory_urls,
        dest_uri=f"{stem}.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


def planned(
    catalog: Catalog, apis: Iterable[str], *, use_directory_urls: bool
) -> dict[ErrorKey, ErrorPage]:
    """Return the pages of every code of ``apis``, as if nobody had written one."""
    pages = {}
    for name in apis:
        for page in _of_api(catalog, name):
            url = _url(page.path, use_directory_urls=use_directory_urls)
            pages[page.key] = replace(page, url=url)
    return pages


def led(pages: ErrorPages, catalog: Catalog, written: Mapping[ErrorKey, str]) -> ErrorPages:
    """Return ``pages``, those that somebody wrote and former codes leading to the page instead.

    ``written`` are the addresses of the pages that somebody wrote.
    """
    found = dict(pages)
    for key, url in written.items():
        if key in found:
            found[key] = replace(found[key], instead=url)
    for name in catalog.apis:
        for old, new in former_codes(catalog.apis[name]).items():
            target = found.get((name, new))
            if (name, old) in found and target is not None:
                instead = target.instead or target.url
                found[(name, old)] = replace(found[(name, old)], instead=instead)
    return found


def homes(pages: ErrorPages, written: Mapping[ErrorKey, str]) -> Mapping[ErrorKey, Home]:
    """Return where links to each code lead: to its page, whoever wrote it."""
    return {
        **{key: Home(page.instead or page.url, "") for key, page in pages.items()},
        **{key: Home(url, "") for key, url in written.items()},
    }


def _of_api(catalog: Catalog, name: str) -> Iterator[ErrorPage]:
    api = catalog.apis[name]
    former = former_codes(api)
    for code, place in places(name, api).items():
        stem = place.stem
        if stem is not None:
            kind: Kind = "error" if code in api.errors else "former"
            if code in api.retired and code not in former:
                kind = "retired"
            yield ErrorPage((name, code), kind, stem, "")


def _url(path: str, *, use_directory_urls: bool) -> str:
    """Return the address of a file, as MkDocs would; its names hold nothing to be quoted."""
    if use_directory_urls and (path == "index.html" or path.endswith("/index.html")):
        return path.removesuffix("index.html")
    return path
