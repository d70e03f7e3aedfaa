"""The page that is being rendered: what its blocks and links need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from errorbook.catalog import Catalog
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.problems import Place, Problem
from errorbook.site.anchors import Anchors, Homes, anchors_of, page_api
from errorbook.site.blocks import Block, Slip
from errorbook.site.group_pages import GroupPage
from errorbook.site.late import LatePieces
from errorbook.site.links import (
    ErrorKey,
    UnknownReferenceError,
    find_error,
    fragment,
    relative_url,
)
from errorbook.site.look import DEFAULT_LOOK, Look
from errorbook.site.markup import Target
from errorbook.site.rendering import Piece
from errorbook.site.selection import Selections

Report = Callable[[Problem], None]
ASSETS = "assets/errorbook/"
"""Where styles, scripts and data stand below the root of the site."""
FORMS: Final[Mapping[str, str]] = {"md": "Markdown", "json": "JSON"}


@dataclass(frozen=True)
class Site:
    """What all pages share: the catalog, where its errors live, and who hears of problems."""

    catalog: Catalog
    selections: Selections
    report: Report
    homes: Homes = field(default_factory=dict)
    group_pages: Mapping[str, Sequence[GroupPage]] = field(default_factory=dict)
    """Pages by group, by API; an API that has few errors has none."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Addresses from the site's root, by path of the source."""
    listings: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the pages that show the errors of an API, by API; the one with most of them."""
    forms: Mapping[str, str] = field(default_factory=lambda: FORMS)
    """What programs read beside the page of an error: titles by extension."""
    look: Look = DEFAULT_LOOK
    """The labels and templates that its views are made with."""
    _indexes: dict[str, ErrorIndex] = field(default_factory=dict, repr=False)

    def index(self, name: str) -> ErrorIndex:
        """Return what the pages of the errors of an API are made from, worked out once."""
        if name not in self._indexes:
            self._indexes[name] = ErrorIndex(name, self.catalog.apis[name])
        return self._indexes[name]


@dataclass
class Page:
    """One page: its source, its address from the root of the site, and the ids on it."""

    site: Site
    path: str
    url: str
    source: Callable[[], str] | None = None
    """Gives the source with its front matter, to count lines in; None if there is no more to it
    than the Markdown."""
    declared_api: Any = None
    """What the front matter says of the API."""
    anchors: Anchors | None = None
    late: LatePieces | None = None
    """Takes large pieces, where somebody sets them in once the page is whole."""
    error: ErrorKey | None = None
    """The error whose page it is."""
    is_generated: bool = False
    """Whether nobody wrote it: its block is all there is on it."""
    stand_in: Sequence[Piece] | None = None
    """What the view ``page`` shows here in place of that error."""
    shown_at: str | None = None
    """Its address as readers see it, where ``url`` is the path of its source."""
    _tab_sets: int = 0

    def begin(self, blocks: Sequence[Block]) -> None:
        """Give out the ids of the page, whose Markdown holds ``blocks``."""
        api = page_api(self.site.selections, self.declared_api, blocks)
        self.anchors = anchors_of(self.site.selections, api, blocks)

    @property
    def api(self) -> str | None:
        """The API that bare codes on this page belong to."""
        return self.anchors.api if self.anchors else None

    def next_tab_set(self) -> int:
        """Return the number of the next set of tabs on the page, for the ids in it."""
        self._tab_sets += 1
        return self._tab_sets

    def report(self, slip: Slip, column: int = 1) -> None:
        """Report what is wrong on a line of the page's source."""
        place = Place(self.path, slip.line + 1, column)
        self.site.report(Problem(slip.rule, place, slip.message, slip.hint, "warning"))

    def address(self, key: ErrorKey) -> str | None:
        """Return the address that leads from this page to an error; None if nothing shows it.

        That is its section on this page, else the error's own page, else the best place.
        """
        own = self.own_page(key)
        here = self.anchors.by_error.get(key) if self.anchors else None
        if here is not None and (own is None or (self.anchors and self.anchors.is_section(key))):
            return fragment(here)
        home = self.site.homes.get(key)
        if own is not None or home is None:
            return own
        return relative_url(home.url, self.url) + fragment(home.anchor)

    def own_page(self, key: ErrorKey) -> str | None:
        """Return the address that leads from this page to that of an error, if it has one."""
        home = self.site.homes.get(key)
        return relative_url(home.url, self.url) if home and not home.anchor else None

    def resolve(self, reference: str, api: str | None) -> Target | None:
        """Return what a reference means in the catalog of ``api``, if it means anything."""
        try:
            key = find_error(self.site.catalog, reference, api)
        except UnknownReferenceError:
            return None
        return Target(key[1], self.address(key))

    def relative(self, target: str) -> str:
        """Return the address of ``target``, which is relative to the root of the site.

        A path of a source, such as ``guide/limits.md``, leads to its page.
        """
        path, mark, rest = target.partition("#")
        if not path or path.startswith("/"):
            return target
        return relative_url(self.site.addresses.get(path, path), self.url) + mark + rest

    def asset(self, name: str) -> str:
        """Return the address of one of our assets as readers of this page see it."""
        return relative_url(ASSETS + name, self.url if self.shown_at is None else self.shown_at)
