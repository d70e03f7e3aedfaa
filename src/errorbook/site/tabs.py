"""Tabs, one for each language, marked up as pymdownx.tabbed does.

Material shows such tabs, chooses the same title everywhere, in an author's own tabs as well, and
remembers it. Elsewhere our style sheet shows them. No script is needed to change between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from errorbook.outputs.language import Language
from errorbook.site.markup import LANGUAGE, trusted

MOST_STYLED: Final = 6
"""Tabs of one set that our style sheet has rules for."""
_NAME: Final = "__tabbed_eb"
"""What Material knows radio buttons of tabs by, and no number of pymdownx goes on like."""


@dataclass(frozen=True)
class Tab:
    """A language, and what there is to show in it.

    What says nearly the same as another is not ``is_searched``, so that a search finds it once.
    """

    language: Language
    html: Markup
    is_searched: bool = True


def tab_set(number: int, label: str, tabs: Sequence[Tab]) -> Markup:
    """Return a set of tabs; ``number`` is that of the set on its page, from 1."""
    name = f"{_NAME}{number}"
    ids = [f"{name}_{at}" for at in range(1, len(tabs) + 1)]
    inputs = "".join(
        f'<input{"" if at else " checked"} id="{one}" name="{name}" type="radio">'
        for at, one in enumerate(ids)
    )
    labels = "".join(
        f'<label for="{one}">{escape(tab.language.TITLE)}</label>'
        for one, tab in zip(ids, tabs, strict=True)
    )
    blocks = "".join(
        f'<div class="tabbed-block" {LANGUAGE}="{escape(tab.language.NAME)}"'
        f"{'' if tab.is_searched else ' data-search-exclude'}>\n{tab.html}</div>\n"
        for tab in tabs
    )
    return trusted(
        f'<div class="tabbed-set tabbed-alternate eb-tabs" data-tabs="eb{number}:{len(tabs)}"'
        f' role="group" aria-label="{escape(label)}">{inputs}'
        f'<div class="tabbed-labels">{labels}</div>\n'
        f'<div class="tabbed-content">\n{blocks}</div>\n</div>\n'
    )
