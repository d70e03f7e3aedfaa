"""Pages that differ in little: what is equal is rendered once, and each is cast from that.

MkDocs and its theme take some milliseconds for a page, nearly all of it for what all pages of
errors share. So a page with marks in the places where they differ passes once through everything
that a page passes through, plugins included, and the mould is what comes out.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

CODE: Final = "code"
CODE_HTML: Final = "codehtml"
DESCRIPTION: Final = "description"
LINE: Final = "line"
NAME: Final = "name"
_ROLES: Final = (CODE, DESCRIPTION, LINE, NAME)
_SHORTEST: Final = 6
"""Characters by which a mark is known that was cut."""
_TEXTS: Final = (CODE, DESCRIPTION)
_PART: Final = "part"
_SCRIPT: Final = re.compile(r"<script\b.*?</script>", re.DOTALL)


def part_role(number: int) -> str:
    """Return the role of what is below the heading of that number."""
    return f"{_PART}{number}"


def in_script(role: str) -> str:
    """Return the role of what stands for the same in a text of a script."""
    return f"{role} in script"


class Marks:
    """Words that no page holds by chance, and nobody can know before a build."""

    def __init__(self) -> None:
        self._word = f"eb{secrets.token_hex(8)}"
        roles = "|".join((*_ROLES, f"{_PART}[0-9]+"))
        self._pattern = re.compile(
            rf"<code>{self._word} (?P<whole>{CODE}) z</code>|{self._word} ?(?P<role>{roles}) ?z"
        )

    def of(self, role: str) -> str:
        """Return the mark that stands for ``role``.

        Those of texts have spaces, so that nobody leaves out the quotation marks around them.
        """
        return f"{self._word} {role} z" if role in _TEXTS else f"{self._word}{role}z"

    def are_whole(self, text: str) -> bool:
        """Tell whether every mark in ``text`` is still as it was: nobody cut or changed it."""
        found = text.lower().count(self._word[:_SHORTEST])
        return found == len(self._pattern.findall(text)) and f"={self._word} " not in text

    def parts(self, count: int) -> list[str]:
        """Return the marks that stand for what is below each heading of a page."""
        return [self.of(part_role(number)) for number in range(count)]

    def split(self, text: str) -> Sequence[tuple[str, str]]:
        """Return ``text`` in pieces: what is equal, and the role of the mark behind it."""
        return list(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        scripts = [script.span() for script in _SCRIPT.finditer(text)]
        at = 0
        for mark in self._pattern.finditer(text):
            role = CODE_HTML if mark["whole"] else mark["role"]
            is_scripted = any(start < mark.start() < end for start, end in scripts)
            yield text[at : mark.start()], in_script(role) if is_scripted else role
            at = mark.end()
        yield text[at:], ""


@dataclass(frozen=True)
class Mould:
    """A page without what is its own: the whole of it, and the content that a search reads."""

    page: Page
    marks: Marks
    output: Sequence[tuple[str, str]]
    content: Sequence[tuple[str, str]]
    is_sound: bool
    """Whether pages can be cast from it: somebody may do more with a title than show it."""

    @cached_property
    def scripted(self) -> Sequence[str]:
        """The roles that have a place in a script of the page."""
        roles = {role for _, role in self.output}
        return [role for role in _ROLES if in_script(role) in roles]


def cast(pieces: Sequence[tuple[str, str]], values: Mapping[str, str]) -> str:
    """Return a text whose places hold ``values``, by role."""
    return "".join([text + values.get(role, "") for text, role in pieces])


@dataclass(frozen=True)
class Press:
    """What MkDocs renders pages with, late in a build."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    def mould(self, page: Page, marks: Marks) -> Mould:
        """Return the mould that comes of ``page``, which holds ``marks``."""
        self._populate(page)
        content = page.content or ""
        output = self._render(page)
        is_sound = marks.are_whole(output) and marks.are_whole(content)
        return Mould(page, marks, marks.split(output), marks.split(content), is_sound)

    def _populate(self, page: Page) -> None:
        """Read and convert the page, with the events that MkDocs sends for it."""
        config, files, plugins = self.config, self.files, self.config.plugins
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        text = page.markdown or ""
        page.markdown = plugins.on_page_markdown(text, page=page, config=config, files=files)
        page.render(config, files)
        html = page.content or ""
        page.content = plugins.on_page_content(html, page=page, config=config, files=files)

    def _render(self, page: Page) -> str:
        """Return the page in the theme, with the events that MkDocs sends for it."""
        page.active = True
        context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        plugins = self.config.plugins
        context = plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        return plugins.on_post_page(template.render(context), page=page, config=self.config)
