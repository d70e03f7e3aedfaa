"""The ids that errors have on a page, and which page is the home of an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from errorbook.catalog.addresses import anchor_of
from errorbook.site.blocks import Block
from errorbook.site.links import ErrorKey
from errorbook.site.selection import Selections

OWNING_VIEWS: Final = ("sections", "codes", "error")
"""Views whose rows or headings an address can lead to, the best home first."""


@dataclass(frozen=True)
class Home:
    """The place that addresses of an error lead to: page (from the site's root) and id.

    A page that is the error's own needs no id.
    """

    url: str
    anchor: str


Homes = Mapping[ErrorKey, Home]


@dataclass
class Anchors:
    """The ids of one page: which block shows which error first, and so owns its id.

    ``rank`` says how well the page shows an error, the least the best.
    """

    api: str | None = None
    by_error: dict[ErrorKey, str] = field(default_factory=dict)
    owner: dict[ErrorKey, int] = field(default_factory=dict)
    rank: dict[ErrorKey, int] = field(default_factory=dict)

    def id_in(self, block: int, key: ErrorKey) -> str | None:
        """Return the id of an error, if block number ``block`` owns it."""
        return self.by_error[key] if self.owner.get(key) == block else None

    def is_section(self, key: ErrorKey) -> bool:
        """Tell whether the page shows an error in a section of its own."""
        return self.rank.get(key) == OWNING_VIEWS.index("sections")


def page_api(known: Selections, declared: Any, blocks: Iterable[Block]) -> str | None:
    """Return the API a page is about: declared, else its first block's, else the only one."""
    for name in (declared, *(block.options.get("api") for block in blocks)):
        if isinstance(name, str) and name in known:
            return name
    return next(iter(known)) if len(known) == 1 else None


def anchors_of(known: Selections, api: str | None, blocks: Iterable[Block]) -> Anchors:
    """Return the ids that the blocks of a page give to errors, in the order of the page."""
    anchors = Anchors(api)
    names = _Names(known, api)
    for number, block in enumerate(blocks):
        if block.slips or block.view not in OWNING_VIEWS:
            continue
        rank = OWNING_VIEWS.index(block.view)
        for key in _shown(known, api, block):
            if key not in anchors.by_error:
                anchors.by_error[key] = names.of(key)
                anchors.owner[key] = number
            anchors.rank[key] = min(rank, anchors.rank.get(key, rank))
    return anchors


def collect_homes(pages: Iterable[tuple[str, Anchors]]) -> Homes:
    """Return where each error lives. ``pages`` are address and ids of each, in order.

    A page that shows an error in a section is a better home than one that lists it in a table,
    and that is better than one that mentions it alone.
    """
    found: dict[ErrorKey, tuple[int, Home]] = {}
    for url, anchors in pages:
        for key, rank in anchors.rank.items():
            if key not in found or rank < found[key][0]:
                found[key] = (rank, Home(url, anchors.by_error[key]))
    return {key: home for key, (_, home) in found.items()}


def listings(homes: Homes) -> Mapping[str, str]:
    """Return, by API, the address of the page that most of its errors are shown on."""
    counts = Counter((api, home.url) for (api, _), home in homes.items())
    return {api: url for (api, url), _ in reversed(counts.most_common())}


class _Names:
    """Gives out ids: the code alone for the page's own API, with the API before it for others."""

    def __init__(self, known: Selections, api: str | None) -> None:
        self._api = api
        self._own = known[api].api.errors if api is not None else {}
        self._given: set[str] = set()

    def of(self, key: ErrorKey) -> str:
        name, code = key
        if name == self._api:
            return anchor_of(code)
        anchor = f"{name}-{anchor_of(code)}"
        if f"{name}-{code}" in self._own or anchor in self._given:  # a code that looks like both
            return f"{name}/{anchor_of(code)}"
        self._given.add(anchor)
        return anchor


def _shown(known: Selections, api: str | None, block: Block) -> Iterator[ErrorKey]:
    name = block.options.get("api", api)
    if name in known:
        for code in known[name].shown(block.view, block.options):
            yield name, code
