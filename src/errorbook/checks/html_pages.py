"""Read the pages of a site that concern errors, and gather what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from html import unescape
from typing import Final

from errorbook.catalog.addresses import anchor_of
from errorbook.checks.html_facts import Said, is_exception, wrong_class
from errorbook.checks.html_folder import LARGEST_PAGE, SiteFolder, content_of
from errorbook.checks.html_heard import Heard, Spot
from errorbook.checks.html_known import Known
from errorbook.checks.html_lines import Lines
from errorbook.checks.html_links import Links
from errorbook.checks.html_places import ids_of, places_of, whole_page
from errorbook.checks.html_reader import PageReader
from errorbook.checks.html_unrendered import may_be_unrendered, unrendered
from errorbook.html_tree import Element, parse

_OURS: Final = 'class="errorbook'
_TOKEN: Final = re.compile(r""">\s*([^<>\s"'¶]+)""")
"""A word behind a tag: a page in which none concerns errors, nor any id, says nothing of any."""
_ID: Final = re.compile(r"""id=["']?([^\s"'<>]+)""")
_ID_OF_TAG: Final = re.compile(r"""<[A-Za-z][^<>]*?\sid=["']?([^\s"'<>]+)""")
_NAME: Final = re.compile(r"""<a\s[^<>]*?\bname=["']?([^\s"'<>]+)""")
_FAMILY: Final = re.compile("[1-5]xx")
_ONE_STATUS: Final = "one status"


class SitePages:
    """Gathers what the pages of ``folder`` say into ``heard``."""

    def __init__(self, folder: SiteFolder, known: Known) -> None:
        self._folder = folder
        self._known = known
        self._ids: dict[str, Counter[str]] = {}
        self._wanted = {*known.codes, *known.gone, *known.internal, *known.anchors}
        self._homes = {
            page: key for path, key in known.homes.items() if (page := folder.page_at(path))
        }
        self._strays = dict(_strays(folder.pages, self._homes, known))
        self.heard = Heard()
        self._links = Links(folder, known, self._homes, self.ids, self.heard)

    def read(self) -> Heard:
        """Read every page that concerns errors.

        Raises:
            OSError: if one cannot be read.
        """
        for path in self._folder.pages:
            globs = self._known.site.pages
            if globs and not any(fnmatchcase(path, glob) for glob in globs):
                continue
            if self._folder.size(path) > LARGEST_PAGE:
                self.heard.too_large.append(path)
                continue
            html = self._folder.pages[path]
            if path in self._homes or path in self._strays or globs or self._concerns_errors(html):
                self._read(path, html)
        return self.heard

    def ids(self, path: str, html: str | None = None) -> Counter[str]:
        """Return how often each id is on a page, whose text may be at hand."""
        if path not in self._ids:
            html = self._folder.pages[path] if html is None else html
            ids = Counter(unescape(found) for found in _ID.findall(html))
            names = {unescape(found) for found in _NAME.findall(html)}
            self._ids[path] = ids + Counter(names.difference(ids))
        return self._ids[path]

    def _concerns_errors(self, html: str) -> bool:
        if _OURS in html or may_be_unrendered(html):
            return True
        pattern = self._known.anchor_pattern
        for token in {*_TOKEN.findall(html), *_ID.findall(html)}:
            if unescape(token) in self._wanted or (pattern and pattern.fullmatch(token)):
                return True
        return False

    def _read(self, path: str, html: str) -> None:
        known, heard = self._known, self.heard
        self.ids(path, html)
        content, line = content_of(html)
        tree = parse(content, line=line)
        reader = PageReader(
            tree,
            known.catalog,
            known.classes,
            known.anchors,
            headings=known.headings,
            former=known.gone,
        )
        page = _Page(path, tree, reader)
        every = list(self._said(page))
        for said in every:
            self._say(page, said)
        heard.pages += any(said.code in known.codes for said in every)
        for apis, number, name, selectors in reader.exit_codes:
            spot = Spot(path, next((one.line for one in tree.all(of="eb-exit-codes")), 0))
            heard.endings.setdefault(apis[0], []).append((number, name, selectors, spot))
        heard.unrendered += [
            (Spot(path, at), text) for at, text in unrendered(tree, known.apis, known.is_code)
        ]
        self._find_duplicates(path, html)
        self._find_internal(path, content, line)
        for link in tree.all("a"):
            self._links.follow(path, link)

    def _said(self, page: _Page) -> Iterator[Said]:
        known = self._known
        said = [*page.reader.said, *places_of(page.tree, known.is_code)]
        home = self._homes.get(page.path)
        own = [one for one in page.reader.said if one.place and one.place.tag == "h1"]
        if home and not own and not any(one.code == home[1] for one in said):
            said.append(whole_page(page.tree, home[1], home[0]))
        stray = self._strays.get(page.path)
        if stray and not any(one.code == stray for one in said):
            said.append(whole_page(page.tree, stray, ""))
        if known.anchor_pattern:
            ids = list(ids_of(page.tree, known.anchor_pattern))
            self.heard.anchored.update(one.code for one in ids)
            said += ids
        self._forget_strange_classes([one for one in said if one.doubtful])
        page.apis = page.reader.apis_of([one.code for one in said])
        yield from said

    def _forget_strange_classes(self, said: Iterable[Said]) -> None:
        """Leave out classes of which the catalog knows none: those of another language."""
        places: dict[str, list[Said]] = {}
        for one in said:
            for aspect in filter(is_exception, one.aspects):
                places.setdefault(aspect, []).append(one)
        for aspect, those in places.items():
            names = {_class_name(one.aspects[aspect]) for one in those}
            if self._known.classes.isdisjoint(names):
                for one in those:
                    one.aspects.pop(aspect)

    def _say(self, page: _Page, said: Said) -> None:
        known, code = self._known, said.code
        spot = Spot(page.path, said.place.line if said.place else 0)
        if known.is_ignored(code):
            return
        if code in known.codes:
            self._compare(page, said, spot)
        elif code in known.internal:
            self.heard.internal.setdefault(code, {})[spot] = None
        elif code in known.gone:
            if not said.doubtful:
                self.heard.retired.setdefault(code, []).append(spot)
        elif not said.doubtful or known.is_like_a_code(code):
            self.heard.gone.setdefault(code, []).append(
                (spot, self._meant(page, said), said.aspects.get("status", ""))
            )

    def _meant(self, page: _Page, said: Said) -> str:
        """Return the code that a place is of by its id, its link or its page, if there is one."""
        if said.place is None:
            return ""
        by_id = self._known.anchors.get(said.place.attributes.get("id", ""), "")
        home = self._homes.get(page.path)
        is_title = said.place.tag == "h1"
        return by_id or self._linked(page, said)[1] or (home[1] if home and is_title else "")

    def _linked(self, page: _Page, said: Said) -> tuple[str, str]:
        """Return the API and the code of the page that the code of a place leads to."""
        for link in said.place.all("a") if said.place else ():
            if link.text == said.code:
                target = self._links.leads_to(page.path, link.attributes.get("href", ""))
                if target and target[0] in self._homes:
                    return self._homes[target[0]]
        return "", ""

    def _compare(self, page: _Page, said: Said, spot: Spot) -> None:
        names = self._names(page, said)
        slips = {name: list(self._slips(name, said)) for name in names}
        least = min(map(len, slips.values()))
        best = [name for name in names if len(slips[name]) == least]
        for name in best:
            self.heard.shown.add((name, said.code))
        if best[0] in self._known.apis:
            for aspect, value in slips[best[0]]:
                key = (best[0], said.code, aspect)
                self.heard.wrong.setdefault(key, []).append((value, spot))
        self._compare_id(page, said, spot)

    def _names(self, page: _Page, said: Said) -> list[str]:
        """Return the APIs that may be meant, the likeliest first."""
        having = list(self._known.catalog.owners(said.code))
        home = self._homes.get(page.path)
        linked = self._linked(page, said)[0]
        for sure in (home[0] if home and home[1] == said.code else "", linked):
            if sure in having:
                return [sure]
        likely = [name for name in (*said.apis, *page.apis) if name in having]
        return list(dict.fromkeys(likely[: len(said.apis) or None] or likely or having))

    def _slips(self, name: str, said: Said) -> Iterator[tuple[str, str]]:
        facts = self._known.facts[name, said.code]
        for aspect, value in said.aspects.items():
            if is_exception(aspect):
                told = _class_name(value)
                yield from wrong_class(aspect, told, facts, is_ours=not said.doubtful)
                continue
            told, about = value, "status" if aspect == _ONE_STATUS else aspect
            fact = facts[about]
            if said.doubtful and fact == "none":
                continue
            right = set(fact.split(", "))
            numbers = set(told.split(", "))
            if about == "status" and _FAMILY.fullmatch(told):
                numbers = {one for one in right if one[0] == told[0]}
            if not (numbers <= right if aspect == _ONE_STATUS else numbers == right):
                yield about, told

    def _compare_id(self, page: _Page, said: Said, spot: Spot) -> None:
        """Compare the id of a place with its code; one of ours has to have one on its page."""
        if said.place is None or said.place.tag not in ("tr", "div"):
            return
        anchor = said.place.attributes.get("id", "")
        whose = self._known.anchors.get(anchor, "")
        is_ours = id(said.place) in page.own_rows
        if whose not in ("", said.code) or (anchor and is_ours and not whose):
            self.heard.anchors.append((spot, said.code, anchor, whose))
        elif is_ours and not any(form in self.ids(page.path) for form in self._forms(said.code)):
            self.heard.unanchored.setdefault(said.code, spot)

    def _forms(self, code: str) -> Iterator[str]:
        written = anchor_of(code)
        yield written
        for name in self._known.catalog.apis:
            yield f"{name}-{written}"
            yield f"{name}/{written}"

    def _find_duplicates(self, path: str, html: str) -> None:
        known = self._known
        several = {
            anchor
            for anchor, count in self.ids(path).items()
            if count > 1 and anchor in known.anchors and not known.is_ignored(anchor)
        }
        if not several:
            return
        places: dict[str, list[int]] = {}
        lines = Lines(html)
        for found in _ID_OF_TAG.finditer(html):
            anchor = unescape(found[1])
            if anchor in several:
                places.setdefault(anchor, []).append(lines.at(found.start(1)))
        for anchor, at in places.items():
            if len(at) > 1:
                self.heard.duplicates.append((Spot(path, at[1]), anchor, len(at)))

    def _find_internal(self, path: str, content: str, line: int) -> None:
        """Find internal codes that stand alone between tags: those that are no ordinary word."""
        if not self._known.internal:
            return
        lines = Lines(content, line)
        for found in _TOKEN.finditer(content):
            code = unescape(found[1])
            if code in self._known.internal and not code.isalpha():
                spot = Spot(path, lines.at(found.start(1)))
                self.heard.internal.setdefault(code, {})[spot] = None


class _Page:
    """A page that is being read."""

    def __init__(self, path: str, tree: Element, reader: PageReader) -> None:
        self.path = path
        self.tree = tree
        self.reader = reader
        self.apis: tuple[str, ...] = ()

    @cached_property
    def own_rows(self) -> Mapping[int, Element]:
        """Rows of our tables of codes; not of those that stand where the explorer cannot run."""
        inner = {
            id(table)
            for one in self.tree.all(of="errorbook-explorer")
            for table in one.all("table")
        }
        return {
            id(row): row
            for table in self.tree.all("table", of="eb-codes")
            if id(table) not in inner
            for row in table.all("tr")
        }


def _strays(
    pages: Iterable[str], homes: Mapping[str, object], known: Known
) -> Iterator[tuple[str, str]]:
    """Yield the pages that are called like a code and stand among those of errors."""
    known_ones = Counter(_folder_and_name(page)[0] for page in homes)
    others: dict[str, list[tuple[str, str]]] = {}
    for page in pages if known_ones else ():
        folder, name = _folder_and_name(page)
        if page not in homes and folder in known_ones:
            others.setdefault(folder, []).append((page, name))
    for folder, found in others.items():
        if len(found) < known_ones[folder]:
            for page, name in found:
                if known.is_like_a_code(name) and name not in known.gone:
                    yield page, name


def _folder_and_name(page: str) -> tuple[str, str]:
    path = page.removesuffix("/index.html").removesuffix(".html")
    folder, _, name = path.rpartition("/")
    return folder, name


def _class_name(text: str) -> str:
    return text.rpartition(".")[2].removesuffix("()")
