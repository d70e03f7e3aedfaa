"""What a view works with: the page, the block, and the API it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from errorbook.catalog import Api
from errorbook.outputs.error_facts import ErrorIndex
from errorbook.outputs.language import Language
from errorbook.outputs.languages import languages_of
from errorbook.problems import quoted, suggest
from errorbook.site import labels
from errorbook.site.blocks import Block
from errorbook.site.look import Look
from errorbook.site.markup import Target, prose_html, trusted
from errorbook.site.options import ALL, as_list
from errorbook.site.page import Page
from errorbook.site.rendering import Html
from errorbook.site.selection import NO_GROUP, Selection
from errorbook.site.tabs import Tab, tab_set


class ViewError(Exception):
    """The block asks for something that the catalog does not have."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


@dataclass(frozen=True)
class Frame:
    """What a view works with: the page, the block (and its number on the page), and the API.

    ``number`` is None for a block that owns no ids.
    """

    page: Page
    block: Block
    number: int | None
    name: str

    @property
    def selection(self) -> Selection:
        """The errors of the API, to choose from."""
        return self.page.site.selections[self.name]

    @property
    def api(self) -> Api:
        """The API itself."""
        return self.page.site.catalog.apis[self.name]

    @cached_property
    def languages(self) -> Sequence[Language]:
        """The languages that raise something for errors of the API, in the order of docs."""
        return [one for one in languages_of(self.api) if one.base_class(self.name, self.api)]

    @property
    def index(self) -> ErrorIndex:
        """What is said of several errors of the API at once."""
        return self.page.site.index(self.name)

    @property
    def look(self) -> Look:
        """The labels and templates of the site."""
        return self.page.site.look

    @property
    def options(self) -> Mapping[str, Any]:
        """The options of the block."""
        return self.block.options

    def option(self, name: str) -> list[str]:
        """Return the texts of an option; none where it is not set."""
        return as_list(self.block.options.get(name))

    def prose(self, text: str) -> Markup:
        """Return prose of the catalog as HTML; bare codes in it are of this view's API."""
        return prose_html(text, self._resolve, self.page.relative)

    def _resolve(self, reference: str) -> Target | None:
        return self.page.resolve(reference, self.name)

    def around(self, template: str, ours: Html, **values: Any) -> Html:
        """Return ``ours`` as a template of the site's own has it, which is told of the API too."""
        if not self.look.has(template):
            return ours
        api = {"id": self.name, "title": self.api.title or self.name, "version": self.api.version}
        return self.look.render(template, ours=trusted(ours.text), api=api, **values)

    def tabs(self, tabs: Sequence[Tab]) -> Markup:
        """Return a set of ``tabs``, which has ids of its own on the page."""
        label = self.look.labels.text("exceptions.languages")
        return tab_set(self.page.next_tab_set(), label, tabs)

    def address(self, code: str) -> str | None:
        """Return where ``code`` is shown, as seen from the page."""
        return self.page.address((self.name, code))

    def anchor(self, code: str) -> str | None:
        """Return the id of ``code``, if this block owns it."""
        anchors = self.page.anchors
        if anchors is None or self.number is None:
            return None
        return anchors.id_in(self.number, (self.name, code))


def frames(page: Page, block: Block, number: int | None) -> Iterator[Frame]:
    """Yield a frame for each API that ``block``, the one of that number, speaks of.

    Raises:
        ViewError: if it asks for an API, error, group or operation that the catalog lacks.
    """
    for name in _api_names(page, block):
        frame = Frame(page, block, number, name)
        _check_names(frame)
        yield frame


def _api_names(page: Page, block: Block) -> list[str]:
    known = list(page.site.catalog.apis)
    takes_all = block.view == "explorer"
    name = block.options.get("api", page.api or (ALL if takes_all else None))
    if name is None:
        hint = f"add 'api: …', one of: {', '.join(known)}"
        raise ViewError("no-api", "the block does not say which API it speaks of", hint)
    if takes_all and name == ALL:
        return known
    if name not in known:
        hint = suggest(str(name), [*known, ALL] if takes_all else known)
        raise ViewError("unknown-api", f"there is no API {quoted(str(name))}", hint)
    return [str(name)]


def _check_names(frame: Frame) -> None:
    """Refuse filters that can never match: most likely a code or group was misspelt."""
    known = {
        "codes": frame.api.errors,
        "code": frame.api.errors,
        "error": frame.api.errors,
        "group": [*frame.api.groups, NO_GROUP],
        "operation": labels.operations(frame.api),
    }
    for option, names in known.items():
        for value in frame.option(option):
            if value not in names:
                noun = labels.NOUNS[option]
                message = f"{frame.name} has no {noun} {quoted(value)}"
                raise ViewError(f"unknown-{noun}", message, suggest(value, names))
