"""Templates to HTML: the Jinja2 environment, and what a view is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from errorbook.site.cells import CELLS
from errorbook.site.markup import breakable, code_html

_MARKS = ("\x02", "\x03")
"""What Python-Markdown marks its own places with; in a text, they could call up others."""


@dataclass(frozen=True)
class Html:
    """A piece of HTML that is set into the page as it is.

    A ``large`` one is of no use to a search; where it can, it is set in after search has read
    the page, which takes longer than anything else about it.
    """

    text: str
    large: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading that Markdown sets, with a code or a text; ``level`` None follows the page.

    What is below one that is not ``searched`` is found by other words on the page as well.
    """

    text: str
    anchor: str | None
    level: int | None
    below: int = 0
    """Levels below that, where there is no ``level``."""
    is_code: bool = True
    searched: bool = True


Piece = Html | Heading


def render(template: str, **values: Any) -> Html:
    """Return the template of that name, filled with ``values``; their texts stay texts."""
    return Html(without_marks(_template(template).render(**values)))


def without_marks(text: str) -> str:
    """Return HTML without what Markdown would take for places of its own."""
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, "\N{REPLACEMENT CHARACTER}")
    return text


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("errorbook.site"),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.globals.update(CELLS)
    environment.filters["breakable"] = breakable
    environment.filters["code"] = code_html
    for name, macros in (("m", "macros"), ("p", "parts")):  # imported once, not by each rendering
        environment.globals[name] = environment.get_template(f"{macros}.html.jinja").module
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.jinja")
