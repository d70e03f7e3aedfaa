"""The pages of errors, cast from a few that MkDocs has rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from errorbook.catalog.addresses import place_of
from errorbook.site import moulds
from errorbook.site.blocks import Block
from errorbook.site.edit_lines import EditLine
from errorbook.site.error_pages import GENERATOR, ErrorPage, page_file
from errorbook.site.frame import Frame
from errorbook.site.links import ErrorKey
from errorbook.site.markup import code_html
from errorbook.site.moulds import Marks, Mould, Press, cast, part_role
from errorbook.site.page import Page, Site
from errorbook.site.page_source import description_of, page_source, title_of
from errorbook.site.page_view import arranged, page_html
from errorbook.site.rendering import Html, Piece

logger = get_plugin_logger("errorbook")

_BLOCK: Final = Block(0, 0, "page")


@dataclass(frozen=True)
class StandIn:
    """What the block of a page shows in place of an error of an API."""

    api: str
    pieces: Sequence[Piece]


StandIns = dict[str, StandIn]
"""By the path of the page's source."""


@dataclass(frozen=True)
class _Shape:
    """What pages have in common that come from one mould."""

    api: str
    parts: tuple[str, ...]
    has_description: bool
    edited: EditLine | None


@dataclass(frozen=True)
class CastPage:
    """A page as it is written, and as a search reads it."""

    url: str
    title: str
    output: str
    _mould: Mould
    _values: Mapping[str, str]

    @property
    def content(self) -> str:
        """The page without the theme around it."""
        return cast(self._mould.content, self._values)

    @property
    def toc(self) -> Sequence[AnchorLink]:
        """Its headings."""
        return [self._link(one) for one in self._mould.page.toc]

    @property
    def meta(self) -> Mapping[str, Any]:
        """Its front matter."""
        return self._mould.page.meta

    def _link(self, link: AnchorLink) -> AnchorLink:
        title = cast(self._mould.marks.split(link.title), self._values)
        copy = AnchorLink(title, link.id, link.level)
        copy.children = [self._link(one) for one in link.children]
        return copy


@dataclass
class Foundry:
    """Makes the pages of errors of one build.

    ``stand_ins`` is where the events look up what the block of a page shows.
    """

    site: Site
    press: Press
    stand_ins: StandIns
    edit_line: Callable[[ErrorKey], EditLine | None]
    file_of: Callable[[ErrorPage], File]
    """Gives a page as MkDocs would render it."""
    _marks: Marks = field(default_factory=Marks)
    _moulds: dict[_Shape, Mould] = field(default_factory=dict)

    def page(self, page: ErrorPage) -> CastPage:
        """Return the page of one code."""
        name, code = page.key
        api = self.site.catalog.apis[name]
        ours = Page(self.site, page.path, page.url, declared_api=name, error=page.key)
        frame = Frame(ours, _BLOCK, None, name)
        description = description_of(api, code)
        edit = self.edit_line(page.key)
        parts = tuple(frame.index.parts(code))
        shape = _Shape(name, parts, bool(description), replace(edit, line=0) if edit else None)
        mould = self._mould(shape)
        text = str(escape(code))
        if not mould.is_sound:
            return self._rendered(page, title_of(name, api, text))
        values = {
            moulds.CODE: text,
            moulds.CODE_HTML: str(code_html(code)),
            moulds.DESCRIPTION: description,
            moulds.LINE: str(edit.line) if edit else "",
            moulds.NAME: self._name(page),
            **{part_role(at): one.text for at, one in enumerate(page_html(frame, code, parts))},
        }
        for role in mould.scripted:
            values[moulds.in_script(role)] = str(htmlsafe_json_dumps(values[role]))[1:-1]
        title = title_of(name, api, text)
        return CastPage(page.url, title, cast(mould.output, values), mould, values)

    def _rendered(self, page: ErrorPage, title: str) -> CastPage:
        """Return a page that went through everything by itself, as none can be cast."""
        whole = MkDocsPage(None, self.file_of(page), self.press.config)
        mould = self.press.mould(whole, self._marks)
        return CastPage(page.url, title, cast(mould.output, {}), mould, {})

    def _mould(self, shape: _Shape) -> Mould:
        if shape not in self._moulds:
            self._moulds[shape] = self._made(shape)
        return self._moulds[shape]

    def _made(self, shape: _Shape) -> Mould:
        marks, config = self._marks, self.press.config
        api = self.site.catalog.apis[shape.api]
        code = marks.of(moulds.CODE)
        place = place_of(shape.api, api, marks.of(moulds.NAME))
        file = page_file(
            place.stem or "", config.site_dir, use_directory_urls=config.use_directory_urls
        )
        description = marks.of(moulds.DESCRIPTION) if shape.has_description else ""
        file.generated_by = GENERATOR
        file.content_string = page_source(
            None, title_of(shape.api, api, code), description, shape.api, searched=True
        )
        mark = marks.of(moulds.LINE)
        file.edit_uri = replace(shape.edited, line=mark).uri if shape.edited else None
        html = (Html(mark) for mark in marks.parts(len(shape.parts) + 1))
        pieces = list(arranged(code, shape.parts, html, self.site.look.labels))
        self.stand_ins[file.src_uri] = StandIn(shape.api, pieces)
        mould = self.press.mould(MkDocsPage(None, file, config), marks)
        if not mould.is_sound:
            logger.info(
                "pages of errors of %s are rendered one by one: the theme or a plugin changes "
                "titles or descriptions",
                shape.api,
            )
        return mould

    def _name(self, page: ErrorPage) -> str:
        """Return what stands for the code in the address of ``page``."""
        name, _ = page.key
        around = place_of(name, self.site.catalog.apis[name], "\0").stem or ""
        before, _, after = around.partition("\0")
        return page.stem[len(before) : len(page.stem) - len(after)]
