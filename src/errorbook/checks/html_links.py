"""Links of a site whose text is a code: where they lead, and whether its error is there."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import cached_property
from itertools import islice
from typing import Final, Literal

from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.html_heard import Heard, Link, Spot
from errorbook.checks.html_known import Known
from errorbook.html_tree import Element

_MOST_INSIDE: Final = 50
"""Elements in a link, from which on it is no code."""


class Links:
    """Follows links, and adds those that lead elsewhere to ``heard``.

    ``homes`` are the pages of one error alone, ``ids`` tells which ids a page has.
    """

    def __init__(
        self,
        folder: SiteFolder,
        known: Known,
        homes: Mapping[str, tuple[str, str]],
        ids: Callable[[str], Container[str]],
        heard: Heard,
    ) -> None:
        self._folder = folder
        self._known = known
        self._homes = homes
        self._ids = ids
        self._heard = heard

    def follow(self, page: str, link: Element) -> None:
        """Follow a link of a page, if its text is a code."""
        href = link.attributes.get("href")
        code = link.text if href and _is_small(link) else ""
        if not href or code not in self._known.codes:
            return
        target = self.leads_to(page, href)
        if target is None:
            return
        path, anchor = target
        if path not in self._folder.pages:
            if path not in self._folder.files:
                self._add(page, link, "gone", target)
        elif anchor and anchor not in self._ids(path):
            if not self._folder.is_redirect(path):
                self._add(page, link, "lost", target)
        else:
            home = self._homes.get(path) if not anchor else None
            about = self._known.anchors.get(anchor) or (home[1] if home else None)
            if about not in (None, code) and self._is_meant(link, code):
                self._add(page, link, "other", target)

    def leads_to(self, page: str, href: str) -> tuple[str, str] | None:
        """Return the path, there or not, and the id that a link leads to; None if elsewhere."""
        target = self._folder.leads_to(page, href) if href else None
        if target is not None or not href:
            return target
        for base, prefix in self._bases:
            if href.startswith(base):
                return self._folder.leads_to("index.html", href.removeprefix(base) or ".")
            if href.startswith(prefix) and not href.startswith("//"):
                return self._folder.leads_to("index.html", href.removeprefix(prefix) or ".")
        return None

    @staticmethod
    def _is_meant(link: Element, code: str) -> bool:
        """Tell whether the text of a link is meant as a code: a word may be of other things."""
        return not code.isalpha() or link.first("code") is not None or "eb-code" in link.classes

    def _add(
        self,
        page: str,
        link: Element,
        wrong: Literal["gone", "lost", "other"],
        target: tuple[str, str],
    ) -> None:
        path, anchor = target
        shown = link.attributes["href"].partition("#")[0] if wrong == "gone" else path
        where = f"{shown}#{anchor}" if anchor else shown
        found = Link(link.text, where, path, anchor, wrong)
        self._heard.links.setdefault(found, []).append(Spot(page, link.line))

    @cached_property
    def _bases(self) -> list[tuple[str, str]]:
        """The addresses that the site is published at, with their paths."""
        urls = [self._known.site.url, *(api.docs.url for api in self._known.apis.values())]
        whole = dict.fromkeys(url.rstrip("/") + "/" for url in urls if url)
        return [(url, "/" + url.split("/", 3)[3]) for url in whole]


def _is_small(link: Element) -> bool:
    """Tell whether there is so little in a link that it may be a code: no more is read."""
    return sum(1 for _ in islice(link.walk(), _MOST_INSIDE)) < _MOST_INSIDE
