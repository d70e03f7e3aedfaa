"""Pages by group, for APIs with more errors than one table should hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from html import escape

import yaml

from errorbook.catalog.addresses import GROUPS, folder
from errorbook.site import labels
from errorbook.site.blocks import Block
from errorbook.site.labels import DEFAULT_LABELS, Labels
from errorbook.site.options import ALL, MOST_ROWS
from errorbook.site.selection import Selection, Selections, is_too_long


@dataclass(frozen=True)
class GroupPage:
    """A page that lists some or all codes of one group: which rows, and where it is."""

    api: str
    group: str
    title: str
    path: str
    rows: tuple[int, int]
    is_whole: bool
    """Whether the rows are all that the group has."""
    url: str = ""

    @property
    def count(self) -> int:
        """How many codes the page lists."""
        return self.rows[1] - self.rows[0] + 1

    def at(self, url: str) -> GroupPage:
        """Return the page with its address from the root of the site."""
        return replace(self, url=url)

    @property
    def markdown(self) -> str:
        """The Markdown of the page. It holds no text of the catalog but ids and the title."""
        options = ["/// errors | codes", f"    group: {self.group}", "    max_rows: 0"]
        if not self.is_whole:
            options.append(f"    rows: {self.rows[0]}-{self.rows[1]}")
        # A theme sets titles as HTML.
        front = yaml.safe_dump({"title": escape(self.title), "errors": self.api}, width=1000)
        return f"---\n{front}---\n\n" + "\n".join([*options, "///", ""])


def group_pages(
    known: Selections, linked: Collection[str], texts: Labels = DEFAULT_LABELS
) -> Iterator[GroupPage]:
    """Yield the pages of every API in ``linked``, with titles from ``texts``."""
    for name, selection in known.items():
        if name in linked:
            for group, codes in selection.by_group.items():
                yield from _pages_of(name, selection, group, len(codes), texts)


def linked_groups(known: Selections, page_api: str | None, block: Block) -> Iterator[str]:
    """Yield each API that ``block`` shows by groups, because its errors are too many."""
    name = block.options.get("api", page_api)
    if block.view == "explorer":
        names = list(known) if name is None or name == ALL else [name]
    else:
        names = [name] if block.view in ("codes", "sections") else []
    for one in names:
        selection = known.get(one) if isinstance(one, str) else None
        if selection and selection.is_paged and not block.slips:
            options = {} if block.view == "explorer" else block.options
            if is_too_long(selection.codes(options), options):
                yield str(one)


def _pages_of(
    name: str, selection: Selection, group: str, count: int, texts: Labels
) -> Iterator[GroupPage]:
    title = _title(selection, group, texts)
    is_whole = count <= MOST_ROWS
    above = f"{folder(name, selection.api)}{GROUPS}/"
    for part, first in enumerate(range(1, count + 1, MOST_ROWS), 1):
        last = min(first + MOST_ROWS - 1, count)
        yield GroupPage(
            api=name,
            group=group,
            title=title
            if is_whole
            else texts.text("groups.part", group=title, first=first, last=last),
            path=f"{above}{group if is_whole else f'{group}/{part}'}.md",
            rows=(first, last),
            is_whole=is_whole,
        )


def _title(selection: Selection, group: str, texts: Labels) -> str:
    if group in selection.api.groups:
        return labels.group(selection.api, group)
    return texts.text("groups.others" if selection.api.groups else "groups.all")
